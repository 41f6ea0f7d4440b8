// Every change runs in a transaction that knows who acts; the database's audit trigger reads it from there.
import { type KyselyPlugin, sql, type Transaction } from "kysely";
import type { Db } from "./connection.ts";
import type { Database } from "./database.gen.ts";

/** An open transaction. */
export type Tx = Transaction<Database>;

/** Anything that can be read from: the database or an open transaction. */
export type Reader = Db;

/** Who acts, and through which door. */
export interface Actor {
	/** User in whose name the change is made; null for jobs and set-up. */
	userId: number | null;
	/** Admin who works in the account of that user. */
	impersonatorId: number | null;
	via: "web" | "api" | "worker" | "cli" | "setup";
	/** Id of the HTTP request or job, as in the log. */
	requestId: string;
}

/**
 * Runs `work` in one transaction: all or nothing. Its changes are recorded in `audit_event` under `actor`.
 * @throws whatever `work` throws, after rolling back; serialization failures and deadlocks are not retried but surface
 */
export function transact<T>(db: Db, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
	return db.transaction().execute(async (tx) => {
		await sql`select
			set_config('opengsync.actor_id', ${actor.userId?.toString() ?? ""}, true),
			set_config('opengsync.impersonator_id', ${actor.impersonatorId?.toString() ?? ""}, true),
			set_config('opengsync.via', ${actor.via}, true),
			set_config('opengsync.request_id', ${actor.requestId}, true)`.execute(tx);
		return work(tx);
	});
}

/** What {@link countStatements} gives. */
export interface CountedResult<T> {
	result: T;
	/** Number of SQL statements; begin and commit are not counted, setting the actor of a transaction is. */
	statements: number;
}

/** Counts the SQL statements that `work` sends through the database handle it is given; for tests of cost. */
export async function countStatements<T>(db: Db, work: (counted: Db) => Promise<T>): Promise<CountedResult<T>> {
	let statements = 0;
	const counter: KyselyPlugin = {
		transformQuery: ({ node }) => {
			statements += 1;
			return node;
		},
		transformResult: async ({ result }) => result,
	};
	const result = await work(db.withPlugin(counter));
	return { result, statements };
}
