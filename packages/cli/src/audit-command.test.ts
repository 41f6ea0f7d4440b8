import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Connection, connect } from "@opengsync/db/connection";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyAudit } from "./audit-command.ts";

let database: TestDatabase;
let connection: Connection;
let folder: string;
beforeAll(async () => {
	database = await createTestDatabase();
	connection = connect({ url: database.appUrl });
	folder = mkdtempSync(path.join(tmpdir(), "opengsync-audit-"));
});
afterAll(async () => {
	rmSync(folder, { recursive: true });
	await connection.close();
	await database.drop();
});

const insertKit = (name: string) =>
	sql`INSERT INTO kit (name, identifier, kit_type_id) VALUES (${name}, ${name}, 1)`.execute(database.db);
const thisMonth = new Date().toISOString().slice(0, 7);

test("a whole trail ends with 0 and prints the heads to be kept", async () => {
	await insertKit("Kit-one");
	const { text, exitCode } = await verifyAudit(connection, { json: false });
	expect(exitCode).toBe(0);
	expect(text).toMatch(
		/^1 events in 1 links of 1 chains\.\n\d{4}-\d\d {2}kit +1 {2}[0-9a-f]{64}\nThe audit trail is as it was written\.$/,
	);
});

test("what was cut off since the heads were kept ends with 1, and so does a changed event, with its place", async () => {
	const kept = path.join(folder, "heads.json");
	await insertKit("Kit-two");
	writeFileSync(kept, (await verifyAudit(connection, { json: true })).text);
	expect(await verifyAudit(connection, { json: false, against: kept })).toMatchObject({ exitCode: 0 });
	await database.ownerDb.transaction().execute(async (tx) => {
		await sql`SET LOCAL session_replication_role = replica`.execute(tx);
		await sql`DELETE FROM audit_event WHERE id = 2`.execute(tx);
		await sql`DELETE FROM audit_link WHERE number = 2`.execute(tx);
		await sql`UPDATE audit_head SET number = 1, hash = (SELECT hash FROM audit_link)`.execute(tx);
	});
	expect(await verifyAudit(connection, { json: false })).toMatchObject({ exitCode: 0 });
	const { text, exitCode } = await verifyAudit(connection, { json: false, against: kept });
	expect(exitCode).toBe(1);
	expect(text).toContain(`${thisMonth}  kit: Link 2 was the end of the chain before`);
	await database.ownerDb.transaction().execute(async (tx) => {
		await sql`SET LOCAL session_replication_role = replica`.execute(tx);
		await sql`UPDATE audit_event SET actor_id = 5`.execute(tx);
	});
	const report: unknown = JSON.parse((await verifyAudit(connection, { json: true })).text);
	expect(report).toMatchObject({ problems: [{ table: "kit", month: thisMonth, eventId: 1 }] });
});

test("only months from the given one on are read, and a wrong month is refused", async () => {
	expect(await verifyAudit(connection, { json: false, since: "2999-01" })).toMatchObject({ exitCode: 0 });
	await expect(verifyAudit(connection, { json: false, since: "2026-13" })).rejects.toThrow("YYYY-MM");
});
