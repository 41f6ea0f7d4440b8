import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { setLibraryLaneReads } from "@opengsync/core/reads/set-library-lane-reads";
import { applyRunConsequences } from "@opengsync/core/runs/consequences";
import { recordRun, type SeenRun, type StoredQuantity } from "@opengsync/core/runs/record-run";
import { runStatusEngine } from "@opengsync/core/status-engine/run-status-engine";
import { ReadType, RunStatus } from "@opengsync/domain/catalog";
import { sequencerPlans } from "./experiment-plans.ts";
import type { MadeExperiment } from "./experiments.ts";
import { actAlone, actAs, daysBefore, type Facility, measuredBetween } from "./facility.ts";

const hourMs = 60 * 60 * 1000;
const stagesWithRun = ["running", "failed", "sequenced", "demultiplexed", "archived"];

/** Runs the sequencer for one experiment, counts its reads and lets statuses follow. */
export async function sequence(facility: Facility, experiment: MadeExperiment): Promise<void> {
	const { plan } = experiment;
	if (!stagesWithRun.includes(plan.stage)) return;
	const run = describeRun(facility, experiment);
	const at = run.completedAt ?? run.startedAt ?? facility.today;
	const quantities = async () => (run.completedAt ? measureRun(experiment.id) : {});
	await actAlone(facility.db, (tx) => recordRun(tx, run, quantities, at));
	if (plan.stage === "failed") {
		await actAlone(facility.db, (tx) =>
			tx.updateTable("seq_run").set({ status_id: RunStatus.FAILED.id }).where("experiment_name", "=", plan.name).execute(),
		);
	}
	if (plan.stage === "demultiplexed" || plan.stage === "archived") await countReads(facility, experiment, at);
	if (plan.stage === "archived") await archiveRun(facility, plan.name, at);
	else if (plan.stage !== "failed") await keepRunFolder(facility, run.runFolder);
	await advance(facility, at);
}

/** Lets all statuses follow, as the worker does every two minutes. */
export async function advance(facility: Facility, at: Date): Promise<void> {
	await actAlone(facility.db, (tx) => runStatusEngine(tx, at));
}

function describeRun(facility: Facility, { id, plan }: MadeExperiment): SeenRun {
	const instrument = sequencerPlans.find((sequencer) => sequencer.name === plan.sequencer)?.instrument ?? "";
	const startedAt = daysBefore(facility.today, plan.daysAgo);
	const [r1Cycles, i1Cycles, i2Cycles, r2Cycles] = plan.cycles;
	const isDone = plan.stage !== "running" && plan.stage !== "failed";
	const flowcellId = `HDEM${String(id).padStart(2, "0")}DSX${id % 10}`;
	const day = startedAt.toISOString().slice(2, 10).replaceAll("-", "");
	return {
		experimentName: plan.name,
		runFolder: `${day}_${instrument}_${String(200 + id).padStart(4, "0")}_A${flowcellId}`,
		instrumentName: instrument,
		flowcellId,
		readTypeId: ReadType.PAIRED_END.id,
		rtaVersion: "v3.4.4",
		recipeVersion: "1.8.0",
		side: "A",
		flowcellMode: null,
		r1Cycles,
		i1Cycles,
		i2Cycles,
		r2Cycles,
		startedAt,
		completedAt: isDone ? new Date(startedAt.getTime() + 40 * hourMs) : null,
		fingerprint: `demo ${plan.name}`,
	};
}

/** Figures of a good run. */
function measureRun(seed: number): Record<string, StoredQuantity> {
	const clusters = Math.round(measuredBetween(1.8, 2.4, seed) * 1e9);
	const passing = Math.round(clusters * measuredBetween(0.74, 0.84, seed));
	const bases = passing * 300;
	const count = (value: number): StoredQuantity => ({ value, unit: "count", dimension: "count" });
	const reads = (value: number): StoredQuantity => ({ value, unit: "read", dimension: "read_count" });
	const percent = (value: number): StoredQuantity => ({ value, unit: "percent", dimension: "percentage" });
	return {
		cluster_count: count(clusters),
		cluster_count_pf: count(passing),
		reads: reads(clusters),
		reads_pf: reads(passing),
		pct_aligned: percent(measuredBetween(0.6, 1.4, seed)),
		"pct>=q30": percent(measuredBetween(89, 95, seed)),
		yield: count(bases),
		projected_yield: count(bases),
		pct_occupied: percent(measuredBetween(88, 96, seed)),
		error_rate: percent(measuredBetween(0.2, 0.5, seed)),
		first_cycle_intensity: count(measuredBetween(900, 1500, seed)),
	};
}

/** Reads of every library in every lane of its pool, and those that no library got. */
async function countReads(facility: Facility, { id, plan }: MadeExperiment, at: Date): Promise<void> {
	await actAs(facility, "bioinformatician", new Date(at.getTime() + 6 * hourMs), async (context) => {
		const places = await context.tx
			.selectFrom("lane_pool_link")
			.innerJoin("library", "library.pool_id", "lane_pool_link.pool_id")
			.select(["lane_pool_link.lane_num", "library.id"])
			.where("lane_pool_link.experiment_id", "=", id)
			.orderBy("lane_pool_link.lane_num")
			.orderBy("library.id")
			.execute();
		const lanes = new Set(places.map((place) => place.lane_num));
		const undetermined = [...lanes].map((lane) => ({ lane_num: lane, id: null }));
		for (const place of [...places, ...undetermined]) {
			await setLibraryLaneReads(context, {
				experimentName: plan.name,
				lane: place.lane_num,
				libraryId: place.id,
				numReads: Math.round(measuredBetween(9, 40, (place.id ?? 0) + place.lane_num) * 1e6),
				qc: null,
			});
		}
	});
}

async function archiveRun(facility: Facility, experimentName: string, at: Date): Promise<void> {
	await actAlone(facility.db, async (tx) => {
		await tx
			.updateTable("seq_run")
			.set({ status_id: RunStatus.ARCHIVED.id })
			.where("experiment_name", "=", experimentName)
			.execute();
		await applyRunConsequences(tx, { experimentName, statusId: RunStatus.ARCHIVED.id, cameBack: false, completedAt: at }, at);
	});
}

/** An empty folder in the place of the run's: otherwise the scan takes the run as moved away. */
async function keepRunFolder(facility: Facility, name: string): Promise<void> {
	const folder = path.join(facility.services.config.illuminaRunFolder, name);
	await mkdir(folder, { recursive: true });
	await writeFile(path.join(folder, "README.txt"), "Stands for the run folder of a demonstration run.\n");
}
