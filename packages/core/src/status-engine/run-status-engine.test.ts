import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import {
	createExperiment,
	createLibrary,
	createPool,
	createProject,
	createRequest,
	createSample,
} from "@opengsync/db/testing/factories";
import { transact } from "@opengsync/db/transaction";
import {
	ExperimentStatus,
	LibraryStatus,
	PoolStatus,
	ProjectStatus,
	ReadType,
	RunStatus,
	SampleStatus,
	SeqRequestStatus,
	SubmissionType,
} from "@opengsync/domain/catalog";
import { transitions } from "@opengsync/domain/transitions";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runStatusEngine } from "./run-status-engine.ts";
import { listStatusRules } from "./status-rules.ts";

let database: TestDatabase;
const now = new Date("2026-03-01T10:00:00Z");
const worker = { userId: null, impersonatorId: null, via: "worker", requestId: "job" } as const;

beforeAll(async () => {
	database = await createTestDatabase();
});

afterAll(() => database.drop());

const runEngine = () => transact(database.db, worker, (tx) => runStatusEngine(tx, now));

/** A request on its way, with one sample and library on an experiment whose run has this status. */
async function chain(name: string, runStatusId: number | null, submissionTypeId: number = SubmissionType.RAW_SAMPLES.id) {
	const experiment = await createExperiment(database.db, { name, status_id: ExperimentStatus.LOADED.id });
	if (runStatusId !== null) {
		await database.db
			.insertInto("seq_run")
			.values({
				experiment_name: name,
				status_id: runStatusId,
				instrument_name: "A1",
				run_folder: name,
				flowcell_id: "H1",
				read_type_id: ReadType.PAIRED_END.id,
				timestamps: JSON.stringify({ completed: "2026-02-28T09:00:00Z" }),
			})
			.execute();
	}
	const request = await createRequest(database.db, {
		status_id: SeqRequestStatus.ACCEPTED.id,
		submission_type_id: submissionTypeId,
	});
	const project = await createProject(database.db, { status_id: ProjectStatus.PROCESSING.id });
	const sample = await createSample(database.db, { project_id: project.id, status_id: SampleStatus.WAITING_DELIVERY.id });
	const pool = await createPool(database.db, { experiment_id: experiment.id, status_id: PoolStatus.STORED.id });
	const library = await createLibrary(database.db, {
		pool_id: pool.id,
		experiment_id: experiment.id,
		seq_request_id: request.id,
		status_id: LibraryStatus.POOLED.id,
	});
	await database.db.insertInto("sample_library_link").values({ sample_id: sample.id, library_id: library.id }).execute();
	const statuses = async () => ({
		experiment: (
			await database.db.selectFrom("experiment").select("status_id").where("id", "=", experiment.id).executeTakeFirst()
		)?.status_id,
		pool: (await database.db.selectFrom("pool").select("status_id").where("id", "=", pool.id).executeTakeFirst())?.status_id,
		library: (await database.db.selectFrom("library").select("status_id").where("id", "=", library.id).executeTakeFirst())
			?.status_id,
		sample: (await database.db.selectFrom("sample").select("status_id").where("id", "=", sample.id).executeTakeFirst())
			?.status_id,
		request: (await database.db.selectFrom("seq_request").select("status_id").where("id", "=", request.id).executeTakeFirst())
			?.status_id,
		project: (await database.db.selectFrom("project").select("status_id").where("id", "=", project.id).executeTakeFirst())
			?.status_id,
	});
	return { experiment, request, library, pool, sample, statuses };
}

describe("the status engine", () => {
	const rules = listStatusRules(now);

	it("has a rule for each status to which the table of transitions lets the job go, and no other", () => {
		const targets = transitions
			.filter(({ cause }) => cause === "job")
			.flatMap(({ entity, to }) => [...to].map((key) => `${entity} ${key}`));
		expect(rules.map(({ entity, to }) => `${entity} ${to.key}`).sort()).toEqual(targets.sort());
	});

	it("follows its rules in the order of background-and-ops.md §3.1", () =>
		expect([...new Set(rules.map((rule) => rule.number))]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]));

	it("carries a finished run through to request and project in one pass, and a second pass changes nothing", async () => {
		const { experiment, statuses } = await chain("FINISHED", RunStatus.FINISHED.id);
		await runEngine();
		expect(await statuses()).toEqual({
			experiment: ExperimentStatus.SEQUENCED.id,
			pool: PoolStatus.SEQUENCED.id,
			library: LibraryStatus.SEQUENCED.id,
			sample: SampleStatus.STORED.id,
			request: SeqRequestStatus.DATA_PROCESSING.id,
			project: ProjectStatus.SEQUENCED.id,
		});
		const row = await database.db.selectFrom("experiment").selectAll().where("id", "=", experiment.id).executeTakeFirst();
		expect(row?.timestamp_finished_utc).toEqual(new Date("2026-02-28T09:00:00Z"));
		expect(await runEngine()).toEqual([]);
	});

	it("calls an experiment demultiplexed when every counting library has reads", async () => {
		const { experiment, library, statuses } = await chain("COUNTED", RunStatus.FINISHED.id);
		await createLibrary(database.db, { experiment_id: experiment.id, status_id: LibraryStatus.FAILED.id });
		await database.db
			.insertInto("seq_quality")
			.values({ experiment_id: experiment.id, library_id: library.id, lane: 1, num_reads: 5 })
			.execute();
		await runEngine();
		expect((await statuses()).experiment).toBe(ExperimentStatus.DEMULTIPLEXED.id);
	});

	it.each([
		["RUNNING", RunStatus.RUNNING.id, ExperimentStatus.SEQUENCING.id],
		["ARCHIVED", RunStatus.ARCHIVED.id, ExperimentStatus.ARCHIVED.id],
		["FAILED", RunStatus.FAILED.id, ExperimentStatus.FAILED.id],
		["NO RUN", null, ExperimentStatus.LOADED.id],
	])("follows a run that is %s", async (name, runStatusId, experimentStatusId) => {
		const { statuses } = await chain(`RUN ${name}`, runStatusId);
		await runEngine();
		const after = await statuses();
		expect(after.experiment).toBe(experimentStatusId);
		expect(after.library).toBe(name === "ARCHIVED" ? LibraryStatus.SEQUENCED.id : LibraryStatus.POOLED.id);
	});

	it("leaves QC-only requests and their samples alone", async () => {
		const { statuses } = await chain("QC_ONLY", RunStatus.FINISHED.id, SubmissionType.QC_ONLY.id);
		await runEngine();
		expect(await statuses()).toMatchObject({ request: SeqRequestStatus.ACCEPTED.id, sample: SampleStatus.WAITING_DELIVERY.id });
	});

	it("finishes a request only when all of its libraries are shared", async () => {
		const { request, library, statuses } = await chain("SHARED", RunStatus.FINISHED.id);
		await runEngine();
		const waiting = await createLibrary(database.db, { seq_request_id: request.id, status_id: LibraryStatus.SEQUENCED.id });
		await database.db.updateTable("library").set({ status_id: LibraryStatus.SHARED.id }).where("id", "=", library.id).execute();
		await runEngine();
		expect((await statuses()).request).toBe(SeqRequestStatus.DATA_PROCESSING.id);
		await database.db.updateTable("library").set({ status_id: LibraryStatus.SHARED.id }).where("id", "=", waiting.id).execute();
		const changes = await runEngine();
		expect(changes).toContainEqual({ rule: 12, entity: "seq_request", id: request.id, from: "DATA_PROCESSING", to: "FINISHED" });
		const row = await database.db.selectFrom("seq_request").selectAll().where("id", "=", request.id).executeTakeFirst();
		expect(row?.timestamp_finished_utc).toEqual(now);
	});
});
