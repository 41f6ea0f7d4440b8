import { BarcodeType, IndexType, KitType, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Viewer } from "../access.ts";
import { createTestDatabase, type TestDatabase } from "../testing/database.ts";
import * as create from "../testing/factories.ts";
import { countStatements } from "../transaction.ts";
import { loadIndexKits } from "./index-kits.ts";
import { findRequest } from "./seq-requests.ts";
import { findUser, findUserByEmail } from "./users.ts";

let database: TestDatabase;
let admin: Viewer;
beforeAll(async () => {
	database = await createTestDatabase();
	admin = { id: (await create.createUser(database.db, { role_id: UserRole.ADMIN.id })).id, roleId: UserRole.ADMIN.id };
});
afterAll(() => database.drop());

describe("look-ups", () => {
	test("an unknown id gives null, so that the page can answer 404", async () => {
		for (const find of [findRequest, findUser]) {
			expect(await find(database.db, admin, 999_999)).toBeNull();
		}
	});

	test("a request tells a stranger's level, so that the page can answer 403", async () => {
		const request = await create.createRequest(database.db);
		const stranger = await create.createUser(database.db);
		const found = await findRequest(database.db, { id: stranger.id, roleId: UserRole.CLIENT.id }, request.id);
		expect(found).toMatchObject({ access_level: 0, num_libraries: 0, num_samples: 0 });
	});

	test("an address is found in any case, and the account page never carries the password", async () => {
		const user = await create.createUser(database.db, { email: "mixed@example.org" });
		expect((await findUserByEmail(database.db, " MIXED@Example.org "))?.id).toBe(user.id);
		expect(await findUser(database.db, admin, user.id)).not.toHaveProperty("password");
	});

	test("index kits come whole in one statement", async () => {
		const { db } = database;
		const kit = await db
			.insertInto("kit")
			.values({ name: "Example kit", identifier: "EX-A", kit_type_id: KitType.INDEX_KIT.id })
			.returning("id")
			.executeTakeFirstOrThrow();
		await db.insertInto("index_kit").values({ id: kit.id, type_id: IndexType.DUAL_INDEX.id }).execute();
		const adapter = await db
			.insertInto("adapter")
			.values({ index_kit_id: kit.id, well: "A1" })
			.returning("id")
			.executeTakeFirstOrThrow();
		const part = { name: "UDI1", adapter_id: adapter.id, index_kit_id: kit.id, well: "A1" };
		await db
			.insertInto("barcode")
			.values([
				{ ...part, sequence: "CCCC", type_id: BarcodeType.INDEX_I5.id },
				{ ...part, sequence: "AAAA", type_id: BarcodeType.INDEX_I7.id },
			])
			.execute();
		const { result, statements } = await countStatements(db, (counted) => loadIndexKits(counted));
		expect(statements).toBe(1);
		expect(result).toMatchObject([
			{ id: kit.id, identifier: "EX-A", adapters: [{ well: "A1", barcodes: [{ sequence: "AAAA" }, { sequence: "CCCC" }] }] },
		]);
		expect(await loadIndexKits(db, [kit.id + 1])).toEqual([]);
	});
});
