import { PoolType } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import type { Reader } from "../transaction.ts";

/** What goes with the libraries of a request, and with the request itself. */
export interface RequestLosses {
	readonly num_libraries: number;
	/** Samples without libraries in other requests. */
	readonly num_samples: number;
	readonly num_external_pools: number;
	readonly num_files: number;
	readonly num_comments: number;
	readonly num_data_paths: number;
}

/** Counts what would be lost by deleting a request or all its libraries, in one statement. */
export async function findRequestLosses(reader: Reader, requestId: number): Promise<RequestLosses> {
	const { rows } = await sql<RequestLosses>`
		SELECT (SELECT count(*)::int FROM library l WHERE l.seq_request_id = r.id) AS num_libraries,
			(SELECT count(DISTINCT k.sample_id)::int FROM library l JOIN sample_library_link k ON k.library_id = l.id
				WHERE l.seq_request_id = r.id AND NOT EXISTS (SELECT 1 FROM sample_library_link o JOIN library x ON x.id = o.library_id
					WHERE o.sample_id = k.sample_id AND x.seq_request_id <> r.id)) AS num_samples,
			(SELECT count(*)::int FROM pool p WHERE p.seq_request_id = r.id AND p.type_id = ${PoolType.EXTERNAL.id}) AS num_external_pools,
			(SELECT count(*)::int FROM media_file f WHERE f.seq_request_id = r.id) AS num_files,
			(SELECT count(*)::int FROM comment c WHERE c.seq_request_id = r.id) AS num_comments,
			(SELECT count(*)::int FROM data_path d WHERE d.seq_request_id = r.id) AS num_data_paths
		FROM seq_request r WHERE r.id = ${requestId}`.execute(reader);
	return (
		rows[0] ?? {
			num_libraries: 0,
			num_samples: 0,
			num_external_pools: 0,
			num_files: 0,
			num_comments: 0,
			num_data_paths: 0,
		}
	);
}
