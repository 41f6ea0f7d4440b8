import type { Viewer } from "@opengsync/core/context";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import * as create from "@opengsync/db/testing/factories";
import { LibraryStatus, LibraryType, MuxType, SubmissionType, UserRole } from "@opengsync/domain/catalog";
import type { RawSheet } from "@opengsync/domain/sheets/types";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestUser } from "../../framework/testing/test-app.ts";
import { projectRoutes } from "../projects/routes.tsx";
import { requestRoutes } from "../requests/routes.tsx";
import { formatLibraryIds } from "./chosen-libraries.tsx";
import { libraryRoutes } from "./routes.tsx";

let database: TestDatabase;
let client: Viewer;
let staff: TestBrowser;
let owner: TestBrowser;
let stranger: TestBrowser;

beforeAll(async () => {
	database = await createTestDatabase();
	const app = createTestApp({ db: database.db, routes: [...libraryRoutes, ...requestRoutes, ...projectRoutes] });
	client = await createTestUser(database.db, UserRole.CLIENT.id);
	staff = await browserOf(app, database.db, await createTestUser(database.db, UserRole.TECHNICIAN.id));
	owner = await browserOf(app, database.db, client);
	stranger = await browserOf(app, database.db, await createTestUser(database.db, UserRole.CLIENT.id));
});
afterAll(() => database.drop());

/** Draft libraries of a request of the client. */
async function requestWith(count: number, values: Parameters<typeof create.createLibrary>[1] = {}) {
	const request = await create.createRequest(database.db, { requestor_id: client.id });
	const ids: number[] = [];
	for (let n = 0; n < count; n++) {
		const library = await create.createLibrary(database.db, { seq_request_id: request.id, owner_id: client.id, ...values });
		ids.push(library.id);
	}
	return { request, ids };
}
const row = (id: number) => database.db.selectFrom("library").selectAll().where("id", "=", id).executeTakeFirstOrThrow();

/** The sheet and its fingerprint, as the page brings them into a browser. */
async function open(browser: TestBrowser, address: string) {
	const response = await browser.get(address);
	expect(response.status, address).toBe(200);
	const html = await response.text();
	const [, json = "null"] = /data-island-input=""[^>]*>([\s\S]*?)<\/script>/.exec(html) ?? [];
	const [, seen = ""] = /name="seen" value="([^"]+)"/.exec(html) ?? [];
	const config = JSON.parse(json) as { initial: RawSheet; readOnly: boolean };
	return { html, seen, ...config };
}
const save = (browser: TestBrowser, address: string, sheet: RawSheet, seen: string, more: Record<string, string> = {}) =>
	browser.post(address, { sheet: JSON.stringify(sheet), seen, ...more });

describe("the properties of a library", () => {
	it("are edited on a page of their own and shown on the library's page", async () => {
		const { ids } = await requestWith(1);
		const address = `/libraries/${ids[0]}/properties/`;
		const { initial, seen } = await open(owner, address);
		const sheet = { columns: initial.columns, rows: [["slide", "<b>V01</b>"]] };
		const saved = await save(owner, address, sheet, seen);
		expect(saved.headers.get("location")).toBe(`/libraries/${ids[0]}/?tab=library`);
		const page = await (await owner.get(`/libraries/${ids[0]}/`)).text();
		expect(page).toContain("&lt;b&gt;V01&lt;/b&gt;");
		expect(page).not.toContain("<b>V01</b>");
	});
	it("are shown again as typed when they are wrong, with the reason", async () => {
		const { ids } = await requestWith(1);
		const address = `/libraries/${ids[0]}/properties/`;
		const { initial, seen } = await open(owner, address);
		const refused = await save(owner, address, { columns: initial.columns, rows: [["slide", null]] }, seen);
		expect(refused.status).toBe(422);
		const html = await refused.text();
		expect(html).toContain("Row 1: Value is missing.");
		expect(html).toContain('["slide",null]');
		const second = await save(owner, address, { columns: initial.columns, rows: [["slide", "V01"]] }, "stale");
		expect(await second.text()).toContain("Somebody else saved changes");
	});
	it("are out of reach for strangers, and for the client once the lab works on it", async () => {
		const { ids } = await requestWith(1);
		const address = `/libraries/${ids[0]}/properties/`;
		expect((await stranger.get(address)).status).toBe(403);
		expect((await stranger.post(address, { sheet: "{}" })).status).toBe(403);
		await database.db
			.updateTable("library")
			.set({ status_id: LibraryStatus.STORED.id })
			.where("id", "=", ids[0] ?? 0)
			.execute();
		expect((await owner.get(address)).status).toBe(403);
		expect((await save(owner, address, { columns: [], rows: [] }, "")).status).toBe(403);
		expect((await staff.get(address)).status).toBe(200);
	});
	it("answer a broken sheet with an explanation", async () => {
		const { ids } = await requestWith(1);
		const address = `/libraries/${ids[0]}/properties/`;
		for (const sheet of ["", "{", "[]", JSON.stringify({ columns: [], rows: Array.from({ length: 5001 }, () => []) })]) {
			expect((await owner.post(address, { sheet, seen: "" })).status).toBe(400);
		}
	});
});

describe("the properties of all libraries", () => {
	it("of a request can be looked at by its people when they can no longer be changed", async () => {
		const { request, ids } = await requestWith(2);
		const address = `/seq_requests/${request.id}/library_properties/`;
		expect((await open(owner, address)).readOnly).toBe(false);
		await database.db
			.updateTable("library")
			.set({ status_id: LibraryStatus.STORED.id })
			.where("id", "=", ids[0] ?? 0)
			.execute();
		const { html, readOnly, seen, initial } = await open(owner, address);
		expect(readOnly).toBe(true);
		expect(html).toContain("You can look at this sheet, not change it");
		expect((await save(owner, address, initial, seen)).status).toBe(403);
		expect((await save(staff, address, initial, seen)).status).toBe(303);
		expect((await stranger.get(address)).status).toBe(403);
	});
	it("of a project without libraries are explained", async () => {
		const project = await create.createProject(database.db, { owner_id: client.id });
		expect((await owner.get(`/projects/${project.id}/library_properties/`)).status).toBe(400);
		expect((await stranger.get(`/projects/${project.id}/library_properties/`)).status).toBe(403);
	});
});

describe("features and multiplexing of a library", () => {
	it("are opened from their tabs", async () => {
		const { ids } = await requestWith(1, {
			type_id: LibraryType.TENX_ANTIBODY_CAPTURE.id,
			mux_type_id: MuxType.TENX_ABC_HASH.id,
		});
		const page = await (await owner.get(`/libraries/${ids[0]}/`)).text();
		expect(page).toContain(`/htmx/libraries/${ids[0]}/features`);
		const tab = await owner.get(`/htmx/libraries/${ids[0]}/features`, { fragment: true });
		expect(await tab.text()).toContain(`/libraries/${ids[0]}/features/`);
		const { initial, seen } = await open(owner, `/libraries/${ids[0]}/features/`);
		const sheet = { columns: initial.columns, rows: [[null, "B1", "CD3", "ACGTACGT", "5P(BC)", "R2"]] };
		const saved = await save(owner, `/libraries/${ids[0]}/features/`, sheet, seen);
		expect(saved.headers.get("location")).toBe(`/libraries/${ids[0]}/?tab=features`);
		expect((await open(owner, `/libraries/${ids[0]}/multiplexing/`)).html).toContain("Apply to all samples in pool");
	});
	it("answer 400 where a library has none", async () => {
		const { ids } = await requestWith(1);
		for (const name of ["features", "multiplexing"]) expect((await owner.get(`/libraries/${ids[0]}/${name}/`)).status).toBe(400);
	});
});

describe("editing libraries together", () => {
	it("leads from the boxes that are ticked to their sheet, and back to the request", async () => {
		const { request, ids } = await requestWith(3);
		const select = `/workflows/edit_libraries/?seq_request_id=${request.id}`;
		const page = await (await staff.get(select)).text();
		for (const id of ids) expect(page).toContain(`value="${id}"`);
		const none = await staff.post(select);
		expect(none.status).toBe(422);
		expect(await none.text()).toContain("Select at least one library.");
		const [first = 0, , third = 0] = ids;
		const chosen = await staff.post(select, { libraryIds: [String(first), String(third)] });
		const address = chosen.headers.get("location") ?? "";
		expect(address).toBe(`/workflows/edit_libraries/sheet/?seq_request_id=${request.id}&library_ids=${first},${third}`);
		const { initial, seen } = await open(staff, address);
		expect(initial.rows.map((cells) => cells[0])).toEqual([first, third]);
		const rows = initial.rows.map((cells, index) =>
			cells.map((cell, column) => (index === 0 && column === 1 ? "new_name" : cell)),
		);
		const saved = await save(staff, address, { columns: initial.columns, rows }, seen);
		expect(saved.headers.get("location")).toBe(`/seq_requests/${request.id}/`);
		expect((await row(first)).sample_name).toBe("new_name");
	});
	it("does not open libraries of another request, nor nonsense", async () => {
		const [one, two] = [await requestWith(1), await requestWith(1)];
		const base = `/workflows/edit_libraries/sheet/?seq_request_id=${one.request.id}&library_ids=`;
		expect((await staff.get(`${base}${two.ids[0]}`)).status).toBe(404);
		expect((await staff.get(`${base}abc`)).status).toBe(400);
		expect((await staff.get(base)).status).toBe(404);
		expect((await staff.get("/workflows/edit_libraries/?seq_request_id=999999")).status).toBe(404);
		expect((await owner.get(`${base}${one.ids[0]}`)).status).toBe(403);
	});
	it("writes long selections short", () => {
		expect(formatLibraryIds([5, 3, 4, 9, 4])).toBe("3-5,9");
		expect(formatLibraryIds(Array.from({ length: 1536 }, (_, index) => index + 1))).toBe("1-1536");
		expect(() => formatLibraryIds(Array.from({ length: 2000 }, (_, index) => index * 2))).toThrow(/too many/);
	});
});

describe("sequencing again", () => {
	it("asks what is sequenced, clones and shows the number of the clone", async () => {
		const { request, ids } = await requestWith(2);
		const address = `/workflows/resequence/?seq_request_id=${request.id}`;
		const incomplete = await staff.post(address, { libraryIds: [String(ids[0])] });
		expect(incomplete.status).toBe(422);
		expect(await incomplete.text()).toContain("Choose one of these.");
		const done = await staff.post(address, { libraryIds: ids.map(String), type: "raw" });
		expect(done.headers.get("location")).toBe(`/seq_requests/${request.id}/?tab=libraries`);
		const list = await (await staff.get(`/htmx/seq_requests/${request.id}/libraries`, { fragment: true })).text();
		expect(list.match(/\(re:1\)/g)).toHaveLength(2);
		const one = await staff.post(`/libraries/${ids[0]}/resequence/`);
		const page = await (await staff.get(one.headers.get("location") ?? "")).text();
		expect(page).toContain("(re:2)");
		expect((await owner.get(address)).status).toBe(403);
		expect((await owner.post(`/libraries/${ids[0]}/resequence/`)).status).toBe(403);
	});
	it("is not offered for a QC-only request, and refused", async () => {
		const request = await create.createRequest(database.db, { submission_type_id: SubmissionType.QC_ONLY.id });
		const library = await create.createLibrary(database.db, { seq_request_id: request.id });
		const list = await (await staff.get(`/htmx/seq_requests/${request.id}/libraries`, { fragment: true })).text();
		expect(list).toContain("A QC-only request cannot be re-sequenced.");
		const sent = await staff.post(`/workflows/resequence/?seq_request_id=${request.id}`, {
			libraryIds: [String(library.id)],
			type: "raw",
		});
		expect(sent.status).toBe(400);
		expect((await staff.post(`/libraries/${library.id}/resequence/`)).status).toBe(400);
	});
});
