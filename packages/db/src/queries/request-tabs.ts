// What the tabs of a request show: one statement each.
import { sql } from "kysely";
import { libraryLevel, projectLevel, sampleLevel, type Viewer } from "../access.ts";
import type { Reader } from "../transaction.ts";
import { indicesOfLibrary, type LibraryIndexValue } from "./libraries.ts";

/** A sample in a library of a request, with the viewer's levels for links. */
export interface RequestFlowDbRow {
	readonly library_id: number;
	readonly type_id: number;
	readonly sample_id: number | null;
	readonly sample_name: string | null;
	readonly sample_level: number;
	readonly project_id: number | null;
	readonly project_label: string | null;
	readonly project_level: number;
	readonly pool_id: number | null;
	readonly pool_name: string | null;
	readonly pool_type_id: number | null;
}

/** Projects, samples, libraries and pools of a request with what connects them, in the order of their ids. */
export async function listRequestFlow(reader: Reader, viewer: Viewer, requestId: number): Promise<RequestFlowDbRow[]> {
	const { rows } = await sql<RequestFlowDbRow>`
		SELECT l.id AS library_id, l.type_id, s.id AS sample_id, s.name AS sample_name, p.id AS project_id,
			COALESCE(p.identifier, 'P' || p.id) || ' ' || p.title AS project_label, o.id AS pool_id, o.name AS pool_name, o.type_id AS pool_type_id,
			${sampleLevel(viewer, "s")} AS sample_level, ${projectLevel(viewer, "p")} AS project_level
		FROM library l LEFT JOIN sample_library_link k ON k.library_id = l.id LEFT JOIN sample s ON s.id = k.sample_id
		LEFT JOIN project p ON p.id = s.project_id LEFT JOIN pool o ON o.id = l.pool_id
		WHERE l.seq_request_id = ${requestId} ORDER BY p.id, s.id, l.id`.execute(reader);
	return rows;
}

/** An unfinished run of a workflow about a request. */
export interface RequestRunRow {
	readonly uuid: string;
	/** Name of the workflow. */
	readonly workflow: string;
	readonly user_id: number;
	readonly user_name: string;
	/** Name of the step at which it stands; null before the first. */
	readonly step: string | null;
	readonly created_utc: Date;
	readonly changed_utc: Date;
}

/** Unfinished runs about a request, the one changed last first. */
export async function listRequestRuns(reader: Reader, requestId: number): Promise<RequestRunRow[]> {
	const { rows } = await sql<RequestRunRow>`
		SELECT w.uuid, w.workflow, w.user_id, u.first_name || ' ' || u.last_name AS user_name, w.state -> 'history' -> -1 ->> 'step' AS step,
			w.created_utc, w.changed_utc
		FROM workflow_run w JOIN lims_user u ON u.id = w.user_id
		WHERE w.object_type = 'seq_request' AND w.object_id = ${requestId} ORDER BY w.changed_utc DESC, w.uuid`.execute(reader);
	return rows;
}

/** A library with its samples as the review shows it. */
export interface ReviewLibrary {
	readonly id: number;
	readonly name: string;
	readonly sample_name: string;
	readonly type_id: number;
	readonly mux_type_id: number | null;
	readonly nuclei_isolation: boolean;
	readonly pool_name: string | null;
	readonly access_level: number;
	readonly indices: readonly LibraryIndexValue[];
	readonly samples: readonly {
		readonly id: number;
		readonly name: string;
		readonly project: string;
		readonly mux: Readonly<Record<string, string | null>> | null;
		readonly attributes: Readonly<Record<string, { readonly value: string }>> | null;
	}[];
}

/** Libraries of a request with samples, attributes, multiplexing and indices, in one statement. */
export async function listReviewLibraries(reader: Reader, viewer: Viewer, requestId: number): Promise<ReviewLibrary[]> {
	const { rows } = await sql<ReviewLibrary>`
		SELECT l.id, l.name, l.sample_name, l.type_id, l.mux_type_id, l.nuclei_isolation, o.name AS pool_name,
			${libraryLevel(viewer, "l")} AS access_level,
			${indicesOfLibrary("l.id")} AS indices,
			COALESCE((SELECT jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'project', COALESCE(p.identifier, 'P' || p.id),
				'mux', k.mux, 'attributes', s.attributes) ORDER BY s.id)
				FROM sample_library_link k JOIN sample s ON s.id = k.sample_id JOIN project p ON p.id = s.project_id
				WHERE k.library_id = l.id), '[]') AS samples
		FROM library l LEFT JOIN pool o ON o.id = l.pool_id WHERE l.seq_request_id = ${requestId} ORDER BY l.id`.execute(reader);
	return rows;
}
