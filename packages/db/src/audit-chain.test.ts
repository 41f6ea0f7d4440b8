import { type RawBuilder, sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { listChainHeads, verifyAuditChain } from "./queries/audit-chain.ts";
import { createTestDatabase, type TestDatabase } from "./testing/database.ts";
import { createUser } from "./testing/factories.ts";
import { type Actor, transact } from "./transaction.ts";

let database: TestDatabase;
beforeEach(async () => {
	database = await createTestDatabase();
});
afterEach(() => database.drop());

const actor: Actor = { userId: 7, impersonatorId: null, via: "web", requestId: "request-1" };

function insertKits(names: readonly string[]): Promise<unknown> {
	return transact(database.db, actor, (tx) =>
		tx
			.insertInto("kit")
			.values(names.map((name) => ({ name: `Kit ${name}`, identifier: `KIT-${name}`, kit_type_id: 1 })))
			.execute(),
	);
}

/** Somebody with all rights goes behind the triggers. */
function tamper(...statements: RawBuilder<unknown>[]): Promise<void> {
	return database.ownerDb.transaction().execute(async (tx) => {
		await sql`SET LOCAL session_replication_role = replica`.execute(tx);
		for (const statement of statements) await statement.execute(tx);
	});
}

async function findProblems(): Promise<string[]> {
	const { problems } = await verifyAuditChain(database.db);
	return problems.map(({ table, eventId, message }) => `${table} ${eventId}: ${message}`);
}

async function eventIds(): Promise<number[]> {
	const rows = await database.db.selectFrom("audit_event").select("id").where("table_name", "=", "kit").orderBy("id").execute();
	return rows.map(({ id }) => Number(id));
}

describe("a trail that nobody touched", () => {
	test("is proven, over several tables and transactions", async () => {
		const user = await createUser(database.db);
		await insertKits(["one", "two"]);
		await insertKits(["three"]);
		await transact(database.db, actor, async (tx) => {
			await tx.updateTable("kit").set({ kit_type_id: 2 }).execute();
			await tx.updateTable("lims_user").set({ first_name: "Änne" }).where("id", "=", user.id).execute();
			await tx.deleteFrom("kit").where("identifier", "=", "KIT-two").execute();
		});
		const report = await verifyAuditChain(database.db);
		expect(report.problems).toEqual([]);
		expect(report).toMatchObject({ links: 5, events: 1 + 2 + 1 + 3 + 1 + 1 });
		expect(report.heads.map(({ table, number }) => [table, number])).toEqual([
			["kit", 3],
			["lims_user", 2],
		]);
	});

	test("has nothing of a transaction that was rolled back, also when only a savepoint was", async () => {
		const failing = transact(database.db, actor, async (tx) => {
			await tx.insertInto("kit").values({ name: "Kit gone", identifier: "GONE", kit_type_id: 1 }).execute();
			throw new Error("stop");
		});
		await expect(failing).rejects.toThrow("stop");
		await transact(database.db, actor, async (tx) => {
			await sql`SAVEPOINT here`.execute(tx);
			await tx.insertInto("kit").values({ name: "Kit gone", identifier: "GONE", kit_type_id: 1 }).execute();
			await sql`ROLLBACK TO here`.execute(tx);
			await tx.insertInto("kit").values({ name: "Kit stays", identifier: "STAYS", kit_type_id: 1 }).execute();
		});
		expect(await verifyAuditChain(database.db)).toMatchObject({ links: 1, events: 1, problems: [] });
		expect(await sql`SELECT * FROM audit_pending`.execute(database.ownerDb)).toMatchObject({ rows: [] });
	});

	test("is in order after many transactions at once, each touching tables in another order", async () => {
		const insertKit = (index: number) =>
			sql`INSERT INTO kit (name, identifier, kit_type_id) VALUES (${`Kit number ${index}`}, ${`KIT${index}`}, 1)`;
		const insertSetting = (index: number) => sql`INSERT INTO setting (key, value) VALUES (${`key ${index}`}, '1')`;
		await Promise.all(
			Array.from({ length: 60 }, (_, index) =>
				transact(database.db, actor, async (tx) => {
					const statements = [insertKit(index), insertSetting(index)];
					for (const statement of index % 2 === 0 ? statements : statements.reverse()) await statement.execute(tx);
				}),
			),
		);
		expect(await verifyAuditChain(database.db)).toMatchObject({ problems: [], events: 120, links: 120 });
	});

	test("is proven with constraints made immediate within a transaction", async () => {
		await transact(database.db, actor, async (tx) => {
			await tx.insertInto("kit").values({ name: "Kit first", identifier: "FIRST", kit_type_id: 1 }).execute();
			await sql`SET CONSTRAINTS ALL IMMEDIATE`.execute(tx);
			await tx.insertInto("kit").values({ name: "Kit second", identifier: "SECOND", kit_type_id: 1 }).execute();
		});
		expect(await verifyAuditChain(database.db)).toMatchObject({ links: 2, events: 2, problems: [] });
	});
});

describe("tampering is found", () => {
	test("a changed event", async () => {
		await insertKits(["one", "two"]);
		const [first] = await eventIds();
		await tamper(sql`UPDATE audit_event SET actor_id = 8 WHERE id = ${first}`);
		expect(await findProblems()).toEqual([`kit ${first}: Link 1, events ${first} to 2: changed or put in another order`]);
	});

	test.each([
		["the time", sql`occurred_at = occurred_at + interval '1 microsecond'`],
		["the way in", sql`via = 'sql'`],
		["the row", sql`row_key = '999'`],
		["the kind", sql`action = 'D'`],
		["a value", sql`changes = changes || '{"name": "Kit forged"}'`],
		["the request", sql`request_id = NULL`],
		["who worked as somebody", sql`impersonator_id = 1`],
	])("%s of an event", async (_, change) => {
		await insertKits(["one"]);
		await insertKits(["two"]);
		const [, second] = await eventIds();
		await tamper(sql`UPDATE audit_event SET ${change} WHERE id = ${second}`);
		expect(await findProblems()).toEqual([`kit ${second}: Link 2, event ${second}: changed or put in another order`]);
	});

	test("a removed event", async () => {
		await insertKits(["one", "two", "three"]);
		const [first, second, third] = await eventIds();
		await tamper(sql`DELETE FROM audit_event WHERE id = ${second}`);
		expect(await findProblems()).toEqual([`kit ${first}: Link 1, events ${first} to ${third}: 1 of 3 removed`]);
	});

	test("an inserted event, alone or within a transaction of the past", async () => {
		await insertKits(["one"]);
		await insertKits(["two"]);
		const [first] = await eventIds();
		const forged = (id: number, transaction: RawBuilder<unknown>) =>
			sql`INSERT INTO audit_event (id, via, table_name, row_key, action, changes, transaction_id)
				VALUES (${id}, 'web', 'kit', '1', 'D', '{}', ${transaction})`;
		await tamper(forged(900, sql`pg_current_xact_id()`));
		expect(await findProblems()).toEqual(["kit 900: Event 900 has no link"]);
		await tamper(forged(-5, sql`(SELECT transaction_id FROM audit_event WHERE id = ${first})`));
		await tamper(sql`UPDATE audit_link SET first_event_id = -5 WHERE number = 1`);
		expect(await findProblems()).toEqual(["kit -5: Link 1, events -5 to 1: 1 added to 1", "kit 900: Event 900 has no link"]);
	});

	test("events in another order", async () => {
		await insertKits(["one"]);
		await insertKits(["two"]);
		const [first, second] = await eventIds();
		await tamper(
			sql`UPDATE audit_event SET id = -1 WHERE id = ${first}`,
			sql`UPDATE audit_event SET id = ${first} WHERE id = ${second}`,
			sql`UPDATE audit_event SET id = ${second} WHERE id = -1`,
		);
		expect(await findProblems()).toHaveLength(3);
		expect((await findProblems())[0]).toBe(`kit ${first}: Link 1, event ${first}: 1 of 1 removed`);
	});

	test("an event removed together with its link, in the middle or at the end", async () => {
		for (const name of ["one", "two", "three"]) await insertKits([name]);
		const [, second, third] = await eventIds();
		await tamper(sql`DELETE FROM audit_event WHERE id = ${third}`, sql`DELETE FROM audit_link WHERE number = 3`);
		expect(await findProblems()).toEqual(["kit null: The chain ends with link 2, but 3 were written"]);
		await tamper(sql`DELETE FROM audit_event WHERE id = ${second}`, sql`DELETE FROM audit_link WHERE number = 2`);
		expect(await findProblems()).toContain("kit null: The chain ends with link 1, but 3 were written");
	});

	test("the end cut off with event, link and head, against ends written down before", async () => {
		await insertKits(["one"]);
		await insertKits(["two"]);
		const known = await listChainHeads(database.db);
		await tamper(
			sql`DELETE FROM audit_event WHERE id = (SELECT max(id) FROM audit_event)`,
			sql`DELETE FROM audit_link WHERE number = 2`,
			sql`UPDATE audit_head SET number = 1, hash = (SELECT hash FROM audit_link WHERE number = 1)`,
		);
		expect(await findProblems()).toEqual([]);
		const { problems } = await verifyAuditChain(database.db, { known });
		expect(problems).toMatchObject([{ table: "kit", message: expect.stringContaining("Link 2 was the end") }]);
	});

	test("a whole month that was removed, by the next month", async () => {
		await insertKits(["one"]);
		await tamper(
			sql`UPDATE audit_event SET occurred_at = occurred_at - interval '2 months', table_name = 'other'`,
			sql`UPDATE audit_link SET month = '2000-01'`,
			sql`UPDATE audit_head SET month = '2000-01'`,
		);
		await insertKits(["two"]);
		await tamper(
			sql`DELETE FROM audit_event WHERE table_name = 'other'`,
			sql`DELETE FROM audit_link WHERE month = '2000-01'`,
			sql`DELETE FROM audit_head WHERE month = '2000-01'`,
		);
		expect(await findProblems()).toEqual([
			"kit null: The chain continues an end of an earlier month that does not exist any more",
		]);
	});
});

describe("the application", () => {
	test.each([
		"insert into audit_link select * from audit_link",
		"update audit_link set number = 9",
		"delete from audit_link",
		"insert into audit_head select * from audit_head",
		"update audit_head set number = 9",
		"delete from audit_head",
		"truncate audit_head",
		"insert into audit_pending values (pg_current_xact_id(), 'kit', 1, 1)",
		"delete from audit_pending",
		"select append_audit_link('kit', '2020-01', pg_current_xact_id(), 1, 1)",
		"alter table audit_event disable trigger all",
		"set session_replication_role = replica",
	])("may not %s", async (statement) => {
		await insertKits(["one"]);
		await expect(sql.raw(statement).execute(database.db)).rejects.toThrow(/permission denied|must be owner/);
	});

	test("a change that only tells of use is no event", async () => {
		const user = await createUser(database.db);
		await sql`INSERT INTO two_factor (user_id, secret_sealed) VALUES (${user.id}, 'sealed')`.execute(database.db);
		await sql`INSERT INTO api_token (token_hash, time_valid_min, owner_id) VALUES ('hash', 5, ${user.id})`.execute(database.db);
		await sql`UPDATE two_factor SET last_step = 5`.execute(database.db);
		await sql`UPDATE api_token SET last_used_at = now()`.execute(database.db);
		await sql`UPDATE api_token SET last_used_at = now(), name = 'pipeline'`.execute(database.db);
		const events = await database.db
			.selectFrom("audit_event")
			.select(["table_name", "action", "changes"])
			.orderBy("id")
			.execute();
		expect(events.slice(1).map(({ table_name, action }) => `${table_name} ${action}`)).toEqual([
			"two_factor I",
			"api_token I",
			"api_token U",
		]);
		expect(events.at(-1)?.changes).toEqual({ name: ["", "pipeline"] });
		expect(JSON.stringify(events)).not.toMatch(/"sealed"|"hash"/);
	});
});
