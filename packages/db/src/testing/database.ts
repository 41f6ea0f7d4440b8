// A database of its own for a test file.
import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { connect, type Db } from "../connection.ts";

/** A fresh, migrated, empty database. */
export interface TestDatabase {
	/** As the application: may not change audit trail or schema. */
	db: Db;
	/** As the owner of the schema. */
	ownerDb: Db;
	/** Addresses, for code that opens its own connections. */
	appUrl: string;
	ownerUrl: string;
	/** Ends the connections and removes the database. */
	drop(): Promise<void>;
}

async function administer(statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: inject("testServer").adminUrl });
	await client.connect();
	try {
		await client.query(statement);
	} finally {
		await client.end();
	}
}

function withDatabase(url: string, database: string): string {
	const changed = new URL(url);
	changed.pathname = `/${database}`;
	return changed.href;
}

/** Copies the template. Call it in `beforeAll`, and `drop` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
	const { adminUrl, appUrl, template } = inject("testServer");
	const name = `test_${randomBytes(8).toString("hex")}`;
	await administer(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`);
	const urls = { appUrl: withDatabase(appUrl, name), ownerUrl: withDatabase(adminUrl, name) };
	const app = connect({ url: urls.appUrl, maxConnections: 5, applicationName: "test" });
	const owner = connect({ url: urls.ownerUrl, maxConnections: 2, applicationName: "test owner" });
	return {
		...urls,
		db: app.db,
		ownerDb: owner.db,
		drop: async () => {
			await Promise.all([app.close(), owner.close()]);
			await administer(`DROP DATABASE ${name} WITH (FORCE)`);
		},
	};
}
