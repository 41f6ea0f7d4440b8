import type { Tx } from "@opengsync/db/transaction";
import { RunStatus } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import { applyRunConsequences } from "./consequences.ts";

const ARCHIVE_RUNNING_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * Archives runs whose folder has vanished (background-and-ops.md §2.4 A): finished ones at once, running ones after 24 hours.
 * @param folders names of all child directories of the root; the caller has made sure that the root is really there
 * @returns experiment names of the runs that were archived
 */
export async function archiveVanishedRuns(tx: Tx, folders: ReadonlySet<string>, now: Date): Promise<string[]> {
	const runs = await tx
		.selectFrom("seq_run")
		.select(["id", "experiment_name", "run_folder", "status_id", "timestamps"])
		.where("status_id", "in", [RunStatus.RUNNING.id, RunStatus.FINISHED.id])
		.orderBy("id")
		.forUpdate()
		.execute();
	const archived: string[] = [];
	for (const run of runs) {
		const timestamps = typeof run.timestamps === "object" && run.timestamps !== null ? { ...run.timestamps } : {};
		const missingSince = "missing_since" in timestamps ? String(timestamps.missing_since) : null;
		if (folders.has(run.run_folder)) {
			if (missingSince) await sql`UPDATE seq_run SET timestamps = timestamps - 'missing_since' WHERE id = ${run.id}`.execute(tx);
			continue;
		}
		const waited = missingSince ? now.getTime() - Date.parse(missingSince) : 0;
		if (run.status_id === RunStatus.RUNNING.id && waited < ARCHIVE_RUNNING_AFTER_MS) {
			if (!missingSince) {
				const first = JSON.stringify({ ...timestamps, missing_since: now.toISOString() });
				await tx.updateTable("seq_run").set({ timestamps: first }).where("id", "=", run.id).execute();
			}
			continue;
		}
		await tx.updateTable("seq_run").set({ status_id: RunStatus.ARCHIVED.id }).where("id", "=", run.id).execute();
		const completed = "completed" in timestamps ? new Date(String(timestamps.completed)) : null;
		const state = {
			experimentName: run.experiment_name,
			statusId: RunStatus.ARCHIVED.id,
			cameBack: false,
			completedAt: completed,
		};
		await applyRunConsequences(tx, state, now);
		archived.push(run.experiment_name);
	}
	return archived;
}

/** Whether runs in state RUNNING or FINISHED are stored: then an empty root means an unmounted share (§2.3). */
export async function hasRunsOnDisk(tx: Tx): Promise<boolean> {
	const row = await tx
		.selectFrom("seq_run")
		.select("id")
		.where("status_id", "in", [RunStatus.RUNNING.id, RunStatus.FINISHED.id])
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}
