import type { Viewer } from "@opengsync/core/context";
import { importKitFolder } from "@opengsync/core/kits/import-kits";
import { readKitAssets } from "@opengsync/core/kits/read-kit-assets";
import {
	countOpenWork,
	listAttentionRequests,
	listOpenExperiments,
	listOpenPools,
	listRecentProjects,
	listRecentRequests,
} from "@opengsync/db/queries/dashboard";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import {
	createExperiment,
	createLibrary,
	createPool,
	createProject,
	createRequest,
	createSample,
} from "@opengsync/db/testing/factories";
import { countStatements, transact } from "@opengsync/db/transaction";
import { PoolStatus, SeqRequestStatus, UserRole } from "@opengsync/domain/catalog";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestUser } from "../../framework/testing/test-app.ts";
import { adminRoutes } from "../admin/routes.tsx";
import { kitRoutes } from "../kits/routes.tsx";
import { libraryRoutes } from "../libraries/routes.tsx";
import { sampleRoutes } from "../samples/routes.tsx";
import { userRoutes } from "../users/routes.tsx";
import { dashboardRoutes } from "./routes.tsx";

let database: TestDatabase;
let app: Hono;
let client: Viewer;
let staff: Viewer;
let admin: Viewer;
const browsers = new Map<number, TestBrowser>();

/** A page as a person sees it. */
async function look(viewer: Viewer, path: string): Promise<{ status: number; text: string }> {
	const browser = browsers.get(viewer.id) ?? (await browserOf(app, database.db, viewer));
	browsers.set(viewer.id, browser);
	const response = await browser.get(path);
	return { status: response.status, text: await response.text() };
}

async function post(viewer: Viewer, path: string, fields: Record<string, string>): Promise<Response> {
	await look(viewer, "/");
	const browser = browsers.get(viewer.id);
	if (!browser) throw new Error("No browser");
	return browser.post(path, fields);
}

beforeAll(async () => {
	database = await createTestDatabase();
	const routes = [...dashboardRoutes, ...adminRoutes, ...kitRoutes, ...libraryRoutes, ...sampleRoutes, ...userRoutes];
	app = createTestApp({ db: database.db, routes });
	client = await createTestUser(database.db, UserRole.CLIENT.id);
	staff = await createTestUser(database.db, UserRole.TECHNICIAN.id);
	admin = await createTestUser(database.db, UserRole.ADMIN.id);
});
afterAll(() => database.drop());

describe("the first page", () => {
	it("tells a new customer how to begin", async () => {
		const { text } = await look(client, "/");
		expect(text).toContain(`Welcome, ${client.firstName}!`);
		expect(text).toContain('href="/seq_requests/new/"');
	});
	it("shows customers their own work only, drafts last", async () => {
		await createRequest(database.db, { name: "Somebody else's", status_id: SeqRequestStatus.SUBMITTED.id });
		await createRequest(database.db, { name: "My draft", requestor_id: client.id });
		await createRequest(database.db, {
			name: "My submitted",
			requestor_id: client.id,
			status_id: SeqRequestStatus.SUBMITTED.id,
			timestamp_submitted_utc: new Date(),
		});
		await createProject(database.db, { title: "My project", owner_id: client.id });
		const { text } = await look(client, "/");
		expect(text).not.toContain("Somebody else");
		expect(text.indexOf("My submitted")).toBeLessThan(text.indexOf("My draft"));
		expect(text).toContain("My project");
	});
	it("shows staff what waits, in few statements whatever there is", async () => {
		await createPool(database.db, { name: "waiting_pool", status_id: PoolStatus.STORED.id });
		await createExperiment(database.db, { name: "Running flow cell" });
		const { text } = await look(staff, "/");
		for (const word of ["Somebody else", "My submitted", "waiting_pool", "Running flow cell"]) expect(text).toContain(word);
		expect(text).not.toContain("My draft");
		const counted = await countStatements(database.db, async (db) => {
			await countOpenWork(db);
			await listAttentionRequests(db);
			await listOpenExperiments(db);
			await listOpenPools(db);
			await listRecentRequests(db, client);
			return listRecentProjects(db, client);
		});
		expect(counted.statements).toBe(6);
	});
});

describe("libraries and samples", () => {
	it("show their owner indices and reads, and nothing to strangers", async () => {
		const stranger = await createTestUser(database.db, UserRole.CLIENT.id);
		const project = await createProject(database.db, { owner_id: client.id });
		const sample = await createSample(database.db, {
			project_id: project.id,
			owner_id: client.id,
			attributes: JSON.stringify({ tissue: { type_id: 6, value: "liver <b>" } }),
		});
		const request = await createRequest(database.db, { requestor_id: client.id });
		const library = await createLibrary(database.db, { owner_id: client.id, seq_request_id: request.id });
		const link = { sample_id: sample.id, library_id: library.id };
		await database.db.insertInto("sample_library_link").values(link).execute();
		await database.db
			.insertInto("library_index")
			.values({ library_id: library.id, sequence_i7: "ACGTACGT", sequence_i5: "TTTTAAAA" })
			.execute();
		const page = await look(client, `/libraries/${library.id}/`);
		expect(page.text).toContain("ACGTACGT+TTTTAAAA");
		expect(page.text).toContain("No reads have been counted yet");
		const experiment = await createExperiment(database.db);
		const reads = (lane: number, libraryId: number | null, count: number, quality: number) => ({
			experiment_id: experiment.id,
			lane,
			library_id: libraryId,
			num_reads: count,
			qc: JSON.stringify({ r1_mean_quality: quality }),
		});
		await database.db
			.insertInto("seq_quality")
			.values([reads(1, library.id, 3_000_000, 30), reads(2, library.id, 1_000_000, 38), reads(1, null, 4_000_000, 10)])
			.execute();
		const tab = await look(client, `/htmx/libraries/${library.id}/reads`);
		expect(tab.text).toContain("50.0 %");
		expect(tab.text).toMatch(/All lanes.*4,000,000.*>32</s);
		expect((await look(client, `/htmx/libraries/${library.id}/samples`)).text).toContain(`/samples/${sample.id}/`);
		expect((await look(client, `/samples/${sample.id}/?tab=metadata`)).text).toContain("liver &lt;b&gt;");
		expect((await look(client, `/htmx/samples/${sample.id}/libraries`)).text).toContain(library.name);
		for (const path of ["/samples/", "/libraries/"]) {
			expect((await look(client, path)).text).toContain("1 entry");
			expect((await look(stranger, path)).text).toContain("0 entries");
		}
		for (const path of [`/libraries/${library.id}/`, `/htmx/libraries/${library.id}/reads`, `/samples/${sample.id}/`]) {
			expect((await look(stranger, path)).status).toBe(403);
		}
	});
});

describe("users", () => {
	it("see themselves, staff see all", async () => {
		expect((await look(client, `/users/${client.id}/`)).status).toBe(200);
		expect((await look(client, `/users/${staff.id}/`)).status).toBe(403);
		expect((await look(client, "/users/")).status).toBe(403);
		expect((await look(staff, `/users/${client.id}/`)).text).toContain(client.email);
		expect((await look(staff, "/users/")).text).toContain(client.email);
	});
	it("of the staff get a token once, which then can only be revoked", async () => {
		expect(
			(await post(client, `/users/${client.id}/api_tokens/new/`, { name: "demo", read: "true", timeValidMin: "525600" })).status,
		).toBe(403);
		expect(
			(await post(staff, `/users/${admin.id}/api_tokens/new/`, { name: "demo", read: "true", timeValidMin: "525600" })).status,
		).toBe(403);
		const made = await (
			await post(staff, `/users/${staff.id}/api_tokens/new/`, { name: "demo", read: "true", timeValidMin: "525600" })
		).text();
		const token = /[\w-]{43}/.exec(made.slice(made.indexOf("cannot be seen again")))?.[0] ?? "";
		expect(token).toHaveLength(43);
		const list = `/htmx/users/${staff.id}/api_tokens`;
		expect((await look(staff, list)).text).toContain("mark-state is-good");
		expect((await look(staff, list)).text).not.toContain(token);
		const { id } = await database.db.selectFrom("api_token").select("id").executeTakeFirstOrThrow();
		const revoked = await post(staff, `/users/${staff.id}/api_tokens/revoke/`, { token_id: String(id) });
		expect(revoked.headers.get("location")).toBe(`/users/${staff.id}/?tab=api`);
		const afterwards = (await look(staff, list)).text;
		expect(afterwards).toContain("Deactivated");
		expect(afterwards).not.toContain("mark-state is-good");
	});
});

describe("the pages of admins", () => {
	it("show captured mails without letting them act, to admins only", async () => {
		const mail = { recipients: ["a@example.org"], subject: "Your <data>", html: "<script>alert(1)</script>", text: "plain part" };
		const { id } = await database.db.insertInto("mail").values(mail).returning("id").executeTakeFirstOrThrow();
		for (const path of ["/admin/mail/", `/admin/mail/${id}/`, `/admin/mail/${id}/html/`, "/admin/system/", "/admin_page/"]) {
			expect((await look(staff, path)).status).toBe(403);
			expect((await look(admin, path)).status).toBe(200);
		}
		const page = await look(admin, `/admin/mail/${id}/`);
		expect(page.text).toContain("Your &lt;data&gt;");
		expect(page.text).toContain("plain part");
		expect(page.text).not.toContain("<script>alert(1)");
		expect(page.text).toMatch(/<iframe[^>]* sandbox=""/);
		const html = await browsers.get(admin.id)?.get(`/admin/mail/${id}/html/`);
		expect(html?.headers.get("content-security-policy")).toMatch(/^sandbox/);
	});
});

describe("kits", () => {
	it("show every barcode where it lies on the plate", async () => {
		const kits = await readKitAssets();
		const actor = { userId: null, impersonatorId: null, via: "setup", requestId: "test" } as const;
		await transact(database.db, actor, (tx) => importKitFolder({ tx }, kits));
		const idOf = async (identifier: string) =>
			(await database.db.selectFrom("kit").select("id").where("identifier", "=", identifier).executeTakeFirstOrThrow()).id;
		const plate = (await look(client, `/index_kits/${await idOf("10X-TT-A")}/`)).text;
		expect(plate).toContain("SI-TT-A1");
		expect(plate).toContain("GTAACATGCG");
		expect((await look(client, `/index_kits/${await idOf("NEXTERA-XT-V2")}/`)).text).not.toContain("Plate");
		expect((await look(client, `/feature_kits/${await idOf("10X-CELLPLEX-A")}/`)).text).toContain("CMO301");
		expect((await look(client, `/index_kits/${await idOf("10X-CELLPLEX-A")}/`)).status).toBe(404);
		for (const path of ["/kits/", "/index_kits/", "/feature_kits/"]) {
			expect((await look(client, path)).text).toMatch(/1[12] entries|1 entry/);
		}
	});
});
