import type { IndexSheetContext, ResolvedAtacRow, ResolvedBarcodeRow, ResolvedIndex } from "../indices/index-set.ts";
import type { IndexKit } from "../indices/kit.ts";
import { isPooled } from "./comparisons.ts";
import type { AnnotationFacts } from "./facts.ts";
import { atacSheet, barcodeSheet, isAtacType, makeIndexSheetStep } from "./index-sheet-step.ts";
import type { WorkflowState } from "./state.ts";
import { annotationTable, type IndexRow, type IndexSideRow } from "./tables.ts";

/** One side of a resolved index set as a row of the working table. */
export function sideRow(index: ResolvedIndex): IndexSideRow {
	return { kit_id: index.kitId, name: index.name, sequence: index.sequence, orientation_id: index.orientationId };
}

/** A side of the working table as matching and planning take it. */
export function sideOfRow(side: IndexSideRow): ResolvedIndex {
	return { kitId: side.kit_id, name: side.name, sequence: side.sequence, orientationId: side.orientation_id };
}

/** Resolved rows of `barcode_input` as working table. */
export function toIndexRows(rows: readonly ResolvedBarcodeRow[]): IndexRow[] {
	return rows.flatMap((row) => {
		if (row.i7 === null) return [];
		return [
			{
				library_name: row.libraryName,
				is_atac: false,
				names_kit: row.namesKit,
				row: row.row,
				i7: sideRow(row.i7),
				i5: row.i5 ? sideRow(row.i5) : null,
			},
		];
	});
}

/** Resolved rows of `tenx_atac_barcode_input` as working table: four rows per library. */
function atacToIndexRows(rows: readonly ResolvedAtacRow[]): IndexRow[] {
	return rows.flatMap((row) =>
		row.i7.map((index) => ({
			library_name: row.libraryName,
			is_atac: true,
			names_kit: index.kitId !== null,
			row: row.row,
			i7: sideRow(index),
			i5: null,
		})),
	);
}

/** The non-ATAC index sets of the run as the matching of kits takes them. */
export function toResolvedRows(rows: readonly IndexRow[]): ResolvedBarcodeRow[] {
	return rows
		.filter((row) => !row.is_atac)
		.map((row) => ({
			row: row.row,
			libraryId: null,
			libraryName: row.library_name,
			isDeleted: false,
			isKept: false,
			namesKit: row.names_kit,
			i7: sideOfRow(row.i7),
			i5: row.i5 ? sideOfRow(row.i5) : null,
		}));
}

function listLibraries(state: WorkflowState, isAtac: boolean): { readonly name: string }[] {
	return annotationTable(state, "libraries")
		.filter((library) => isAtacType(library.library_type_id) === isAtac)
		.map((library) => ({ name: library.library_name }));
}

/** What both sheets have in common here: one row for every library of the kind, which has no indices yet. */
function askForLibraries(isAtac: boolean) {
	return {
		applies: (state: WorkflowState, facts: AnnotationFacts) => isPooled(facts) && listLibraries(state, isAtac).length > 0,
		buildContext: (state: WorkflowState, _facts: AnnotationFacts, kits: readonly IndexKit[]) => ({
			libraries: listLibraries(state, isAtac),
			kits,
		}),
		listRows: ({ libraries }: Pick<IndexSheetContext<never>, "libraries">) =>
			libraries.map(({ name }) => ({ library_name: name })),
	};
}

/** Indices of the libraries other than 10x ATAC (P; requests-and-annotation.md §6.2). */
export const barcodeInputStep = makeIndexSheetStep(barcodeSheet, { ...askForLibraries(false), toIndices: toIndexRows });

/** Indices of the 10x ATAC libraries, four sequences each (P; requests-and-annotation.md §6.3). */
export const tenxAtacBarcodeInputStep = makeIndexSheetStep(atacSheet, {
	...askForLibraries(true),
	toIndices: (rows, state) => [...annotationTable(state, "indices"), ...atacToIndexRows(rows)],
});
