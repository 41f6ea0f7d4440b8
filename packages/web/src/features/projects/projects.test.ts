import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Viewer } from "@opengsync/core/context";
import { hashToken } from "@opengsync/core/shared/token-hash";
import { openSealedToken } from "@opengsync/core/sharing/tokens";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createLibrary, createProject, createRequest, createSample } from "@opengsync/db/testing/factories";
import { DeliveryStatus, LibraryStatus, ProjectStatus, UserRole } from "@opengsync/domain/catalog";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestServices, createTestUser } from "../../framework/testing/test-app.ts";
import { shareApiRoutes } from "./api-routes.ts";
import { projectRoutes } from "./routes.tsx";

let database: TestDatabase;
let base: string;
let app: Hono;
let owner: Viewer;
let staff: Viewer;
let ownerBrowser: TestBrowser;
let staffBrowser: TestBrowser;
const mails: { to: readonly string[] }[] = [];

beforeAll(async () => {
	database = await createTestDatabase();
	base = await mkdtemp(path.join(os.tmpdir(), "projects-"));
	await mkdir(path.join(base, "PROCESSED/p1"), { recursive: true });
	await writeFile(path.join(base, "PROCESSED/p1/report.pdf"), "x");
	const plain = createTestServices();
	const services = {
		...plain,
		config: { ...plain.config, shareRoot: base, sharePathMapping: { PROCESSED: "/cluster" } },
		mail: { deliver: async (message: { to: readonly string[] }) => void mails.push(message) },
	};
	app = createTestApp({ db: database.db, routes: [...projectRoutes, ...shareApiRoutes], services });
	owner = await createTestUser(database.db, UserRole.CLIENT.id);
	staff = await createTestUser(database.db, UserRole.BIOINFORMATICIAN.id);
	ownerBrowser = await browserOf(app, database.db, owner);
	staffBrowser = await browserOf(app, database.db, staff);
	await staffBrowser.get("/projects/");
});
afterAll(async () => {
	await database.drop();
	await rm(base, { recursive: true, force: true });
});

/** A project with one sequenced library, and a request whose address waits for the data. */
async function sequencedProject() {
	const project = await createProject(database.db, { owner_id: owner.id, status_id: ProjectStatus.SEQUENCED.id });
	const request = await createRequest(database.db, { requestor_id: owner.id });
	const sample = await createSample(database.db, { project_id: project.id, owner_id: owner.id });
	const library = await createLibrary(database.db, { seq_request_id: request.id, status_id: LibraryStatus.SEQUENCED.id });
	await database.db.insertInto("sample_library_link").values({ sample_id: sample.id, library_id: library.id }).execute();
	const address = { seq_request_id: request.id, email: "pending@example.org", status_id: DeliveryStatus.PENDING.id };
	await database.db.insertInto("seq_request_delivery_email_link").values(address).execute();
	return { project, request, library };
}

describe("the pages of projects", () => {
	it("create, show and change a project of a client", async () => {
		expect(await (await ownerBrowser.get("/projects/new/")).text()).not.toContain("/htmx/users/search");
		const refused = await ownerBrowser.post("/projects/new/", { title: "Short", description: "" });
		expect(refused.status).toBe(422);
		expect(await refused.text()).toContain("Short");
		const created = await ownerBrowser.post("/projects/new/", { title: "Mouse atlas", description: "Cells <of> mice" });
		expect(created.status).toBe(303);
		const address = created.headers.get("location") ?? "";
		const page = await (await ownerBrowser.get(address)).text();
		expect(page).toContain("Cells &lt;of&gt; mice");
		const edited = await ownerBrowser.post(`${address}edit/`, { title: "Mouse atlas 2", description: "More" });
		expect(edited.headers.get("location")).toBe(address);
		expect(await (await ownerBrowser.get("/projects/")).text()).toContain("Mouse atlas 2");
	});
	it("are closed to strangers and keep data management to staff", async () => {
		const foreign = await createProject(database.db);
		expect((await ownerBrowser.get(`/projects/${foreign.id}/`)).status).toBe(403);
		expect((await ownerBrowser.get("/projects/999999/")).status).toBe(404);
		const { project } = await sequencedProject();
		for (const name of ["samples", "requests", "shares", "data"]) {
			expect((await ownerBrowser.get(`/htmx/projects/${project.id}/${name}`)).status).toBe(200);
			expect((await ownerBrowser.get(`/htmx/projects/${foreign.id}/${name}`)).status).toBe(403);
		}
		expect((await ownerBrowser.get(`/projects/${project.id}/share/`)).status).toBe(403);
		expect((await ownerBrowser.post(`/projects/${project.id}/data_paths/add/`, { path: "PROCESSED/p1" })).status).toBe(403);
		expect((await ownerBrowser.post(`/projects/${project.id}/revoke_link/`)).status).toBe(403);
	});
});

describe("sharing the data of a project", () => {
	it("adds a path as on the cluster, and says at the field what is wrong with another", async () => {
		const { project } = await sequencedProject();
		const add = (text: string) => staffBrowser.post(`/projects/${project.id}/data_paths/add/`, { path: text });
		for (const wrong of ["/elsewhere/x", "/cluster", "PROCESSED/none", "/cluster/../etc/passwd"]) {
			const refused = await add(wrong);
			expect(refused.status).toBe(422);
			expect(await refused.text()).toContain('aria-invalid="true"');
		}
		expect((await add("/cluster/p1")).status).toBe(303);
		expect((await add("PROCESSED/p1/report.pdf")).status).toBe(303);
		const data = await (await ownerBrowser.get(`/htmx/projects/${project.id}/data`)).text();
		expect(data).toContain("PROCESSED/p1/report.pdf");
		expect(data).not.toContain("Remove");
	});
	it("preselects the waiting addresses, sends the link, and shows the commands to staff only while it is valid", async () => {
		const { project, library } = await sequencedProject();
		await staffBrowser.post(`/projects/${project.id}/data_paths/add/`, { path: "PROCESSED/p1" });
		const dialog = await (await staffBrowser.get(`/htmx/projects/${project.id}/share`, { fragment: true })).text();
		expect(dialog).toMatch(/<option value="pending@example.org" selected/);
		const none = await staffBrowser.post(`/projects/${project.id}/share/`, { timeValidMin: "1440" });
		expect(none.status).toBe(422);
		const fields = { recipients: "pending@example.org", sendToOwner: "true", markDelivered: "true", timeValidMin: "1440" };
		const shared = await staffBrowser.post(`/projects/${project.id}/share/`, fields);
		expect(shared.status).toBe(303);
		expect(mails.at(-1)?.to).toEqual(["pending@example.org", owner.email]);
		const row = await database.db.selectFrom("project").selectAll().where("id", "=", project.id).executeTakeFirstOrThrow();
		expect(row.status_id).toBe(ProjectStatus.DELIVERED.id);
		const after = await database.db.selectFrom("library").select("status_id").where("id", "=", library.id).executeTakeFirst();
		expect(after?.status_id).toBe(LibraryStatus.SHARED.id);
		const link = await database.db
			.selectFrom("share_token")
			.selectAll()
			.where("id", "=", row.share_token_id)
			.executeTakeFirstOrThrow();
		const token = openSealedToken(createTestServices().config.secretKey, link.token_sealed ?? "") ?? "";
		expect(token).not.toBe("");
		const data = `/htmx/projects/${project.id}/data`;
		expect(await (await staffBrowser.get(data)).text()).toContain(token);
		expect(await (await ownerBrowser.get(data)).text()).not.toContain(token);
		expect((await staffBrowser.post(`/projects/${project.id}/revoke_link/`)).status).toBe(303);
		const revoked = await (await staffBrowser.get(data)).text();
		expect(revoked).not.toContain(token);
		expect(revoked).toContain("Revoked");
	});
});

describe("the API for pipelines", () => {
	const token = "t".repeat(43);
	const call = async (name: string, body: unknown, method = "POST") => {
		const response = await app.request(`http://localhost/api/${name}/`, {
			method,
			headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
			body: JSON.stringify(body),
		});
		return { status: response.status, text: await response.text() };
	};
	beforeAll(async () => {
		const row = { token_hash: hashToken(token), time_valid_min: 60, owner_id: staff.id };
		await database.db.insertInto("api_token").values(row).execute();
	});
	it("adds and removes data paths with the documented answers", async () => {
		const { project } = await sequencedProject();
		const sent = { path: "/cluster//p1/report.pdf", project_id: String(project.id) };
		const added = await call("v1/shares/add_data_path", sent);
		expect(JSON.parse(added.text)).toEqual({
			result: "success",
			share_path: "PROCESSED/p1/report.pdf",
			path: "/cluster//p1/report.pdf",
			type: "PDF",
		});
		expect((await call("shares/add_data_path", { path: "/cluster/p1" })).status).toBe(400);
		expect((await call("shares/add_data_path", { path: "cluster/p1", project_id: project.id })).status).toBe(400);
		expect((await call("shares/add_data_path", { path: "/cluster/no", project_id: project.id })).status).toBe(404);
		expect((await call("shares/add_data_path", { ...sent, project_id: 99_999_999_999 })).status).toBe(404);
		expect((await call("shares/add_data_path", { ...sent, path_type_id: 77 })).status).toBe(400);
		const removed = await call("shares/remove_data_paths", { project_id: project.id }, "DELETE");
		expect(JSON.parse(removed.text)).toEqual({
			result: "success",
			paths: [["PROCESSED/p1/report.pdf", "/cluster/p1/report.pdf", true]],
		});
		expect((await call("shares/remove_data_paths", {}, "DELETE")).status).toBe(400);
	});
	it("releases a project to the addresses of its newest request", async () => {
		const { project, request } = await sequencedProject();
		await call("shares/add_data_path", { path: "/cluster/p1", project_id: project.id });
		const body = { project_id: project.id, internal_access: false, time_valid_min: 60, recipients: null };
		const { recipients: _, ...incomplete } = body;
		expect((await call("shares/release_project_data", incomplete)).status).toBe(400);
		const released = await call("v1/shares/release_project_data", body);
		expect(JSON.parse(released.text)).toEqual({ result: "success", recipients: ["pending@example.org"] });
		const link = await database.db
			.selectFrom("seq_request_delivery_email_link")
			.select("status_id")
			.where("seq_request_id", "=", request.id)
			.executeTakeFirst();
		expect(link?.status_id).toBe(DeliveryStatus.DISPATCHED.id);
	});
	it("tells a caller without a valid token nothing", async () => {
		const response = await app.request("http://localhost/api/shares/add_data_path/", { method: "POST", body: "{}" });
		expect(response.status).toBe(401);
	});
});
