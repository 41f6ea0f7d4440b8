// What waits for delivery: the selection of "store samples" (lab-workflows.md §3.2, §5). For staff.
import { LibraryStatus, PoolStatus, SampleStatus } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import type { Reader } from "../transaction.ts";

/** Most rows of a kind that are offered at once. */
export const WAITING_MATERIAL_LIMIT = 1000;

/** A sample, library or pool that has not arrived yet. */
export interface WaitingMaterialRow {
	readonly id: number;
	readonly name: string;
	readonly status_id: number;
	/** Request that brings it; a sample of several requests has the oldest. Null for what no request brings. */
	readonly seq_request_id: number | null;
	readonly seq_request_name: string | null;
	/** Catalog libraryType of the libraries, each once. */
	readonly library_type_ids: number[];
}

/** What waits, by kind, oldest first, at most {@link WAITING_MATERIAL_LIMIT} each. */
export interface WaitingMaterial {
	readonly samples: WaitingMaterialRow[];
	readonly libraries: WaitingMaterialRow[];
	readonly pools: WaitingMaterialRow[];
}

/** The request for which material is stored. */
export interface StoringRequest {
	readonly id: number;
	readonly name: string;
	/** Catalog submissionType. */
	readonly submission_type_id: number;
}

/** The request, or null. */
export async function findStoringRequest(reader: Reader, id: number): Promise<StoringRequest | null> {
	const { rows } = await sql<StoringRequest>`SELECT id, name, submission_type_id FROM seq_request WHERE id = ${id}`.execute(
		reader,
	);
	return rows[0] ?? null;
}

/**
 * Samples that are WAITING_DELIVERY, libraries and pools that are ACCEPTED; three statements.
 * @param seqRequestId limits to material of this request; null = of all
 */
export async function listWaitingMaterial(reader: Reader, seqRequestId: number | null): Promise<WaitingMaterial> {
	const samples = await sql<WaitingMaterialRow>`
		SELECT s.id, s.name, s.status_id, r.id AS seq_request_id, r.name AS seq_request_name, x.library_type_ids
		FROM sample s
		CROSS JOIN LATERAL (SELECT min(l.seq_request_id) AS seq_request_id, COALESCE(array_agg(DISTINCT l.type_id ORDER BY l.type_id), '{}') AS library_type_ids
			FROM sample_library_link k JOIN library l ON l.id = k.library_id WHERE k.sample_id = s.id
				AND (${seqRequestId}::int IS NULL OR l.seq_request_id = ${seqRequestId})) x
		LEFT JOIN seq_request r ON r.id = x.seq_request_id
		WHERE s.status_id = ${SampleStatus.WAITING_DELIVERY.id}
			AND (${seqRequestId}::int IS NULL OR s.id IN (SELECT k.sample_id FROM sample_library_link k
				JOIN library l ON l.id = k.library_id WHERE l.seq_request_id = ${seqRequestId}))
		ORDER BY s.id LIMIT ${WAITING_MATERIAL_LIMIT}`.execute(reader);
	const libraries = await sql<WaitingMaterialRow>`
		SELECT l.id, l.name, l.status_id, r.id AS seq_request_id, r.name AS seq_request_name, ARRAY[l.type_id] AS library_type_ids
		FROM library l JOIN seq_request r ON r.id = l.seq_request_id
		WHERE l.status_id = ${LibraryStatus.ACCEPTED.id} AND (${seqRequestId}::int IS NULL OR l.seq_request_id = ${seqRequestId})
		ORDER BY l.id LIMIT ${WAITING_MATERIAL_LIMIT}`.execute(reader);
	const pools = await sql<WaitingMaterialRow>`
		SELECT p.id, p.name, p.status_id, r.id AS seq_request_id, r.name AS seq_request_name,
			ARRAY(SELECT DISTINCT l.type_id FROM library l WHERE l.pool_id = p.id ORDER BY l.type_id) AS library_type_ids
		FROM pool p LEFT JOIN seq_request r ON r.id = p.seq_request_id
		WHERE p.status_id = ${PoolStatus.ACCEPTED.id} AND (${seqRequestId}::int IS NULL OR p.seq_request_id = ${seqRequestId})
		ORDER BY p.id LIMIT ${WAITING_MATERIAL_LIMIT}`.execute(reader);
	return { samples: samples.rows, libraries: libraries.rows, pools: pools.rows };
}

/** Ids of material by kind. */
export interface MaterialIds {
	readonly sampleIds: readonly number[];
	readonly libraryIds: readonly number[];
	readonly poolIds: readonly number[];
}

/** Whether all of it belongs to the request, whatever its status. */
export async function isMaterialOfRequest(reader: Reader, seqRequestId: number, ids: MaterialIds): Promise<boolean> {
	const { rows } = await sql<{ is_foreign: boolean }>`
		SELECT EXISTS (SELECT FROM unnest(${[...ids.sampleIds]}::int[]) AS m (id) WHERE NOT EXISTS (SELECT FROM sample_library_link k
				JOIN library l ON l.id = k.library_id WHERE k.sample_id = m.id AND l.seq_request_id = ${seqRequestId}))
			OR EXISTS (SELECT FROM unnest(${[...ids.libraryIds]}::int[]) AS m (id)
				WHERE NOT EXISTS (SELECT FROM library l WHERE l.id = m.id AND l.seq_request_id = ${seqRequestId}))
			OR EXISTS (SELECT FROM unnest(${[...ids.poolIds]}::int[]) AS m (id)
				WHERE NOT EXISTS (SELECT FROM pool p WHERE p.id = m.id AND p.seq_request_id = ${seqRequestId})) AS is_foreign`.execute(
		reader,
	);
	return rows[0]?.is_foreign === false;
}
