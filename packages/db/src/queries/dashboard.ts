import { ExperimentStatus, LibraryStatus, PoolStatus, ProjectStatus, paging, SeqRequestStatus } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import { type Viewer, visibleProjects, visibleRequests } from "../access.ts";
import type { Reader } from "../transaction.ts";
import type { Assignee } from "./seq-requests.ts";

/** Requests on which the facility works: access-and-web.md §9.1. */
const attentionStatusIds = [
	SeqRequestStatus.SUBMITTED.id,
	SeqRequestStatus.ACCEPTED.id,
	SeqRequestStatus.SAMPLES_RECEIVED.id,
	SeqRequestStatus.PREPARED.id,
	SeqRequestStatus.DATA_PROCESSING.id,
];

/** A request as a card of the dashboard. */
export interface DashboardRequest {
	readonly id: number;
	readonly name: string;
	readonly status_id: number;
	readonly submission_type_id: number;
	readonly timestamp_submitted_utc: Date | null;
	readonly requestor_name: string;
	readonly num_libraries: number;
	readonly assignees: Assignee[];
}

const requestColumns = sql`r.id, r.name, r.status_id, r.submission_type_id, r.timestamp_submitted_utc,
	(SELECT u.first_name || ' ' || u.last_name FROM lims_user u WHERE u.id = r.requestor_id) AS requestor_name,
	(SELECT count(*)::int FROM library l WHERE l.seq_request_id = r.id) AS num_libraries,
	COALESCE((SELECT json_agg(json_build_object('id', u.id, 'name', u.first_name || ' ' || u.last_name) ORDER BY u.id)
		FROM seq_request_assignee_link a JOIN lims_user u ON u.id = a.user_id WHERE a.seq_request_id = r.id), '[]') AS assignees`;

/** Requests that wait for staff: by status, then newest submission. */
export async function listAttentionRequests(reader: Reader): Promise<DashboardRequest[]> {
	const { rows } = await sql<DashboardRequest>`
		SELECT ${requestColumns} FROM seq_request r WHERE r.status_id = ANY(${attentionStatusIds}::int[])
		ORDER BY r.status_id, r.timestamp_submitted_utc DESC NULLS LAST, r.id DESC LIMIT ${paging.dashboard}`.execute(reader);
	return rows;
}

/** Requests that the viewer owns or shares by a group: newest submission first, then drafts, put-aside ones left out. */
export async function listRecentRequests(reader: Reader, viewer: Viewer): Promise<DashboardRequest[]> {
	const { rows } = await sql<DashboardRequest>`
		SELECT ${requestColumns} FROM seq_request r
		WHERE ${visibleRequests(viewer, "r")} AND r.status_id <> ${SeqRequestStatus.ARCHIVED.id}
		ORDER BY r.timestamp_submitted_utc DESC NULLS LAST, r.id DESC LIMIT ${paging.dashboard}`.execute(reader);
	return rows;
}

/** A project as a card of the dashboard. */
export interface DashboardProject {
	readonly id: number;
	readonly identifier: string | null;
	readonly title: string;
	readonly status_id: number;
	readonly timestamp_created_utc: Date;
	readonly owner_name: string;
	readonly group_name: string | null;
	readonly num_samples: number;
}

/** Projects that the viewer owns or shares by a group, newest first. */
export async function listRecentProjects(reader: Reader, viewer: Viewer): Promise<DashboardProject[]> {
	const { rows } = await sql<DashboardProject>`
		SELECT p.id, p.identifier, p.title, p.status_id, p.timestamp_created_utc,
			(SELECT u.first_name || ' ' || u.last_name FROM lims_user u WHERE u.id = p.owner_id) AS owner_name,
			(SELECT g.name FROM "group" g WHERE g.id = p.group_id) AS group_name,
			(SELECT count(*)::int FROM sample s WHERE s.project_id = p.id) AS num_samples
		FROM project p WHERE ${visibleProjects(viewer, "p")} ORDER BY p.id DESC LIMIT ${paging.dashboard}`.execute(reader);
	return rows;
}

/** An experiment as a card of the dashboard. */
export interface DashboardExperiment {
	readonly id: number;
	readonly name: string;
	readonly status_id: number;
	readonly timestamp_created_utc: Date;
	readonly operator_name: string;
}

/** Experiments under way, by name descending. */
export async function listOpenExperiments(reader: Reader): Promise<DashboardExperiment[]> {
	const statusIds = [
		ExperimentStatus.DRAFT.id,
		ExperimentStatus.LOADED.id,
		ExperimentStatus.SEQUENCING.id,
		ExperimentStatus.SEQUENCED.id,
	];
	const { rows } = await sql<DashboardExperiment>`
		SELECT e.id, e.name, e.status_id, e.timestamp_created_utc,
			(SELECT u.first_name || ' ' || u.last_name FROM lims_user u WHERE u.id = e.operator_id) AS operator_name
		FROM experiment e WHERE e.status_id = ANY(${statusIds}::int[]) ORDER BY e.name DESC LIMIT ${paging.dashboard}`.execute(
		reader,
	);
	return rows;
}

/** A pool as a card of the dashboard. */
export interface DashboardPool {
	readonly id: number;
	readonly name: string;
	readonly status_id: number;
	readonly has_ba_report: boolean;
	readonly has_concentration: boolean;
	readonly experiment_name: string | null;
	readonly owner_name: string;
}

/** Pools that are to be received, measured or sequenced, newest first. */
export async function listOpenPools(reader: Reader): Promise<DashboardPool[]> {
	const { rows } = await sql<DashboardPool>`
		SELECT p.id, p.name, p.status_id, p.ba_report_id IS NOT NULL AS has_ba_report,
			p.qubit_concentration IS NOT NULL AS has_concentration, e.name AS experiment_name,
			(SELECT u.first_name || ' ' || u.last_name FROM lims_user u WHERE u.id = p.owner_id) AS owner_name
		FROM pool p LEFT JOIN experiment e ON e.id = p.experiment_id
		WHERE p.status_id = ANY(${[PoolStatus.ACCEPTED.id, PoolStatus.STORED.id]}::int[])
		ORDER BY p.id DESC LIMIT ${paging.dashboard}`.execute(reader);
	return rows;
}

/** What there is to do, in numbers. */
export interface DashboardCounts {
	readonly submitted_requests: number;
	readonly unassigned_requests: number;
	readonly waiting_libraries: number;
	readonly open_projects: number;
}

/** Numbers at the top of the dashboard of staff, in one statement. */
export async function countOpenWork(reader: Reader): Promise<DashboardCounts> {
	const { rows } = await sql<DashboardCounts>`SELECT
		(SELECT count(*)::int FROM seq_request r WHERE r.status_id = ${SeqRequestStatus.SUBMITTED.id}) AS submitted_requests,
		(SELECT count(*)::int FROM seq_request r WHERE r.status_id = ANY(${attentionStatusIds}::int[])
			AND NOT EXISTS (SELECT 1 FROM seq_request_assignee_link a WHERE a.seq_request_id = r.id)) AS unassigned_requests,
		(SELECT count(*)::int FROM library l
			WHERE l.status_id = ANY(${[LibraryStatus.ACCEPTED.id, LibraryStatus.PREPARING.id, LibraryStatus.STORED.id]}::int[])) AS waiting_libraries,
		(SELECT count(*)::int FROM project p
			WHERE p.status_id = ANY(${[ProjectStatus.PROCESSING.id, ProjectStatus.SEQUENCED.id]}::int[])) AS open_projects`.execute(
		reader,
	);
	return rows[0] ?? { submitted_requests: 0, unassigned_requests: 0, waiting_libraries: 0, open_projects: 0 };
}
