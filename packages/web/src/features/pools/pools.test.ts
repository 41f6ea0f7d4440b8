import type { Viewer } from "@opengsync/core/context";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createExperiment, createLibrary, createPool, createRequest } from "@opengsync/db/testing/factories";
import { PoolStatus, PoolType, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestUser } from "../../framework/testing/test-app.ts";
import { poolRoutes } from "./routes.tsx";

let database: TestDatabase;
let client: Viewer;
let browser: TestBrowser;
let clientBrowser: TestBrowser;
let strangerBrowser: TestBrowser;

beforeAll(async () => {
	database = await createTestDatabase();
	const app = createTestApp({ db: database.db, routes: poolRoutes });
	client = await createTestUser(database.db, UserRole.CLIENT.id);
	browser = await browserOf(app, database.db, await createTestUser(database.db, UserRole.TECHNICIAN.id));
	clientBrowser = await browserOf(app, database.db, client);
	strangerBrowser = await browserOf(app, database.db, await createTestUser(database.db, UserRole.CLIENT.id));
});

afterAll(() => database.drop());

/** An accepted pool that came with a request of the client. */
async function clientPool() {
	const request = await createRequest(database.db, { requestor_id: client.id });
	const experiment = await createExperiment(database.db);
	const pool = await createPool(database.db, {
		seq_request_id: request.id,
		experiment_id: experiment.id,
		status_id: PoolStatus.ACCEPTED.id,
		type_id: PoolType.EXTERNAL.id,
	});
	return { pool, experiment, library: await createLibrary(database.db, { pool_id: pool.id, seq_request_id: request.id }) };
}

describe("a pool", () => {
	it("is shown to its request's people for reading, without the bench form or a link to the experiment", async () => {
		const { pool, experiment, library } = await clientPool();
		const page = await clientBrowser.get(`/pools/${pool.id}/`);
		expect(page.status).toBe(200);
		const text = await page.text();
		expect(text).toContain(experiment.name);
		expect(text).not.toContain(`/experiments/${experiment.id}/`);
		const wetLab = await clientBrowser.get(`/htmx/pools/${pool.id}/wet-lab`, { fragment: true });
		expect(await wetLab.text()).not.toContain("pool-measurement-form");
		const libraries = await clientBrowser.get(`/htmx/pools/${pool.id}/libraries`, { fragment: true });
		expect(await libraries.text()).toContain(library.name);
		expect((await clientBrowser.post(`/pools/${pool.id}/measurements/`, { qubitConcentration: "1" })).status).toBe(403);
	});

	it("is hidden from strangers on every address", async () => {
		const { pool, library } = await clientPool();
		for (const path of [`/pools/${pool.id}/`, `/htmx/pools/${pool.id}/libraries`, `/htmx/pools/${pool.id}/wet-lab`]) {
			expect((await strangerBrowser.get(path)).status, path).toBe(403);
		}
		const list = await (await strangerBrowser.get("/pools/")).text();
		expect(list).not.toContain(pool.name);
		expect(list).not.toContain(library.name);
		expect((await strangerBrowser.get("/pools/999999/")).status).toBe(404);
	});

	it("takes measurements from staff and becomes stored by them", async () => {
		const { pool } = await clientPool();
		const address = `/pools/${pool.id}/measurements/`;
		const wrong = await browser.post(address, { qubitConcentration: "much", avgFragmentSize: "-5" });
		expect(wrong.status).toBe(422);
		const form = await wrong.text();
		expect(form).toContain("Enter a number.");
		expect(form).toContain("At least 0.");
		expect(form).toContain('value="much"');
		const saved = await browser.post(address, { qubitConcentration: "2,5", avgFragmentSize: "400" });
		expect(saved.headers.get("location")).toBe(`/pools/${pool.id}/?tab=wet-lab`);
		const row = await database.db.selectFrom("pool").selectAll().where("id", "=", pool.id).executeTakeFirstOrThrow();
		expect(row).toMatchObject({ qubit_concentration: 2.5, avg_fragment_size: 400, status_id: PoolStatus.STORED.id });
		const wetLab = await (await browser.get(`/htmx/pools/${pool.id}/wet-lab`, { fragment: true })).text();
		expect(wetLab).toContain("9.47 nM");
		expect(wetLab).toContain("pool-measurement-form");
	});

	it("leads to the pool that it was merged into", async () => {
		const target = await createPool(database.db);
		const pool = await createPool(database.db, { status_id: PoolStatus.REPOOLED.id, merged_to_pool_id: target.id });
		const page = await (await browser.get(`/pools/${pool.id}/`)).text();
		expect(page).toContain("Merged Pool");
		expect(page).toContain(`/pools/${target.id}/`);
	});

	it("is found in the list by name and status, and an unknown status is refused", async () => {
		const pool = await createPool(database.db, { name: "zebra_pool", status_id: PoolStatus.SEQUENCED.id });
		expect(await (await browser.get("/pools/?name=zebra")).text()).toContain(pool.name);
		const filtered = await (await browser.get(`/pools/?status_in=${PoolStatus.DRAFT.id}`)).text();
		expect(filtered).not.toContain(pool.name);
		expect((await browser.get("/pools/?status_in=99")).status).toBe(400);
		expect(await (await browser.get("/htmx/pools/export.csv")).text()).toContain("zebra_pool");
	});
});
