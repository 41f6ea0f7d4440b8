// Brings the schema of a database up to date.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";

/** Any fixed number: one migration at a time per database. */
const MIGRATION_LOCK = 7_284_113;

/** Thrown when database and program do not fit together; the text says what to do. */
export class SchemaVersionError extends Error {
	override name = "SchemaVersionError";
}

/** A step of the schema. */
export interface Migration {
	/** Number at the start of the file name. */
	id: number;
	/** File name. */
	name: string;
	sql: string;
	/** SHA-256 of the file, 64 hex digits. */
	checksum: string;
}

/** Finds the folder `migrations` (or `packages/db/migrations`, when bundled) beside or above this file. */
function findMigrationsFolder(): string {
	let folder = path.dirname(fileURLToPath(import.meta.url));
	while (true) {
		for (const candidate of ["migrations", "packages/db/migrations"]) {
			const found = path.join(folder, candidate);
			if (existsSync(found) && readdirSync(found).some((file) => /^\d{4}_.*\.sql$/.test(file))) return found;
		}
		const parent = path.dirname(folder);
		if (parent === folder) throw new Error("The folder with the migrations is missing from this installation");
		folder = parent;
	}
}

/** Reads the migrations in order. */
export function readMigrations(migrationsFolder: string = findMigrationsFolder()): Migration[] {
	return readdirSync(migrationsFolder)
		.filter((file) => /^\d{4}_.*\.sql$/.test(file))
		.sort()
		.map((name) => {
			const sql = readFileSync(path.join(migrationsFolder, name), "utf8");
			return { id: Number(name.slice(0, 4)), name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
		});
}

const CREATE_RECORD = `
	CREATE TABLE IF NOT EXISTS schema_migration (
		id integer PRIMARY KEY,
		name text NOT NULL,
		checksum char(64) NOT NULL,
		applied_at timestamptz NOT NULL DEFAULT now()
	);
	COMMENT ON TABLE schema_migration IS 'Steps of the schema that this database has taken.';
	COMMENT ON COLUMN schema_migration.id IS 'Number of the step';
	COMMENT ON COLUMN schema_migration.name IS 'File of the step';
	COMMENT ON COLUMN schema_migration.checksum IS 'SHA-256 of the file, 64 hex digits';
	COMMENT ON COLUMN schema_migration.applied_at IS 'Time at which it was taken';`;

interface AppliedMigration {
	id: number;
	name: string;
	checksum: string;
}

/** Refuses a database that a newer program has changed, or steps that were edited after they had been taken. */
function compare(applied: AppliedMigration[], known: Migration[]): void {
	for (const step of applied) {
		const migration = known.find(({ id }) => id === step.id);
		if (!migration) {
			throw new SchemaVersionError(
				`The database has the schema of a newer version (${step.name}). Install that version or a later one; this one changes nothing.`,
			);
		}
		if (migration.checksum !== step.checksum) {
			throw new SchemaVersionError(
				`${migration.name} is not the file that was applied to this database. Restore the original file and add a new migration instead.`,
			);
		}
	}
}

async function applyMigration(client: pg.Client, migration: Migration): Promise<void> {
	try {
		await client.query("BEGIN");
		await client.query(migration.sql);
		await client.query("INSERT INTO schema_migration (id, name, checksum) VALUES ($1, $2, $3)", [
			migration.id,
			migration.name,
			migration.checksum,
		]);
		await client.query("COMMIT");
	} catch (error) {
		await client.query("ROLLBACK");
		throw new Error(`${migration.name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
	}
}

/**
 * Applies what is missing, in order, each step in its own transaction; two processes at once take turns.
 * @param ownerUrl address of the database for the role that owns the schema
 * @returns names of the files that were applied
 * @throws SchemaVersionError; Error naming the file that failed
 */
export async function migrate(ownerUrl: string, migrationsFolder?: string): Promise<string[]> {
	const known = readMigrations(migrationsFolder);
	const client = new pg.Client({ connectionString: ownerUrl, application_name: "opengsync migrate" });
	await client.connect();
	try {
		await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
		await client.query("SET client_min_messages = warning");
		await client.query(CREATE_RECORD);
		const { rows } = await client.query<AppliedMigration>("SELECT id, name, checksum FROM schema_migration ORDER BY id");
		compare(rows, known);
		const missing = known.filter(({ id }) => !rows.some((row) => row.id === id));
		for (const migration of missing) await applyMigration(client, migration);
		return missing.map(({ name }) => name);
	} finally {
		await client.end();
	}
}
