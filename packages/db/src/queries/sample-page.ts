import { sql } from "kysely";
import { projectLevel, sampleLevel, type Viewer } from "../access.ts";
import type { Reader } from "../transaction.ts";

/** A sample with all that its page shows, and the viewer's level to it. */
export interface SamplePageRow {
	readonly id: number;
	readonly name: string;
	/** Catalog sampleStatus; null for samples that came inside ready-made pools. */
	readonly status_id: number | null;
	/** ng/µL */
	readonly qubit_concentration: number | null;
	/** bp */
	readonly avg_fragment_size: number | null;
	readonly timestamp_stored_utc: Date | null;
	readonly attributes: Record<string, { readonly value: string }> | null;
	readonly owner_name: string;
	readonly owner_email: string;
	readonly project_id: number;
	readonly project_identifier: string | null;
	readonly project_title: string;
	/** Level of the viewer to the project, for the link. */
	readonly project_access_level: number;
	readonly num_libraries: number;
	/** Names of libraries that have no other sample. */
	readonly only_sample_of: readonly string[];
	readonly access_level: number;
}

/** Loads a sample for its page: object, references, counts and access in one statement. */
export async function findSamplePage(reader: Reader, viewer: Viewer, id: number): Promise<SamplePageRow | undefined> {
	const { rows } = await sql<SamplePageRow>`
		SELECT s.id, s.name, s.status_id, s.qubit_concentration, s.avg_fragment_size, s.timestamp_stored_utc, s.attributes,
			u.first_name || ' ' || u.last_name AS owner_name, u.email AS owner_email,
			s.project_id, p.identifier AS project_identifier, p.title AS project_title, ${projectLevel(viewer, "p")} AS project_access_level,
			(SELECT count(*)::int FROM sample_library_link k WHERE k.sample_id = s.id) AS num_libraries,
			ARRAY(SELECT l.name FROM sample_library_link k JOIN library l ON l.id = k.library_id
				WHERE k.sample_id = s.id AND NOT EXISTS (
					SELECT 1 FROM sample_library_link o WHERE o.library_id = k.library_id AND o.sample_id <> s.id)
				ORDER BY l.id) AS only_sample_of,
			${sampleLevel(viewer, "s")} AS access_level
		FROM sample s JOIN lims_user u ON u.id = s.owner_id JOIN project p ON p.id = s.project_id
		WHERE s.id = ${id}`.execute(reader);
	return rows[0];
}
