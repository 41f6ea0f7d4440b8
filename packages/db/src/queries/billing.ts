// What the billing export and its selection read (requests-and-annotation.md §12). For staff; every function is one statement.
import { sql } from "kysely";
import type { Reader } from "../transaction.ts";

/** Most experiments that are offered at once. */
export const BILLABLE_EXPERIMENTS_LIMIT = 500;

/** An experiment as the selection shows it. */
export interface BillableExperimentRow {
	readonly id: number;
	readonly name: string;
	/** Catalog experimentStatus. */
	readonly status_id: number;
	/** Catalog experimentWorkflow. */
	readonly workflow_id: number;
	readonly num_pools: number;
	readonly timestamp_created_utc: Date;
}

/** The newest experiments. */
export async function listBillableExperiments(reader: Reader): Promise<BillableExperimentRow[]> {
	const { rows } = await sql<BillableExperimentRow>`
		SELECT e.id, e.name, e.status_id, e.workflow_id, e.timestamp_created_utc,
			(SELECT count(*)::int FROM pool p WHERE p.experiment_id = e.id) AS num_pools
		FROM experiment e ORDER BY e.id DESC LIMIT ${BILLABLE_EXPERIMENTS_LIMIT}`.execute(reader);
	return rows;
}

/** An experiment of the export, with its lanes and what was loaded. */
export interface BillingExperimentRow {
	readonly id: number;
	readonly name: string;
	readonly workflow_id: number;
	readonly r1_cycles: number | null;
	readonly i1_cycles: number | null;
	readonly i2_cycles: number | null;
	readonly r2_cycles: number | null;
	readonly timestamp_finished_utc: Date | null;
	readonly lane_numbers: number[];
	readonly links: { readonly laneNumber: number; readonly poolId: number; readonly mReads: number | null }[];
}

/** The chosen experiments. */
export async function listBillingExperiments(reader: Reader, ids: readonly number[]): Promise<BillingExperimentRow[]> {
	const { rows } = await sql<BillingExperimentRow>`
		SELECT e.id, e.name, e.workflow_id, e.r1_cycles, e.i1_cycles, e.i2_cycles, e.r2_cycles, e.timestamp_finished_utc,
			ARRAY(SELECT n.number FROM lane n WHERE n.experiment_id = e.id ORDER BY n.number) AS lane_numbers,
			COALESCE((SELECT json_agg(json_build_object('laneNumber', k.lane_num, 'poolId', k.pool_id, 'mReads', k.num_m_reads)
				ORDER BY k.lane_num, k.pool_id) FROM lane_pool_link k WHERE k.experiment_id = e.id), '[]') AS links
		FROM experiment e WHERE e.id = ANY(${[...ids]}::int[])`.execute(reader);
	return rows;
}

/** A pool of the export. */
export interface BillingPoolRow {
	readonly id: number;
	readonly name: string;
	readonly experiment_id: number;
	/** Catalog poolType. */
	readonly type_id: number;
	readonly num_m_reads_requested: number | null;
	readonly seq_request_id: number | null;
	readonly contact_name: string;
	readonly contact_email: string | null;
	readonly num_libraries: number;
	readonly protocol_names: string[];
	readonly library_request_ids: number[];
	readonly prep_name: string | null;
	readonly prep_service_type_id: number | null;
	readonly prep_checklist_type_id: number | null;
}

/** Pools of the chosen experiments, by id. */
export async function listBillingPools(reader: Reader, experimentIds: readonly number[]): Promise<BillingPoolRow[]> {
	const { rows } = await sql<BillingPoolRow>`
		SELECT p.id, p.name, p.experiment_id, p.type_id, p.num_m_reads_requested, p.seq_request_id, c.name AS contact_name,
			c.email AS contact_email, count(l.id)::int AS num_libraries,
			COALESCE(array_agg(DISTINCT t.name) FILTER (WHERE t.id IS NOT NULL), '{}') AS protocol_names,
			COALESCE(array_agg(DISTINCT l.seq_request_id) FILTER (WHERE l.id IS NOT NULL), '{}') AS library_request_ids,
			prep.name AS prep_name, prep.service_type_id AS prep_service_type_id, prep.checklist_type_id AS prep_checklist_type_id
		FROM pool p JOIN contact c ON c.id = p.contact_id LEFT JOIN lab_prep prep ON prep.id = p.lab_prep_id
		LEFT JOIN library l ON l.pool_id = p.id LEFT JOIN protocol t ON t.id = l.protocol_id
		WHERE p.experiment_id = ANY(${[...experimentIds]}::int[])
		GROUP BY p.id, c.id, prep.id ORDER BY p.id`.execute(reader);
	return rows;
}

/** Whom a request is billed to. */
export interface BillingRequestRow {
	readonly id: number;
	readonly group_name: string | null;
	readonly contact_name: string;
	readonly contact_email: string | null;
	readonly billing_name: string;
	readonly billing_email: string | null;
	readonly billing_code: string | null;
}

/** These requests. */
export async function listBillingRequests(reader: Reader, ids: readonly number[]): Promise<BillingRequestRow[]> {
	const { rows } = await sql<BillingRequestRow>`
		SELECT r.id, g.name AS group_name, c.name AS contact_name, c.email AS contact_email, b.name AS billing_name,
			b.email AS billing_email, r.billing_code
		FROM seq_request r JOIN contact c ON c.id = r.contact_person_id JOIN contact b ON b.id = r.billing_contact_id
		LEFT JOIN "group" g ON g.id = r.group_id WHERE r.id = ANY(${[...ids]}::int[])`.execute(reader);
	return rows;
}
