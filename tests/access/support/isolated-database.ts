import type { Db } from "@opengsync/db/connection";
import type { Database } from "@opengsync/db/database.gen";
import type { Tx } from "@opengsync/db/transaction";
import {
	type CompiledQuery,
	type DatabaseConnection,
	type Driver,
	Kysely,
	PostgresAdapter,
	PostgresIntrospector,
	PostgresQueryCompiler,
	type QueryResult,
	sql,
} from "kysely";

/** A database whose changes are forgotten after each piece of work. */
export interface IsolatedDatabase {
	/** For the application: reads and transactions as usual, but nothing outlives {@link isolate}. */
	readonly db: Db;
	/** Runs `work`, then takes back everything that it and the application wrote. Not to be called while another one runs. */
	isolate<T>(work: (prepare: Tx) => Promise<T>): Promise<T>;
}

/**
 * Wraps a database so that every statement runs in one outer transaction, which is always rolled back; the transactions of the
 * application become savepoints in it. So a test calls a route that deletes things as often as it likes, at the price of two
 * statements instead of a new database.
 */
export function isolateDatabase(real: Db): IsolatedDatabase {
	const driver = new SavepointDriver();
	const db = new Kysely<Database>({
		dialect: {
			createAdapter: () => new PostgresAdapter(),
			createDriver: () => driver,
			createIntrospector: (inner) => new PostgresIntrospector(inner),
			createQueryCompiler: () => new PostgresQueryCompiler(),
		},
	});
	return {
		db,
		isolate: async (work) => {
			const outer = await real.startTransaction().execute();
			driver.outer = outer;
			try {
				return await work(outer);
			} finally {
				driver.outer = null;
				await outer.rollback().execute();
			}
		},
	};
}

/** One connection as the application sees it. */
class SavepointConnection implements DatabaseConnection {
	/** Savepoint of the open transaction. */
	savepoint: string | null = null;
	private readonly driver: SavepointDriver;

	constructor(driver: SavepointDriver) {
		this.driver = driver;
	}

	executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
		return this.driver.inOrder(async (outer) => {
			if (this.savepoint !== null) return outer.executeQuery<R>(query as CompiledQuery<R>);
			// A statement of its own that fails must not spoil those after it.
			await sql`savepoint statement`.execute(outer);
			try {
				return await outer.executeQuery<R>(query as CompiledQuery<R>);
			} catch (error) {
				await sql`rollback to savepoint statement`.execute(outer);
				throw error;
			}
		});
	}

	streamQuery(): never {
		throw new Error("Nothing streams from the database.");
	}
}

class SavepointDriver implements Driver {
	outer: Tx | null = null;
	private last: Promise<unknown> = Promise.resolve();
	private savepoints = 0;

	async init(): Promise<void> {}
	async acquireConnection(): Promise<DatabaseConnection> {
		return new SavepointConnection(this);
	}
	async releaseConnection(): Promise<void> {}
	async destroy(): Promise<void> {}

	/** All statements share one connection: one after the other. */
	inOrder<T>(work: (outer: Tx) => Promise<T>): Promise<T> {
		const result = this.last.then(() => {
			if (!this.outer) throw new Error("The database was used outside of isolate().");
			return work(this.outer);
		});
		this.last = result.catch(() => undefined);
		return result;
	}

	async beginTransaction(connection: DatabaseConnection): Promise<void> {
		this.savepoints += 1;
		const name = `transaction_${this.savepoints}`;
		await this.inOrder((outer) => sql`savepoint ${sql.id(name)}`.execute(outer));
		if (connection instanceof SavepointConnection) connection.savepoint = name;
	}

	async commitTransaction(connection: DatabaseConnection): Promise<void> {
		// What a real commit would check. The savepoint stays: releasing it would end those of transactions that run beside.
		await this.inOrder(async (outer) => {
			await sql`set constraints all immediate`.execute(outer);
			await sql`set constraints all deferred`.execute(outer);
		});
		if (connection instanceof SavepointConnection) connection.savepoint = null;
	}

	async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
		if (!(connection instanceof SavepointConnection) || connection.savepoint === null) return;
		const name = connection.savepoint;
		await this.inOrder((outer) => sql`rollback to savepoint ${sql.id(name)}`.execute(outer));
		connection.savepoint = null;
	}
}
