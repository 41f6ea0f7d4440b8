// The page of an experiment (lab-workflows.md §17). For staff; every function is one statement.
import { MediaFileType, PoolStatus, UserRole } from "@opengsync/domain/catalog";
import { type Selectable, sql } from "kysely";
import type { Experiment, Lane } from "../database.gen.ts";
import type { Reader } from "../transaction.ts";

/** Cycles per read as stored; null = not set. */
export interface CycleColumns {
	readonly r1_cycles: number | null;
	readonly i1_cycles: number | null;
	readonly i2_cycles: number | null;
	readonly r2_cycles: number | null;
}

/** The run of the same name. */
export interface MatchedRun extends CycleColumns {
	readonly id: number;
	/** Catalog runStatus. */
	readonly status_id: number;
	/** Catalog readType. */
	readonly read_type_id: number;
	readonly run_folder: string;
	readonly flowcell_id: string;
	readonly instrument_name: string;
	/** Metric to stored quantity (background-and-ops.md §2.5). */
	readonly quantities: Record<string, unknown> | null;
}

/** An experiment with what the head and the tabs of its page depend on. */
export interface ExperimentPageRow extends Selectable<Experiment> {
	readonly operator_name: string;
	readonly sequencer_name: string;
	readonly num_pools: number;
	readonly num_libraries: number;
	readonly num_read_counts: number;
	readonly has_lane_pooling_table: boolean;
	readonly has_loading_checklist: boolean;
	readonly run: MatchedRun | null;
}

const hasFile = (typeId: number) =>
	sql<boolean>`EXISTS (SELECT FROM media_file f WHERE f.experiment_id = e.id AND f.type_id = ${typeId})`;

/** The experiment, or null. */
export async function findExperimentPage(reader: Reader, id: number): Promise<ExperimentPageRow | null> {
	const { rows } = await sql<ExperimentPageRow>`
		SELECT e.*, u.first_name || ' ' || u.last_name AS operator_name, q.name AS sequencer_name,
			(SELECT count(*)::int FROM pool p WHERE p.experiment_id = e.id) AS num_pools,
			(SELECT count(*)::int FROM library l WHERE l.experiment_id = e.id) AS num_libraries,
			(SELECT count(*)::int FROM seq_quality n WHERE n.experiment_id = e.id) AS num_read_counts,
			${hasFile(MediaFileType.LANE_POOLING_TABLE.id)} AS has_lane_pooling_table,
			${hasFile(MediaFileType.SEQUENCER_LOADING_CHECKLIST.id)} AS has_loading_checklist,
			CASE WHEN r.id IS NOT NULL THEN to_jsonb(r) END AS run
		FROM experiment e
		JOIN lims_user u ON u.id = e.operator_id
		JOIN sequencer q ON q.id = e.sequencer_id
		LEFT JOIN seq_run r ON r.experiment_name = e.name
		WHERE e.id = ${id}`.execute(reader);
	return rows[0] ?? null;
}

/** A pool on an experiment. */
export interface ExperimentPoolRow {
	readonly id: number;
	readonly name: string;
	readonly clone_number: number;
	readonly status_id: number;
	readonly type_id: number;
	/** bp */
	readonly avg_fragment_size: number | null;
	/** ng/µL */
	readonly qubit_concentration: number | null;
	readonly ba_report_id: number | null;
	/** Million reads. */
	readonly num_m_reads_requested: number | null;
	readonly num_libraries: number;
	readonly library_type_ids: number[];
}

/** Pools of an experiment by id. */
export async function listExperimentPools(reader: Reader, experimentId: number): Promise<ExperimentPoolRow[]> {
	const { rows } = await sql<ExperimentPoolRow>`
		SELECT p.id, p.name, p.clone_number, p.status_id, p.type_id, p.avg_fragment_size, p.qubit_concentration, p.ba_report_id,
			p.num_m_reads_requested, count(l.id)::int AS num_libraries,
			COALESCE(array_agg(DISTINCT l.type_id ORDER BY l.type_id) FILTER (WHERE l.id IS NOT NULL), '{}') AS library_type_ids
		FROM pool p LEFT JOIN library l ON l.pool_id = p.id
		WHERE p.experiment_id = ${experimentId} GROUP BY p.id ORDER BY p.id`.execute(reader);
	return rows;
}

/** A lane with the pools on it. */
export interface ExperimentLaneRow extends Selectable<Lane> {
	readonly links: { readonly pool_id: number; readonly num_m_reads: number | null }[];
}

/** Lanes of an experiment by number. */
export async function listExperimentLanes(reader: Reader, experimentId: number): Promise<ExperimentLaneRow[]> {
	const { rows } = await sql<ExperimentLaneRow>`
		SELECT n.*, COALESCE((SELECT json_agg(json_build_object('pool_id', k.pool_id, 'num_m_reads', k.num_m_reads) ORDER BY k.pool_id)
			FROM lane_pool_link k WHERE k.lane_id = n.id), '[]') AS links
		FROM lane n WHERE n.experiment_id = ${experimentId} ORDER BY n.number`.execute(reader);
	return rows;
}

/** Most pools that are offered at once. */
const SELECTABLE_POOLS_LIMIT = 1000;

/** A pool that can be put on an experiment. */
export interface SelectablePoolRow {
	readonly id: number;
	readonly name: string;
	readonly num_libraries: number;
	/** Million reads. */
	readonly num_m_reads_requested: number | null;
}

/** STORED pools that are on no experiment, newest first (lab-workflows.md §3.2). */
export async function listSelectablePools(reader: Reader): Promise<SelectablePoolRow[]> {
	const { rows } = await sql<SelectablePoolRow>`
		SELECT p.id, p.name, p.num_m_reads_requested, (SELECT count(*)::int FROM library l WHERE l.pool_id = p.id) AS num_libraries
		FROM pool p WHERE p.experiment_id IS NULL AND p.status_id = ${PoolStatus.STORED.id}
		ORDER BY p.id DESC LIMIT ${SELECTABLE_POOLS_LIMIT}`.execute(reader);
	return rows;
}

/** Reads of one library (or of none) in one lane. */
export interface ReadCountRow {
	/** Null = undetermined. */
	readonly library_id: number | null;
	readonly library_name: string | null;
	readonly lane: number;
	readonly num_reads: number;
}

/** Read counts of an experiment by library and lane. */
export async function listReadCounts(reader: Reader, experimentId: number): Promise<ReadCountRow[]> {
	const { rows } = await sql<ReadCountRow>`
		SELECT n.library_id, l.name AS library_name, n.lane, n.num_reads
		FROM seq_quality n LEFT JOIN library l ON l.id = n.library_id
		WHERE n.experiment_id = ${experimentId} ORDER BY n.library_id NULLS LAST, n.lane`.execute(reader);
	return rows;
}

/** Reads of a pool against what was planned. */
export interface PoolReadsRow {
	readonly id: number;
	readonly name: string;
	readonly num_reads: number | null;
	/** Sum over its lanes; null = nothing planned. */
	readonly planned_m_reads: number | null;
	readonly requested_m_reads: number | null;
}

/** Sequenced and planned reads of the pools of an experiment, those without reads included (lab-workflows.md §18.3). */
export async function listPoolReads(reader: Reader, experimentId: number): Promise<PoolReadsRow[]> {
	const { rows } = await sql<PoolReadsRow>`
		SELECT p.id, p.name, p.num_m_reads_requested AS requested_m_reads,
			(SELECT sum(n.num_reads) FROM seq_quality n JOIN library l ON l.id = n.library_id
				WHERE n.experiment_id = ${experimentId} AND l.pool_id = p.id) AS num_reads,
			(SELECT sum(k.num_m_reads) FROM lane_pool_link k WHERE k.experiment_id = ${experimentId} AND k.pool_id = p.id) AS planned_m_reads
		FROM pool p WHERE p.experiment_id = ${experimentId} ORDER BY num_reads DESC NULLS LAST, p.id`.execute(reader);
	return rows;
}

/** An instrument. */
export interface SequencerRow {
	readonly id: number;
	readonly name: string;
	/** Catalog sequencerModel. */
	readonly model_id: number;
	readonly ip: string | null;
	readonly num_experiments: number;
}

/** All instruments by name. */
export async function listSequencers(reader: Reader): Promise<SequencerRow[]> {
	const { rows } = await sql<SequencerRow>`SELECT s.id, s.name, s.model_id, s.ip,
			(SELECT count(*)::int FROM experiment e WHERE e.sequencer_id = s.id) AS num_experiments
		FROM sequencer s ORDER BY s.name`.execute(reader);
	return rows;
}

/** Somebody who may operate a sequencer. */
export interface OperatorRow {
	readonly id: number;
	readonly name: string;
}

/** Active staff by name. */
export async function listOperators(reader: Reader): Promise<OperatorRow[]> {
	const staff = Object.values(UserRole)
		.filter((role) => role.insider)
		.map((role) => role.id);
	const { rows } = await sql<OperatorRow>`SELECT id, first_name || ' ' || last_name AS name FROM lims_user
		WHERE role_id = ANY(${staff}::int[]) ORDER BY last_name, first_name, id`.execute(reader);
	return rows;
}
