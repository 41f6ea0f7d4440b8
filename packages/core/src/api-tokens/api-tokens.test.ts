import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createUser } from "@opengsync/db/testing/factories";
import { transact } from "@opengsync/db/transaction";
import { UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommandContext, Viewer } from "../context.ts";
import { ForbiddenError, NotFoundError, NotPossibleError } from "../errors.ts";
import { createTestServices, runAs } from "../testing.ts";
import { createApiToken, type NewApiToken } from "./create-api-token.ts";
import { revokeApiToken } from "./revoke-api-token.ts";

let database: TestDatabase;
let client: Viewer;
let staff: Viewer;
let admin: Viewer;
const services = createTestServices();

const as = <T>(viewer: Viewer, work: (context: CommandContext) => Promise<T>) => runAs(database.db, viewer, services, work);

async function person(roleId: number): Promise<Viewer> {
	const user = await createUser(database.db, { role_id: roleId });
	return { id: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, roleId };
}

const make = (viewer: Viewer, ownerId: number, input: Partial<NewApiToken> = {}) =>
	as(viewer, (context) =>
		createApiToken(context, { ownerId, name: "demultiplexing", scopes: ["read"], timeValidMin: 525_600, ...input }),
	);

beforeAll(async () => {
	database = await createTestDatabase();
	client = await person(UserRole.CLIENT.id);
	staff = await person(UserRole.TECHNICIAN.id);
	admin = await person(UserRole.ADMIN.id);
});

afterAll(() => database.drop());

describe("API tokens", () => {
	it("are stored as a hash and end when revoked", async () => {
		const made = await make(staff, staff.id);
		const stored = await database.db.selectFrom("api_token").selectAll().where("id", "=", made.id).executeTakeFirstOrThrow();
		expect(made.token).toHaveLength(43);
		expect(stored.token_hash).toMatch(/^[0-9a-f]{64}$/);
		expect(JSON.stringify(stored)).not.toContain(made.token);
		const revoke = { ownerId: staff.id, tokenId: made.id };
		await expect(as(client, (context) => revokeApiToken(context, revoke))).rejects.toThrow(ForbiddenError);
		await expect(as(admin, (context) => revokeApiToken(context, { ...revoke, ownerId: admin.id }))).rejects.toThrow(
			NotFoundError,
		);
		await as(admin, (context) => revokeApiToken(context, revoke));
		const after = await database.db.selectFrom("api_token").select("expired").where("id", "=", made.id).executeTakeFirst();
		expect(after?.expired).toBe(true);
	});
	it("are for staff only, made by themselves or an admin", async () => {
		await expect(make(client, client.id)).rejects.toThrow(NotPossibleError);
		await expect(make(admin, client.id)).rejects.toThrow(NotPossibleError);
		await expect(make(staff, admin.id)).rejects.toThrow(ForbiddenError);
		expect((await make(admin, staff.id)).id).toBeGreaterThan(0);
	});
	it("do only what was asked for: name, scopes and validity are checked", async () => {
		await expect(make(staff, staff.id, { timeValidMin: 7 })).rejects.toThrow(/validity/);
		await expect(make(staff, staff.id, { name: "  " })).rejects.toThrow(/name/);
		await expect(make(staff, staff.id, { scopes: [] })).rejects.toThrow(/scope/);
		const { id } = await make(staff, staff.id, { name: " nightly ", scopes: ["pipeline", "read", "read"] });
		const stored = await database.db
			.selectFrom("api_token")
			.select(["name", "scopes", "last_used_at"])
			.where("id", "=", id)
			.executeTakeFirst();
		expect(stored).toEqual({ name: "nightly", scopes: ["pipeline", "read"], last_used_at: null });
	});
	it("are not made by an admin who works in the account", async () => {
		const actor = { userId: staff.id, impersonatorId: admin.id, via: "web", requestId: "test" } as const;
		const input: NewApiToken = { ownerId: staff.id, name: "back door", scopes: ["write"], timeValidMin: 525_600 };
		const attempt = transact(database.db, actor, (tx) => createApiToken({ tx, actor, viewer: staff, services }, input));
		await expect(attempt).rejects.toThrow(ForbiddenError);
	});
});
