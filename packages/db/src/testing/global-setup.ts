// One embedded server per vitest run, with a migrated template database that each test file copies.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../embedded-postgres.ts";
import { migrate } from "../migrate.ts";

/** What the test files are told. */
export interface TestServer {
	/** Address of the database `postgres` for the owner of all schemas. */
	adminUrl: string;
	/** Address of the template for the application's role. */
	appUrl: string;
	/** Database to copy. */
	template: string;
}

declare module "vitest" {
	interface ProvidedContext {
		testServer: TestServer;
	}
}

let server: EmbeddedPostgres | null = null;
let folder: string | null = null;

/** Starts the server and prepares the template. */
export async function setup(project: TestProject): Promise<void> {
	folder = mkdtempSync(path.join(tmpdir(), "opengsync-test-"));
	// As root the server runs as another user, who has to pass through the folder.
	chmodSync(folder, 0o711);
	server = await startEmbeddedPostgres({
		dataDirectory: path.join(folder, "data"),
		// Nothing has to survive a crash here.
		settings: {
			fsync: "off",
			synchronous_commit: "off",
			full_page_writes: "off",
			autovacuum: "off",
			max_connections: "200",
			file_copy_method: "clone",
		},
	}).catch(async (error: unknown) => {
		if (folder) rmSync(folder, { recursive: true, force: true });
		throw error;
	});
	await migrate(server.ownerUrl);
	const adminUrl = new URL(server.ownerUrl);
	adminUrl.pathname = "/postgres";
	const template = "opengsync";
	const client = new pg.Client({ connectionString: adminUrl.href });
	await client.connect();
	await client.query(`ALTER DATABASE ${template} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`);
	await client.end();
	project.provide("testServer", { adminUrl: adminUrl.href, appUrl: server.appUrl, template });
}

/** Stops the server and removes its files. */
export async function teardown(): Promise<void> {
	await server?.stop();
	if (folder) rmSync(folder, { recursive: true, force: true });
}
