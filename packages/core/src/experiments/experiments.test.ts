import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import {
	createLibrary,
	createPool,
	createSequencer,
	createUser,
	createExperiment as insertExperiment,
} from "@opengsync/db/testing/factories";
import { ExperimentStatus, ExperimentWorkflow, PoolStatus, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommandContext, Viewer } from "../context.ts";
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError, NotPossibleError } from "../errors.ts";
import { createTestServices, runAs } from "../testing.ts";
import { createExperiment } from "./create-experiment.ts";
import { createSequencer as registerSequencer } from "./create-sequencer.ts";
import { type LaneLoading, loadFlowCell } from "./load-flow-cell.ts";
import { addPools, distributeReads, removePool, togglePoolLane } from "./pools.ts";
import { setCycles } from "./set-cycles.ts";

let database: TestDatabase;
let technician: Viewer;
let adminViewer: Viewer;
let client: Viewer;
const services = createTestServices();

async function viewerWith(roleId: number): Promise<Viewer> {
	const user = await createUser(database.db, { role_id: roleId });
	return { id: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, roleId };
}

const as = <T>(viewer: Viewer, work: (context: CommandContext) => Promise<T>) => runAs(database.db, viewer, services, work);

beforeAll(async () => {
	database = await createTestDatabase();
	technician = await viewerWith(UserRole.TECHNICIAN.id);
	adminViewer = await viewerWith(UserRole.ADMIN.id);
	client = await viewerWith(UserRole.CLIENT.id);
});

afterAll(() => database.drop());

const readsOf = async (experimentId: number, poolId: number) =>
	(
		await database.db
			.selectFrom("lane_pool_link")
			.select("num_m_reads")
			.where("experiment_id", "=", experimentId)
			.where("pool_id", "=", poolId)
			.orderBy("lane_num")
			.execute()
	).map((link) => link.num_m_reads);

const separate = (values: Parameters<typeof insertExperiment>[1] = {}) =>
	insertExperiment(database.db, { workflow_id: ExperimentWorkflow.NOVASEQ_6K_SP_XP.id, ...values });

const noCycles = { r1Cycles: null, i1Cycles: null, i2Cycles: null, r2Cycles: null };

async function fieldsOf(work: Promise<unknown>): Promise<string[]> {
	const error = await work.then(
		() => null,
		(reason: unknown) => reason,
	);
	return error instanceof InvalidInputError ? error.fields.map((problem) => problem.field) : [];
}

describe("creating an experiment", () => {
	it("makes the lanes of the flow cell and trims the name, by which the run is found", async () => {
		const sequencer = await createSequencer(database.db);
		const input = {
			name: " RUN_1 ",
			workflowId: ExperimentWorkflow.NOVASEQ_6K_S4_STD.id,
			sequencerId: sequencer.id,
			operatorId: technician.id,
			...noCycles,
		};
		const id = await as(technician, (context) => createExperiment(context, input));
		const lanes = await database.db
			.selectFrom("lane")
			.select("number")
			.where("experiment_id", "=", id)
			.orderBy("number")
			.execute();
		expect(lanes.map((lane) => lane.number)).toEqual([1, 2, 3, 4]);
		const row = await database.db.selectFrom("experiment").select("name").where("id", "=", id).executeTakeFirst();
		expect(row?.name).toBe("RUN_1");
		await expect(as(client, (context) => createExperiment(context, input))).rejects.toThrow(ForbiddenError);
		const wrong = { name: "RUN_1", workflowId: 9999, sequencerId: 9999, operatorId: client.id, ...noCycles, r1Cycles: -1 };
		expect(await fieldsOf(as(technician, (context) => createExperiment(context, wrong)))).toEqual([
			"r1Cycles",
			"name",
			"sequencerId",
			"operatorId",
			"workflowId",
		]);
	});

	it("gives a field error when two people take the same name at once", async () => {
		const sequencer = await createSequencer(database.db);
		const input = {
			name: "RUN_RACE",
			workflowId: ExperimentWorkflow.NOVASEQ_6K_SP_STD.id,
			sequencerId: sequencer.id,
			operatorId: technician.id,
			...noCycles,
		};
		const outcomes = await Promise.allSettled([1, 2].map(() => as(technician, (context) => createExperiment(context, input))));
		const failed = outcomes.filter((outcome) => outcome.status === "rejected");
		expect(failed).toHaveLength(1);
		expect(failed[0]?.reason).toBeInstanceOf(InvalidInputError);
	});
});

describe("pools on an experiment", () => {
	it("links pools to every combined lane with shared reads, moves libraries, and takes no pool twice", async () => {
		const experiment = await insertExperiment(database.db);
		const pool = await createPool(database.db, { status_id: PoolStatus.STORED.id, num_m_reads_requested: 90 });
		const library = await createLibrary(database.db, { pool_id: pool.id });
		await as(technician, (context) => addPools(context, experiment.id, [pool.id, pool.id]));
		expect(await readsOf(experiment.id, pool.id)).toEqual([45, 45]);
		const other = await insertExperiment(database.db);
		await expect(as(technician, (context) => addPools(context, other.id, [pool.id]))).rejects.toThrow(ConflictError);
		await expect(as(technician, (context) => addPools(context, other.id, [999_999]))).rejects.toThrow(NotFoundError);
		await as(technician, (context) => removePool(context, experiment.id, pool.id));
		const left = await database.db.selectFrom("library").select("experiment_id").where("id", "=", library.id).executeTakeFirst();
		expect(left?.experiment_id).toBeNull();
		expect(await readsOf(experiment.id, pool.id)).toEqual([]);
	});

	it("keeps reads that were entered by hand and spreads requested ones, blank where nothing is requested", async () => {
		const experiment = await separate();
		const pool = await createPool(database.db, { experiment_id: experiment.id, num_m_reads_requested: 100 });
		const silent = await createPool(database.db, { experiment_id: experiment.id });
		const toggle = (poolId: number, lane: number) =>
			as(technician, (context) => togglePoolLane(context, experiment.id, poolId, lane));
		await toggle(pool.id, 1);
		await toggle(pool.id, 2);
		expect(await readsOf(experiment.id, pool.id)).toEqual([50, 50]);
		await as(technician, (context) => distributeReads(context, experiment.id, [{ poolId: pool.id, laneNumber: 1, mReads: 30 }]));
		await toggle(pool.id, 2);
		expect(await readsOf(experiment.id, pool.id), "30 + 50 by hand").toEqual([80]);
		await toggle(silent.id, 1);
		expect(await readsOf(experiment.id, silent.id)).toEqual([null]);
		await expect(toggle(pool.id, 3)).rejects.toThrow(NotFoundError);
		const elsewhere = await createPool(database.db);
		await expect(toggle(elsewhere.id, 1)).rejects.toThrow(NotFoundError);
	});

	it("shares reads of combined lanes evenly, clears them by blank, and has no lane buttons there", async () => {
		const experiment = await insertExperiment(database.db);
		const pool = await createPool(database.db, { status_id: PoolStatus.STORED.id });
		await as(technician, (context) => addPools(context, experiment.id, [pool.id]));
		const plan = (mReads: number | null) =>
			as(technician, (context) => distributeReads(context, experiment.id, [{ poolId: pool.id, laneNumber: null, mReads }]));
		await plan(600);
		expect(await readsOf(experiment.id, pool.id)).toEqual([300, 300]);
		await plan(null);
		expect(await readsOf(experiment.id, pool.id)).toEqual([null, null]);
		await expect(as(technician, (context) => togglePoolLane(context, experiment.id, pool.id, 1))).rejects.toThrow(
			NotPossibleError,
		);
	});

	it.each([
		["LOADED", ExperimentStatus.LOADED.id, true, false],
		["SEQUENCING", ExperimentStatus.SEQUENCING.id, false, false],
		["CANCELED", ExperimentStatus.CANCELED.id, false, false],
	])("in %s only what the status permits, admins excepted", async (_, statusId, mayAdd, mayRemove) => {
		const experiment = await separate({ status_id: statusId });
		const pools = [await createPool(database.db), await createPool(database.db)] as const;
		const add = (viewer: Viewer, id: number) => as(viewer, (context) => addPools(context, experiment.id, [id]));
		const remove = (viewer: Viewer, id: number) => as(viewer, (context) => removePool(context, experiment.id, id));
		const outcome = (work: Promise<unknown>) =>
			work.then(
				() => true,
				(error: unknown) => {
					expect(error).toBeInstanceOf(NotPossibleError);
					return false;
				},
			);
		expect(await outcome(add(technician, pools[0].id))).toBe(mayAdd);
		await add(adminViewer, pools[1].id);
		expect(await outcome(remove(technician, pools[1].id))).toBe(mayRemove);
		await remove(adminViewer, pools[1].id);
	});
});

describe("loading a flow cell", () => {
	const values = (laneNumber: number | null): LaneLoading => ({
		laneNumber,
		phiXPercent: 0,
		targetMolarityNm: 3,
		sequencingConcentrationNgPerUl: 1,
		totalVolumeUl: 50,
	});
	const measured = { avg_fragment_size: 500, original_qubit_concentration: 2 };

	async function measuredExperiment(workflowId: number) {
		const experiment = await insertExperiment(database.db, { workflow_id: workflowId });
		await database.db.updateTable("lane").set(measured).where("experiment_id", "=", experiment.id).execute();
		return experiment;
	}

	const statusOf = async (id: number) =>
		(await database.db.selectFrom("experiment").select("status_id").where("id", "=", id).executeTakeFirst())?.status_id;

	it("becomes LOADED only when every lane is", async () => {
		const experiment = await measuredExperiment(ExperimentWorkflow.NOVASEQ_6K_SP_XP.id);
		const load = (...lanes: LaneLoading[]) => as(technician, (context) => loadFlowCell(context, experiment.id, lanes));
		expect(await load(values(1))).toEqual([]);
		expect(await statusOf(experiment.id)).toBe(ExperimentStatus.DRAFT.id);
		expect(await load(values(1), { ...values(2), targetMolarityNm: 50 })).toEqual([2]);
		expect(await statusOf(experiment.id)).toBe(ExperimentStatus.LOADED.id);
	});

	it("clears the library volume when an input is missing", async () => {
		const experiment = await measuredExperiment(ExperimentWorkflow.NOVASEQ_6K_SP_XP.id);
		const load = (lane: LaneLoading) => as(technician, (context) => loadFlowCell(context, experiment.id, [lane]));
		const volume = async () =>
			(
				await database.db
					.selectFrom("lane")
					.select("library_volume_ul")
					.where("experiment_id", "=", experiment.id)
					.where("number", "=", 1)
					.executeTakeFirst()
			)?.library_volume_ul;
		await load(values(1));
		expect(await volume()).toBeCloseTo((50 * 3) / ((2 / (500 * 660)) * 1e6), 9);
		await load({ ...values(1), targetMolarityNm: null });
		expect(await volume()).toBeNull();
	});

	it("takes one set for combined lanes and single ones for separate lanes, never the other", async () => {
		const combined = await measuredExperiment(ExperimentWorkflow.NOVASEQ_6K_SP_STD.id);
		await as(technician, (context) => loadFlowCell(context, combined.id, [values(null)]));
		expect(await statusOf(combined.id)).toBe(ExperimentStatus.LOADED.id);
		await expect(as(technician, (context) => loadFlowCell(context, combined.id, [values(1)]))).rejects.toThrow(NotFoundError);
		const single = await measuredExperiment(ExperimentWorkflow.NOVASEQ_6K_SP_XP.id);
		await expect(as(technician, (context) => loadFlowCell(context, single.id, [values(null)]))).rejects.toThrow(NotFoundError);
		await expect(as(technician, (context) => loadFlowCell(context, single.id, [values(9)]))).rejects.toThrow(NotFoundError);
	});

	it("names the wrong value of the wrong lane, and wants measurements first", async () => {
		const experiment = await measuredExperiment(ExperimentWorkflow.NOVASEQ_6K_SP_XP.id);
		const wrong = { ...values(2), phiXPercent: Number.NaN, totalVolumeUl: 0 };
		expect(await fieldsOf(as(technician, (context) => loadFlowCell(context, experiment.id, [values(1), wrong])))).toEqual([
			"phiX_2",
			"totalVolume_2",
		]);
		await database.db.updateTable("lane").set({ avg_fragment_size: null }).where("experiment_id", "=", experiment.id).execute();
		await expect(as(technician, (context) => loadFlowCell(context, experiment.id, [values(1)]))).rejects.toThrow(
			NotPossibleError,
		);
	});
});

describe("cycles and sequencers", () => {
	it("takes 0 cycles as a value, blank as none, and refuses fractions", async () => {
		const experiment = await insertExperiment(database.db);
		const set = (r1Cycles: number | null) =>
			as(technician, (context) => setCycles(context, experiment.id, { ...noCycles, r1Cycles }));
		await set(0);
		const row = await database.db.selectFrom("experiment").selectAll().where("id", "=", experiment.id).executeTakeFirst();
		expect(row).toMatchObject({ r1_cycles: 0, i1_cycles: null });
		expect(await fieldsOf(set(1.5))).toEqual(["r1Cycles"]);
		expect(await fieldsOf(set(-1))).toEqual(["r1Cycles"]);
	});

	it.each([
		["10.0.0.7", true],
		["seq-1.example.org", true],
		["fe80::1", true],
		["10.0.0.256", false],
		["1.2.3", false],
		["a b", false],
		["-x", false],
	])("sequencer address %s: %s", async (ip, isRight) => {
		const input = { name: `Seq ${ip}`, modelId: 7, ip };
		const fields = await fieldsOf(as(adminViewer, (context) => registerSequencer(context, input)));
		expect(fields).toEqual(isRight ? [] : ["ip"]);
		await expect(as(technician, (context) => registerSequencer(context, input))).rejects.toThrow(ForbiddenError);
	});
});
