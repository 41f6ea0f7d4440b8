import type { Viewer } from "@opengsync/core/context";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createLibrary, createRequest, createSample } from "@opengsync/db/testing/factories";
import { LibraryStatus, SampleStatus, SeqRequestStatus, SubmissionType, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestUser } from "../../framework/testing/test-app.ts";
import { qualityControlRoutes } from "./quality-control-routes.tsx";

let database: TestDatabase;
let requestor: Viewer;
let staff: TestBrowser;
let client: TestBrowser;

beforeAll(async () => {
	database = await createTestDatabase();
	const app = createTestApp({ db: database.db, routes: qualityControlRoutes });
	requestor = await createTestUser(database.db, UserRole.CLIENT.id);
	staff = await browserOf(app, database.db, await createTestUser(database.db, UserRole.TECHNICIAN.id));
	client = await browserOf(app, database.db, requestor);
});
afterAll(() => database.drop());

/** A QC-only request with one stored sample. */
async function storedRequest(submissionTypeId: number = SubmissionType.QC_ONLY.id) {
	const { id } = await createRequest(database.db, {
		submission_type_id: submissionTypeId,
		status_id: SeqRequestStatus.SAMPLES_RECEIVED.id,
		requestor_id: requestor.id,
	});
	const sample = await createSample(database.db, { status_id: SampleStatus.STORED.id, name: "liver_<1>" });
	const library = await createLibrary(database.db, { seq_request_id: id, status_id: LibraryStatus.QC_PENDING.id });
	await database.db.insertInto("sample_library_link").values({ sample_id: sample.id, library_id: library.id }).execute();
	return { id, sample };
}

const columns = ["Sample ID", "Sample Name", "Concentration [ng/µL]", "Fragment Size [bp]", "RIN/DIN", "Volume [µL]", "Comment"];
const seenOf = (page: string) => /name="seen" value="([^"]+)"/.exec(page)?.[1] ?? "";
const cells = (...rows: unknown[][]) => JSON.stringify({ columns, rows });

describe("the page of the QC sheet", () => {
	it("saves cells and report, and shows them to the customer with the file", async () => {
		const { id, sample } = await storedRequest();
		const page = await (await staff.get(`/seq_requests/${id}/qc/`)).text();
		expect(page).toContain("quality_control");
		const file = new File(["%PDF-1.7 x"], "gel <1>.pdf", { type: "application/pdf" });
		const sheet = cells([sample.id, sample.name, 48.2, 1850, 8.7, 30, "fine <b>"]);
		const saved = await staff.post(`/seq_requests/${id}/qc/`, { sheet, seen: seenOf(page), file });
		expect(saved.headers.get("location")).toBe(`/seq_requests/${id}/?tab=qc`);
		const tab = await (await client.get(`/htmx/seq_requests/${id}/qc`)).text();
		for (const text of ["liver_&lt;1&gt;", "48.2", "1850", "8.7", "fine &lt;b&gt;", "gel &lt;1&gt;.pdf"])
			expect(tab).toContain(text);
		expect(tab).not.toContain("Enter Measurements");
		const row = await database.db.selectFrom("seq_request").select("status_id").where("id", "=", id).executeTakeFirst();
		expect(row?.status_id).toBe(SeqRequestStatus.FINISHED.id);
	});

	it("shows what is wrong with everything typed, and says that the file has to be chosen again", async () => {
		const { id, sample } = await storedRequest();
		const page = await (await staff.get(`/seq_requests/${id}/qc/`)).text();
		const sheet = cells([sample.id, sample.name, -5, null, 11, null, "typed before"]);
		const file = new File(["%PDF-1.7 x"], "gel.pdf");
		const refused = await staff.post(`/seq_requests/${id}/qc/`, { sheet, seen: seenOf(page), file });
		expect(refused.status).toBe(422);
		const text = await refused.text();
		for (const part of [
			"Concentration [ng/µL] has to be from 0",
			"RIN/DIN has to be from 0 to 10",
			"typed before",
			"Choose the report again",
		]) {
			expect(text).toContain(part);
		}
		const wrongFile = await staff.post(`/seq_requests/${id}/qc/`, {
			sheet,
			seen: seenOf(page),
			file: new File(["x"], "gel.exe"),
		});
		expect(wrongFile.status).toBe(422);
		expect(await wrongFile.text()).toContain("typed before");
		expect((await staff.post(`/seq_requests/${id}/qc/`, { sheet: "{}" })).status).toBe(400);
	});

	it("is for staff and QC-only requests alone", async () => {
		const { id } = await storedRequest();
		expect((await client.get(`/seq_requests/${id}/qc/`)).status).toBe(403);
		expect((await client.post(`/seq_requests/${id}/qc/`, { sheet: cells() })).status).toBe(403);
		const raw = await storedRequest(SubmissionType.RAW_SAMPLES.id);
		expect((await staff.get(`/seq_requests/${raw.id}/qc/`)).status).toBe(400);
		expect((await staff.get("/htmx/seq_requests/999999/qc")).status).toBe(404);
	});
});
