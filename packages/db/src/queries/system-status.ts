import { sql } from "kysely";
import type { Reader } from "../transaction.ts";

/** What the database says about itself. */
export interface DatabaseStatus {
	/** Version of PostgreSQL. */
	readonly version: string;
	readonly size_bytes: number;
	/** Last step of the schema. */
	readonly schema_step: string | null;
	/** Mails that wait, and those given up. */
	readonly mails_pending: number;
	readonly mails_failed: number;
	/** Whether the job queue has its tables. */
	readonly has_jobs: boolean;
}

/** Asks the database about itself, in one statement. */
export async function findDatabaseStatus(reader: Reader): Promise<DatabaseStatus> {
	const { rows } = await sql<DatabaseStatus>`SELECT current_setting('server_version') AS version,
		pg_database_size(current_database())::float8 AS size_bytes,
		(SELECT name FROM schema_migration ORDER BY id DESC LIMIT 1) AS schema_step,
		(SELECT count(*)::int FROM mail WHERE status = 'pending') AS mails_pending,
		(SELECT count(*)::int FROM mail WHERE status = 'failed') AS mails_failed,
		to_regclass('pgboss.job') IS NOT NULL AS has_jobs`.execute(reader);
	const [status] = rows;
	if (!status) throw new Error("The database gave no status");
	return status;
}

/** The last run of a job. */
export interface JobRun {
	readonly name: string;
	readonly state: string;
	readonly started: Date | null;
	readonly completed: Date | null;
}

/** Last run of each job, by name; only where the queue has its tables. */
export async function listLastJobRuns(reader: Reader): Promise<JobRun[]> {
	const { rows } = await sql<JobRun>`
		SELECT DISTINCT ON (name) name, state::text AS state, started_on AS started, completed_on AS completed
		FROM pgboss.job WHERE started_on IS NOT NULL ORDER BY name, started_on DESC`.execute(reader);
	return rows;
}
