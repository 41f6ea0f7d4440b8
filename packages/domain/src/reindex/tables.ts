import { sideOfRow, sideRow } from "../annotation/index-steps.ts";
import { readTable, type Table, type WorkflowState } from "../annotation/state.ts";
import type { IndexSideRow } from "../annotation/tables.ts";
import type { ResolvedAtacRow, ResolvedBarcodeRow } from "../indices/index-set.ts";

/** An index set that a chosen library gets, or the order to delete all that it has. */
export type ReindexRow = {
	readonly library_id: number;
	readonly library_name: string;
	readonly is_atac: boolean;
	/** Both sides are null then. */
	readonly is_deleted: boolean;
	/** As it was prefilled, with known orientation. */
	readonly is_kept: boolean;
	readonly names_kit: boolean;
	/** Displayed number of the row from which it came. */
	readonly row: number;
	readonly i7: IndexSideRow | null;
	readonly i5: IndexSideRow | null;
};

/** The newest version of the working table. Rows are what our own steps wrote, so they are trusted. */
export function reindexRows(state: WorkflowState): readonly ReindexRow[] {
	return (readTable(state, "indices") ?? []) as Table as readonly ReindexRow[];
}

/** Resolved rows of `barcode_input` as working table. */
export function toReindexRows(rows: readonly ResolvedBarcodeRow[]): ReindexRow[] {
	return rows.map((row) => ({
		library_id: row.libraryId ?? 0,
		library_name: row.libraryName,
		is_atac: false,
		is_deleted: row.isDeleted,
		is_kept: row.isKept,
		names_kit: row.namesKit,
		row: row.row,
		i7: row.i7 && sideRow(row.i7),
		i5: row.i5 && sideRow(row.i5),
	}));
}

/** Resolved rows of `tenx_atac_barcode_input` as working table: four rows per library, one for a deletion. */
export function atacToReindexRows(rows: readonly ResolvedAtacRow[]): ReindexRow[] {
	return rows.flatMap((row): ReindexRow[] => {
		const basics = { library_id: row.libraryId ?? 0, library_name: row.libraryName, is_atac: true, row: row.row };
		if (row.isDeleted) return [{ ...basics, is_deleted: true, is_kept: false, names_kit: false, i7: null, i5: null }];
		return row.i7.map((index) => ({
			...basics,
			is_deleted: false,
			is_kept: false,
			names_kit: index.kitId !== null,
			i7: sideRow(index),
			i5: null,
		}));
	});
}

/** The index sets other than 10x ATAC as the matching of kits takes them. */
export function toResolvedRows(rows: readonly ReindexRow[]): ResolvedBarcodeRow[] {
	return rows
		.filter((row) => !row.is_atac)
		.map((row) => ({
			row: row.row,
			libraryId: row.library_id,
			libraryName: row.library_name,
			isDeleted: row.is_deleted,
			isKept: row.is_kept,
			namesKit: row.names_kit,
			i7: row.i7 && sideOfRow(row.i7),
			i5: row.i5 && sideOfRow(row.i5),
		}));
}
