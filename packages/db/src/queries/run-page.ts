// The page of a run (access-and-web.md §8.7). For staff.
import { type Selectable, sql } from "kysely";
import type { SeqRun } from "../database.gen.ts";
import type { Reader } from "../transaction.ts";

/** A run with its experiment, if there is one of its name. */
export interface RunPageRow extends Selectable<SeqRun> {
	readonly experiment_id: number | null;
	/** Catalog experimentStatus. */
	readonly experiment_status_id: number | null;
	/** When the files behind its metrics were last read. */
	readonly metrics_read_at: Date | null;
}

/** The run, or null. */
export async function findRunPage(reader: Reader, id: number): Promise<RunPageRow | null> {
	const { rows } = await sql<RunPageRow>`
		SELECT r.*, e.id AS experiment_id, e.status_id AS experiment_status_id, f.read_at AS metrics_read_at
		FROM seq_run r LEFT JOIN experiment e ON e.name = r.experiment_name LEFT JOIN run_folder_fingerprint f ON f.seq_run_id = r.id
		WHERE r.id = ${id}`.execute(reader);
	return rows[0] ?? null;
}
