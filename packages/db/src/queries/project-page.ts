import { sql } from "kysely";
import { projectLevel, type Viewer } from "../access.ts";
import type { Reader } from "../transaction.ts";

/** A project with all that the head and the metadata of its page show, and the viewer's level to it. */
export interface ProjectPageRow {
	readonly id: number;
	readonly identifier: string | null;
	readonly title: string;
	readonly description: string | null;
	readonly status_id: number;
	readonly timestamp_created_utc: Date;
	readonly owner_id: number;
	readonly owner_name: string;
	readonly owner_email: string;
	readonly group_id: number | null;
	readonly group_name: string | null;
	readonly num_samples: number;
	readonly num_requests: number;
	readonly num_data_paths: number;
	readonly num_assignees: number;
	readonly share_token_id: number | null;
	readonly access_level: number;
}

/** Loads a project for its page: object, counts and access in one statement. */
export async function findProjectPage(reader: Reader, viewer: Viewer, id: number): Promise<ProjectPageRow | undefined> {
	const { rows } = await sql<ProjectPageRow>`
		SELECT p.id, p.identifier, p.title, p.description, p.status_id, p.timestamp_created_utc, p.owner_id,
			u.first_name || ' ' || u.last_name AS owner_name, u.email AS owner_email, p.group_id, g.name AS group_name, p.share_token_id,
			(SELECT count(*)::int FROM sample s WHERE s.project_id = p.id) AS num_samples,
			(SELECT count(DISTINCT l.seq_request_id)::int FROM sample s JOIN sample_library_link k ON k.sample_id = s.id
				JOIN library l ON l.id = k.library_id WHERE s.project_id = p.id) AS num_requests,
			(SELECT count(*)::int FROM data_path d WHERE d.project_id = p.id) AS num_data_paths,
			(SELECT count(*)::int FROM project_assignee_link a WHERE a.project_id = p.id) AS num_assignees,
			${projectLevel(viewer, "p")} AS access_level
		FROM project p JOIN lims_user u ON u.id = p.owner_id LEFT JOIN "group" g ON g.id = p.group_id
		WHERE p.id = ${id}`.execute(reader);
	return rows[0];
}

/** The link of a project that was sent last. */
export interface ProjectShareRow {
	readonly id: number;
	/** Encrypted token; null for a link whose token was never kept. */
	readonly token_sealed: string | null;
	/** Revoked. */
	readonly expired: boolean;
	readonly expires: Date;
	readonly owner_id: number;
	readonly owner_name: string;
	readonly num_paths: number;
}

/** The link of a project that was sent last, valid or not. */
export async function findProjectShare(reader: Reader, projectId: number): Promise<ProjectShareRow | undefined> {
	const { rows } = await sql<ProjectShareRow>`
		SELECT t.id, t.token_sealed, t.expired, t.created_utc + make_interval(mins => t.time_valid_min) AS expires, t.owner_id,
			u.first_name || ' ' || u.last_name AS owner_name,
			(SELECT count(*)::int FROM share_path s WHERE s.share_token_id = t.id) AS num_paths
		FROM project p JOIN share_token t ON t.id = p.share_token_id JOIN lims_user u ON u.id = t.owner_id
		WHERE p.id = ${projectId}`.execute(reader);
	return rows[0];
}

/** A delivery address of a request with libraries of the project. */
export interface ProjectDeliveryRow {
	readonly seq_request_id: number;
	readonly request_name: string;
	readonly email: string;
	/** Catalog deliveryStatus. */
	readonly status_id: number;
}

/** Delivery addresses of all requests of a project, newest request first. */
export async function listProjectDeliveries(reader: Reader, projectId: number): Promise<ProjectDeliveryRow[]> {
	const { rows } = await sql<ProjectDeliveryRow>`
		SELECT d.seq_request_id, r.name AS request_name, d.email, d.status_id
		FROM seq_request_delivery_email_link d JOIN seq_request r ON r.id = d.seq_request_id
		WHERE r.id IN (SELECT l.seq_request_id FROM sample s JOIN sample_library_link k ON k.sample_id = s.id
			JOIN library l ON l.id = k.library_id WHERE s.project_id = ${projectId})
		ORDER BY d.seq_request_id DESC, d.email`.execute(reader);
	return rows;
}
