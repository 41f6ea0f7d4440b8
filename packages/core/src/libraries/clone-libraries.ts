import type { Tx } from "@opengsync/db/transaction";
import { sql } from "kysely";

/** What becomes of the clones of libraries (data-model.md §6, Cloning). */
export interface CloneOptions {
	/** The same physical libraries: index type, indices and protocol are copied too. */
	readonly withIndices: boolean;
	/** Id of *libraryStatus* of the clones. */
	readonly statusId: number;
	/** Request of the clones; each stays in its own unless given. */
	readonly requestId?: number;
	/** Pools of the clones by id of the original's pool; none unless given. */
	readonly poolIds?: ReadonlyMap<number, number>;
}

/** A clone and what it was made from. */
export interface LibraryClone {
	readonly id: number;
	/** The library that was cloned, itself an original or a clone. */
	readonly sourceId: number;
	readonly name: string;
	readonly cloneNumber: number;
}

/** Locks libraries and their originals in one order: whoever clones the same original waits, and then sees the numbers that were given. */
export async function lockForCloning(tx: Tx, libraryIds: readonly number[]): Promise<void> {
	const ids = [...libraryIds];
	await sql`SELECT 1 FROM library WHERE id = ANY(${ids}::int[])
		OR id IN (SELECT original_library_id FROM library WHERE id = ANY(${ids}::int[])) ORDER BY id FOR UPDATE`.execute(tx);
}

/**
 * Clones libraries: what they are, their samples with the multiplexing, and their features; never pool, prep, experiment, measurements,
 * reads or quality. Numbers count per original, also when several people clone at once. The caller has checked who may do it.
 */
export async function cloneLibraries(tx: Tx, libraryIds: readonly number[], options: CloneOptions): Promise<LibraryClone[]> {
	const ids = [...new Set(libraryIds)];
	await lockForCloning(tx, ids);
	const { rows: numbered } = await sql<{ source_id: number; root_id: number; clone_number: number }>`
		SELECT l.id AS source_id, root.id AS root_id, ((row_number() OVER (PARTITION BY root.id ORDER BY l.id)) +
			(SELECT max(x.clone_number) FROM library x WHERE x.id = root.id OR x.original_library_id = root.id))::int AS clone_number
		FROM library l JOIN library root ON root.id = COALESCE(l.original_library_id, l.id)
		WHERE l.id = ANY(${ids}::int[]) ORDER BY l.id`.execute(tx);
	const { rows: made } = await sql<{ id: number; name: string; original_library_id: number; clone_number: number }>`
		INSERT INTO library (name, sample_name, type_id, owner_id, genome_ref_id, service_type_id, mux_type_id, properties, nuclei_isolation,
			seq_depth_requested, index_type_id, protocol_id, original_library_id, clone_number, status_id, seq_request_id, pool_id)
		SELECT l.name, l.sample_name, l.type_id, l.owner_id, l.genome_ref_id, l.service_type_id, l.mux_type_id, l.properties,
			l.nuclei_isolation, l.seq_depth_requested,
			CASE WHEN ${options.withIndices}::boolean THEN l.index_type_id END, CASE WHEN ${options.withIndices}::boolean THEN l.protocol_id END,
			v.root_id, v.clone_number, ${options.statusId}::smallint, COALESCE(${options.requestId ?? null}::int, l.seq_request_id),
			(SELECT p.clone_id FROM jsonb_to_recordset(${JSON.stringify(poolRows(options.poolIds))}::jsonb) AS p (pool_id int, clone_id int)
				WHERE p.pool_id = l.pool_id)
		FROM jsonb_to_recordset(${JSON.stringify(numbered)}::jsonb) AS v (source_id int, root_id int, clone_number int)
		JOIN library l ON l.id = v.source_id ORDER BY l.id
		RETURNING id, name, original_library_id, clone_number`.execute(tx);
	const sourceOf = new Map(numbered.map((row) => [`${row.root_id}/${row.clone_number}`, row.source_id]));
	const clones = made.map((row) => ({
		id: row.id,
		sourceId: sourceOf.get(`${row.original_library_id}/${row.clone_number}`) ?? 0,
		name: row.name,
		cloneNumber: row.clone_number,
	}));
	await copyParts(tx, clones, options.withIndices);
	return clones;
}

function poolRows(poolIds: ReadonlyMap<number, number> | undefined) {
	return [...(poolIds ?? [])].map(([pool_id, clone_id]) => ({ pool_id, clone_id }));
}

/** Copies samples, features and, if wanted, indices. */
async function copyParts(tx: Tx, clones: readonly LibraryClone[], withIndices: boolean): Promise<void> {
	const pairs = sql`jsonb_to_recordset(${JSON.stringify(clones.map(({ id, sourceId }) => ({ id, source_id: sourceId })))}::jsonb)
		AS v (id int, source_id int)`;
	await sql`INSERT INTO sample_library_link (sample_id, library_id, mux)
		SELECT k.sample_id, v.id, k.mux FROM ${pairs} JOIN sample_library_link k ON k.library_id = v.source_id`.execute(tx);
	await sql`INSERT INTO library_feature_link (library_id, feature_id)
		SELECT v.id, k.feature_id FROM ${pairs} JOIN library_feature_link k ON k.library_id = v.source_id`.execute(tx);
	if (!withIndices) return;
	await sql`INSERT INTO library_index (library_id, index_kit_i7_id, index_kit_i5_id, name_i7, name_i5, sequence_i7, sequence_i5, orientation)
		SELECT v.id, i.index_kit_i7_id, i.index_kit_i5_id, i.name_i7, i.name_i5, i.sequence_i7, i.sequence_i5, i.orientation
		FROM ${pairs} JOIN library_index i ON i.library_id = v.source_id ORDER BY v.id, i.id`.execute(tx);
}
