// The page of a request: form, review, tabs, exports, and what ends it (requests-and-annotation.md §2, access-and-web.md §8.3).
import type { Viewer } from "@opengsync/core/context";
import { readWorkbook } from "@opengsync/core/documents/read-workbook";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import {
	createContact,
	createLibrary,
	createPool,
	createProject,
	createRequest,
	createSample,
} from "@opengsync/db/testing/factories";
import { LibraryType, PoolType, SeqRequestStatus, SubmissionType, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestUser } from "../../framework/testing/test-app.ts";
import { routes } from "../../routes.ts";

let database: TestDatabase;
let client: Viewer;
let clientBrowser: TestBrowser;
let staffBrowser: TestBrowser;
let strangerBrowser: TestBrowser;

beforeAll(async () => {
	database = await createTestDatabase();
	const app = createTestApp({ db: database.db, routes });
	client = await createTestUser(database.db, UserRole.CLIENT.id);
	clientBrowser = await browserOf(app, database.db, client);
	staffBrowser = await browserOf(app, database.db, await createTestUser(database.db, UserRole.TECHNICIAN.id));
	strangerBrowser = await browserOf(app, database.db, await createTestUser(database.db, UserRole.CLIENT.id));
	for (const browser of [clientBrowser, staffBrowser, strangerBrowser]) await browser.get("/seq_requests/");
});
afterAll(() => database.drop());

/** A request of pooled libraries with one library, whose name a spreadsheet would run. */
async function makeRequest(statusId: number = SeqRequestStatus.DRAFT.id) {
	const { db } = database;
	const request = await createRequest(db, {
		requestor_id: client.id,
		status_id: statusId,
		submission_type_id: SubmissionType.POOLED_LIBRARIES.id,
		principal_investigator_contact_id: (await createContact(db, { name: "Pia Quennell", email: "pia@example.org" })).id,
	});
	const project = await createProject(db, { owner_id: client.id });
	const sample = await createSample(db, { project_id: project.id, owner_id: client.id });
	const pool = await createPool(db, { seq_request_id: request.id, owner_id: client.id, type_id: PoolType.EXTERNAL.id });
	const library = await createLibrary(db, {
		seq_request_id: request.id,
		pool_id: pool.id,
		owner_id: client.id,
		name: "=cmd|' /C calc'!A0",
	});
	await db.insertInto("sample_library_link").values({ sample_id: sample.id, library_id: library.id }).execute();
	await db.insertInto("library_index").values({ library_id: library.id, sequence_i7: "ACGTACGT", name_i7: "N701" }).execute();
	return { request, sample, library, pool };
}

async function textOf(browser: TestBrowser, address: string): Promise<string> {
	const answer = await browser.get(address, { fragment: address.startsWith("/htmx/") });
	expect([address, answer.status]).toEqual([address, 200]);
	return answer.text();
}

describe("the form of a request", () => {
	it("shows what is missing and what is not allowed together, opens these sections and folds the others", async () => {
		const answer = await clientBrowser.post("/seq_requests/new/", {
			name: "abc",
			numLanes: "many",
			organizationName: "Institute",
			organizationAddress: "Street 1",
			bioinformaticianName: "Bo",
		});
		expect(answer.status).toBe(422);
		const page = await answer.text();
		for (const message of ["At least 5 characters.", "This is not a whole number.", "Give the e-mail of the bioinformatician."])
			expect(page).toContain(message);
		const opened = [
			...page.matchAll(/<details class="form-section"( open="")?><summary><span class="form-section-title">([^<]+)/g),
		];
		const states = new Map(opened.map((match) => [match[2], match[1] !== undefined]));
		expect([states.get("Request info"), states.get("Bioinformatician"), states.get("Organization")]).toEqual([true, true, false]);
	});

	it("offers other people's requests to staff only", async () => {
		expect(await textOf(staffBrowser, "/seq_requests/new/")).toContain('name="newUserEmail"');
		expect(await textOf(clientBrowser, "/seq_requests/new/")).not.toContain('name="newUserEmail"');
	});

	it("files a request for somebody new, and leads to the invitation", async () => {
		const answer = await staffBrowser.post("/seq_requests/new/", {
			newUserEmail: "newcomer@example.org",
			newUserFirstName: "New",
			newUserLastName: "Comer",
			isDisclaimerAccepted: "true",
			name: "For a newcomer",
			submissionTypeId: String(SubmissionType.RAW_SAMPLES.id),
			readTypeId: "1",
			dataDeliveryModeId: "1",
			isRequestorContact: "true",
			contactPhone: "1",
			organizationName: "Institute",
			organizationAddress: "Street 1",
			billingName: "Accounting",
			billingEmail: "bills@example.org",
			isOrganizationBilled: "true",
		});
		expect(answer.status).toBe(303);
		const page = await textOf(staffBrowser, answer.headers.get("location") ?? "");
		expect(page).toContain("The requestor cannot sign in yet");
		expect(page).toContain("New Comer (newcomer@example.org)");
	});
});

describe("the tabs of a request", () => {
	it("all open for the requestor, closed to strangers", async () => {
		const { request, library } = await makeRequest();
		const contents: Record<string, string> = {
			samples: "Remove",
			libraries: String(library.id),
			pools: "Pool",
			overview: LibraryType.BULK_RNA_SEQ.identifier,
			projects: "Project",
			data: "delivered per project",
			files: "Authorization form to sign",
			comments: "No comments yet",
			share: "Add the principal investigator",
			workflows: "Nothing is unfinished",
		};
		const page = await textOf(clientBrowser, `/seq_requests/${request.id}/`);
		for (const [name, text] of Object.entries(contents)) {
			const address = `/htmx/seq_requests/${request.id}/${name}`;
			expect(page).toContain(`hx-get="${address}"`);
			expect(await textOf(clientBrowser, address)).toContain(text);
			expect((await strangerBrowser.get(address, { fragment: true })).status).toBe(403);
		}
		expect(page).not.toContain(`/htmx/seq_requests/${request.id}/review`);
	});

	it("name whose unfinished workflow it is: one's own to continue, a colleague's to take over", async () => {
		const { request } = await makeRequest();
		const started = await clientBrowser.post(`/seq_requests/${request.id}/annotation/`);
		const run = started.headers.get("location") ?? "";
		const address = `/htmx/seq_requests/${request.id}/workflows`;
		expect(await textOf(clientBrowser, address)).toContain(`href="${run}"`);
		const seen = await textOf(staffBrowser, address);
		expect(seen).toContain(`action="${run}take-over/"`);
		expect(seen).toContain(`${client.firstName} ${client.lastName}`);
		expect(seen).not.toContain(`href="${run}"`);
	});

	it("find requests by their principal investigator", async () => {
		const { request } = await makeRequest();
		const list = await textOf(staffBrowser, "/htmx/seq_requests/list?principal_investigator=Pia+Quennell");
		expect(list).toContain(`/seq_requests/${request.id}/`);
	});
});

describe("the review", () => {
	it("is for staff while the request is submitted; ticks count in the title, derived steps cannot be ticked", async () => {
		const { request } = await makeRequest(SeqRequestStatus.SUBMITTED.id);
		const url = `/seq_requests/${request.id}`;
		expect(await textOf(staffBrowser, `${url}/`)).toContain("0/11");
		expect((await staffBrowser.post(`${url}/review/`, { step: "check_contacts", done: "1" })).status).toBe(303);
		expect(await textOf(staffBrowser, `${url}/`)).toContain("1/11");
		const review = await textOf(staffBrowser, `/htmx${url}/review`);
		expect(review).toContain("1 of 11 checked");
		expect(review).not.toContain('value="check_barcodes"');
		expect(review).not.toContain('value="index_check"');
		for (const step of ["check_barcodes", "index_check", "nonsense"]) {
			expect((await staffBrowser.post(`${url}/review/`, { step, done: "1" })).status).toBe(400);
		}
		expect((await clientBrowser.post(`${url}/review/`, { step: "check_contacts", done: "0" })).status).toBe(403);
		expect((await clientBrowser.get(`/htmx${url}/review`, { fragment: true })).status).toBe(403);
	});
});

describe("exports of a request", () => {
	it("give the workbook to everybody who sees it, without a formula", async () => {
		const { request, library, pool } = await makeRequest();
		const answer = await clientBrowser.get(`/seq_requests/${request.id}/export/`);
		expect(answer.headers.get("content-disposition")).toContain(`request_${request.id}.xlsx`);
		const sheets = await readWorkbook(new Uint8Array(await answer.arrayBuffer()));
		expect(sheets.map((sheet) => sheet.name)).toEqual(["metadata", "libraries", "features"]);
		const [head, row] = sheets[1]?.cells ?? [];
		expect(head?.slice(0, 8).join(" ")).toBe(
			"seq_request_id library_id library_name library_type_id genome_ref_id pool_id pool_name sequence_i7",
		);
		expect(row?.slice(0, 3)).toEqual([String(request.id), String(library.id), library.name]);
		expect(row?.slice(5, 8)).toEqual([String(pool.id), pool.name, "ACGTACGT"]);
		expect((await strangerBrowser.get(`/seq_requests/${request.id}/export/`)).status).toBe(403);
	});

	it("give the libraries as text", async () => {
		const { request } = await makeRequest();
		const answer = await clientBrowser.get(`/seq_requests/${request.id}/export/libraries/`);
		const lines = (await answer.text()).trim().split("\n");
		expect(lines).toHaveLength(2);
		expect(lines[1]?.split("\t")).toHaveLength(13);
		expect(lines[1]).toContain("\t'=cmd|");
	});

	it("give the authorization form to sign as a PDF", async () => {
		const answer = await clientBrowser.get("/authorization_form_template/");
		expect(answer.headers.get("content-type")).toBe("application/pdf");
		expect((await answer.text()).startsWith("%PDF-")).toBe(true);
	});
});

describe("what ends a request or its material", () => {
	it("says what will be lost, then deletes, once", async () => {
		const { request } = await makeRequest();
		const url = `/seq_requests/${request.id}`;
		const dialog = await textOf(clientBrowser, `/htmx${url}/delete`);
		for (const part of ["1 library", "1 sample that no other request uses", "1 pool of the customer"])
			expect(dialog).toContain(part);
		expect((await strangerBrowser.post(`${url}/delete/`)).status).toBe(403);
		expect((await clientBrowser.post(`${url}/delete/`)).headers.get("location")).toBe("/seq_requests/");
		expect((await clientBrowser.post(`${url}/delete/`)).status).toBe(404);
	});

	it("removes one library, one sample, all libraries", async () => {
		const first = await makeRequest();
		const url = `/seq_requests/${first.request.id}`;
		expect((await strangerBrowser.post(`${url}/libraries/${first.library.id}/remove/`)).status).toBe(403);
		expect((await clientBrowser.post(`${url}/libraries/${first.library.id}/remove/`)).status).toBe(303);
		expect((await clientBrowser.post(`${url}/libraries/${first.library.id}/remove/`)).status).toBe(404);
		expect((await clientBrowser.post(`${url}/libraries/remove/`)).status).toBe(400);
		const second = await makeRequest();
		const other = `/seq_requests/${second.request.id}`;
		expect((await clientBrowser.post(`${url}/samples/${second.sample.id}/remove/`)).status).toBe(404);
		expect((await clientBrowser.post(`${other}/samples/${second.sample.id}/remove/`)).status).toBe(303);
	});

	it("clones for staff", async () => {
		const { request } = await makeRequest();
		const url = `/seq_requests/${request.id}`;
		expect((await clientBrowser.post(`${url}/clone/`, { method: "raw" })).status).toBe(403);
		expect((await staffBrowser.post(`${url}/clone/`, { method: "magic" })).status).toBe(422);
		const clone = (await staffBrowser.post(`${url}/clone/`, { method: "pooled" })).headers.get("location") ?? "";
		expect(await textOf(staffBrowser, clone)).toContain(`RE: ${request.name}`);
	});
});
