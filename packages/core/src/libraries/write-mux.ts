import type { Tx } from "@opengsync/db/transaction";
import { sql } from "kysely";

/** What tells a sample apart in a library (data-model.md §6, SampleLibrary). */
export interface Mux {
	readonly barcode: string;
	readonly pattern?: string;
	readonly read?: string;
}

/** Writes what tells samples apart in libraries; null clears it. A sample that is not in the library is passed over. */
export async function writeMux(
	tx: Tx,
	links: readonly { readonly sampleId: number; readonly libraryId: number; readonly mux: Mux | null }[],
): Promise<void> {
	const rows = links.map(({ sampleId, libraryId, mux }) => ({ sample_id: sampleId, library_id: libraryId, mux }));
	await sql`
		UPDATE sample_library_link k SET mux = v.mux
		FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS v (sample_id int, library_id int, mux jsonb)
		WHERE k.sample_id = v.sample_id AND k.library_id = v.library_id AND k.mux IS DISTINCT FROM v.mux`.execute(tx);
}
