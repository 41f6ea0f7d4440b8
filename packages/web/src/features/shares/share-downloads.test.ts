import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { flushShareDownloads, recordShareDownload } from "@opengsync/core/audit/record-downloads";
import { createShareToken } from "@opengsync/core/sharing/tokens";
import { verifyAuditChain } from "@opengsync/db/queries/audit-chain";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createUser } from "@opengsync/db/testing/factories";
import { transact } from "@opengsync/db/transaction";
import type { Hono } from "hono";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestApp, createTestServices } from "../../framework/testing/test-app.ts";
import { downloadRoutes } from "./routes.tsx";

let database: TestDatabase;
let root: string;
let app: Hono;
let token: string;

beforeAll(async () => {
	database = await createTestDatabase();
	root = await mkdtemp(path.join(os.tmpdir(), "opengsync-downloads-"));
	await mkdir(path.join(root, "run/sub"), { recursive: true });
	for (const name of ["run/a.fastq.gz", "run/sub/b.fastq.gz"]) await writeFile(path.join(root, name), "0123456789");
	const plain = createTestServices();
	const services = { ...plain, config: { ...plain.config, shareRoot: root } };
	app = createTestApp({ db: database.db, routes: downloadRoutes, services });
	const owner = await createUser(database.db);
	const actor = { userId: owner.id, impersonatorId: null, via: "web", requestId: "test" } as const;
	const made = await transact(database.db, actor, (tx) =>
		createShareToken(tx, { secretKey: "key", now: new Date() }, { ownerId: owner.id, timeValidMin: 60, paths: ["run"] }),
	);
	token = made.token;
});
afterAll(async () => {
	await database.drop();
	await rm(root, { recursive: true });
});

async function downloads() {
	await flushShareDownloads();
	return database.db
		.selectFrom("audit_event")
		.select(["row_key", "changes"])
		.where("table_name", "=", "share_download")
		.orderBy("id")
		.execute();
}

async function ask(address: string, init: RequestInit = {}) {
	const response = await app.request(address, init);
	await response.arrayBuffer();
	return response.status;
}

it("each file and each archive is an event with its path and address; looking around and later parts are none", async () => {
	const file = (mount: string) => `/${mount}/${token}/run/a.fastq.gz`;
	expect(await ask(file("api/files/browse"))).toBe(200);
	expect(await ask(file("files/webdav/share"), { headers: { Range: "bytes=0-4" } })).toBe(206);
	expect(await ask(file("files/webdav/share"), { headers: { Range: "bytes=5-" } })).toBe(206);
	expect(await ask(file("api/files/browse"), { method: "HEAD" })).toBe(200);
	expect(await ask(`/files/webdav/share/${token}/run`, { method: "PROPFIND" })).toBe(207);
	expect(await ask(`/files/share/browse/${token}/run`)).toBe(200);
	expect(await ask(`/files/share/curl_script/${token}/unix`)).toBe(200);
	expect(await ask(`/api/files/browse/${token}/run/missing`)).toBe(404);
	expect(await ask(`/files/share/download_archive/${token}/run/sub`)).toBe(200);
	const events = await downloads();
	expect(events.map(({ changes }) => (changes as { path: string }).path)).toEqual([
		"run/a.fastq.gz",
		"run/a.fastq.gz",
		"run/sub",
	]);
	expect(events[0]).toMatchObject({
		row_key: "share_token/1",
		changes: { address: expect.any(String), request: expect.any(String) },
	});
	expect(JSON.stringify(events)).not.toContain(token);
});

it("thousands at once are written together, in their order, and are part of the chain", async () => {
	const before = (await downloads()).length;
	for (let number = 0; number < 5_000; number++) {
		recordShareDownload(database.db, { shareTokenId: 1, path: `run/${number}`, address: "192.0.2.1", requestId: "many" });
	}
	const events = (await downloads()).slice(before);
	expect(events.map(({ changes }) => (changes as { path: string }).path)).toEqual(
		Array.from({ length: 5_000 }, (_, number) => `run/${number}`),
	);
	expect((await verifyAuditChain(database.db)).problems).toEqual([]);
});

it("is written by itself within about a second", async () => {
	const before = (await downloads()).length;
	recordShareDownload(database.db, { shareTokenId: 1, path: "later", address: "192.0.2.1", requestId: "later" });
	await expect
		.poll(
			async () =>
				Number(
					(
						await database.db
							.selectFrom("audit_event")
							.select(({ fn }) => fn.countAll<string>().as("count"))
							.where("table_name", "=", "share_download")
							.executeTakeFirstOrThrow()
					).count,
				),
			{ timeout: 5_000 },
		)
		.toBe(before + 1);
});
