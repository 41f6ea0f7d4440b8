import { readdir } from "node:fs/promises";
import path from "node:path";
import { archiveVanishedRuns, hasRunsOnDisk } from "@opengsync/core/runs/archive-vanished-runs";
import { type RunOutcome, recordRun, type SeenRun } from "@opengsync/core/runs/record-run";
import type { Db } from "@opengsync/db/connection";
import { type Actor, transact } from "@opengsync/db/transaction";
import { isRunFolder, type RunFolder, readRunFolder } from "@opengsync/illumina/run-folder";
import type { Logger } from "pino";

/** What one scan found. */
export interface ScanResult {
	readonly outcomes: Readonly<Record<RunOutcome | "skipped", number>>;
	readonly archived: readonly string[];
}

const MAX_NAME_LENGTH = 64;

/**
 * Reads the Illumina run folders below `root` (background-and-ops.md §2). Each folder is a transaction of its own: what is wrong
 * with one holds up no other. The scan never writes below the root.
 */
export async function scanRunFolders(
	db: Db,
	actor: Actor,
	root: string,
	timeZone: string,
	now: () => Date,
	log: Logger,
): Promise<ScanResult> {
	const outcomes = { added: 0, updated: 0, unchanged: 0, conflict: 0, skipped: 0 };
	const names = await listFolders(root);
	const onDisk = await transact(db, actor, (tx) => hasRunsOnDisk(tx));
	if (names === null || (names.all === 0 && onDisk)) {
		log.error({ root }, "run folder root not available");
		return { outcomes, archived: [] };
	}
	const archived = await transact(db, actor, (tx) => archiveVanishedRuns(tx, new Set(names.folders), now()));
	for (const experiment of archived) log.info({ experiment }, "run archived: its folder is gone");

	for (const name of names.folders) {
		try {
			const folder = path.join(root, name);
			if (!(await isRunFolder(folder))) continue;
			const run = await readRunFolder(folder, { timeZone });
			const seen = describeRun(name, run);
			if (typeof seen === "string") {
				log.warn({ folder: name }, seen);
				outcomes.skipped++;
				continue;
			}
			const readQuantities = async () => {
				const metrics = await run.readMetrics();
				for (const warning of metrics.warnings) log.warn({ folder: name, metric: warning.metric }, warning.message);
				return metrics.quantities;
			};
			const outcome = await transact(db, actor, (tx) => recordRun(tx, seen, readQuantities, now()));
			outcomes[outcome]++;
			if (outcome === "conflict")
				log.warn({ folder: name, experiment: seen.experimentName }, "another folder has the run of this experiment");
			else if (outcome !== "unchanged")
				log.info({ folder: name, experiment: seen.experimentName }, outcome === "added" ? "Added" : "Updated");
		} catch (error) {
			log.warn({ folder: name, err: error }, "run folder could not be read");
			outcomes.skipped++;
		}
	}
	return { outcomes, archived };
}

async function listFolders(root: string): Promise<{ all: number; folders: string[] } | null> {
	try {
		const entries = await readdir(root, { withFileTypes: true });
		const folders = entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink()).map((entry) => entry.name);
		return { all: entries.length, folders: folders.sort() };
	} catch {
		return null;
	}
}

/** The run as it is stored, or why it is skipped. */
function describeRun(name: string, run: RunFolder): SeenRun | string {
	const experimentName = run.runParameters.experimentName;
	if (!experimentName) return "no experiment name in the run parameters";
	if (experimentName.length > MAX_NAME_LENGTH) return "the experiment name is longer than 64 characters";
	if (name.length > MAX_NAME_LENGTH) return "the name of the run folder is longer than 64 characters";
	const { runInfo, runParameters } = run;
	return {
		experimentName,
		runFolder: name,
		instrumentName: runInfo.instrumentName ?? "",
		flowcellId: runInfo.flowcellId ?? "",
		readTypeId: runInfo.readTypeId,
		rtaVersion: runParameters.rtaVersion,
		recipeVersion: runParameters.recipeVersion,
		side: runParameters.side,
		flowcellMode: runParameters.flowcellMode,
		r1Cycles: runInfo.r1Cycles,
		i1Cycles: runInfo.i1Cycles,
		i2Cycles: runInfo.i2Cycles,
		r2Cycles: runInfo.r2Cycles,
		startedAt: runInfo.startedAt,
		completedAt: run.completedAt,
		fingerprint: run.fingerprint,
	};
}
