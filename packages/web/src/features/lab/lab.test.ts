import type { Viewer } from "@opengsync/core/context";
import { listWaitingMaterial } from "@opengsync/db/queries/lab-material";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createLibrary, createPool, createRequest, createSample } from "@opengsync/db/testing/factories";
import { countStatements } from "@opengsync/db/transaction";
import { LibraryStatus, PoolStatus, SampleStatus, SeqRequestStatus, SubmissionType, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestUser } from "../../framework/testing/test-app.ts";
import { labRoutes } from "./routes.tsx";

let database: TestDatabase;
let browser: TestBrowser;
let clientBrowser: TestBrowser;
const address = "/workflows/store_samples/";

beforeAll(async () => {
	database = await createTestDatabase();
	const app = createTestApp({ db: database.db, routes: labRoutes });
	const technician: Viewer = await createTestUser(database.db, UserRole.TECHNICIAN.id);
	browser = await browserOf(app, database.db, technician);
	clientBrowser = await browserOf(app, database.db, await createTestUser(database.db, UserRole.CLIENT.id));
});

afterAll(() => database.drop());

/** An accepted request with a sample that waits for delivery and its library. */
async function waitingRequest(submissionTypeId: number = SubmissionType.RAW_SAMPLES.id) {
	const request = await createRequest(database.db, {
		status_id: SeqRequestStatus.ACCEPTED.id,
		submission_type_id: submissionTypeId,
	});
	const sample = await createSample(database.db, { status_id: SampleStatus.WAITING_DELIVERY.id });
	const library = await createLibrary(database.db, { seq_request_id: request.id, status_id: LibraryStatus.ACCEPTED.id });
	await database.db.insertInto("sample_library_link").values({ sample_id: sample.id, library_id: library.id }).execute();
	return { request, sample, library };
}

const box = (field: string, id: number, checked: boolean) =>
	new RegExp(`<input[^>]*id="${field}-${id}"[^>]*${checked ? "checked" : `aria-label="[^"]*"\\s*/?>`}`);

describe("storing samples", () => {
	it("offers everything that waits, ticked only when started from a request, and only its kind", async () => {
		const { request, sample, library } = await waitingRequest();
		const other = await waitingRequest();
		const pool = await createPool(database.db, { status_id: PoolStatus.ACCEPTED.id });
		const everything = await (await browser.get(address)).text();
		for (const name of [sample.name, library.name, pool.name, other.sample.name]) expect(everything).toContain(name);
		expect(everything).toMatch(box("sampleIds", sample.id, false));
		const narrowed = await (await browser.get(`${address}?seq_request_id=${request.id}`)).text();
		expect(narrowed).toMatch(box("sampleIds", sample.id, true));
		expect(narrowed).not.toContain(other.sample.name);
		expect(narrowed).not.toContain('name="libraryIds"');
	});

	it("stores, moves the request on and leads back to it", async () => {
		const { request, sample } = await waitingRequest();
		const stored = await browser.post(`${address}?seq_request_id=${request.id}`, { sampleIds: [String(sample.id)] });
		expect(stored.headers.get("location")).toBe(`/seq_requests/${request.id}/`);
		const row = await database.db.selectFrom("sample").selectAll().where("id", "=", sample.id).executeTakeFirstOrThrow();
		expect(row.status_id).toBe(SampleStatus.STORED.id);
		expect(row.timestamp_stored_utc).not.toBeNull();
		const moved = await database.db.selectFrom("seq_request").select("status_id").where("id", "=", request.id).executeTakeFirst();
		expect(moved?.status_id).toBe(SeqRequestStatus.SAMPLES_RECEIVED.id);
		const again = await browser.post(`${address}?seq_request_id=${request.id}`, { sampleIds: [String(sample.id)] });
		expect(again.status, "twice is harmless").toBe(303);
		expect((await browser.get(`${address}?seq_request_id=${request.id}`)).status).toBe(200);
	});

	it("leads to the dashboard without a request and says what was done", async () => {
		const pool = await createPool(database.db, { status_id: PoolStatus.ACCEPTED.id });
		const stored = await browser.post(address, { poolIds: [String(pool.id)] });
		expect(stored.headers.get("location")).toBe("/");
		expect(await (await browser.get(address)).text()).toContain("Samples Stored!");
	});

	it("says that nothing was selected, and refuses what belongs to another request or does not exist", async () => {
		const { request } = await waitingRequest();
		const other = await waitingRequest();
		const empty = await browser.post(address);
		expect(empty.status).toBe(422);
		expect(await empty.text()).toContain("Select at least one sample, library or pool.");
		const foreign = await browser.post(`${address}?seq_request_id=${request.id}`, { sampleIds: [String(other.sample.id)] });
		expect(foreign.status).toBe(422);
		const row = await database.db.selectFrom("sample").select("status_id").where("id", "=", other.sample.id).executeTakeFirst();
		expect(row?.status_id).toBe(SampleStatus.WAITING_DELIVERY.id);
		expect((await browser.post(address, { sampleIds: ["999999"] })).status).toBe(404);
		expect((await browser.post(address, { sampleIds: ["1; drop table sample"] })).status).toBe(404);
		expect((await browser.get(`${address}?seq_request_id=999999`)).status).toBe(404);
	});

	it("is for staff", async () => {
		expect((await clientBrowser.get(address)).status).toBe(403);
		expect((await clientBrowser.post(address, { sampleIds: ["1"] })).status).toBe(403);
	});

	it("asks three questions however much waits", async () => {
		const { statements } = await countStatements(database.db, (db) => listWaitingMaterial(db, null));
		expect(statements).toBe(3);
	});
});
