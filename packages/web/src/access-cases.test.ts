// The reference cases of access-and-web.md §19 that are about who may see and do what, on the routes of the product.
// 9 is in features/files/data-files.test.ts; 29, 33 and 34 are in access-cases-of-lists.test.ts; the others stand with accounts, sharing, files and calendar.
import type { Viewer } from "@opengsync/core/context";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import * as create from "@opengsync/db/testing/factories";
import { AffiliationType, LibraryStatus, MediaFileType, PoolType, SeqRequestStatus, UserRole } from "@opengsync/domain/catalog";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestBrowser } from "./framework/testing/browser.ts";
import { browserOf, createTestApp, createTestUser } from "./framework/testing/test-app.ts";
import { routes } from "./routes.ts";

const { OWNER, MANAGER, MEMBER } = AffiliationType;
let database: TestDatabase;
let app: Hono;
let a: Viewer;
let b: Viewer;
let stranger: Viewer;
let technician: Viewer;
let browserA: TestBrowser;
let browserB: TestBrowser;
let browserOfStranger: TestBrowser;
let browserOfTechnician: TestBrowser;
let browserOfBioinformatician: TestBrowser;
let groupId: number;

beforeAll(async () => {
	database = await createTestDatabase();
	const { db } = database;
	app = createTestApp({ db, routes });
	a = await createTestUser(db, UserRole.CLIENT.id);
	b = await createTestUser(db, UserRole.CLIENT.id);
	stranger = await createTestUser(db, UserRole.CLIENT.id);
	technician = await createTestUser(db, UserRole.TECHNICIAN.id);
	const bioinformatician = await createTestUser(db, UserRole.BIOINFORMATICIAN.id);
	browserA = await browserOf(app, db, a);
	browserB = await browserOf(app, db, b);
	browserOfStranger = await browserOf(app, db, stranger);
	browserOfTechnician = await browserOf(app, db, technician);
	browserOfBioinformatician = await browserOf(app, db, bioinformatician);
	groupId = (await create.createGroup(db, {}, { [b.id]: OWNER.id, [a.id]: MEMBER.id })).id;
});
afterAll(() => database.drop());

/** A request of B with one library; with the group that A belongs to, or without. */
async function requestOfB(options: { grouped: boolean; libraryStatusId?: number }) {
	const { db } = database;
	const request = await create.createRequest(db, { requestor_id: b.id, group_id: options.grouped ? groupId : null });
	const status_id = options.libraryStatusId ?? LibraryStatus.DRAFT.id;
	const library = await create.createLibrary(db, { seq_request_id: request.id, owner_id: b.id, status_id });
	return { request, library };
}

/** A file of a request, as if B had attached it. */
async function fileOf(requestId: number) {
	const uuid = crypto.randomUUID();
	const values = { name: "form", extension: ".pdf", type_id: MediaFileType.CUSTOM.id, uuid, size_bytes: 1, uploader_id: b.id };
	return database.db
		.insertInto("media_file")
		.values({ ...values, seq_request_id: requestId })
		.returning("id")
		.executeTakeFirstOrThrow();
}

const statusOf = async (browser: TestBrowser, path: string) => (await browser.get(path)).status;
const textOf = async (browser: TestBrowser, path: string) => (await browser.get(path)).text();
const libraryRow = (id: number) => database.db.selectFrom("library").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
const formOfLibrary = (name: string) => ({ name, typeId: "100", genomeRefId: "1", muxTypeId: "" });

describe("requests of others", () => {
	it("case 1: a foreign request is refused, an unknown one does not exist", async () => {
		const { request } = await requestOfB({ grouped: false });
		expect(await statusOf(browserA, `/seq_requests/${request.id}/`)).toBe(403);
		expect(await statusOf(browserA, `/htmx/seq_requests/${request.id}/libraries`)).toBe(403);
		expect(await statusOf(browserA, "/seq_requests/999999/")).toBe(404);
	});

	it("case 2: a request with the common group may be edited, without it not even seen", async () => {
		const { request } = await requestOfB({ grouped: true });
		expect(await textOf(browserA, `/seq_requests/${request.id}/`)).toContain(`/seq_requests/${request.id}/edit/`);
		await database.db.updateTable("seq_request").set({ group_id: null }).where("id", "=", request.id).execute();
		expect(await statusOf(browserA, `/seq_requests/${request.id}/`)).toBe(403);
	});

	it("case 3: whoever leaves a group loses sight at the next request, in every open session", async () => {
		const { db } = database;
		const leaver = await createTestUser(db, UserRole.CLIENT.id);
		const group = await create.createGroup(db, {}, { [b.id]: OWNER.id, [leaver.id]: MEMBER.id });
		const request = await create.createRequest(db, { requestor_id: b.id, group_id: group.id });
		const project = await create.createProject(db, { owner_id: b.id, group_id: group.id });
		const own = await create.createRequest(db, { requestor_id: leaver.id, group_id: group.id });
		const desktop = await browserOf(app, db, leaver);
		const phone = await browserOf(app, db, leaver);
		const foreign = [`/seq_requests/${request.id}/`, `/projects/${project.id}/`, `/groups/${group.id}/`];
		for (const path of foreign) expect(await statusOf(phone, path)).toBe(200);
		const left = await desktop.post(`/groups/${group.id}/members/${leaver.id}/remove/`);
		expect(left.headers.get("location")).toBe("/groups/");
		for (const browser of [desktop, phone]) {
			for (const path of foreign) expect(await statusOf(browser, path)).toBe(403);
			expect(await statusOf(browser, `/seq_requests/${own.id}/`)).toBe(200);
		}
	});
});

describe("libraries of others", () => {
	it("case 4: a member of the group edits a draft library, a submitted one no more", async () => {
		const draft = await requestOfB({ grouped: true });
		const edited = await browserA.post(`/libraries/${draft.library.id}/edit/`, formOfLibrary("renamed_by_a"));
		expect(edited.status).toBe(303);
		expect((await libraryRow(draft.library.id)).sample_name).toBe("renamed_by_a");
		const submitted = await requestOfB({ grouped: true, libraryStatusId: LibraryStatus.SUBMITTED.id });
		const path = `/libraries/${submitted.library.id}/edit/`;
		expect(await statusOf(browserA, path)).toBe(403);
		expect((await browserA.post(path, formOfLibrary("not_any_more"))).status).toBe(403);
		expect((await libraryRow(submitted.library.id)).sample_name).toBe(submitted.library.sample_name);
		const page = await textOf(browserA, `/libraries/${submitted.library.id}/`);
		expect(page).toContain("no longer a draft");
		expect(page).not.toContain(path);
		expect((await browserOfTechnician.post(path, { ...formOfLibrary("by_staff"), statusId: "1" })).status).toBe(303);
	});

	it("case 5: a status that a customer sends along is ignored", async () => {
		const { library } = await requestOfB({ grouped: true });
		const sent = { ...formOfLibrary("with_status"), status_id: "6", statusId: "6" };
		expect((await browserA.post(`/libraries/${library.id}/edit/`, sent)).status).toBe(303);
		expect(await libraryRow(library.id)).toMatchObject({ sample_name: "with_status", status_id: LibraryStatus.DRAFT.id });
		expect((await browserOfTechnician.post(`/libraries/${library.id}/edit/`, sent)).status).toBe(303);
		expect(await libraryRow(library.id)).toMatchObject({ status_id: LibraryStatus.SEQUENCED.id });
	});

	it("case 6: the list shows own libraries and those of own groups, and no others", async () => {
		const shared = await requestOfB({ grouped: true });
		const hidden = await requestOfB({ grouped: false });
		const own = await create.createLibrary(database.db, { owner_id: a.id });
		const list = await textOf(browserA, "/libraries/");
		const csv = await textOf(browserA, "/htmx/libraries/export.csv");
		for (const [library, isSeen] of [
			[shared.library, true],
			[own, true],
			[hidden.library, false],
		] as const) {
			expect(list.includes(`/libraries/${library.id}/`)).toBe(isSeen);
			expect(csv.includes(library.name)).toBe(isSeen);
		}
	});
});

describe("parts of objects", () => {
	it("case 7: dilutions, samples, reads, data paths, comments, files and lanes follow their object", async () => {
		const { db } = database;
		const { request, library } = await requestOfB({ grouped: true });
		const pool = await create.createPool(db, { seq_request_id: request.id, type_id: PoolType.EXTERNAL.id });
		const project = await create.createProject(db, { owner_id: b.id, group_id: groupId });
		const sample = await create.createSample(db, { project_id: project.id });
		const experiment = await create.createExperiment(db);
		const ofCustomers = [
			...["libraries", "wet-lab"].map((name) => `/htmx/pools/${pool.id}/${name}`),
			...["samples", "reads"].map((name) => `/htmx/libraries/${library.id}/${name}`),
			...["samples", "requests", "shares", "data", "assignees"].map((name) => `/htmx/projects/${project.id}/${name}`),
			...["samples", "libraries", "pools", "files", "comments", "share", "assignees"].map(
				(name) => `/htmx/seq_requests/${request.id}/${name}`,
			),
			`/htmx/samples/${sample.id}/libraries`,
			...["members", "requests", "projects"].map((name) => `/htmx/groups/${groupId}/${name}`),
		];
		for (const path of ofCustomers) {
			expect([path, await statusOf(browserA, path)]).toEqual([path, 200]);
			expect([path, await statusOf(browserOfStranger, path)]).toEqual([path, 403]);
		}
		const ofExperiments = routes.filter(({ path, method }) => method === "GET" && path.startsWith("/htmx/experiments/:id/"));
		expect(ofExperiments.length).toBeGreaterThan(2);
		for (const { path } of ofExperiments) {
			expect([path, await statusOf(browserA, path.replace(":id", String(experiment.id)))]).toEqual([path, 403]);
		}
	});

	it("case 8: a file is deleted only through the request to which it belongs", async () => {
		const own = await create.createRequest(database.db, { requestor_id: a.id });
		const { request } = await requestOfB({ grouped: true });
		const file = await fileOf(request.id);
		expect((await browserA.post(`/seq_requests/${own.id}/files/${file.id}/delete/`)).status).toBe(404);
		expect((await browserOfStranger.post(`/seq_requests/${request.id}/files/${file.id}/delete/`)).status).toBe(403);
		await database.db
			.updateTable("seq_request")
			.set({ status_id: SeqRequestStatus.SUBMITTED.id })
			.where("id", "=", request.id)
			.execute();
		expect((await browserA.post(`/seq_requests/${request.id}/files/${file.id}/delete/`)).status).toBe(403);
		expect((await browserOfTechnician.post(`/seq_requests/${request.id}/files/${file.id}/delete/`)).status).toBe(303);
		expect(await statusOf(browserB, `/download_file/${file.id}/`)).toBe(404);
	});

	it("samples of a request that lie in a foreign project are named, but not linked", async () => {
		const { db } = database;
		const { request, library } = await requestOfB({ grouped: true });
		const seen = await create.createSample(db, { project_id: (await create.createProject(db, { owner_id: a.id })).id });
		const foreign = await create.createSample(db);
		const links = [seen, foreign].map(({ id }) => ({ sample_id: id, library_id: library.id }));
		await db.insertInto("sample_library_link").values(links).execute();
		const text = await textOf(browserA, `/htmx/seq_requests/${request.id}/samples`);
		expect(text).toContain(foreign.name);
		expect(text).not.toContain(`href="/samples/${foreign.id}/`);
		expect(text).not.toContain(`href="/projects/${foreign.project_id}/`);
		expect(text).toContain(`href="/samples/${seen.id}/`);
		expect(await statusOf(browserA, `/samples/${foreign.id}/`)).toBe(403);
	});

	it("children named in an address belong to the parent named there", async () => {
		const { db } = database;
		const [pool, otherPool] = [await create.createPool(db), await create.createPool(db)];
		const library = await create.createLibrary(db, { pool_id: otherPool.id, status_id: LibraryStatus.POOLED.id });
		const other = await create.createLibrary(db);
		const samples = [await create.createSample(db), await create.createSample(db)];
		const links = samples.map(({ id }) => ({ sample_id: id, library_id: library.id }));
		await db.insertInto("sample_library_link").values(links).execute();
		await db
			.insertInto("sample_library_link")
			.values(samples.map(({ id }) => ({ sample_id: id, library_id: other.id })))
			.execute();
		const foreignSample = await create.createSample(db);
		const { request } = await requestOfB({ grouped: true });
		for (const path of [
			`/pools/${pool.id}/libraries/${library.id}/remove/`,
			`/libraries/${library.id}/samples/${foreignSample.id}/remove/`,
			`/seq_requests/${request.id}/assignees/${technician.id}/remove/`,
			`/groups/${groupId}/members/${stranger.id}/remove/`,
			`/groups/${groupId}/members/${stranger.id}/make_owner/`,
		]) {
			expect([path, (await browserOfTechnician.post(path)).status]).toEqual([path, 404]);
		}
		expect((await browserOfTechnician.post(`/pools/${otherPool.id}/libraries/${library.id}/remove/`)).status).toBe(303);
		expect(await libraryRow(library.id)).toMatchObject({ pool_id: null, status_id: LibraryStatus.STORED.id });
	});
});

describe("pages that are not for customers", () => {
	it("case 10: a foreign group, users, shares and administration are refused", async () => {
		for (const path of [`/groups/${groupId}/`, `/groups/${groupId}/edit/`, `/groups/${groupId}/members/add/`, "/users/"]) {
			expect([path, await statusOf(browserOfStranger, path)]).toEqual([path, 403]);
		}
		const forAdmins = routes.filter(
			({ policy, method, path }) => policy.kind === "admin" && method === "GET" && !path.includes(":"),
		);
		expect(forAdmins.length).toBeGreaterThan(0);
		for (const { path } of forAdmins) expect([path, await statusOf(browserOfStranger, path)]).toEqual([path, 403]);
	});

	it("case 11: technicians and bioinformaticians are told the same everywhere, and admin pages are closed to both", async () => {
		const { db } = database;
		const { request, library } = await requestOfB({ grouped: true });
		const experiment = await create.createExperiment(db);
		const pool = await create.createPool(db);
		const project = await create.createProject(db);
		const sample = await create.createSample(db);
		const ids: Record<string, number> = {
			request: request.id,
			library: library.id,
			experiment: experiment.id,
			pool: pool.id,
			project: project.id,
			sample: sample.id,
			group: groupId,
			user: a.id,
		};
		const asked = routes.filter(
			({ method, policy }) => method === "GET" && policy.kind !== "shareToken" && policy.kind !== "apiToken",
		);
		for (const route of asked) {
			const id = route.policy.kind === "object" ? (ids[route.policy.entity] ?? 1) : 1;
			const path = route.path.replaceAll(/:\w+(\{[^}]*\})?/g, String(id)).replaceAll("*", "x");
			const byTechnician = await statusOf(browserOfTechnician, path);
			expect([path, await statusOf(browserOfBioinformatician, path)]).toEqual([path, byTechnician]);
			if (route.policy.kind === "admin") expect([path, byTechnician]).toEqual([path, 403]);
			expect([path, byTechnician]).not.toEqual([path, 500]);
		}
		for (const route of routes.filter(({ method, policy }) => method === "POST" && policy.kind === "admin")) {
			const path = route.path.replaceAll(/:\w+(\{[^}]*\})?/g, "1");
			for (const browser of [browserOfTechnician, browserOfBioinformatician]) {
				expect([path, (await browser.post(path)).status]).toEqual([path, 403]);
			}
		}
	});
});

describe("groups", () => {
	async function managedGroup() {
		return (await create.createGroup(database.db, {}, { [b.id]: OWNER.id, [a.id]: MANAGER.id })).id;
	}

	it("case 12: a manager neither renames a group nor hands it over, but adds members", async () => {
		const id = await managedGroup();
		expect((await browserA.post(`/groups/${id}/edit/`, { name: "Taken over", typeId: "1" })).status).toBe(403);
		expect((await browserA.post(`/groups/${id}/members/${a.id}/make_owner/`)).status).toBe(403);
		const unknown = await browserA.post(`/groups/${id}/members/add/`, { email: "nobody@example.org", affiliationTypeId: "3" });
		expect([unknown.status, await unknown.text()]).toEqual([422, expect.stringContaining("no active account")]);
		const added = await browserA.post(`/groups/${id}/members/add/`, {
			email: stranger.email.toUpperCase(),
			affiliationTypeId: "3",
		});
		expect(added.status).toBe(303);
		expect(await statusOf(browserOfStranger, `/groups/${id}/`)).toBe(200);
		const twice = await browserA.post(`/groups/${id}/members/add/`, { email: stranger.email, affiliationTypeId: "3" });
		expect(twice.status).toBe(422);
		const asOwner = await browserA.post(`/groups/${id}/members/add/`, { email: technician.email, affiliationTypeId: "1" });
		expect(asOwner.status).toBe(422);
		const members = await textOf(browserA, `/htmx/groups/${id}/members`);
		expect(members).toContain(`/groups/${id}/members/${stranger.id}/remove/`);
		expect(members).toContain(`/groups/${id}/members/${a.id}/remove/`);
		expect(members).not.toContain("make_owner");
		expect(await textOf(browserA, `/groups/${id}/`)).not.toContain(`/groups/${id}/edit/`);
	});

	it("case 13: the owner cannot leave, sees why, and hands over first", async () => {
		const id = await managedGroup();
		const refused = await browserB.post(`/groups/${id}/members/${b.id}/remove/`);
		expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining("owner cannot be removed")]);
		const members = await textOf(browserB, `/htmx/groups/${id}/members`);
		expect(members).toContain("The owner cannot be removed: hand the group over first.");
		expect(members).not.toContain(`/groups/${id}/members/${b.id}/remove/`);
		expect((await browserB.post(`/groups/${id}/members/${a.id}/make_owner/`)).status).toBe(303);
		expect((await browserB.post(`/groups/${id}/members/${b.id}/remove/`)).headers.get("location")).toBe("/groups/");
		expect(await statusOf(browserB, `/groups/${id}/`)).toBe(403);
	});

	it("are chosen among the own ones by customers and searched among all by staff, for projects and requests", async () => {
		const foreign = await create.createGroup(database.db, { name: "Foreign group" });
		for (const path of ["/projects/new/", "/seq_requests/new/"]) {
			const form = await textOf(browserA, path);
			expect(form).toContain(`<option value="${groupId}"`);
			expect(form).not.toContain("Foreign group");
			expect(await textOf(browserOfTechnician, path)).toContain("/htmx/groups/search");
		}
		const project = (group: number, title: string) => ({ title, description: "Text", groupId: String(group) });
		expect((await browserA.post("/projects/new/", project(foreign.id, "In a foreign group"))).status).toBe(422);
		expect((await browserA.post("/projects/new/", project(groupId, "In the own group"))).status).toBe(303);
		expect((await browserOfTechnician.post("/projects/new/", project(foreign.id, "By the staff"))).status).toBe(303);
		const found = await (await browserOfTechnician.get("/htmx/groups/search?word=foreign%20group")).json();
		expect(found).toContainEqual(expect.objectContaining({ value: foreign.id, label: "Foreign group" }));
	});

	it("are made by any user, who then sees exactly the own ones; two never share a name", async () => {
		const made = await browserOfStranger.post("/groups/new/", { name: "Stranger things", typeId: "2" });
		expect(made.headers.get("location")).toMatch(/^\/groups\/\d+\/$/);
		const list = await textOf(browserOfStranger, "/groups/");
		expect(list).toContain("Stranger things");
		expect(list).not.toContain(`/groups/${groupId}/`);
		expect(await textOf(browserOfTechnician, "/groups/")).toContain(`/groups/${groupId}/`);
		const again = await browserA.post("/groups/new/", { name: "Stranger things", typeId: "2" });
		expect([again.status, await again.text()]).toEqual([422, expect.stringContaining("Another group has this name.")]);
		const found = await (await browserA.get("/htmx/groups/search?word=stranger")).json();
		expect(found).toEqual([]);
	});
});
