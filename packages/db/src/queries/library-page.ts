import { sql } from "kysely";
import { libraryLevel, projectLevel, requestLevel, sampleLevel, type Viewer } from "../access.ts";
import type { Reader } from "../transaction.ts";
import { indicesOfLibrary, type LibraryIndexValue } from "./libraries.ts";

/** A library with all that its page shows, and the viewer's level to it. */
export interface LibraryPageRow {
	readonly id: number;
	readonly name: string;
	readonly sample_name: string;
	readonly clone_number: number;
	readonly type_id: number;
	readonly status_id: number;
	readonly genome_ref_id: number;
	readonly service_type_id: number;
	readonly mux_type_id: number | null;
	readonly index_type_id: number | null;
	readonly nuclei_isolation: boolean;
	/** Million reads. */
	readonly seq_depth_requested: number | null;
	/** bp */
	readonly avg_fragment_size: number | null;
	/** µL */
	readonly volume: number | null;
	/** ng/µL */
	readonly qubit_concentration: number | null;
	readonly properties: Record<string, unknown> | null;
	readonly timestamp_stored_utc: Date | null;
	readonly owner_name: string;
	readonly owner_email: string;
	readonly seq_request_id: number;
	readonly request_name: string;
	/** Catalog seqRequestStatus. */
	readonly request_status_id: number;
	/** Catalog submissionType of the request. */
	readonly submission_type_id: number;
	readonly request_access_level: number;
	readonly pool_id: number | null;
	readonly pool_name: string | null;
	/** Catalog poolType. */
	readonly pool_type_id: number | null;
	readonly lab_prep_id: number | null;
	readonly lab_prep_name: string | null;
	readonly experiment_id: number | null;
	readonly experiment_name: string | null;
	readonly protocol_name: string | null;
	readonly num_samples: number;
	readonly num_features: number;
	/** Rows of sequenced reads. */
	readonly num_read_rows: number;
	readonly indices: LibraryIndexValue[];
	readonly access_level: number;
}

/** Loads a library for its page: object, references, counts and access in one statement. */
export async function findLibraryPage(reader: Reader, viewer: Viewer, id: number): Promise<LibraryPageRow | undefined> {
	const { rows } = await sql<LibraryPageRow>`
		SELECT l.id, l.name, l.sample_name, l.clone_number, l.type_id, l.status_id, l.genome_ref_id, l.service_type_id, l.mux_type_id,
			l.index_type_id, l.nuclei_isolation, l.seq_depth_requested, l.avg_fragment_size, l.volume, l.qubit_concentration, l.properties,
			l.timestamp_stored_utc, u.first_name || ' ' || u.last_name AS owner_name, u.email AS owner_email,
			l.seq_request_id, r.name AS request_name, r.status_id AS request_status_id, r.submission_type_id, ${requestLevel(viewer, "r")} AS request_access_level,
			l.pool_id, pool.name AS pool_name, pool.type_id AS pool_type_id, l.lab_prep_id, prep.name AS lab_prep_name,
			l.experiment_id, e.name AS experiment_name, protocol.name AS protocol_name,
			(SELECT count(*)::int FROM sample_library_link k WHERE k.library_id = l.id) AS num_samples,
			(SELECT count(*)::int FROM library_feature_link x WHERE x.library_id = l.id) AS num_features,
			(SELECT count(*)::int FROM seq_quality q WHERE q.library_id = l.id) AS num_read_rows,
			${indicesOfLibrary("l.id")} AS indices,
			${libraryLevel(viewer, "l")} AS access_level
		FROM library l
		JOIN lims_user u ON u.id = l.owner_id
		JOIN seq_request r ON r.id = l.seq_request_id
		LEFT JOIN pool ON pool.id = l.pool_id
		LEFT JOIN lab_prep prep ON prep.id = l.lab_prep_id
		LEFT JOIN experiment e ON e.id = l.experiment_id
		LEFT JOIN protocol ON protocol.id = l.protocol_id
		WHERE l.id = ${id}`.execute(reader);
	return rows[0];
}

/** A sample of a library. */
export interface LibrarySampleRow {
	readonly id: number;
	readonly name: string;
	readonly project_id: number;
	readonly project_identifier: string | null;
	readonly project_title: string;
	readonly mux: Record<string, unknown> | null;
	/** Levels of the viewer, for links. */
	readonly access_level: number;
	readonly project_access_level: number;
}

/** Samples of a library with their multiplexing, by id. */
export async function listLibrarySamples(reader: Reader, viewer: Viewer, libraryId: number): Promise<LibrarySampleRow[]> {
	const { rows } = await sql<LibrarySampleRow>`
		SELECT s.id, s.name, s.project_id, p.identifier AS project_identifier, p.title AS project_title, k.mux,
			${sampleLevel(viewer, "s")} AS access_level, ${projectLevel(viewer, "p")} AS project_access_level
		FROM sample_library_link k JOIN sample s ON s.id = k.sample_id JOIN project p ON p.id = s.project_id
		WHERE k.library_id = ${libraryId} ORDER BY s.id`.execute(reader);
	return rows;
}

/** Reads of a library in one lane. */
export interface LibraryReadsRow {
	readonly experiment_id: number;
	readonly experiment_name: string;
	readonly lane: number;
	readonly num_reads: number;
	readonly qc: Record<string, unknown> | null;
	/** Reads of all libraries and undetermined ones on the flow cell. */
	readonly flow_cell_reads: number;
}

/** Reads of a library by experiment and lane. */
export async function listLibraryReads(reader: Reader, libraryId: number): Promise<LibraryReadsRow[]> {
	const { rows } = await sql<LibraryReadsRow>`
		WITH flow_cell AS (
			SELECT t.experiment_id, sum(t.num_reads)::float8 AS num_reads FROM seq_quality t
			WHERE t.experiment_id IN (SELECT q.experiment_id FROM seq_quality q WHERE q.library_id = ${libraryId}) GROUP BY t.experiment_id
		)
		SELECT q.experiment_id, e.name AS experiment_name, q.lane, q.num_reads::float8 AS num_reads, q.qc,
			flow_cell.num_reads AS flow_cell_reads
		FROM seq_quality q JOIN experiment e ON e.id = q.experiment_id JOIN flow_cell ON flow_cell.experiment_id = q.experiment_id
		WHERE q.library_id = ${libraryId} ORDER BY e.name, q.lane`.execute(reader);
	return rows;
}
