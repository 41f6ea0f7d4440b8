import { splitBarcodeIds } from "../annotation/barcode-id-step.ts";
import { isExpectedProbe } from "../annotation/flex-mux-annotation.ts";
import { cleanOnChipBarcodes } from "../annotation/ocm-annotation.ts";
import { LibraryType, MuxType, muxBarcodes } from "../catalog.ts";
import { readOnlyColumn, requireExactRows } from "../sheets/fixed-rows.ts";
import { numberOf, reportCells, textOf, warnCells } from "../sheets/report.ts";
import type { Column, SheetDefinition, SheetRule, ValidatedSheet } from "../sheets/types.ts";

/** How the samples of a library are told apart, as far as its sheet is concerned (lab-workflows.md §10.5). */
export type MuxSheetKind = "oligo" | "flex" | "flexAntibody" | "onChip" | "wells";

/** Kind of sheet for a library; null = this way of multiplexing has no data of its own. */
export function muxSheetKind(library: { readonly muxTypeId: number | null; readonly typeId: number }): MuxSheetKind | null {
	switch (library.muxTypeId) {
		case MuxType.TENX_OLIGO.id:
		case MuxType.TENX_ABC_HASH.id:
			return "oligo";
		case MuxType.TENX_FLEX_PROBE.id:
			return library.typeId === LibraryType.TENX_SC_ABC_FLEX.id ? "flexAntibody" : "flex";
		case MuxType.TENX_ON_CHIP.id:
			return "onChip";
		case MuxType.PARSE_WELLS.id:
			return "wells";
		default:
			return null;
	}
}

/** Whether the annotation of a sample can be written to all its links in the sample pool (§10.5). */
export function mayApplyToPool(kind: MuxSheetKind): boolean {
	return kind === "oligo" || kind === "wells";
}

/** From what the sheet of barcode ids is built; one row per sample of the library. */
export type LibraryMuxContext = {
	readonly kind: Exclude<MuxSheetKind, "oligo">;
	readonly libraryId: number;
	readonly serviceTypeId: number | null;
	readonly samples: readonly { readonly id: number; readonly name: string }[];
};

const plateBased = new RegExp(muxBarcodes.flexPlateBased, "u");
const flexAntibody: readonly string[] = muxBarcodes.flexAntibody;
const onChip: readonly string[] = muxBarcodes.onChip;

const text = (key: string, label: string): Column => ({
	key,
	label,
	width: 200,
	type: "text",
	maxLength: muxBarcodes.maxFieldLength,
});

const barcodeColumns: Record<LibraryMuxContext["kind"], Column> = {
	flex: { ...text("barcode", "Barcode ID"), clean: (typed) => splitBarcodeIds(typed).join(";"), examples: ["BC001"] },
	flexAntibody: { ...text("barcode", "Barcode ID"), clean: (typed) => splitBarcodeIds(typed).join(";"), examples: ["AB001"] },
	onChip: { ...text("barcode", "Barcode ID"), required: true, clean: cleanOnChipBarcodes, examples: ["OB1"] },
	wells: { ...text("barcode", "Well"), required: true, clean: (typed) => typed.toUpperCase(), examples: ["A1-A4"] },
};

function idsOf(kind: LibraryMuxContext["kind"], cell: string | null): string[] {
	if (cell === null) return [];
	return kind === "wells" ? [cell] : splitBarcodeIds(cell);
}

function requireUnique(kind: LibraryMuxContext["kind"]): SheetRule {
	return (rows, report) => {
		const firstRow = new Map<string, number>();
		for (const row of rows) {
			for (const id of idsOf(kind, textOf(row, "barcode"))) {
				const first = firstRow.get(id);
				if (first === undefined) {
					firstRow.set(id, row.number);
					continue;
				}
				const where = first === row.number ? "twice in this row" : `in row ${first} already`;
				reportCells(report, row.number, ["barcode"], "duplicate", `${id} is used ${where}.`);
			}
		}
		return undefined;
	};
}

function isExpected(context: LibraryMuxContext, id: string): boolean {
	if (context.kind === "flex") return isExpectedProbe(id, context.serviceTypeId) || plateBased.test(id);
	if (context.kind === "flexAntibody") return flexAntibody.includes(id) || plateBased.test(id);
	return context.kind === "wells" || onChip.includes(id);
}

/** Ids that the chemistry does not have: an error on the chip, which has four, else a warning (lab-workflows.md §10.3). */
function lookForUnexpected(context: LibraryMuxContext): SheetRule {
	return (rows, report) => {
		for (const row of rows) {
			const unexpected = idsOf(context.kind, textOf(row, "barcode")).filter((id) => !isExpected(context, id));
			if (unexpected.length === 0) continue;
			const ids = unexpected.join(", ");
			if (context.kind === "onChip") {
				const message = `${ids} is not an on-chip barcode; there are ${onChip.join(", ")}.`;
				reportCells(report, row.number, ["barcode"], "invalid", message);
			} else warnCells(report, row.number, ["barcode"], `${ids} is not among the probe barcodes of this assay.`);
		}
		return undefined;
	};
}

/** Sheet that gives the samples of one library their barcode ids or wells (lab-workflows.md §10.5). */
export function buildLibraryMuxSheet(context: LibraryMuxContext): SheetDefinition {
	return {
		name: "library_mux",
		title: "Multiplexing",
		columns: [
			{ key: "sample_id", label: "Sample ID", width: 100, type: "integer", required: true, readOnly: true },
			{ key: "library_id", label: "Library ID", width: 100, type: "integer", required: true, readOnly: true },
			readOnlyColumn("sample_name", "Demultiplexed Name", 300),
			barcodeColumns[context.kind],
		],
		canAddRows: false,
		canAddColumns: false,
		mayBeEmpty: false,
		rules: [
			requireExactRows(
				["sample_id", "library_id", "sample_name"],
				context.samples.map((sample) => [String(sample.id), String(context.libraryId), sample.name]),
			),
			requireUnique(context.kind),
			lookForUnexpected(context),
		],
	};
}

/** Barcodes that a valid sheet gives, by sample id; null = cleared. */
export function readLibraryMux(sheet: ValidatedSheet): Map<number, string | null> {
	return new Map(sheet.rows.map((row) => [numberOf(row, "sample_id") ?? 0, textOf(row, "barcode")]));
}
