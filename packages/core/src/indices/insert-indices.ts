import type { Tx } from "@opengsync/db/transaction";
import type { PlannedIndex } from "@opengsync/domain/annotation/completion-types";
import { sql } from "kysely";

/** Adds the index sets of libraries in one statement, in their order. */
export async function insertIndices(
	tx: Tx,
	libraries: readonly { readonly libraryId: number; readonly indices: readonly PlannedIndex[] }[],
): Promise<void> {
	const records = libraries.flatMap(({ libraryId, indices }) =>
		indices.map((index) => ({
			library_id: libraryId,
			index_kit_i7_id: index.kitI7Id,
			index_kit_i5_id: index.kitI5Id,
			name_i7: index.nameI7,
			name_i5: index.nameI5,
			sequence_i7: index.sequenceI7,
			sequence_i5: index.sequenceI5,
			orientation: index.orientationId,
		})),
	);
	await sql`INSERT INTO library_index (library_id, index_kit_i7_id, index_kit_i5_id, name_i7, name_i5, sequence_i7, sequence_i5, orientation)
		SELECT * FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb) AS v (library_id int, index_kit_i7_id int, index_kit_i5_id int,
			name_i7 text, name_i5 text, sequence_i7 text, sequence_i5 text, orientation smallint)`.execute(tx);
}
