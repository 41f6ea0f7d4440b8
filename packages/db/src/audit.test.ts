import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "./testing/database.ts";
import { createLibrary, createProject, createRequest, createSample, createUser } from "./testing/factories.ts";
import { type Actor, countStatements, transact } from "./transaction.ts";

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(() => database.drop());

const actor: Actor = { userId: 7, impersonatorId: 1, via: "web", requestId: "request-1" };

function eventsOf(table: string, key: string | number) {
	return database.db
		.selectFrom("audit_event")
		.selectAll()
		.where("table_name", "=", table)
		.where("row_key", "=", String(key))
		.orderBy("id")
		.execute();
}

describe("audit trail", () => {
	test("tells who inserted, changed and deleted a row, with both values", async () => {
		const project = await createProject(database.db);
		const sample = await transact(database.db, actor, async (tx) => {
			const { id } = await createSample(tx, { project_id: project.id, owner_id: project.owner_id, name: "before" });
			await tx.updateTable("sample").set({ name: "after" }).where("id", "=", id).execute();
			await tx.deleteFrom("sample").where("id", "=", id).execute();
			return id;
		});
		const events = await eventsOf("sample", sample);
		expect(events.map(({ action }) => action)).toEqual(["I", "U", "D"]);
		expect(events[0]).toMatchObject({ actor_id: 7, impersonator_id: 1, via: "web", request_id: "request-1" });
		expect(events[0]?.changes).toMatchObject({ name: "before" });
		expect(events[1]?.changes).toEqual({ name: ["before", "after"] });
		expect(events[2]?.changes).toMatchObject({ name: "after" });
	});

	test("never shows a password or token hash", async () => {
		const user = await createUser(database.db, { password: "secret-hash" });
		await database.db.updateTable("lims_user").set({ password: "other-hash" }).where("id", "=", user.id).execute();
		const events = await eventsOf("lims_user", user.id);
		expect(JSON.stringify(events)).not.toMatch(/secret-hash|other-hash/);
		expect(events[1]?.changes).toEqual({ password: ["***", "***"] });
		const token = await database.db
			.insertInto("api_token")
			.values({ token_hash: "abcdef", time_valid_min: 5, owner_id: user.id })
			.returning("id")
			.executeTakeFirstOrThrow();
		expect((await eventsOf("api_token", token.id))[0]?.changes).toMatchObject({ token_hash: "***" });
	});

	test("a change outside the product is recorded as such, and one that changes nothing is not", async () => {
		const user = await createUser(database.ownerDb);
		await database.ownerDb.updateTable("lims_user").set({ first_name: user.first_name }).where("id", "=", user.id).execute();
		const events = await eventsOf("lims_user", user.id);
		expect(events).toHaveLength(1);
		expect(events[0]).toMatchObject({ actor_id: null, via: "sql" });
	});

	test("rows that go with their parent are recorded too", async () => {
		const library = await createLibrary(database.db);
		const sample = await createSample(database.db);
		await database.db.insertInto("sample_library_link").values({ sample_id: sample.id, library_id: library.id }).execute();
		await transact(database.db, actor, (tx) => tx.deleteFrom("library").where("id", "=", library.id).execute());
		const events = await eventsOf("sample_library_link", `${sample.id}/${library.id}`);
		expect(events.map(({ action, actor_id }) => [action, actor_id])).toEqual([
			["I", null],
			["D", 7],
		]);
	});

	test("neither the application nor the owner can rewrite it", async () => {
		await createUser(database.db);
		for (const statement of ["update audit_event set actor_id = 1", "delete from audit_event", "truncate audit_event"]) {
			await expect(sql.raw(statement).execute(database.db)).rejects.toThrow(/permission denied/);
			await expect(sql.raw(statement).execute(database.ownerDb)).rejects.toThrow(/can only be added to/);
		}
		const forged = sql`insert into audit_event (via, table_name, row_key, action, changes) values ('web', 'x', '1', 'I', '{}')`;
		await expect(forged.execute(database.db)).rejects.toThrow(/permission denied/);
	});
});

describe("transactions", () => {
	test("what fails leaves neither a change nor a trace", async () => {
		const user = await createUser(database.db);
		const work = transact(database.db, actor, async (tx) => {
			await tx.updateTable("lims_user").set({ first_name: "Changed" }).where("id", "=", user.id).execute();
			throw new Error("stop");
		});
		await expect(work).rejects.toThrow("stop");
		expect(await eventsOf("lims_user", user.id)).toHaveLength(1);
	});

	test("two at once keep their actors apart", async () => {
		const users = await Promise.all([createUser(database.db), createUser(database.db)]);
		await Promise.all(
			users.map(({ id }) =>
				transact(database.db, { ...actor, userId: id }, async (tx) => {
					await sql`select pg_sleep(0.05)`.execute(tx);
					await tx.updateTable("lims_user").set({ first_name: "Renamed" }).where("id", "=", id).execute();
				}),
			),
		);
		for (const { id } of users) expect((await eventsOf("lims_user", id)).at(-1)?.actor_id).toBe(id);
	});

	test("the actor of one transaction does not stick to its connection", async () => {
		await transact(database.db, actor, async () => undefined);
		const user = await createUser(database.db);
		expect((await eventsOf("lims_user", user.id))[0]).toMatchObject({ actor_id: null, via: "sql" });
	});

	test("statements are counted, also inside a transaction", async () => {
		const request = await createRequest(database.db);
		const { statements } = await countStatements(database.db, (counted) =>
			transact(counted, actor, (tx) => tx.selectFrom("seq_request").select("id").where("id", "=", request.id).execute()),
		);
		expect(statements).toBe(2);
	});
});
