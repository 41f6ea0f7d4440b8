import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createUser } from "@opengsync/db/testing/factories";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keepAuditHeads } from "./keep-audit-heads.ts";

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
	database = await createTestDatabase();
	folder = await mkdtemp(path.join(os.tmpdir(), "audit-heads-"));
});
afterAll(async () => {
	await database.drop();
	await rm(folder, { recursive: true });
});

test("the ends of the chains are kept outside of the database, once a day, and not for ever", async () => {
	await createUser(database.db);
	await writeFile(path.join(folder, "audit-heads-2025-01-01.json"), "old");
	await writeFile(path.join(folder, "opengsync.log"), "the log");
	const file = await keepAuditHeads(database.db, folder, "2026-11-22");
	await keepAuditHeads(database.db, folder, "2026-11-22");
	expect((await readdir(folder)).sort()).toEqual(["audit-heads-2026-11-22.json", "opengsync.log"]);
	expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({
		heads: expect.arrayContaining([
			expect.objectContaining({ table: "lims_user", hash: expect.stringMatching(/^[0-9a-f]{64}$/) }),
		]),
	});
});
