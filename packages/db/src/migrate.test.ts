import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { migrate, readMigrations, SchemaVersionError } from "./migrate.ts";
import { createTestDatabase, type TestDatabase } from "./testing/database.ts";

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(() => database.drop());

async function query<Row>(text: string): Promise<Row[]> {
	return (await sql.raw<Row>(text).execute(database.ownerDb)).rows;
}

describe("migrations", () => {
	test("a second run changes nothing", async () => {
		expect(await migrate(database.ownerUrl)).toEqual([]);
	});

	test("a database of a newer version is left alone", async () => {
		await query("insert into schema_migration (id, name, checksum) values (9999, '9999_future.sql', '')");
		await expect(migrate(database.ownerUrl)).rejects.toThrow(SchemaVersionError);
		await query("delete from schema_migration where id = 9999");
	});

	test("a migration that was edited after it had been applied is noticed", async () => {
		const folder = mkdtempSync(path.join(tmpdir(), "opengsync-migrations-"));
		for (const { name, sql: text } of readMigrations()) writeFileSync(path.join(folder, name), `${text}\n-- edited`);
		await expect(migrate(database.ownerUrl, folder)).rejects.toThrow(/0001_people.sql is not the file/);
		rmSync(folder, { recursive: true });
	});

	test("a migration that fails leaves nothing behind", async () => {
		const folder = mkdtempSync(path.join(tmpdir(), "opengsync-migrations-"));
		for (const { name, sql: text } of readMigrations()) writeFileSync(path.join(folder, name), text);
		writeFileSync(path.join(folder, "9000_broken.sql"), "create table half_done (id integer); select no_such_function();");
		await expect(migrate(database.ownerUrl, folder)).rejects.toThrow(/9000_broken.sql/);
		expect(await query("select to_regclass('half_done') as found")).toEqual([{ found: null }]);
		rmSync(folder, { recursive: true });
	});

	test("every reference is indexed, so that deleting and joining stay fast", async () => {
		const missing = await query(`
			select c.conrelid::regclass::text as table_name, a.attname as column_name
			from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
			where c.contype = 'f' and not exists (
				select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1] and i.indpred is null)`);
		expect(missing).toEqual([]);
	});

	test("every table and column says what it means", async () => {
		const missing = await query(`
			select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum >= 0 and not a.attisdropped
			where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
				and (col_description(c.oid, a.attnum) is null or obj_description(c.oid, 'pg_class') is null)`);
		expect(missing).toEqual([]);
	});

	test("an address in other capitals is the same account", async () => {
		const add = (email: string) =>
			query(`insert into lims_user (first_name, last_name, email, password, role_id) values ('A', 'B', '${email}', 'x', 2)`);
		await add("one@example.org");
		await expect(add("One@Example.org")).rejects.toThrow(/lims_user_email_key/);
	});

	test("reads of one library and lane, or of undetermined reads, cannot be counted twice", async () => {
		const rows = await query<{ definition: string }>(
			"select pg_get_constraintdef(oid) as definition from pg_constraint where conname = 'seq_quality_experiment_id_lane_library_id_key'",
		);
		expect(rows[0]?.definition).toBe("UNIQUE NULLS NOT DISTINCT (experiment_id, lane, library_id)");
	});
});
