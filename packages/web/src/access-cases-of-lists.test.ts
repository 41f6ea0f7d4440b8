// The reference cases of access-and-web.md §19 about names with markup, the assignees of the dashboard, and searching, on the routes of the product.
import type { Viewer } from "@opengsync/core/context";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import * as create from "@opengsync/db/testing/factories";
import { MediaFileType, SeqRequestStatus, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestBrowser } from "./framework/testing/browser.ts";
import { browserOf, createTestApp, createTestUser } from "./framework/testing/test-app.ts";
import { routes } from "./routes.ts";

let database: TestDatabase;
let a: Viewer;
let b: Viewer;
let technician: Viewer;
let bioinformatician: Viewer;
let browserA: TestBrowser;
let browserB: TestBrowser;
let browserOfTechnician: TestBrowser;
let browserOfBioinformatician: TestBrowser;
let browserOfAdmin: TestBrowser;

beforeAll(async () => {
	database = await createTestDatabase();
	const { db } = database;
	const app = createTestApp({ db, routes });
	a = await createTestUser(db, UserRole.CLIENT.id);
	b = await createTestUser(db, UserRole.CLIENT.id);
	technician = await createTestUser(db, UserRole.TECHNICIAN.id);
	bioinformatician = await createTestUser(db, UserRole.BIOINFORMATICIAN.id);
	browserA = await browserOf(app, db, a);
	browserB = await browserOf(app, db, b);
	browserOfTechnician = await browserOf(app, db, technician);
	browserOfBioinformatician = await browserOf(app, db, bioinformatician);
	browserOfAdmin = await browserOf(app, db, await createTestUser(db, UserRole.ADMIN.id));
});
afterAll(() => database.drop());

const textOf = async (browser: TestBrowser, path: string) => (await browser.get(path)).text();

describe("names with markup", () => {
	it("case 29: are text in tables, menus, dialogs, pages and toasts", async () => {
		const { db } = database;
		const evil = "<img src=x onerror=1>";
		const made = await browserA.post("/groups/new/", { name: evil, typeId: "1" });
		const evilGroup = made.headers.get("location") ?? "";
		const toast = await textOf(browserA, evilGroup);
		expect(toast).toContain(`Group ${evil.replaceAll("<", "&lt;").replaceAll(">", "&gt;")} created`);
		const id = Number(/\d+/.exec(evilGroup)?.[0]);
		const person = await createTestUser(db, UserRole.TECHNICIAN.id);
		await db.updateTable("lims_user").set({ first_name: evil }).where("id", "=", person.id).execute();
		await browserA.post(`/groups/${id}/members/add/`, { email: person.email, affiliationTypeId: "3" });
		const request = await create.createRequest(db, {
			requestor_id: a.id,
			group_id: id,
			name: evil,
			status_id: SeqRequestStatus.SUBMITTED.id,
		});
		await db.insertInto("seq_request_assignee_link").values({ seq_request_id: request.id, user_id: person.id }).execute();
		const project = await create.createProject(db, { owner_id: a.id, group_id: id, title: evil });
		const pool = await create.createPool(db, { name: evil, seq_request_id: request.id, owner_id: a.id });
		const sample = await create.createSample(db, { name: evil, project_id: project.id });
		const library = await create.createLibrary(db, {
			sample_name: evil,
			name: evil,
			seq_request_id: request.id,
			pool_id: pool.id,
		});
		await db.insertInto("sample_library_link").values({ sample_id: sample.id, library_id: library.id }).execute();
		const file = { name: evil, extension: ".pdf", type_id: MediaFileType.CUSTOM.id, uuid: crypto.randomUUID(), size_bytes: 1 };
		await db
			.insertInto("media_file")
			.values({ ...file, uploader_id: a.id, seq_request_id: request.id })
			.execute();
		const seen = [
			...["/groups/", evilGroup, "/projects/", `/projects/${project.id}/`, "/samples/", `/samples/${sample.id}/`, "/libraries/"],
			...[`/libraries/${library.id}/`, "/pools/", `/pools/${pool.id}/`, "/seq_requests/", `/seq_requests/${request.id}/`, "/"],
			...["members", "requests", "projects", "members/add", "edit"].map((name) => `/htmx/groups/${id}/${name}`),
			...["samples", "libraries", "files", "pools", "assignees"].map((name) => `/htmx/seq_requests/${request.id}/${name}`),
			...[
				`/htmx/projects/${project.id}/assignees/add`,
				`/htmx/projects/${project.id}/samples`,
				`/htmx/pools/${pool.id}/libraries`,
			],
			...[`/htmx/libraries/${library.id}/samples`, `/htmx/samples/${sample.id}/edit`, `/htmx/libraries/${library.id}/edit`],
			`/htmx/pools/${pool.id}/edit`,
		];
		for (const path of seen) {
			const answer = await browserOfAdmin.get(path);
			const text = await answer.text();
			expect([path, answer.status]).toEqual([path, 200]);
			expect([path, text.includes("<img src=x")]).toEqual([path, false]);
			expect([path, text.includes("&lt;img src=x")]).toEqual([path, true]);
		}
	});
});

describe("assignees", () => {
	it("case 33: each of two insiders sees own badges and own buttons on the dashboard", async () => {
		const { db } = database;
		const request = await create.createRequest(db, { status_id: SeqRequestStatus.SUBMITTED.id });
		const button = `action="/seq_requests/${request.id}/assign_me/"`;
		const assigned = await browserOfTechnician.post(`/seq_requests/${request.id}/assign_me/`, { from: "dashboard" });
		expect(assigned.headers.get("location")).toBe("/");
		const [own, others] = [await textOf(browserOfTechnician, "/"), await textOf(browserOfBioinformatician, "/")];
		expect(own).not.toContain(button);
		expect(own).toContain("Assigned: you");
		expect(others).toContain(button);
		expect(others).not.toContain("Assigned: you");
		expect(others).toContain(`Assigned: ${technician.firstName} ${technician.lastName}`);
	});

	it("are added and removed by staff on requests and projects; customers see them and no buttons", async () => {
		const request = await create.createRequest(database.db, { requestor_id: b.id });
		const project = await create.createProject(database.db, { owner_id: b.id });
		for (const url of [`/seq_requests/${request.id}`, `/projects/${project.id}`]) {
			const form = await textOf(browserOfTechnician, `/htmx${url}/assignees/add`);
			expect(form).toMatch(new RegExp(`<option value="${technician.id}" selected`));
			expect(form).not.toContain(`<option value="${a.id}"`);
			const add = (userId: number) => browserOfTechnician.post(`${url}/assignees/add/`, { userId: String(userId) });
			expect((await add(a.id)).status).toBe(422);
			expect((await add(bioinformatician.id)).headers.get("location")).toBe(`${url}/?tab=assignees`);
			expect((await add(bioinformatician.id)).status).toBe(422);
			const seenByOwner = await textOf(browserB, `/htmx${url}/assignees`);
			expect(seenByOwner).toContain(bioinformatician.email);
			expect(seenByOwner).not.toContain("<form");
			expect((await browserB.post(`${url}/assign_me/`)).status).toBe(403);
			expect((await browserB.post(`${url}/assignees/${bioinformatician.id}/remove/`)).status).toBe(403);
			const removed = await browserOfTechnician.post(`${url}/assignees/${bioinformatician.id}/remove/`);
			expect(removed.status).toBe(303);
		}
	});
});

describe("lists", () => {
	it.each([
		["/seq_requests/", "name"],
		["/projects/", "title"],
		["/samples/", "name"],
		["/libraries/", "name"],
		["/pools/", "name"],
		["/groups/", "name"],
		["/users/", "name"],
		["/seq_requests/", "id"],
	])("case 34: %s with a word in %s that matches nothing is empty", async (path, column) => {
		const text = await textOf(browserOfTechnician, `${path}?${column}=qqqqzzzzxxxx`);
		expect(text).toContain("Nothing matches.");
		expect(text).not.toMatch(new RegExp(`<td[^>]*><a href="${path}\\d+/`));
		expect(await textOf(browserOfTechnician, path)).toMatch(new RegExp(`<a href="${path}\\d+/`));
	});
});
