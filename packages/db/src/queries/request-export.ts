import { sql } from "kysely";
import type { Reader } from "../transaction.ts";

/** A row of the frame `get_seq_request_libraries` with indices (background-and-ops.md §7): one per index combination of a library. */
export interface RequestLibraryFrameRow {
	readonly seq_request_id: number;
	readonly library_id: number;
	readonly library_name: string;
	readonly library_type_id: number;
	readonly genome_ref_id: number;
	readonly pool_id: number | null;
	readonly pool_name: string | null;
	readonly sequence_i7: string | null;
	readonly sequence_i5: string | null;
	readonly name_i7: string | null;
	readonly name_i5: string | null;
}

/** Libraries of a request with their indices, by library; those without index or pool are there with blanks. */
export async function listRequestLibraryFrame(reader: Reader, requestId: number): Promise<RequestLibraryFrameRow[]> {
	const { rows } = await sql<RequestLibraryFrameRow>`
		SELECT l.seq_request_id, l.id AS library_id, l.name AS library_name, l.type_id AS library_type_id, l.genome_ref_id,
			l.pool_id, p.name AS pool_name, i.sequence_i7, i.sequence_i5, i.name_i7, i.name_i5
		FROM library l LEFT JOIN pool p ON p.id = l.pool_id LEFT JOIN library_index i ON i.library_id = l.id
		WHERE l.seq_request_id = ${requestId} ORDER BY l.id, i.id`.execute(reader);
	return rows;
}

/** A row of the frame `get_seq_request_features`: one per library and feature. */
export interface RequestFeatureFrameRow {
	readonly library_id: number;
	readonly library_name: string;
	readonly sample_pool: string;
	readonly feature_id: number;
	readonly feature_name: string;
	readonly sequence: string;
	readonly pattern: string;
	readonly read: string;
	readonly type_id: number;
	readonly target_name: string | null;
	readonly target_id: string | null;
}

/** Features annotated in a request, by library and feature. */
export async function listRequestFeatureFrame(reader: Reader, requestId: number): Promise<RequestFeatureFrameRow[]> {
	const { rows } = await sql<RequestFeatureFrameRow>`
		SELECT l.id AS library_id, l.name AS library_name, l.sample_name AS sample_pool, f.id AS feature_id, f.name AS feature_name,
			f.sequence, f.pattern, f.read, f.type_id, f.target_name, f.target_id
		FROM library l JOIN library_feature_link k ON k.library_id = l.id JOIN feature f ON f.id = k.feature_id
		WHERE l.seq_request_id = ${requestId} ORDER BY l.id, f.id`.execute(reader);
	return rows;
}
