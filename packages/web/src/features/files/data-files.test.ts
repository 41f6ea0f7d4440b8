import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import * as create from "@opengsync/db/testing/factories";
import { AffiliationType, DataPathType, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestServices, createTestUser } from "../../framework/testing/test-app.ts";
import { dataFileRoutes } from "./data-file-routes.ts";

let database: TestDatabase;
let root: string;
let member: TestBrowser;
let stranger: TestBrowser;
let staff: TestBrowser;
let projectId: number;
let experimentId: number;

beforeAll(async () => {
	database = await createTestDatabase();
	const { db } = database;
	root = await mkdtemp(path.join(os.tmpdir(), "data-files-"));
	await mkdir(path.join(root, "p1"));
	await writeFile(path.join(root, "p1/report.html"), "<script>1</script>");
	await writeFile(path.join(root, "p1/reads.fastq"), "ACGT");
	await symlink("reads.fastq", path.join(root, "p1/innocent.txt"));
	const plain = createTestServices();
	const services = { ...plain, config: { ...plain.config, shareRoot: root } };
	const app = createTestApp({ db, routes: dataFileRoutes, services });
	const person = await createTestUser(db, UserRole.CLIENT.id);
	member = await browserOf(app, db, person);
	stranger = await browserOf(app, db, await createTestUser(db, UserRole.CLIENT.id));
	staff = await browserOf(app, db, await createTestUser(db, UserRole.TECHNICIAN.id));
	const group = await create.createGroup(db, {}, { [person.id]: AffiliationType.MEMBER.id });
	projectId = (await create.createProject(db, { group_id: group.id })).id;
	experimentId = (await create.createExperiment(db)).id;
});
afterAll(async () => {
	await database.drop();
	await rm(root, { recursive: true, force: true });
});

/** Address of a file registered for the project, or for the experiment. */
async function addressOf(name: string, target: { project_id: number } | { experiment_id: number } = { project_id: projectId }) {
	const values = { path: name, type_id: DataPathType.CUSTOM.id, ...target };
	const { id } = await database.db.insertInto("data_path").values(values).returning("id").executeTakeFirstOrThrow();
	return `/data_file/${id}/`;
}
const statusOf = async (browser: TestBrowser, address: string) => (await browser.get(address)).status;

describe("data files (access-and-web.md §19, case 9)", () => {
	it("open for who sees the project, in a sandbox; strangers are refused", async () => {
		const address = await addressOf("p1/report.html");
		const shown = await member.get(address);
		expect([shown.status, await shown.text()]).toEqual([200, "<script>1</script>"]);
		expect(shown.headers.get("content-security-policy")).toMatch(/^sandbox/);
		expect(await statusOf(stranger, address)).toBe(403);
		expect(await statusOf(stranger, "/data_file/999999/")).toBe(404);
	});
	it("of an experiment are for staff", async () => {
		const address = await addressOf("p1/report.html", { experiment_id: experimentId });
		expect(await statusOf(member, address)).toBe(403);
		expect(await statusOf(staff, address)).toBe(200);
	});
	it("never show reads, also not through a link, nor anything outside of the share", async () => {
		expect(await statusOf(member, await addressOf("p1/reads.fastq"))).toBe(400);
		expect(await statusOf(staff, await addressOf("p1/innocent.txt"))).toBe(400);
		expect(await statusOf(member, await addressOf("p1"))).toBe(400);
		for (const name of ["p1/gone.html", "../etc/hosts.txt", "/etc/hosts"]) {
			expect(await statusOf(member, await addressOf(name))).toBe(404);
		}
	});
});
