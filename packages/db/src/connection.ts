// The one way to reach PostgreSQL.
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Database } from "./database.gen.ts";

/** Typed access to the database; also what a transaction can be passed as. */
export type Db = Kysely<Database>;

/** How to reach the database. */
export interface ConnectOptions {
	/** `postgres://user:password@host:port/database`. Never log it: it holds the password. */
	url: string;
	/** Largest number of connections of this process (default 10). */
	maxConnections?: number;
	/** Shown in `pg_stat_activity` (default `opengsync`). */
	applicationName?: string;
	/** Role that every session takes on after signing in, e.g. `opengsync_app` where the sign-in role may do more. */
	role?: string;
	/** Longest time of one statement in milliseconds (default: no limit). */
	statementTimeoutMs?: number;
}

/** An open pool. */
export interface Connection {
	db: Db;
	/** Waits for running statements and ends all connections. */
	close(): Promise<void>;
}

/**
 * Similarity from which two texts count as sharing a trigram: just above none, since lists leave out only rows
 * that share no trigram at all (data-model.md §17).
 */
const SIMILARITY_THRESHOLD = 0.0001;

const INT8 = 20;
const NUMERIC = 1700;

function parseInt8(text: string): number {
	const value = Number(text);
	if (!Number.isSafeInteger(value)) throw new RangeError(`The number ${text} is larger than can be counted exactly`);
	return value;
}

/** Readers of values as text: 64-bit integers as exact numbers, numeric as number, times as Date (pg's own reader). */
const types: pg.CustomTypesConfig = {
	getTypeParser: ((oid: number, format?: "text" | "binary") => {
		if (format !== "binary" && oid === INT8) return parseInt8;
		if (format !== "binary" && oid === NUMERIC) return Number;
		return pg.types.getTypeParser(oid, format);
	}) as typeof pg.types.getTypeParser,
};

function quoteOption(value: string): string {
	return value.replaceAll("\\", "\\\\").replaceAll(" ", "\\ ");
}

/**
 * Opens a pool. Connections are made on first use; times are exchanged in UTC.
 * @throws nothing here; the first statement fails when the server cannot be reached.
 */
export function connect(options: ConnectOptions): Connection {
	const settings = [`-c pg_trgm.similarity_threshold=${SIMILARITY_THRESHOLD}`, "-c timezone=UTC"];
	if (options.role !== undefined) settings.push(`-c role=${quoteOption(options.role)}`);
	if (options.statementTimeoutMs !== undefined) settings.push(`-c statement_timeout=${Math.trunc(options.statementTimeoutMs)}`);
	const pool = new pg.Pool({
		connectionString: options.url,
		max: options.maxConnections ?? 10,
		application_name: options.applicationName ?? "opengsync",
		options: settings.join(" "),
		types,
	});
	// An idle connection that the server ends (restart, failover) is replaced on next use; without a listener it would end the process.
	pool.on("error", () => undefined);
	// The same for a connection in use, whose statements fail by themselves: between two statements only this event tells of the end.
	pool.on("connect", (client) => client.on("error", () => undefined));
	const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
	return { db, close: () => db.destroy() };
}
