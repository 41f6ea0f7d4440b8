import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkShareStatus } from "@opengsync/core/service/share-status";
import { hashToken } from "@opengsync/core/shared/token-hash";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, expect, it } from "vitest";
import { browserOf, createTestApp, createTestServices, createTestUser } from "../../framework/testing/test-app.ts";
import { serviceRoutes } from "./routes.ts";

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
	database = await createTestDatabase();
	folder = await mkdtemp(path.join(tmpdir(), "opengsync-service-"));
	await writeFile(path.join(folder, "ok"), "ok\n");
	await writeFile(path.join(folder, "other"), "maintenance <b>");
});

afterAll(async () => {
	await database.drop();
	await rm(folder, { recursive: true, force: true });
});

function appWith(config: object, now = () => new Date()) {
	const services = createTestServices({ now });
	return createTestApp({
		db: database.db,
		routes: serviceRoutes,
		services: { ...services, config: { ...services.config, ...config } },
	});
}

const file = (name: string) => path.join(folder, name);

it("says whether the storage behind the shares is there, in each of its states", async () => {
	const cases: [Record<string, string>, number, object][] = [
		[{}, 200, { status: "unknown", details: "No canary files are configured." }],
		[{ a: file("ok") }, 200, { status: "online", details: { a: "online" } }],
		[
			{ a: file("ok"), b: file("other") },
			503,
			{ status: "degraded", details: { a: "online", b: 'unexpected content "maintenance <b>"' } },
		],
		[{ a: file("gone") }, 503, { status: "offline", details: { a: "the file is missing, or its storage is not mounted" } }],
	];
	for (const [canaryFiles, status, body] of cases) {
		const answer = await appWith({ canaryFiles }).request("/share_status_check/");
		expect([answer.status, await answer.json()]).toEqual([status, body]);
	}
});

it("does not wait for a storage that hangs", async () => {
	// Nothing ever writes into this pipe, so that opening it waits like a dead mount.
	const { execFileSync } = await import("node:child_process");
	execFileSync("mkfifo", [file("hanging")]);
	const state = await checkShareStatus({ canaryFiles: { a: file("hanging") } }, 50);
	expect(state).toEqual({ status: "offline", details: { a: "the storage does not answer in time" } });
	await writeFile(file("hanging"), "");
});

it("looks at the storage once in two minutes, however many ask", async () => {
	let time = Date.now();
	const app = appWith({ canaryFiles: { a: file("changing") } }, () => new Date(time));
	const ask = async () => (await app.request("/share_status_check/")).status;
	expect(await ask()).toBe(503);
	await writeFile(file("changing"), "ok");
	time += 119_000;
	expect(await ask()).toBe(503);
	time += 2000;
	expect(await ask()).toBe(200);
});

it("tells staff how much room is left, by session or token, and nobody else", async () => {
	const app = appWith({ mediaFolder: folder });
	const [staff, client] = [
		await createTestUser(database.db, UserRole.TECHNICIAN.id),
		await createTestUser(database.db, UserRole.CLIENT.id),
	];
	const values = { token_hash: hashToken("token-of-staff"), time_valid_min: 60, owner_id: staff.id, scopes: ["read"] };
	await database.db.insertInto("api_token").values(values).execute();
	const address = "/storage_availability_check/";
	const bySession = await (await browserOf(app, database.db, staff)).get(address);
	const body = (await bySession.json()) as Record<string, string>;
	expect(Object.keys(body)).toEqual(["used", "free", "total", "percent_used"]);
	expect(body.total).toMatch(/^\d+\.\d GB$/);
	expect(body.percent_used).toMatch(/^\d+\.\d%$/);
	const withToken = (token: string) => app.request(address, { headers: { authorization: `Bearer ${token}` } });
	expect((await withToken("token-of-staff")).status).toBe(200);
	expect((await withToken("another-token")).status).toBe(403);
	expect((await (await browserOf(app, database.db, client)).get(address)).status).toBe(403);
	expect((await app.request(address)).status).toBe(401);
	expect((await appWith({ mediaFolder: "/nonexistent" }).request(address)).status).toBe(401);
});
