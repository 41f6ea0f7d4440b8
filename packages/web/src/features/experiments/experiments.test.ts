import type { Viewer } from "@opengsync/core/context";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createExperiment, createLibrary, createPool, createSequencer } from "@opengsync/db/testing/factories";
import { countStatements } from "@opengsync/db/transaction";
import { ExperimentStatus, ExperimentWorkflow, PoolStatus, SequencerModel, UserRole } from "@opengsync/domain/catalog";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestUser } from "../../framework/testing/test-app.ts";
import { experimentRoutes } from "./routes.tsx";

let database: TestDatabase;
let app: Hono;
let technician: Viewer;
let browser: TestBrowser;
let adminBrowser: TestBrowser;
let clientBrowser: TestBrowser;

beforeAll(async () => {
	database = await createTestDatabase();
	app = createTestApp({ db: database.db, routes: experimentRoutes });
	technician = await createTestUser(database.db, UserRole.TECHNICIAN.id);
	browser = await browserOf(app, database.db, technician);
	adminBrowser = await browserOf(app, database.db, await createTestUser(database.db, UserRole.ADMIN.id));
	clientBrowser = await browserOf(app, database.db, await createTestUser(database.db, UserRole.CLIENT.id));
});

afterAll(() => database.drop());

const linksOf = (experimentId: number) =>
	database.db
		.selectFrom("lane_pool_link")
		.select(["pool_id", "lane_num", "num_m_reads"])
		.where("experiment_id", "=", experimentId)
		.orderBy("lane_num")
		.orderBy("pool_id")
		.execute();

const statusOf = async (id: number) =>
	(await database.db.selectFrom("experiment").select("status_id").where("id", "=", id).executeTakeFirstOrThrow()).status_id;

/** A draft with separate lanes (two) and one measured pool. */
async function separateExperiment() {
	const experiment = await createExperiment(database.db, { workflow_id: ExperimentWorkflow.NOVASEQ_6K_SP_XP.id });
	const pool = await createPool(database.db, {
		status_id: PoolStatus.STORED.id,
		experiment_id: experiment.id,
		num_m_reads_requested: 300,
		qubit_concentration: 2,
		avg_fragment_size: 500,
	});
	return { experiment, pool };
}

describe("a new experiment", () => {
	it("is created with the lanes of its flow cell, and the form says when its name is taken", async () => {
		const sequencer = await createSequencer(database.db);
		const fields = {
			name: "RUN_0001",
			workflowId: String(ExperimentWorkflow.NOVASEQ_6K_S4_STD.id),
			sequencerId: String(sequencer.id),
			operatorId: String(technician.id),
			r1Cycles: "101",
			i1Cycles: "0",
		};
		expect(await (await browser.get("/experiments/new/")).text()).toContain(`${sequencer.name} (NovaSeq 6000)`);
		const created = await browser.post("/experiments/new/", fields);
		expect(created.status).toBe(303);
		const address = created.headers.get("location") ?? "";
		const page = await (await browser.get(address)).text();
		expect(page).toContain("NovaSeq S4 Standard · 101-0-X-X · 4 lanes (shared)");
		const again = await browser.post("/experiments/new/", fields);
		expect(again.status).toBe(422);
		const form = await again.text();
		expect(form).toContain("An experiment with this name already exists.");
		expect(form).toContain('value="RUN_0001"');
	});

	it("refuses negative cycles at their field", async () => {
		const answer = await browser.post("/experiments/new/", { name: "RUN_0002", r1Cycles: "-1" });
		expect(answer.status).toBe(422);
		expect(await answer.text()).toContain("At least 0.");
	});
});

describe("access", () => {
	it("shows clients nothing of an experiment, whether it exists or not", async () => {
		const { experiment } = await separateExperiment();
		for (const path of ["/experiments/", "/experiments/new/", `/experiments/${experiment.id}/`, "/experiments/999999/"]) {
			expect((await clientBrowser.get(path)).status, path).toBe(403);
		}
		expect((await clientBrowser.post(`/experiments/${experiment.id}/cycles/`, { r1Cycles: "1" })).status).toBe(403);
	});

	it("answers 404 for an experiment that does not exist", async () => {
		expect((await browser.get("/experiments/999999/")).status).toBe(404);
	});

	it("leaves sequencers to admins", async () => {
		expect((await browser.get("/devices/")).status).toBe(403);
		expect((await browser.post("/devices/new/", { name: "Novaseq", modelId: "7" })).status).toBe(403);
		const fields = { name: "NovaSeq A", modelId: String(SequencerModel.NOVA_SEQ_6000.id), ip: "not an address" };
		const wrong = await adminBrowser.post("/devices/new/", fields);
		expect(wrong.status).toBe(422);
		expect(await wrong.text()).toContain("Enter an IP address or a host name.");
		expect((await adminBrowser.post("/devices/new/", { ...fields, ip: "10.0.0.7" })).status).toBe(303);
		expect(await (await adminBrowser.get("/devices/")).text()).toContain("NovaSeq A");
		const taken = await adminBrowser.post("/devices/new/", { ...fields, ip: "" });
		expect(await taken.text()).toContain("You already have a sequencer with this name.");
	});

	it("refuses a change without the form's own token", async () => {
		const { experiment } = await separateExperiment();
		const answer = await browser.post(`/experiments/${experiment.id}/cycles/`, { csrf_token: "wrong", r1Cycles: "5" });
		expect(answer.status).toBe(400);
	});
});

describe("pools and lanes", () => {
	it("offers stored pools without experiment, and puts the chosen ones on it with their libraries", async () => {
		const experiment = await createExperiment(database.db);
		const stored = await createPool(database.db, { status_id: PoolStatus.STORED.id, num_m_reads_requested: 300 });
		const draft = await createPool(database.db, { status_id: PoolStatus.DRAFT.id });
		const library = await createLibrary(database.db, { pool_id: stored.id });
		const path = `/experiments/${experiment.id}/pools/add/`;
		const dialog = await (await browser.get(`/htmx/experiments/${experiment.id}/pools/add`, { fragment: true })).text();
		expect(dialog).toContain(stored.name);
		expect(dialog).not.toContain(draft.name);
		expect((await browser.post(path, { poolIds: String(draft.id) })).status).toBe(422);
		expect((await browser.post(path, { poolIds: String(stored.id) })).status).toBe(303);
		const moved = await database.db.selectFrom("library").select("experiment_id").where("id", "=", library.id).executeTakeFirst();
		expect(moved?.experiment_id).toBe(experiment.id);
		expect((await linksOf(experiment.id)).map((link) => link.num_m_reads)).toEqual([150, 150]);
		const tab = await (await browser.get(`/htmx/experiments/${experiment.id}/pools`, { fragment: true })).text();
		expect(tab).toContain("Flow cell Capacity: 46.2% (Flowcell: NovaSeq 6000 SP — 300/650 Million Reads)");
	});

	it("toggles a lane and spreads the reads anew, in the part of the page that asked", async () => {
		const { experiment, pool } = await separateExperiment();
		const toggle = (laneNumber: string) =>
			browser.post(
				`/experiments/${experiment.id}/lanes/toggle/`,
				{ poolId: String(pool.id), laneNumber },
				{ headers: { "hx-request": "true" } },
			);
		expect(await (await toggle("1")).text()).toContain("Lane 1 Capacity: 92.3%");
		expect((await toggle("2")).status).toBe(200);
		expect((await linksOf(experiment.id)).map((link) => link.num_m_reads)).toEqual([150, 150]);
		await toggle("1");
		expect(await linksOf(experiment.id)).toEqual([{ pool_id: pool.id, lane_num: 2, num_m_reads: 300 }]);
		expect((await toggle("3")).status).toBe(404);
	});

	it("lets nobody but admins rearrange what is no longer a draft", async () => {
		const { experiment, pool } = await separateExperiment();
		await database.db
			.updateTable("experiment")
			.set({ status_id: ExperimentStatus.LOADED.id })
			.where("id", "=", experiment.id)
			.execute();
		const path = `/experiments/${experiment.id}/lanes/toggle/`;
		const fields = { poolId: String(pool.id), laneNumber: "1" };
		expect((await browser.post(path, fields)).status).toBe(400);
		expect((await browser.get(`/experiments/${experiment.id}/reads/`)).status).toBe(400);
		expect((await adminBrowser.post(path, fields)).status).toBe(303);
	});

	it("distributes reads by hand, keeps them when a lane is added, and removes a pool whole", async () => {
		const { experiment, pool } = await separateExperiment();
		const post = (path: string, fields: Record<string, string>) => browser.post(`/experiments/${experiment.id}/${path}`, fields);
		await post("lanes/toggle/", { poolId: String(pool.id), laneNumber: "1" });
		expect((await post("reads/", { [`pool_${pool.id}_lane_1`]: "-4" })).status).toBe(422);
		expect((await post("reads/", { [`pool_${pool.id}_lane_1`]: "120,5" })).status).toBe(303);
		await post("lanes/toggle/", { poolId: String(pool.id), laneNumber: "2" });
		expect((await linksOf(experiment.id)).map((link) => link.num_m_reads)).toEqual([60.25, 60.25]);
		expect((await post("pools/remove/", { poolId: String(pool.id) })).status).toBe(303);
		expect(await linksOf(experiment.id)).toEqual([]);
		expect((await post("pools/remove/", { poolId: String(pool.id) })).status).toBe(404);
	});
});

describe("loading", () => {
	it("goes from measurements to LOADED, lane by lane, and says when a target cannot be reached", async () => {
		const { experiment, pool } = await separateExperiment();
		const post = (path: string, fields: Record<string, string>) => browser.post(`/experiments/${experiment.id}/${path}`, fields);
		await post("lanes/toggle/", { poolId: String(pool.id), laneNumber: "1" });
		const first = await (await browser.get(`/experiments/${experiment.id}/`)).text();
		expect(first).toContain("single pool");
		expect(first).toContain("Measure concentration and size of every lane first.");
		const lane = (number: number, target: string) => ({
			[`phiX_${number}`]: "0",
			[`targetMolarity_${number}`]: target,
			[`sequencingConcentration_${number}`]: "1",
			[`totalVolume_${number}`]: "30",
		});
		const loading = { ...lane(1, "3"), ...lane(2, "100") };
		expect((await post("load/", loading)).status, "lane 2 is not measured").toBe(400);
		expect((await post("lane-measurements/", { qubit_2: "2", size_2: "500" })).status).toBe(303);
		const wrong = await post("load/", { ...loading, phiX_1: "101" });
		expect(wrong.status).toBe(422);
		expect(await wrong.text()).toContain("At most 100.");
		expect((await post("load/", { ...loading, targetMolarity_1: "0" })).status, "a target of 0 nM").toBe(422);
		expect((await post("load/", loading)).status).toBe(303);
		expect(await statusOf(experiment.id)).toBe(ExperimentStatus.LOADED.id);
		const lanes = await database.db
			.selectFrom("lane")
			.select(["library_volume_ul", "phi_x"])
			.where("experiment_id", "=", experiment.id)
			.orderBy("number")
			.execute();
		// 2 ng/µL of 500 bp are 6.06 nM: 3 nM in 30 µL need 14.85 µL of library.
		expect(lanes[0]?.library_volume_ul).toBeCloseTo(14.85, 5);
		expect(lanes[0]?.phi_x).toBe(0);
		expect(await (await browser.get(`/experiments/${experiment.id}/`)).text()).toContain("Lane 2: cannot reach target molarity.");
	});

	it("writes one set of values to all lanes when these are combined", async () => {
		const experiment = await createExperiment(database.db);
		const post = (path: string, fields: Record<string, string>) => browser.post(`/experiments/${experiment.id}/${path}`, fields);
		expect((await post("lane-measurements/", { qubit_all: "2", size_all: "500" })).status).toBe(303);
		const page = await (await browser.get(`/experiments/${experiment.id}/?tab=lanes`)).text();
		expect(page).toContain("All lanes");
		expect(page).toContain('value="120"');
		const values = { phiX: "1", targetMolarity: "2", sequencingConcentration: "1", totalVolume: "120" };
		expect((await post("load/", values)).status).toBe(303);
		const lanes = await database.db
			.selectFrom("lane")
			.select("target_molarity")
			.where("experiment_id", "=", experiment.id)
			.execute();
		expect(lanes.map((lane) => lane.target_molarity)).toEqual([2, 2]);
		expect(await statusOf(experiment.id)).toBe(ExperimentStatus.LOADED.id);
	});

	it("saves cycles, 0 included, and shows when the run has others", async () => {
		const experiment = await createExperiment(database.db, { name: "RUN_0077" });
		const cycles = { r1Cycles: "101", i1Cycles: "8", i2Cycles: "0", r2Cycles: "0" };
		expect((await browser.post(`/experiments/${experiment.id}/cycles/`, cycles)).status).toBe(303);
		await database.db
			.insertInto("seq_run")
			.values({
				experiment_name: "RUN_0077",
				status_id: 1,
				instrument_name: "A00001",
				run_folder: "250101_A00001_0077_BH",
				flowcell_id: "H77",
				read_type_id: 1,
				r1_cycles: 101,
				i1_cycles: 10,
				quantities: JSON.stringify({ reads: { value: 1.234e9, unit: "read", dimension: "read_count" } }),
			})
			.execute();
		const page = await (await browser.get(`/experiments/${experiment.id}/`)).text();
		expect(page).toContain("101-8-0-0 does not match the associated run config 101-10-0-0");
		expect(page).toContain("1.23 B reads");
		const list = await (await browser.get("/experiments/")).text();
		expect(list).toContain("cycles differ from the run");
	});
});

describe("the page", () => {
	it("shows reads by library and lane with the undetermined ones", async () => {
		const { experiment, pool } = await separateExperiment();
		const library = await createLibrary(database.db, { pool_id: pool.id, experiment_id: experiment.id });
		await database.db
			.insertInto("seq_quality")
			.values([
				{ experiment_id: experiment.id, lane: 1, library_id: library.id, num_reads: 60_000_000 },
				{ experiment_id: experiment.id, lane: 2, library_id: library.id, num_reads: 30_000_000 },
				{ experiment_id: experiment.id, lane: 1, library_id: null, num_reads: 10_000_000 },
			])
			.execute();
		const stats = await (await browser.get(`/htmx/experiments/${experiment.id}/stats`, { fragment: true })).text();
		expect(stats).toContain("90,000,000");
		expect(stats).toContain("90.0 %");
		expect(stats).toContain("10,000,000 (10.0 %)");
		expect(stats).toContain("Undetermined");
		const libraries = await (await browser.get(`/htmx/experiments/${experiment.id}/libraries`, { fragment: true })).text();
		expect(libraries).toContain(library.name);
	});

	it("costs as many statements with eight pools as with one", async () => {
		const { experiment } = await separateExperiment();
		const cost = async () => {
			const counted = await countStatements(database.db, async (db) => {
				const counting = await browserOf(createTestApp({ db, routes: experimentRoutes }), db, technician);
				expect((await counting.get(`/experiments/${experiment.id}/`)).status).toBe(200);
				expect((await counting.get(`/htmx/experiments/${experiment.id}/pools`, { fragment: true })).status).toBe(200);
			});
			return counted.statements;
		};
		const withOne = await cost();
		expect(withOne, "the counter sees the handlers").toBeGreaterThan(8);
		for (let count = 0; count < 7; count++) {
			const pool = await createPool(database.db, { experiment_id: experiment.id });
			await createLibrary(database.db, { pool_id: pool.id, experiment_id: experiment.id });
			await createLibrary(database.db, { pool_id: pool.id, experiment_id: experiment.id });
		}
		expect(await cost()).toBe(withOne);
	});

	it("escapes what people typed", async () => {
		const experiment = await createExperiment(database.db, { name: "<script>alert(1)</script>" });
		const page = await (await browser.get(`/experiments/${experiment.id}/`)).text();
		expect(page).not.toContain("<script>alert(1)");
	});
});
