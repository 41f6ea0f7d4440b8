import type { Tx } from "@opengsync/db/transaction";
import { FeatureType } from "@opengsync/domain/catalog";
import type { FeatureValues } from "@opengsync/domain/feature-values";
import { sql } from "kysely";

/** Id of the custom antibody feature that is identical in everything; made when there is none (requests-and-annotation.md §5.18, 7). */
export async function ensureCustomFeature(tx: Tx, feature: FeatureValues): Promise<number> {
	const { identifier, name, sequence, pattern, read } = feature;
	const { rows } = await sql<{ id: number }>`
		WITH known AS (SELECT id FROM feature WHERE feature_kit_id IS NULL AND type_id = ${FeatureType.ANTIBODY.id}
			AND identifier IS NOT DISTINCT FROM ${identifier} AND name = ${name} AND sequence = ${sequence}
			AND pattern = ${pattern} AND read = ${read} ORDER BY id LIMIT 1),
		made AS (INSERT INTO feature (identifier, name, sequence, pattern, read, type_id)
			SELECT ${identifier}, ${name}, ${sequence}, ${pattern}, ${read}, ${FeatureType.ANTIBODY.id}::smallint
			WHERE NOT EXISTS (SELECT 1 FROM known) RETURNING id)
		SELECT id FROM known UNION ALL SELECT id FROM made`.execute(tx);
	const row = rows[0];
	if (!row) throw new Error(`Feature ${name} could neither be found nor made`);
	return row.id;
}
