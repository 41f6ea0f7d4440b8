// Samples of the multiplexed libraries of a lab prep (lab-workflows.md §10). Every function is one statement.
import { sql } from "kysely";
import type { Reader } from "../transaction.ts";

/** A lab prep as far as changing its multiplexing is concerned. */
export interface PrepRow {
	readonly id: number;
	readonly name: string;
	/** Catalog prepStatus. */
	readonly status_id: number;
}

/** The prep; undefined when it does not exist. */
export async function findPrep(reader: Reader, id: number): Promise<PrepRow | undefined> {
	const { rows } = await sql<PrepRow>`SELECT id, name, status_id FROM lab_prep WHERE id = ${id}`.execute(reader);
	return rows[0];
}

/** A sample in a library, with what tells it apart there. */
export interface PrepSampleRow {
	readonly id: number;
	readonly name: string;
	readonly mux: { readonly barcode?: string | null; readonly pattern?: string | null; readonly read?: string | null } | null;
}

/** A multiplexed library of a prep with its samples. */
export interface PrepLibraryRow {
	readonly id: number;
	readonly name: string;
	readonly sample_name: string;
	readonly type_id: number;
	readonly mux_type_id: number;
	readonly service_type_id: number;
	readonly status_id: number;
	readonly owner_id: number;
	readonly seq_request_id: number;
	readonly genome_ref_id: number;
	/** Its pool is on an experiment. */
	readonly is_on_experiment: boolean;
	readonly indices: { readonly sequenceI7: string | null; readonly sequenceI5: string | null }[];
	readonly samples: PrepSampleRow[];
}

/** Multiplexed libraries of a prep, by id. */
export async function listPrepLibraries(reader: Reader, prepId: number): Promise<PrepLibraryRow[]> {
	const { rows } = await sql<PrepLibraryRow>`
		SELECT l.id, l.name, l.sample_name, l.type_id, l.mux_type_id, l.service_type_id, l.status_id, l.owner_id, l.seq_request_id, l.genome_ref_id,
			EXISTS (SELECT FROM pool p WHERE p.id = l.pool_id AND p.experiment_id IS NOT NULL) AS is_on_experiment,
			COALESCE((SELECT json_agg(json_build_object('sequenceI7', i.sequence_i7, 'sequenceI5', i.sequence_i5))
				FROM library_index i WHERE i.library_id = l.id), '[]') AS indices,
			COALESCE((SELECT json_agg(json_build_object('id', s.id, 'name', s.name, 'mux', k.mux) ORDER BY s.id)
				FROM sample_library_link k JOIN sample s ON s.id = k.sample_id WHERE k.library_id = l.id), '[]') AS samples
		FROM library l WHERE l.lab_prep_id = ${prepId} AND l.mux_type_id IS NOT NULL ORDER BY l.id`.execute(reader);
	return rows;
}
