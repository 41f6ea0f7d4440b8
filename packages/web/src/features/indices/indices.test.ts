import type { Viewer } from "@opengsync/core/context";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createExperiment, createLabPrep, createLibrary, createPool, createRequest } from "@opengsync/db/testing/factories";
import { BarcodeOrientation, PoolType, SubmissionType, UserRole } from "@opengsync/domain/catalog";
import type { Hono } from "hono";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserOf, createTestApp, createTestUser } from "../../framework/testing/test-app.ts";
import { requestRoutes } from "../requests/routes.tsx";
import { indexRoutes } from "./routes.ts";

let database: TestDatabase;
let app: Hono;
let staff: Viewer;
let client: Viewer;
let stranger: Viewer;

beforeAll(async () => {
	database = await createTestDatabase();
	const { db } = database;
	app = createTestApp({ db, routes: [...indexRoutes, ...requestRoutes] });
	staff = await createTestUser(db, UserRole.TECHNICIAN.id);
	client = await createTestUser(db, UserRole.CLIENT.id);
	stranger = await createTestUser(db, UserRole.CLIENT.id);
});
afterAll(() => database.drop());

/** A client's pool of libraries with these i7. */
async function createSequenced(...sequences: (string | null)[]) {
	const { db } = database;
	const request = await createRequest(db, { requestor_id: client.id, submission_type_id: SubmissionType.POOLED_LIBRARIES.id });
	const pool = await createPool(db, { seq_request_id: request.id, owner_id: client.id, type_id: PoolType.EXTERNAL.id });
	const ids: number[] = [];
	for (const [position, sequence] of sequences.entries()) {
		const { id } = await createLibrary(db, {
			name: `library_${position + 1}`,
			seq_request_id: request.id,
			owner_id: client.id,
			pool_id: pool.id,
		});
		ids.push(id);
		const orientation = BarcodeOrientation.FORWARD_NOT_VALIDATED.id;
		if (sequence !== null)
			await db.insertInto("library_index").values({ library_id: id, sequence_i7: sequence, orientation }).execute();
	}
	return { requestId: request.id, poolId: pool.id, ids };
}

async function i7Of(libraryId: number): Promise<string[]> {
	const rows = await database.db.selectFrom("library_index").select("sequence_i7").where("library_id", "=", libraryId).execute();
	return rows.map((row) => row.sequence_i7 ?? "");
}

describe("re-index in the browser", () => {
	test("select, type, match, look at the clashes, complete", async () => {
		const { requestId, ids } = await createSequenced("AAAACCCC", "GGGGTTTT", null);
		const browser = await browserOf(app, database.db, client);
		const url = (await browser.post(`/seq_requests/${requestId}/reindex/`)).headers.get("location") ?? "";
		expect(url).toMatch(new RegExp(`^/seq_requests/${requestId}/reindex/[0-9a-f-]{36}/$`));
		const selection = await (await browser.get(url)).text();
		for (const id of ids) expect(selection).toContain(`value="${id}"`);

		const nothing = await browser.post(`${url}select_samples/`, {});
		expect(nothing.status).toBe(422);
		expect(await nothing.text()).toContain("Select at least one library.");
		const chosen = [String(ids[1]), String(ids[2])];
		expect((await browser.post(`${url}select_samples/`, { library_ids: chosen })).status).toBe(303);

		const columns = ["Library ID", "Library Name", "Index Well", "i7 Sequence"];
		const rows = [
			[ids[1], "library_2", "del", null],
			[ids[2], "library_3", null, "AAAACCCG"],
		];
		const page = await (await browser.get(url)).text();
		expect(page).toContain("GGGGTTTT");
		expect((await browser.get(`${url}barcode_input/template.xlsx`)).status).toBe(200);
		const kept = await browser.get(`${url}barcode_input/draft/`, {
			method: "POST",
			headers: { "content-type": "application/json", "x-csrf-token": browser.csrfToken },
			body: JSON.stringify({ version: 0, sheet: { columns, rows }, values: {} }),
		});
		expect(kept.status).toBe(200);
		expect((await browser.post(`${url}barcode_input/`, { sheet: JSON.stringify({ columns, rows }) })).status).toBe(303);
		const match = { kit_i7: "custom", orientation_i7: "forward", primer_i7: "ACGTACGT" };
		expect((await browser.post(`${url}barcode_match/`, match)).status).toBe(303);

		const review = await (await browser.get(url)).text();
		expect(review).toContain("Small hamming distance");
		expect(review).toContain("deleted");
		const done = await browser.post(`${url}complete_reindex/`);
		expect(done.headers.get("location")).toBe(`/seq_requests/${requestId}/`);
		expect([await i7Of(ids[1] ?? 0), await i7Of(ids[2] ?? 0)]).toEqual([[], ["AAAACCCG"]]);
		expect((await browser.post(`${url}complete_reindex/`)).status).toBe(404);
	});

	test("Back leads to the selection as it was, and another's run is not found", async () => {
		const { requestId, ids } = await createSequenced("AAAACCCC");
		const browser = await browserOf(app, database.db, client);
		const url = (await browser.post(`/seq_requests/${requestId}/reindex/`)).headers.get("location") ?? "";
		await browser.post(`${url}select_samples/`, { library_ids: String(ids[0]) });
		expect((await browser.post(`${url}back/`)).status).toBe(303);
		expect(await (await browser.get(url)).text()).toMatch(
			new RegExp(`value="${ids[0]}"[^>]* checked|checked[^>]* value="${ids[0]}"`),
		);
		const outside = await browserOf(app, database.db, stranger);
		expect((await outside.get(url)).status).toBe(403);
		expect((await outside.post(`${url}select_samples/`, { library_ids: String(ids[0]) })).status).toBe(403);
	});

	test("staff names libraries by number", async () => {
		const { ids } = await createSequenced("AAAACCCC");
		const browser = await browserOf(app, database.db, staff);
		const url = (await browser.post("/workflows/reindex/")).headers.get("location") ?? "";
		expect(url).toMatch(/^\/workflows\/reindex\/[0-9a-f-]{36}\/$/);
		expect((await browser.get(url)).status).toBe(200);
		const refused = await browser.post(`${url}select_samples/`, { library_ids: "all of them" });
		expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining("all of them")]);
		expect((await browser.post(`${url}select_samples/`, { library_ids: String(ids[0]) })).status).toBe(303);
		expect(await (await browser.get(url)).text()).toContain("AAAACCCC");
		const outside = await browserOf(app, database.db, client);
		expect((await outside.get(url)).status).toBe(403);
	});
});

test("from a prep, staff re-indexes and checks its libraries; those without an index are ticked", async () => {
	const { ids } = await createSequenced("AAAACCCC", null, "GGGGTTTT");
	const [indexed = 0, open = 0, elsewhere = 0] = ids;
	const prep = await createLabPrep(database.db);
	await database.db.updateTable("library").set({ lab_prep_id: prep.id }).where("id", "in", [indexed, open]).execute();
	const browser = await browserOf(app, database.db, staff);
	const url = (await browser.post(`/lab_preps/${prep.id}/reindex/`)).headers.get("location") ?? "";
	const page = await (await browser.get(url)).text();
	expect(page).toContain(`href="/lab_preps/${prep.id}/"`);
	const isTicked = (id: number) => new RegExp(`value="${id}"[^>]* checked|checked[^>]* value="${id}"`).test(page);
	expect([indexed, open].map(isTicked)).toEqual([false, true]);
	expect(page).not.toContain(`value="${elsewhere}"`);
	expect((await browser.post(`${url}select_samples/`, { library_ids: String(elsewhere) })).status).toBe(422);
	const check = (await browser.post(`/lab_preps/${prep.id}/index_check/`)).headers.get("location") ?? "";
	expect(await (await browser.get(check)).text()).toContain("AAAACCCC");
	const outside = await browserOf(app, database.db, client);
	for (const name of ["reindex", "index_check"]) expect((await outside.post(`/lab_preps/${prep.id}/${name}/`)).status).toBe(403);
});

test("the index check turns an index round and says what it did", async () => {
	const { poolId, ids } = await createSequenced("AAAACCCC");
	const browser = await browserOf(app, database.db, staff);
	const url = (await browser.post(`/pools/${poolId}/index_check/`)).headers.get("location") ?? "";
	const page = await (await browser.get(url)).text();
	const id = /"rows":\[\[(\d+),"library_1"/.exec(page)?.[1];
	const columns = ["Index ID", "Library Name", "i7 Sequence", "i7 is written"];
	const rows = [[Number(id), "library_1", "AAAACCCC", "Reverse Complement"]];
	expect((await browser.post(`${url}index_orientation/`, { sheet: JSON.stringify({ columns, rows }) })).status).toBe(303);
	expect(await (await browser.get(url)).text()).toContain("GGGGTTTT (Forward (Validated))");
	expect((await browser.post(`${url}complete_index_check/`)).status).toBe(303);
	expect(await i7Of(ids[0] ?? 0)).toEqual(["GGGGTTTT"]);
	const outside = await browserOf(app, database.db, client);
	expect((await outside.post(`/pools/${poolId}/index_check/`)).status).toBe(403);
});

describe("clash pages", () => {
	test("say which pair clashes and mark the bases that differ", async () => {
		const { requestId, poolId, ids } = await createSequenced("AAAACCCC", "AAAACCCG", "GTGTGTGT", null);
		const browser = await browserOf(app, database.db, client);
		for (const address of [
			`/seq_requests/${requestId}/clashes/`,
			`/htmx/seq_requests/${requestId}/clashes`,
			`/pools/${poolId}/clashes/`,
		]) {
			const page = await (await browser.get(address)).text();
			expect(page).toContain("AAAACCC<mark>C</mark>");
			expect(page).toContain("AAAACCC<mark>G</mark>");
			expect(page).toContain("Library has no index");
			expect(page).toContain("Warning: 2");
			expect(page).toContain(`/libraries/${ids[1]}/`);
		}
		const outside = await browserOf(app, database.db, stranger);
		for (const address of [`/seq_requests/${requestId}/clashes/`, `/htmx/pools/${poolId}/clashes`, "/libraries/clashes/?ids=1"]) {
			expect((await outside.get(address)).status).toBe(403);
		}
	});

	test("blame nobody for libraries that wait for their preparation", async () => {
		const { requestId, ids } = await createSequenced(null, null);
		await database.db.updateTable("library").set({ pool_id: null }).where("id", "in", ids).execute();
		const browser = await browserOf(app, database.db, client);
		const page = await (await browser.get(`/htmx/seq_requests/${requestId}/clashes`)).text();
		expect(page).toContain("No library has an index yet");
		expect(page).not.toContain("Error");
	});

	test("of an experiment go by lane; a library on two lanes is in both", async () => {
		const { db } = database;
		const { poolId } = await createSequenced("AAAACCCC", "AAAACCCC");
		const experiment = await createExperiment(db);
		await db.updateTable("pool").set({ experiment_id: experiment.id }).where("id", "=", poolId).execute();
		for (const number of [1, 2]) {
			const lane = await db
				.insertInto("lane")
				.values({ experiment_id: experiment.id, number })
				.onConflict((conflict) => conflict.columns(["experiment_id", "number"]).doUpdateSet({ number }))
				.returning("id")
				.executeTakeFirstOrThrow();
			const link = { lane_id: lane.id, pool_id: poolId, experiment_id: experiment.id, lane_num: number };
			await db.insertInto("lane_pool_link").values(link).execute();
		}
		const browser = await browserOf(app, db, staff);
		const page = await (await browser.get(`/experiments/${experiment.id}/clashes/`)).text();
		expect(page).toContain("Lane: 1");
		expect(page).toContain("Lane: 2");
		expect(page.match(/Error: 2/g)).toHaveLength(2);
		expect((await (await browserOf(app, db, client)).get(`/experiments/${experiment.id}/clashes/`)).status).toBe(403);
	});

	test("of chosen libraries take numbers and ranges, and say what is wrong with other texts", async () => {
		const { ids } = await createSequenced("AAAACCCC", "AAAACCCC");
		const browser = await browserOf(app, database.db, staff);
		expect((await browser.get("/libraries/clashes/")).status).toBe(200);
		expect(await (await browser.get(`/libraries/clashes/?ids=${ids[0]}-${ids[1]}`)).text()).toContain("Error: 2");
		const refused = await browser.get("/libraries/clashes/?ids=%3Cscript%3E");
		expect([refused.status, await refused.text()]).toEqual([422, expect.not.stringContaining('<script>"')]);
	});

	test("of a pool of 3,000 dual indices take less than a second, the 200 worst first", async () => {
		const { db } = database;
		const { poolId, requestId } = await createSequenced();
		await sql`WITH made AS (INSERT INTO library (name, sample_name, type_id, status_id, genome_ref_id, service_type_id, owner_id,
				seq_request_id, pool_id)
			SELECT 'many_' || n, 'many', 105, 0, 1, 1, ${client.id}, ${requestId}, ${poolId} FROM generate_series(1, 3000) n RETURNING id)
			INSERT INTO library_index (library_id, sequence_i7, sequence_i5)
			SELECT id, translate(substr(md5(id::text), 1, 10), '0123456789abcdef', 'ACGTACGTACGTACGT'),
				translate(substr(md5(id::text), 11, 10), '0123456789abcdef', 'ACGTACGTACGTACGT') FROM made`.execute(db);
		const browser = await browserOf(app, db, staff);
		let page = "";
		const times: number[] = [];
		for (let attempt = 0; attempt < 3; attempt++) {
			const before = process.cpuUsage();
			page = await (await browser.get(`/pools/${poolId}/clashes/`)).text();
			const { user, system } = process.cpuUsage(before);
			times.push(Math.round((user + system) / 1_000));
		}
		console.info(`clash page of 3,000 libraries: ${times.join(", ")} ms of processor time, ${Math.round(page.length / 1024)} KB`);
		expect(page).toContain("most pressing of 3000 indices");
		expect(page.match(/clash-index/g)?.length).toBeLessThanOrEqual(400);
		expect(Math.min(...times)).toBeLessThan(1_000);
	});
});
