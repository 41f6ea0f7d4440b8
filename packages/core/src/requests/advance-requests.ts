import type { Tx } from "@opengsync/db/transaction";
import { progressRequestStatus } from "@opengsync/domain/request-progress";
import { sql } from "kysely";

interface ProgressRow {
	readonly id: number;
	readonly status_id: number;
	readonly submission_type_id: number;
	readonly sample_status_ids: (number | null)[];
	readonly library_status_ids: number[];
	readonly pool_status_ids: number[];
}

/** A request that moved on; statuses as ids. */
export interface RequestMove {
	readonly id: number;
	readonly from: number;
	readonly to: number;
}

/**
 * *Request progress* (lab-workflows.md §5.1) for the requests concerned by what was just stored or pooled.
 * Two statements, whatever their number.
 * @returns the requests that moved
 */
export async function advanceRequests(tx: Tx, requestIds: readonly number[]): Promise<readonly RequestMove[]> {
	if (requestIds.length === 0) return [];
	const { rows } = await sql<ProgressRow>`
		SELECT r.id, r.status_id, r.submission_type_id,
			ARRAY(SELECT DISTINCT ON (s.id) s.status_id FROM library l JOIN sample_library_link k ON k.library_id = l.id
				JOIN sample s ON s.id = k.sample_id WHERE l.seq_request_id = r.id) AS sample_status_ids,
			ARRAY(SELECT l.status_id FROM library l WHERE l.seq_request_id = r.id) AS library_status_ids,
			ARRAY(SELECT p.status_id FROM pool p WHERE p.seq_request_id = r.id) AS pool_status_ids
		FROM seq_request r WHERE r.id = ANY(${[...requestIds]}::int[]) ORDER BY r.id FOR UPDATE OF r`.execute(tx);
	const moves = rows
		.map((row) => ({
			id: row.id,
			from: row.status_id,
			to: progressRequestStatus({
				statusId: row.status_id,
				submissionTypeId: row.submission_type_id,
				sampleStatusIds: row.sample_status_ids,
				libraryStatusIds: row.library_status_ids,
				poolStatusIds: row.pool_status_ids,
			}),
		}))
		.filter((move) => move.to !== move.from);
	if (moves.length === 0) return [];
	await sql`UPDATE seq_request r SET status_id = m.status_id
		FROM unnest(${moves.map((move) => move.id)}::int[], ${moves.map((move) => move.to)}::smallint[]) AS m (id, status_id)
		WHERE r.id = m.id`.execute(tx);
	return moves;
}
