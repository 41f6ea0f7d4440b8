import type { Tx } from "@opengsync/db/transaction";
import { SubmissionType } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { ConflictError, InvalidInputError, NotFoundError, NotPossibleError } from "../errors.ts";
import { type ExperimentForChange, loadExperimentForChange, requireDraft, requireEditable } from "./load-for-change.ts";

/**
 * Puts pools on an experiment; their libraries follow. With combined lanes each pool is linked to every lane (lab-workflows.md §17.4).
 * @throws ConflictError naming the pools that are on an experiment already, NotPossibleError for material of QC-only requests
 */
export async function addPools(context: CommandContext, experimentId: number, poolIds: readonly number[]): Promise<void> {
	const { tx, viewer } = context;
	const experiment = await loadExperimentForChange(tx, viewer, experimentId);
	requireEditable(experiment, viewer);
	const ids = [...new Set(poolIds)];
	if (ids.length === 0) throw new InvalidInputError([{ field: "poolIds", message: "Select at least one pool." }]);
	const { rows: pools } = await sql<{ id: number; name: string; experiment_id: number | null }>`
		SELECT id, name, experiment_id FROM pool WHERE id = ANY(${ids}::int[]) ORDER BY id FOR UPDATE`.execute(tx);
	if (pools.length !== ids.length) throw new NotFoundError("A selected pool");
	const taken = pools.filter((pool) => pool.experiment_id !== null).map((pool) => pool.name);
	if (taken.length > 0) throw new ConflictError(`Already on an experiment: ${taken.join(", ")}.`);
	await refuseQualityControlOnly(tx, ids);
	await sql`UPDATE pool SET experiment_id = ${experimentId} WHERE id = ANY(${ids}::int[])`.execute(tx);
	await sql`UPDATE library SET experiment_id = ${experimentId} WHERE pool_id = ANY(${ids}::int[])`.execute(tx);
	if (experiment.combinedLanes) {
		await sql`INSERT INTO lane_pool_link (lane_id, pool_id, experiment_id, lane_num, num_m_reads)
			SELECT l.id, p.id, l.experiment_id, l.number, p.num_m_reads_requested / ${experiment.numLanes}
			FROM lane l CROSS JOIN pool p WHERE l.experiment_id = ${experimentId} AND p.id = ANY(${ids}::int[])`.execute(tx);
	}
}

/** Material of QC-only requests is measured, not sequenced (extensions.md §2). */
async function refuseQualityControlOnly(tx: Tx, poolIds: readonly number[]): Promise<void> {
	const { rows } = await sql<{ name: string }>`SELECT p.name FROM pool p WHERE p.id = ANY(${[...poolIds]}::int[]) AND EXISTS (
			SELECT FROM seq_request r WHERE r.submission_type_id = ${SubmissionType.QC_ONLY.id}
				AND (r.id = p.seq_request_id OR r.id IN (SELECT l.seq_request_id FROM library l WHERE l.pool_id = p.id)))
		ORDER BY p.id`.execute(tx);
	if (rows.length === 0) return;
	throw new NotPossibleError(`QC-only requests are not sequenced: ${rows.map((row) => row.name).join(", ")}.`);
}

/** Takes a pool off its experiment, whole: lane links go, its libraries follow. DRAFT, or admin. */
export async function removePool(context: CommandContext, experimentId: number, poolId: number): Promise<void> {
	const { tx, viewer } = context;
	const experiment = await loadExperimentForChange(tx, viewer, experimentId);
	requireDraft(experiment, viewer);
	await requirePoolOf(tx, experimentId, poolId);
	await sql`DELETE FROM lane_pool_link WHERE experiment_id = ${experimentId} AND pool_id = ${poolId}`.execute(tx);
	await sql`UPDATE library SET experiment_id = NULL WHERE pool_id = ${poolId} AND experiment_id = ${experimentId}`.execute(tx);
	await sql`UPDATE pool SET experiment_id = NULL WHERE id = ${poolId}`.execute(tx);
}

/** Puts a pool on a lane or takes it off; then its reads are shared anew among its lanes. Separate lanes only. */
export async function togglePoolLane(
	context: CommandContext,
	experimentId: number,
	poolId: number,
	laneNumber: number,
): Promise<void> {
	const { tx, viewer } = context;
	const experiment = await loadExperimentForChange(tx, viewer, experimentId);
	if (experiment.combinedLanes)
		throw new NotPossibleError("The lanes of this workflow are combined: every pool is on every lane.");
	requireDraft(experiment, viewer);
	await requirePoolOf(tx, experimentId, poolId);
	const { rows } = await sql<{
		id: number;
	}>`SELECT id FROM lane WHERE experiment_id = ${experimentId} AND number = ${laneNumber}`.execute(tx);
	const lane = rows[0];
	if (!lane) throw new NotFoundError("This lane");
	const planned = await plannedReads(tx, experimentId, poolId);
	const removed =
		await sql`DELETE FROM lane_pool_link WHERE lane_id = ${lane.id} AND pool_id = ${poolId} RETURNING pool_id`.execute(tx);
	if (removed.rows.length === 0) {
		await sql`INSERT INTO lane_pool_link (lane_id, pool_id, experiment_id, lane_num)
			VALUES (${lane.id}, ${poolId}, ${experimentId}, ${laneNumber})`.execute(tx);
	}
	await shareReads(tx, experimentId, poolId, planned);
}

/** Sum that was planned by hand, else what the pool requests; million reads. */
async function plannedReads(tx: Tx, experimentId: number, poolId: number): Promise<number | null> {
	const { rows } = await sql<{ planned: number | null; requested: number | null }>`
		SELECT (SELECT sum(k.num_m_reads) FROM lane_pool_link k WHERE k.experiment_id = ${experimentId} AND k.pool_id = p.id) AS planned,
			p.num_m_reads_requested AS requested
		FROM pool p WHERE p.id = ${poolId}`.execute(tx);
	return rows[0]?.planned ?? rows[0]?.requested ?? null;
}

/** F7, F8: shares a pool's million reads evenly among its lanes; null clears them. */
async function shareReads(tx: Tx, experimentId: number, poolId: number, totalMReads: number | null): Promise<void> {
	await sql`UPDATE lane_pool_link k SET num_m_reads = ${totalMReads}::float8 / n.lanes
		FROM (SELECT count(*) AS lanes FROM lane_pool_link WHERE experiment_id = ${experimentId} AND pool_id = ${poolId}) n
		WHERE k.experiment_id = ${experimentId} AND k.pool_id = ${poolId}`.execute(tx);
}

/** Planned reads of one pool, for the whole flow cell (combined) or on one lane (separate). */
export interface PlannedReads {
	readonly poolId: number;
	/** Null with combined lanes. */
	readonly laneNumber: number | null;
	/** Million reads; null clears. */
	readonly mReads: number | null;
}

/** *Distribute reads* (lab-workflows.md §17.4): DRAFT, or admin. */
export async function distributeReads(
	context: CommandContext,
	experimentId: number,
	planned: readonly PlannedReads[],
): Promise<void> {
	const { tx, viewer } = context;
	const experiment: ExperimentForChange = await loadExperimentForChange(tx, viewer, experimentId);
	requireDraft(experiment, viewer);
	for (const { poolId, laneNumber, mReads } of planned) {
		if (mReads !== null && mReads < 0)
			throw new InvalidInputError([{ field: `pool_${poolId}`, message: "Reads cannot be negative." }]);
		await requirePoolOf(tx, experimentId, poolId);
		if (experiment.combinedLanes) {
			await shareReads(tx, experimentId, poolId, mReads);
			continue;
		}
		const { rows } = await sql`UPDATE lane_pool_link SET num_m_reads = ${mReads}
			WHERE experiment_id = ${experimentId} AND pool_id = ${poolId} AND lane_num = ${laneNumber} RETURNING pool_id`.execute(tx);
		if (rows.length === 0) throw new NotFoundError("This pool on this lane");
	}
}

async function requirePoolOf(tx: Tx, experimentId: number, poolId: number): Promise<void> {
	const { rows } = await sql`SELECT id FROM pool WHERE id = ${poolId} AND experiment_id = ${experimentId} FOR UPDATE`.execute(tx);
	if (rows.length === 0) throw new NotFoundError("This pool of the experiment");
}
