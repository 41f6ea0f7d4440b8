import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import * as create from "@opengsync/db/testing/factories";
import { LibraryStatus, PoolStatus, PoolType, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommandContext, Viewer } from "../context.ts";
import { ForbiddenError, NotFoundError, NotPossibleError } from "../errors.ts";
import { createTestServices, runAs } from "../testing.ts";
import { deletePool } from "./delete-pool.ts";
import { removeAllLibrariesFromPool, removeLibraryFromPool } from "./remove-libraries.ts";
import { type PoolInput, updatePool } from "./update-pool.ts";

const now = new Date("2026-03-04T05:06:07Z");
const services = createTestServices({ now: () => now });
let database: TestDatabase;
let client: Viewer;
let staff: Viewer;
let admin: Viewer;

async function viewerIn(roleId: number): Promise<Viewer> {
	const user = await create.createUser(database.db, { role_id: roleId });
	return { id: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, roleId };
}
const as = <T>(viewer: Viewer, work: (context: CommandContext) => Promise<T>) => runAs(database.db, viewer, services, work);
const row = (id: number) => database.db.selectFrom("pool").selectAll().where("id", "=", id).executeTakeFirst();
const input = (changes: Partial<PoolInput> = {}): PoolInput => ({
	name: "Renamed pool",
	typeId: PoolType.EXTERNAL.id,
	numMReadsRequested: 25,
	contactName: "Demo Person",
	contactEmail: "demo@example.org",
	contactPhone: "+43 1 234",
	statusId: null,
	...changes,
});
const edit = (viewer: Viewer, id: number, changes?: Partial<PoolInput>) =>
	as(viewer, (context) => updatePool(context, id, input(changes)));

beforeAll(async () => {
	database = await createTestDatabase();
	client = await viewerIn(UserRole.CLIENT.id);
	staff = await viewerIn(UserRole.TECHNICIAN.id);
	admin = await viewerIn(UserRole.ADMIN.id);
});
afterAll(() => database.drop());

describe("editing a pool", () => {
	it("changes name, type, reads and contact; a status that a customer sends is ignored", async () => {
		const pool = await create.createPool(database.db, { owner_id: client.id });
		await edit(client, pool.id, { statusId: PoolStatus.STORED.id });
		expect(await row(pool.id)).toMatchObject({
			name: "Renamed pool",
			type_id: PoolType.EXTERNAL.id,
			num_m_reads_requested: 25,
			status_id: PoolStatus.DRAFT.id,
			timestamp_stored_utc: null,
		});
		const contact = database.db.selectFrom("contact").selectAll().where("id", "=", pool.contact_id);
		expect(await contact.executeTakeFirst()).toMatchObject({ name: "Demo Person", email: "demo@example.org", phone: "+431234" });
		await edit(staff, pool.id, { statusId: PoolStatus.STORED.id });
		expect(await row(pool.id)).toMatchObject({ status_id: PoolStatus.STORED.id, timestamp_stored_utc: now });
		await expect(edit(client, pool.id)).rejects.toThrow(ForbiddenError);
	});
	it("says at the fields what is wrong", async () => {
		const [pool, taken] = [
			await create.createPool(database.db, { owner_id: staff.id }),
			await create.createPool(database.db, { owner_id: staff.id, name: "Taken name" }),
		];
		await expect(edit(staff, pool.id, { name: taken.name })).rejects.toThrow(/already has a pool with the same name/);
		const wrong = { name: "abc", typeId: 99, numMReadsRequested: -1, contactName: " ", contactEmail: "nowhere" };
		await expect(edit(staff, pool.id, wrong)).rejects.toMatchObject({
			fields: ["name", "typeId", "numMReadsRequested", "contactName", "contactEmail"].map((field) => ({ field })),
		});
	});
});

describe("taking libraries out of a pool", () => {
	it("stores pooled ones again, forgets the experiment, and leaves others as they are", async () => {
		const { db } = database;
		const experiment = await create.createExperiment(db);
		const pool = await create.createPool(db, { experiment_id: experiment.id });
		const inPool = { pool_id: pool.id, experiment_id: experiment.id };
		const pooled = await create.createLibrary(db, { ...inPool, status_id: LibraryStatus.POOLED.id });
		const sequenced = await create.createLibrary(db, { ...inPool, status_id: LibraryStatus.SEQUENCED.id });
		const other = await create.createLibrary(db, { pool_id: (await create.createPool(db)).id });
		await expect(as(staff, (context) => removeLibraryFromPool(context, pool.id, other.id))).rejects.toThrow(NotFoundError);
		await as(staff, (context) => removeLibraryFromPool(context, pool.id, pooled.id));
		expect(await as(staff, (context) => removeAllLibrariesFromPool(context, pool.id))).toBe(1);
		const rows = db
			.selectFrom("library")
			.select(["status_id", "pool_id", "experiment_id"])
			.where("id", "in", [pooled.id, sequenced.id]);
		expect(await rows.orderBy("id").execute()).toEqual([
			{ status_id: LibraryStatus.STORED.id, pool_id: null, experiment_id: null },
			{ status_id: LibraryStatus.SEQUENCED.id, pool_id: null, experiment_id: null },
		]);
		await expect(as(staff, (context) => removeAllLibrariesFromPool(context, pool.id))).rejects.toThrow(NotPossibleError);
	});
	it("is for admins once the pool is sequenced, and never for customers", async () => {
		const pool = await create.createPool(database.db, { status_id: PoolStatus.SEQUENCED.id, owner_id: client.id });
		const { id } = await create.createLibrary(database.db, { pool_id: pool.id });
		for (const viewer of [client, staff]) {
			await expect(as(viewer, (context) => removeLibraryFromPool(context, pool.id, id))).rejects.toThrow(ForbiddenError);
			await expect(as(viewer, (context) => removeAllLibrariesFromPool(context, pool.id))).rejects.toThrow(ForbiddenError);
		}
		await as(admin, (context) => removeLibraryFromPool(context, pool.id, id));
	});
});

describe("deleting a pool", () => {
	it("takes its contact along, and is refused while something is in it or it is on an experiment", async () => {
		const { db } = database;
		const pool = await create.createPool(db, { owner_id: client.id });
		const full = await create.createPool(db);
		await create.createLibrary(db, { pool_id: full.id });
		const planned = await create.createPool(db, { experiment_id: (await create.createExperiment(db)).id });
		await expect(as(client, (context) => deletePool(context, pool.id))).rejects.toThrow(ForbiddenError);
		await expect(as(staff, (context) => deletePool(context, full.id))).rejects.toThrow("It has 1 library.");
		await expect(as(staff, (context) => deletePool(context, planned.id))).rejects.toThrow("It is on an experiment.");
		await as(staff, (context) => deletePool(context, pool.id));
		expect(await row(pool.id)).toBeUndefined();
		expect(await db.selectFrom("contact").select("id").where("id", "=", pool.contact_id).execute()).toEqual([]);
	});
});
