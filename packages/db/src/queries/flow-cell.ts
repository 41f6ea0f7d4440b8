import { sql } from "kysely";
import type { Reader } from "../transaction.ts";

/** A library on a lane of a flow cell: what a demultiplexing sample sheet needs. Sequences are in forward orientation. */
export interface FlowCellLibrary {
	readonly library_id: number;
	readonly library_name: string;
	readonly sample_name: string;
	readonly lane: number;
	readonly pool_name: string;
	readonly sequence_i7: string | null;
	readonly sequence_i5: string | null;
	readonly seq_request_id: number;
}

/** Libraries of an experiment, lane by lane, one row per index; an unknown name gives none. */
export async function listFlowCellLibraries(reader: Reader, experimentName: string): Promise<FlowCellLibrary[]> {
	const { rows } = await sql<FlowCellLibrary>`
		SELECT l.id AS library_id, l.name AS library_name, l.sample_name, k.lane_num AS lane, p.name AS pool_name,
			i.sequence_i7, i.sequence_i5, l.seq_request_id
		FROM experiment e
		JOIN lane_pool_link k ON k.experiment_id = e.id
		JOIN pool p ON p.id = k.pool_id
		JOIN library l ON l.pool_id = p.id
		LEFT JOIN library_index i ON i.library_id = l.id
		WHERE e.name = ${experimentName}
		ORDER BY k.lane_num, l.id, i.id`.execute(reader);
	return rows;
}
