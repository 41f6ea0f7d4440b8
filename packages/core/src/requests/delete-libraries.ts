import type { Tx } from "@opengsync/db/transaction";
import { sql } from "kysely";

/** What happens to samples that are left without any library: they go, or they stay where the operation is about samples. */
export type LeftSamples = "delete" | "keep";

/**
 * Deletes libraries with their indices, links and read counts; then the samples that are left without any library, and the custom features
 * that no library uses any more (data-model.md §6, Deletion). The caller has locked the request and checked who may do it.
 */
export async function deleteLibraries(tx: Tx, libraryIds: readonly number[], leftSamples: LeftSamples): Promise<void> {
	const ids = [...libraryIds];
	if (ids.length === 0) return;
	await sql`SELECT 1 FROM library WHERE id = ANY(${ids}::int[]) ORDER BY id FOR UPDATE`.execute(tx);
	// Whoever takes away the last but one library of a sample at the same time waits here, and then sees that it was.
	const { rows: samples } = await sql<{ id: number }>`SELECT s.id FROM sample s WHERE s.id IN
		(SELECT k.sample_id FROM sample_library_link k WHERE k.library_id = ANY(${ids}::int[])) ORDER BY s.id FOR UPDATE`.execute(tx);
	const { rows: features } = await sql<{ id: number }>`SELECT f.id FROM feature f WHERE f.feature_kit_id IS NULL AND f.id IN
		(SELECT k.feature_id FROM library_feature_link k WHERE k.library_id = ANY(${ids}::int[])) ORDER BY f.id FOR UPDATE`.execute(
		tx,
	);
	await sql`DELETE FROM library WHERE id = ANY(${ids}::int[])`.execute(tx);
	if (leftSamples === "delete") {
		await sql`DELETE FROM sample s WHERE s.id = ANY(${samples.map((sample) => sample.id)}::int[])
			AND NOT EXISTS (SELECT 1 FROM sample_library_link k WHERE k.sample_id = s.id)`.execute(tx);
	}
	await sql`DELETE FROM feature f WHERE f.id = ANY(${features.map((feature) => feature.id)}::int[])
		AND NOT EXISTS (SELECT 1 FROM library_feature_link k WHERE k.feature_id = f.id)`.execute(tx);
}
