import type { Db } from "@opengsync/db/connection";
import { loadIndexKits } from "@opengsync/db/queries/index-kits";
import type { Tx } from "@opengsync/db/transaction";
import type { FeatureKitFact } from "@opengsync/domain/annotation/facts";
import { BarcodeType, IndexType, memberById } from "@opengsync/domain/catalog";
import type { IndexKit } from "@opengsync/domain/indices/kit";
import { sql } from "kysely";

/** All index kits as the index steps take them. */
export async function loadKitsForAnnotation(reader: Db | Tx): Promise<IndexKit[]> {
	const kits = await loadIndexKits(reader);
	return kits.map((kit) => ({
		id: kit.id,
		identifier: kit.identifier,
		name: kit.name,
		typeId: memberById(IndexType, kit.typeId).id,
		adapters: kit.adapters.map((adapter) => {
			const side = (typeId: number) =>
				adapter.barcodes.filter((barcode) => barcode.typeId === typeId).map(({ name, sequence }) => ({ name, sequence }));
			return { id: adapter.id, well: adapter.well, i7: side(BarcodeType.INDEX_I7.id), i5: side(BarcodeType.INDEX_I5.id) };
		}),
	}));
}

/** Feature kits of the given types with their features. */
export async function loadFeatureKitsForAnnotation(reader: Db | Tx, typeIds: readonly number[]): Promise<FeatureKitFact[]> {
	const { rows } = await sql<FeatureKitFact>`
		SELECT k.id, k.identifier, k.name, f.type_id AS "typeId", COALESCE((SELECT jsonb_agg(jsonb_build_object('id', x.id,
				'identifier', x.identifier, 'name', x.name, 'sequence', x.sequence, 'pattern', x.pattern, 'read', x.read) ORDER BY x.id)
			FROM feature x WHERE x.feature_kit_id = f.id), '[]') AS features
		FROM feature_kit f JOIN kit k ON k.id = f.id WHERE f.type_id = ANY(${[...typeIds]}::smallint[]) ORDER BY k.identifier`.execute(
		reader,
	);
	return rows;
}
