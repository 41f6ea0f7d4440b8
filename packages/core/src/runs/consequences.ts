import type { Tx } from "@opengsync/db/transaction";
import { ExperimentStatus, LibraryStatus, PoolStatus, RunStatus } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import { idsBelow } from "../shared/status-lists.ts";
import { isDemultiplexed } from "../status-engine/demultiplexed.ts";

/** What is known of the run whose state has changed. */
export interface RunState {
	readonly experimentName: string;
	/** Id of *runStatus*. */
	readonly statusId: number;
	/** The run was ARCHIVED and its folder has come back. */
	readonly cameBack: boolean;
	readonly completedAt: Date | null;
}

const poolsBelowSequenced = idsBelow(PoolStatus, PoolStatus.SEQUENCED);
const librariesBelowSequenced = idsBelow(LibraryStatus, LibraryStatus.SEQUENCED);

/**
 * Applies the *consequences* of a run's state to its experiment, pools and libraries (background-and-ops.md §2.4). Nothing happens
 * without experiment, and an experiment in FAILED or CANCELED is never touched.
 */
export async function applyRunConsequences(tx: Tx, run: RunState, now: Date): Promise<void> {
	const { rows } = await sql<{ id: number; status_id: number; demultiplexed: boolean }>`
		SELECT e.id, e.status_id, ${isDemultiplexed(sql.ref("e.id"))} AS demultiplexed
		FROM experiment e WHERE e.name = ${run.experimentName} FOR UPDATE`.execute(tx);
	const experiment = rows[0];
	if (!experiment) return;
	const { DRAFT, LOADED, SEQUENCING, ARCHIVED, FAILED, CANCELED, SEQUENCED, DEMULTIPLEXED } = ExperimentStatus;
	const status = experiment.status_id;
	if (status === FAILED.id || status === CANCELED.id) return;

	let next: number | null = null;
	const comingBack = run.cameBack && status === ARCHIVED.id;
	const started: number[] = [DRAFT.id, LOADED.id];
	if (run.statusId === RunStatus.RUNNING.id && (started.includes(status) || comingBack)) next = SEQUENCING.id;
	if (run.statusId === RunStatus.FINISHED.id && (started.includes(status) || status === SEQUENCING.id || comingBack)) {
		next = experiment.demultiplexed ? DEMULTIPLEXED.id : SEQUENCED.id;
	}
	if (run.statusId === RunStatus.ARCHIVED.id) next = ARCHIVED.id;
	if (next !== null && next !== status) {
		const finishes = next !== SEQUENCING.id;
		await tx
			.updateTable("experiment")
			.set({
				status_id: next,
				...(finishes ? { timestamp_finished_utc: sql<Date>`COALESCE(timestamp_finished_utc, ${run.completedAt ?? now})` } : {}),
			})
			.where("id", "=", experiment.id)
			.execute();
	}
	if (run.statusId === RunStatus.FINISHED.id || run.statusId === RunStatus.ARCHIVED.id) await raiseToSequenced(tx, experiment.id);
}

async function raiseToSequenced(tx: Tx, experimentId: number): Promise<void> {
	await sql`UPDATE pool SET status_id = ${PoolStatus.SEQUENCED.id}
		WHERE experiment_id = ${experimentId} AND status_id IN (${poolsBelowSequenced})`.execute(tx);
	await sql`UPDATE library l SET status_id = ${LibraryStatus.SEQUENCED.id} FROM pool p
		WHERE l.pool_id = p.id AND p.experiment_id = ${experimentId} AND l.status_id IN (${librariesBelowSequenced})`.execute(tx);
}
