// Index kits: what annotation needs to match sequences and names, and the list.
import { IndexType } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import type { Db } from "../connection.ts";
import type { ListSpec } from "../list-query.ts";
import { enumerationFilter, idColumn, ref, textColumn, textSearch } from "./list-columns.ts";

/** A barcode of an adapter. */
export interface IndexKitBarcode {
	id: number;
	name: string;
	/** Bases in forward orientation. */
	sequence: string;
	/** Catalog barcodeType. */
	typeId: number;
}

/** A position of a kit. */
export interface IndexKitAdapter {
	id: number;
	well: string | null;
	/** By type, then in the order of the kit. */
	barcodes: IndexKitBarcode[];
}

/** A kit with all that is in it; plain JSON. */
export interface IndexKitContent {
	id: number;
	identifier: string;
	name: string;
	/** Catalog indexType. */
	typeId: number;
	/** Catalog labChecklistType. */
	supportedChecklistTypeIds: number[];
	/** In the order of the kit. */
	adapters: IndexKitAdapter[];
}

/** Kits with their adapters and barcodes, in one statement; all kits, or those of the given ids. Ordered by identifier. */
export async function loadIndexKits(db: Db, kitIds: number[] | null = null): Promise<IndexKitContent[]> {
	const { rows } = await sql<IndexKitContent>`
		with adapters as (
			select adapter.id, adapter.index_kit_id, adapter.well, coalesce(json_agg(
				json_build_object('id', barcode.id, 'name', barcode.name, 'sequence', barcode.sequence, 'typeId', barcode.type_id)
				order by barcode.type_id, barcode.id) filter (where barcode.id is not null), '[]') as barcodes
			from adapter left join barcode on barcode.adapter_id = adapter.id
			group by adapter.id
		)
		select kit.id, kit.identifier, kit.name, index_kit.type_id as "typeId",
			index_kit.supported_protocol_ids as "supportedChecklistTypeIds",
			coalesce((
				select json_agg(json_build_object('id', a.id, 'well', a.well, 'barcodes', a.barcodes) order by a.id)
				from adapters as a where a.index_kit_id = kit.id), '[]') as adapters
		from index_kit join kit on kit.id = index_kit.id
		where ${kitIds}::integer[] is null or kit.id = any(${kitIds}::integer[])
		order by kit.identifier`.execute(db);
	return rows;
}

/** A row of the list of index kits. */
export interface IndexKitRow {
	id: number;
	identifier: string;
	name: string;
	type_id: number;
	supported_protocol_ids: number[];
}

export type IndexKitColumn = "id" | "identifier" | "name" | "identifier_name" | "type";

const id = ref<number>("kit.id");
const indexType = sql`(select k.type_id from index_kit as k where k.id = kit.id)`;

/** Index kits; for every active user. */
export const indexKitList: ListSpec<IndexKitRow, IndexKitColumn, never> = {
	table: "kit",
	id,
	columns: {
		id: idColumn(id),
		identifier: textColumn("kit.identifier"),
		name: textColumn("kit.name"),
		identifier_name: { search: textSearch("kit.identifier", "kit.name") },
		type: {
			sort: indexType,
			filter: enumerationFilter(IndexType, (ids) => sql<boolean>`${indexType} = any(${ids}::integer[])`),
		},
	},
	scopes: {},
	visible: () => sql<boolean>`exists (select from index_kit as k where k.id = kit.id)`,
	defaultSort: { column: "id", order: "desc" },
	load: (db, ids) =>
		db
			.selectFrom("kit")
			.innerJoin("index_kit", "index_kit.id", "kit.id")
			.select(["kit.id", "kit.identifier", "kit.name", "index_kit.type_id", "index_kit.supported_protocol_ids"])
			.where("kit.id", "in", ids)
			.execute(),
};
