import { BarcodeOrientation } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import { projectLevel, requestLevel, sampleLevel, type Viewer } from "../access.ts";
import type { Reader } from "../transaction.ts";

/** A contact as stored. */
export interface ContactRow {
	readonly name: string;
	readonly email: string | null;
	readonly phone: string | null;
	readonly address: string | null;
}

/** A request with all that the head and the metadata of its page show, and the viewer's level to it. */
export interface RequestPageRow {
	readonly id: number;
	readonly name: string;
	readonly description: string | null;
	readonly special_requirements: string | null;
	readonly billing_code: string | null;
	readonly data_delivery_mode_id: number;
	readonly read_type_id: number;
	readonly submission_type_id: number;
	readonly status_id: number;
	readonly timestamp_submitted_utc: Date | null;
	readonly timestamp_finished_utc: Date | null;
	readonly read_length: number | null;
	readonly num_lanes: number | null;
	readonly review_checklist: Record<string, boolean> | null;
	readonly requestor_id: number;
	readonly requestor_name: string;
	readonly requestor_email: string;
	readonly requestor_role_id: number;
	readonly group_id: number | null;
	readonly group_name: string | null;
	readonly contact_person: ContactRow;
	readonly billing_contact: ContactRow;
	readonly organization_contact: ContactRow;
	readonly bioinformatician_contact: ContactRow | null;
	readonly principal_investigator_contact: ContactRow | null;
	readonly submission_time: Date | null;
	readonly num_libraries: number;
	readonly num_samples: number;
	readonly num_pools: number;
	readonly num_projects: number;
	readonly num_files: number;
	readonly num_comments: number;
	readonly num_delivery_emails: number;
	readonly num_assignees: number;
	readonly num_data_paths: number;
	/** Unfinished runs of workflows about it. */
	readonly num_runs: number;
	/** Kinds of multiplexed libraries that it has. */
	readonly mux_libraries: { typeId: number; muxTypeId: number }[];
	/** There are indices, and every one is from a kit or of known, forward orientation. */
	readonly are_indices_forward: boolean;
	readonly authorization_form_id: number | null;
	/** Number of libraries by library type id. */
	readonly library_type_counts: { typeId: number; count: number }[];
	readonly access_level: number;
}

/** Loads a request for its page: object, counts and access in one statement. */
export async function findRequestPage(reader: Reader, viewer: Viewer, id: number): Promise<RequestPageRow | undefined> {
	const { rows } = await sql<RequestPageRow>`
		SELECT r.id, r.name, r.description, r.special_requirements, r.billing_code, r.data_delivery_mode_id, r.read_type_id,
			r.submission_type_id, r.status_id, r.timestamp_submitted_utc, r.timestamp_finished_utc, r.read_length, r.num_lanes,
			r.review_checklist, r.requestor_id, u.first_name || ' ' || u.last_name AS requestor_name, u.email AS requestor_email, u.role_id AS requestor_role_id,
			r.group_id, g.name AS group_name, to_jsonb(cp) AS contact_person, to_jsonb(cb) AS billing_contact,
			to_jsonb(co) AS organization_contact, to_jsonb(ci) AS bioinformatician_contact, to_jsonb(pi) AS principal_investigator_contact,
			e.timestamp_utc AS submission_time,
			(SELECT count(*)::int FROM library l WHERE l.seq_request_id = r.id) AS num_libraries,
			(SELECT count(DISTINCT k.sample_id)::int FROM library l JOIN sample_library_link k ON k.library_id = l.id
				WHERE l.seq_request_id = r.id) AS num_samples,
			(SELECT count(DISTINCT s.project_id)::int FROM library l JOIN sample_library_link k ON k.library_id = l.id
				JOIN sample s ON s.id = k.sample_id WHERE l.seq_request_id = r.id) AS num_projects,
			(SELECT count(*)::int FROM pool p WHERE p.seq_request_id = r.id) AS num_pools,
			(SELECT count(*)::int FROM media_file f WHERE f.seq_request_id = r.id) AS num_files,
			(SELECT count(*)::int FROM comment c WHERE c.seq_request_id = r.id) AS num_comments,
			(SELECT count(*)::int FROM seq_request_delivery_email_link d WHERE d.seq_request_id = r.id) AS num_delivery_emails,
			(SELECT count(*)::int FROM seq_request_assignee_link a WHERE a.seq_request_id = r.id) AS num_assignees,
			(SELECT count(*)::int FROM data_path d WHERE d.seq_request_id = r.id) AS num_data_paths,
			(SELECT count(*)::int FROM workflow_run w WHERE w.object_type = 'seq_request' AND w.object_id = r.id) AS num_runs,
			COALESCE((SELECT jsonb_agg(DISTINCT jsonb_build_object('typeId', l.type_id, 'muxTypeId', l.mux_type_id))
				FROM library l WHERE l.seq_request_id = r.id AND l.mux_type_id IS NOT NULL), '[]') AS mux_libraries,
			COALESCE((SELECT bool_and(COALESCE(i.orientation = ${BarcodeOrientation.FORWARD.id}, false)
					OR (i.index_kit_i7_id IS NOT NULL AND i.name_i7 IS NOT NULL
						AND (i.sequence_i5 IS NULL OR (i.index_kit_i5_id IS NOT NULL AND i.name_i5 IS NOT NULL))))
				FROM library l JOIN library_index i ON i.library_id = l.id WHERE l.seq_request_id = r.id), false) AS are_indices_forward,
			(SELECT f.id FROM media_file f WHERE f.seq_request_id = r.id AND f.type_id = 1 ORDER BY f.id LIMIT 1) AS authorization_form_id,
			COALESCE((SELECT jsonb_agg(jsonb_build_object('typeId', t.type_id, 'count', t.n) ORDER BY t.type_id)
				FROM (SELECT type_id, count(*) AS n FROM library l WHERE l.seq_request_id = r.id GROUP BY type_id) t), '[]') AS library_type_counts,
			${requestLevel(viewer, "r")} AS access_level
		FROM seq_request r
		JOIN lims_user u ON u.id = r.requestor_id
		LEFT JOIN "group" g ON g.id = r.group_id
		JOIN contact cp ON cp.id = r.contact_person_id
		JOIN contact cb ON cb.id = r.billing_contact_id
		JOIN contact co ON co.id = r.organization_contact_id
		LEFT JOIN contact ci ON ci.id = r.bioinformatician_contact_id
		LEFT JOIN contact pi ON pi.id = r.principal_investigator_contact_id
		LEFT JOIN event e ON e.id = r.sample_submission_event_id
		WHERE r.id = ${id}`.execute(reader);
	return rows[0];
}

/** A remark on a request, newest first. */
export interface CommentRow {
	readonly id: number;
	readonly text: string;
	readonly timestamp_utc: Date;
	readonly author_id: number;
	readonly author_name: string;
	readonly author_role_id: number;
}

export async function listRequestComments(reader: Reader, requestId: number): Promise<CommentRow[]> {
	const { rows } = await sql<CommentRow>`SELECT c.id, c.text, c.timestamp_utc, c.author_id,
			u.first_name || ' ' || u.last_name AS author_name, u.role_id AS author_role_id
		FROM comment c JOIN lims_user u ON u.id = c.author_id WHERE c.seq_request_id = ${requestId}
		ORDER BY c.timestamp_utc DESC, c.id DESC`.execute(reader);
	return rows;
}

/** A file attached to a request, newest first. */
export interface RequestFileRow {
	readonly id: number;
	readonly name: string;
	readonly extension: string;
	readonly type_id: number;
	readonly size_bytes: number;
	readonly timestamp_utc: Date;
	readonly uploader_name: string;
}

export async function listRequestFiles(reader: Reader, requestId: number): Promise<RequestFileRow[]> {
	const { rows } = await sql<RequestFileRow>`SELECT f.id, f.name, f.extension, f.type_id, f.size_bytes, f.timestamp_utc,
			u.first_name || ' ' || u.last_name AS uploader_name
		FROM media_file f JOIN lims_user u ON u.id = f.uploader_id WHERE f.seq_request_id = ${requestId}
		ORDER BY f.timestamp_utc DESC, f.id DESC`.execute(reader);
	return rows;
}

/** A sample of a request as its tab shows it. A client may open it only with a level to its project. */
export interface RequestSampleRow {
	readonly id: number;
	readonly name: string;
	readonly status_id: number | null;
	readonly project_id: number;
	readonly project_label: string;
	readonly attributes: Record<string, { value: string }> | null;
	readonly library_type_ids: number[];
	/** Statuses of its libraries in the request: decide whether it may be removed from there. */
	readonly library_status_ids: number[];
	/** Levels of the viewer to the sample and to its project, for links. */
	readonly access_level: number;
	readonly project_access_level: number;
}

/** Samples of the libraries of a request, by id. */
export async function listRequestSamples(reader: Reader, viewer: Viewer, requestId: number): Promise<RequestSampleRow[]> {
	const { rows } = await sql<RequestSampleRow>`SELECT s.id, s.name, s.status_id, s.project_id, s.attributes,
			COALESCE(p.identifier, 'P' || p.id) || ' ' || p.title AS project_label,
			array_agg(DISTINCT l.type_id ORDER BY l.type_id) AS library_type_ids, array_agg(DISTINCT l.status_id) AS library_status_ids,
			${sampleLevel(viewer, "s")} AS access_level, ${projectLevel(viewer, "p")} AS project_access_level
		FROM library l JOIN sample_library_link k ON k.library_id = l.id JOIN sample s ON s.id = k.sample_id
		JOIN project p ON p.id = s.project_id
		WHERE l.seq_request_id = ${requestId} GROUP BY s.id, p.id ORDER BY s.id`.execute(reader);
	return rows;
}

/** An address to which data are announced. */
export interface DeliveryEmailRow {
	readonly email: string;
	readonly status_id: number;
}

export async function listDeliveryEmails(reader: Reader, requestId: number): Promise<DeliveryEmailRow[]> {
	const { rows } = await sql<DeliveryEmailRow>`SELECT email, status_id FROM seq_request_delivery_email_link
		WHERE seq_request_id = ${requestId} ORDER BY email`.execute(reader);
	return rows;
}
