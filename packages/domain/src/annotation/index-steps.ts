import { type BarcodeInputContext, buildBarcodeInputSheet, resolveBarcodeRows } from "../indices/barcode-input-sheet.ts";
import type { ResolvedBarcodeRow, ResolvedIndex } from "../indices/index-set.ts";
import { type IndexKit, kitLabel, kitsOfTypes, kitTypeIdsForAtac, kitTypeIdsForI5, kitTypeIdsForI7 } from "../indices/kit.ts";
import { buildTenxAtacBarcodeSheet, resolveTenxAtacRows, type TenxAtacContext } from "../indices/tenx-atac-barcode-sheet.ts";
import type { RawSheet } from "../sheets/types.ts";
import { isPooled } from "./comparisons.ts";
import type { AnnotationFacts } from "./facts.ts";
import { isInGroup } from "./library-set.ts";
import { initialSheet, validateSheetInput } from "./sheet-step.ts";
import { previousInput, type WorkflowState } from "./state.ts";
import { accept, type ReferenceTable, refuse, type Step } from "./step.ts";
import { annotationTable, type IndexRow, type IndexSideRow } from "./tables.ts";

const barcodeStep = "barcode_input";
const atacStep = "tenx_atac_barcode_input";

function isAtac(libraryTypeId: number): boolean {
	return isInGroup(libraryTypeId, "tenxAtacIndexed");
}

function listLibraries(state: WorkflowState, atac: boolean): { readonly name: string }[] {
	return annotationTable(state, "libraries")
		.filter((library) => isAtac(library.library_type_id) === atac)
		.map((library) => ({ name: library.library_name }));
}

/** Tables of the kits that a sheet names, to look wells and names up after an error (requests-and-annotation.md §6.2). */
export function listUsedKits(kits: readonly IndexKit[], sheet: RawSheet | undefined): ReferenceTable[] {
	const texts = new Set(sheet?.rows.flat().map((cell) => String(cell ?? "").trim()));
	return kits
		.filter((kit) => texts.has(kitLabel(kit)) || texts.has(kit.identifier))
		.map((kit) => ({
			title: kitLabel(kit),
			columns: ["Well", "i7 name", "i7 sequence", "i5 name", "i5 sequence"],
			rows: kit.adapters.map(({ well, i7, i5 }) => [
				well,
				i7[0]?.name ?? null,
				i7.map((barcode) => barcode.sequence).join(", ") || null,
				i5[0]?.name ?? null,
				i5.map((barcode) => barcode.sequence).join(", ") || null,
			]),
		}));
}

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

function barcodeContext(state: WorkflowState, facts: AnnotationFacts): BarcodeInputContext {
	const kits = kitsOfTypes(facts.indexKits, [...kitTypeIdsForI7, ...kitTypeIdsForI5]);
	return { libraries: listLibraries(state, false), kits };
}

/** Indices of the libraries other than 10x ATAC (P; requests-and-annotation.md §6.2). */
export const barcodeInputStep: Step<AnnotationFacts> = {
	name: barcodeStep,
	title: "Indices",
	applies: (state, facts) => isPooled(facts) && listLibraries(state, false).length > 0,
	present(state, facts) {
		const context = barcodeContext(state, facts);
		const input = previousInput(state, barcodeStep);
		const rows = context.libraries.map((library) => ({ library_name: library.name }));
		return {
			kind: "sheet",
			title: "Indices",
			sheet: { name: barcodeStep, context },
			initial: initialSheet(buildBarcodeInputSheet(context), input, rows),
			hints: [
				"Sequences in forward orientation. Prefer kit and well, then kit and names, then sequences. One row per index set.",
			],
			tabs: listUsedKits(context.kits, input?.sheet),
		};
	},
	accept(input, state, facts) {
		const context = barcodeContext(state, facts);
		const sheet = validateSheetInput(buildBarcodeInputSheet(context), input);
		if (sheet.hasErrors) return refuse(sheet.problems);
		return accept({ tables: { indices: toIndexRows(resolveBarcodeRows(sheet.rows, context.kits, context)) } });
	},
};

function atacContext(state: WorkflowState, facts: AnnotationFacts): TenxAtacContext {
	return { libraries: listLibraries(state, true), kits: kitsOfTypes(facts.indexKits, kitTypeIdsForAtac) };
}

/** Indices of the 10x ATAC libraries, four sequences each (P; requests-and-annotation.md §6.3). */
export const tenxAtacBarcodeInputStep: Step<AnnotationFacts> = {
	name: atacStep,
	title: "10x ATAC Indices",
	applies: (state, facts) => isPooled(facts) && listLibraries(state, true).length > 0,
	present(state, facts) {
		const context = atacContext(state, facts);
		const input = previousInput(state, atacStep);
		const rows = context.libraries.map((library) => ({ library_name: library.name }));
		return {
			kind: "sheet",
			title: "10x ATAC Indices",
			sheet: { name: atacStep, context },
			initial: initialSheet(buildTenxAtacBarcodeSheet(context), input, rows),
			tabs: listUsedKits(context.kits, input?.sheet),
		};
	},
	accept(input, state, facts) {
		const context = atacContext(state, facts);
		const sheet = validateSheetInput(buildTenxAtacBarcodeSheet(context), input);
		if (sheet.hasErrors) return refuse(sheet.problems);
		const own = resolveTenxAtacRows(sheet.rows, context.kits, context).flatMap((row) =>
			row.i7.map(
				(index): IndexRow => ({
					library_name: row.libraryName,
					is_atac: true,
					names_kit: index.kitId !== null,
					row: row.row,
					i7: sideRow(index),
					i5: null,
				}),
			),
		);
		return accept({ tables: { indices: [...annotationTable(state, "indices"), ...own] } });
	},
};
