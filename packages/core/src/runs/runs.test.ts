import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createExperiment, createLibrary, createPool } from "@opengsync/db/testing/factories";
import { transact } from "@opengsync/db/transaction";
import { ExperimentStatus, LibraryStatus, PoolStatus, ReadType, RunStatus } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { archiveVanishedRuns } from "./archive-vanished-runs.ts";
import { recordRun, type SeenRun, type StoredQuantity } from "./record-run.ts";

let database: TestDatabase;
const now = new Date("2026-03-01T10:00:00Z");
const completedAt = new Date("2026-02-28T09:00:00Z");
const worker = { userId: null, impersonatorId: null, via: "worker", requestId: "scan" } as const;

beforeAll(async () => {
	database = await createTestDatabase();
});

afterAll(() => database.drop());

const seenRun = (experimentName: string, values: Partial<SeenRun> = {}): SeenRun => ({
	experimentName,
	runFolder: `folder_${experimentName}`,
	instrumentName: "A00834",
	flowcellId: "BHMTFY",
	readTypeId: ReadType.PAIRED_END.id,
	rtaVersion: "v3.4.4",
	recipeVersion: null,
	side: "B",
	flowcellMode: "SP",
	r1Cycles: 101,
	i1Cycles: 10,
	i2Cycles: 10,
	r2Cycles: 101,
	startedAt: new Date("2026-02-27T09:00:00Z"),
	completedAt: null,
	fingerprint: "one",
	...values,
});

const reads = (value: number): Record<string, StoredQuantity> => ({ reads: { value, unit: "read", dimension: "read_count" } });

/** Records a run and says how often its metrics were read. */
async function record(seen: SeenRun, metrics = reads(1)) {
	let timesRead = 0;
	const outcome = await transact(database.db, worker, (tx) =>
		recordRun(
			tx,
			seen,
			async () => {
				timesRead += 1;
				return metrics;
			},
			now,
		),
	);
	return { outcome, timesRead };
}

const archive =
	(...folders: string[]) =>
	(at: Date) =>
		transact(database.db, worker, (tx) => archiveVanishedRuns(tx, new Set(folders), at));
const runRow = (name: string) =>
	database.db.selectFrom("seq_run").selectAll().where("experiment_name", "=", name).executeTakeFirstOrThrow();
const experimentRow = (id: number) =>
	database.db.selectFrom("experiment").selectAll().where("id", "=", id).executeTakeFirstOrThrow();

async function planned(name: string, statusId: number = ExperimentStatus.LOADED.id) {
	const experiment = await createExperiment(database.db, { name, status_id: statusId });
	const pool = await createPool(database.db, { experiment_id: experiment.id, status_id: PoolStatus.STORED.id });
	const library = await createLibrary(database.db, {
		pool_id: pool.id,
		experiment_id: experiment.id,
		status_id: LibraryStatus.POOLED.id,
	});
	return { experiment, pool, library };
}

describe("a run folder", () => {
	it("is followed from its first sight to its end, and moves its experiment, pools and libraries along", async () => {
		const { experiment, pool, library } = await planned("FOLLOW");
		expect(await record(seenRun("FOLLOW"))).toEqual({ outcome: "added", timesRead: 1 });
		expect((await experimentRow(experiment.id)).status_id).toBe(ExperimentStatus.SEQUENCING.id);
		expect(await record(seenRun("FOLLOW"))).toEqual({ outcome: "unchanged", timesRead: 0 });
		expect((await record(seenRun("FOLLOW", { completedAt, fingerprint: "two" }), reads(2))).outcome).toBe("updated");
		const finished = await experimentRow(experiment.id);
		expect(finished.status_id).toBe(ExperimentStatus.SEQUENCED.id);
		expect(finished.timestamp_finished_utc).toEqual(completedAt);
		const [poolRow, libraryRow] = [
			await database.db.selectFrom("pool").select("status_id").where("id", "=", pool.id).executeTakeFirst(),
			await database.db.selectFrom("library").select("status_id").where("id", "=", library.id).executeTakeFirst(),
		];
		expect(poolRow?.status_id).toBe(PoolStatus.SEQUENCED.id);
		expect(libraryRow?.status_id).toBe(LibraryStatus.SEQUENCED.id);
		expect((await runRow("FOLLOW")).quantities).toEqual(reads(2));
		expect(await record(seenRun("FOLLOW", { completedAt, fingerprint: "two" }))).toEqual({ outcome: "unchanged", timesRead: 0 });
	});

	it("keeps metrics that were not produced this time, and a failed run's state", async () => {
		await record(seenRun("KEEP"), { ...reads(1), yield: { value: 9, unit: "count", dimension: "count" } });
		await database.db
			.updateTable("seq_run")
			.set({ status_id: RunStatus.FAILED.id })
			.where("experiment_name", "=", "KEEP")
			.execute();
		await record(seenRun("KEEP", { completedAt, fingerprint: "two" }), reads(5));
		const row = await runRow("KEEP");
		expect(row.status_id).toBe(RunStatus.FAILED.id);
		expect(row.quantities).toEqual({ ...reads(5), yield: { value: 9, unit: "count", dimension: "count" } });
	});

	it("takes over another folder of the same name only when it is further on", async () => {
		await record(seenRun("TWICE", { completedAt }));
		expect((await record(seenRun("TWICE", { runFolder: "second" }))).outcome).toBe("conflict");
		expect((await runRow("TWICE")).run_folder).toBe("folder_TWICE");
		await database.db
			.updateTable("seq_run")
			.set({ status_id: RunStatus.FAILED.id })
			.where("experiment_name", "=", "TWICE")
			.execute();
		await record(seenRun("TWICE", { runFolder: "second", fingerprint: "second" }));
		expect(await runRow("TWICE")).toMatchObject({ run_folder: "second", status_id: RunStatus.RUNNING.id });
	});

	it("never touches an experiment that was canceled", async () => {
		const { experiment, pool } = await planned("CANCELED", ExperimentStatus.CANCELED.id);
		await record(seenRun("CANCELED", { completedAt }));
		expect((await experimentRow(experiment.id)).status_id).toBe(ExperimentStatus.CANCELED.id);
		const row = await database.db.selectFrom("pool").select("status_id").where("id", "=", pool.id).executeTakeFirst();
		expect(row?.status_id).toBe(PoolStatus.STORED.id);
	});
});

describe("a vanished folder", () => {
	it("archives a finished run at once and brings it back when the folder returns", async () => {
		const { experiment } = await planned("VANISH");
		await record(seenRun("VANISH", { completedAt }));
		const others = (await database.db.selectFrom("seq_run").select("run_folder").execute())
			.map((run) => run.run_folder)
			.filter((folder) => folder !== "folder_VANISH");
		expect(await archive(...others)(now)).toEqual(["VANISH"]);
		expect((await experimentRow(experiment.id)).status_id).toBe(ExperimentStatus.ARCHIVED.id);
		await record(seenRun("VANISH", { completedAt }));
		expect((await runRow("VANISH")).status_id).toBe(RunStatus.FINISHED.id);
		expect((await experimentRow(experiment.id)).status_id).toBe(ExperimentStatus.SEQUENCED.id);
	});

	it("waits 24 hours before it archives a run that was going on", async () => {
		await record(seenRun("PATIENT"));
		const others = (await database.db.selectFrom("seq_run").select("run_folder").execute())
			.map((run) => run.run_folder)
			.filter((folder) => folder !== "folder_PATIENT");
		const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
		expect(await archive(...others)(now)).toEqual([]);
		expect(await archive(...others)(hours(23.9))).toEqual([]);
		expect(await archive(...others, "folder_PATIENT")(hours(23.95))).toEqual([]);
		expect((await runRow("PATIENT")).timestamps).not.toHaveProperty("missing_since");
		expect(await archive(...others)(hours(24.1))).toEqual([]);
		expect(await archive(...others)(hours(48.2))).toEqual(["PATIENT"]);
	});
});
