import { requireUniqueInPool, splitBarcodeIds } from "../annotation/barcode-id-step.ts";
import { isExpectedProbe, warnOfUnexpectedProbes } from "../annotation/flex-mux-annotation.ts";
import { cleanOnChipBarcodes, requireOnChipBarcodes } from "../annotation/ocm-annotation.ts";
import { LibraryType, MuxType, muxBarcodes } from "../catalog.ts";
import { readOnlyColumn, requireExactRows } from "../sheets/fixed-rows.ts";
import { numberOf, textOf } from "../sheets/report.ts";
import type { CleanRow, Column, SheetDefinition, SheetRule, ValidatedSheet } from "../sheets/types.ts";

/** How the samples of a library are told apart, as far as its sheet is concerned (lab-workflows.md §10.5). */
export type MuxSheetKind = "oligo" | "flex" | "flexAntibody" | "onChip" | "wells";

/** A way of telling samples apart by ids of barcodes or by wells. */
export type BarcodeKind = Exclude<MuxSheetKind, "oligo">;

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

/** A sample in a library. JSON-serialisable. */
export type MuxLink = {
	readonly sampleId: number;
	readonly sampleName: string;
	readonly libraryId: number;
	readonly pool: string;
	/** Catalog serviceType of the library. */
	readonly serviceTypeId: number | null;
};

/** From what the sheet of barcode ids is built; one row per sample of the library. */
export type LibraryMuxContext = {
	readonly kind: BarcodeKind;
	readonly libraryId: number;
	readonly serviceTypeId: number | null;
	readonly samples: readonly { readonly id: number; readonly name: string }[];
};

const plateBased = new RegExp(muxBarcodes.flexPlateBased, "u");
const flexAntibody: readonly string[] = muxBarcodes.flexAntibody;

const text = (key: string, label: string): Column => ({
	key,
	label,
	width: 200,
	type: "text",
	maxLength: muxBarcodes.maxFieldLength,
});

/** The column *Barcode ID*, or *Well*, of each kind. */
export const barcodeColumns: Readonly<Record<BarcodeKind, Column>> = {
	flex: { ...text("barcode", "Barcode ID"), clean: (typed) => splitBarcodeIds(typed).join(";"), examples: ["BC001"] },
	flexAntibody: { ...text("barcode", "Barcode ID"), clean: (typed) => splitBarcodeIds(typed).join(";"), examples: ["AB001"] },
	onChip: { ...text("barcode", "Barcode ID"), required: true, clean: cleanOnChipBarcodes, examples: ["OB1"] },
	wells: { ...text("barcode", "Well"), required: true, clean: (typed) => typed.toUpperCase(), examples: ["A1-A4"] },
};

/**
 * Rules of the column of each kind: unique in the pool, and of the chemistry. An id that it does not have is an error on the chip, which
 * has four, else a warning (lab-workflows.md §10.3).
 * @param serviceTypeOf catalog serviceType of the library of a row
 */
export function barcodeRules(kind: BarcodeKind, serviceTypeOf: (row: CleanRow) => number | null): SheetRule[] {
	if (kind === "wells") return [requireUniqueInPool("barcode", (well) => (well === "" ? [] : [well]))];
	const unique = requireUniqueInPool("barcode", splitBarcodeIds);
	if (kind === "onChip") return [unique, requireOnChipBarcodes("barcode")];
	const isOfKind = (id: string, row: CleanRow) =>
		kind === "flex" ? isExpectedProbe(id, serviceTypeOf(row)) : flexAntibody.includes(id);
	return [unique, warnOfUnexpectedProbes("barcode", (id, row) => isOfKind(id, row) || plateBased.test(id))];
}

/** A sheet that gives samples in libraries their barcode ids or wells; with their pool where it is about several. */
export function buildMuxLinkSheet(sheet: {
	readonly name: string;
	readonly title: string;
	readonly kind: BarcodeKind;
	readonly links: readonly MuxLink[];
	readonly hasPools: boolean;
}): SheetDefinition {
	const { name, title, kind, links, hasPools } = sheet;
	const serviceTypes = new Map(links.map((link) => [link.libraryId, link.serviceTypeId]));
	return {
		name,
		title,
		columns: [
			{ key: "sample_id", label: "Sample ID", width: 100, type: "integer", required: true, readOnly: true },
			{ key: "library_id", label: "Library ID", width: 100, type: "integer", required: true, readOnly: true },
			...(hasPools ? [readOnlyColumn("pool", "Sample Pool", 200)] : []),
			readOnlyColumn("sample_name", "Demultiplexed Name", 300),
			barcodeColumns[kind],
		],
		canAddRows: false,
		canAddColumns: false,
		mayBeEmpty: false,
		rules: [
			requireExactRows(
				["sample_id", "library_id", ...(hasPools ? ["pool"] : []), "sample_name"],
				links.map((link) => [String(link.sampleId), String(link.libraryId), ...(hasPools ? [link.pool] : []), link.sampleName]),
			),
			...barcodeRules(kind, (row) => serviceTypes.get(numberOf(row, "library_id") ?? 0) ?? null),
		],
	};
}

/** Sheet that gives the samples of one library their barcode ids or wells (lab-workflows.md §10.5). */
export function buildLibraryMuxSheet({ kind, libraryId, serviceTypeId, samples }: LibraryMuxContext): SheetDefinition {
	const links = samples.map(({ id, name }) => ({ sampleId: id, sampleName: name, libraryId, pool: "", serviceTypeId }));
	return buildMuxLinkSheet({ name: "library_mux", title: "Multiplexing", kind, links, hasPools: false });
}

/** The barcodes that a valid sheet of {@link buildMuxLinkSheet} gives; null = cleared. */
export function readMuxLinks({ rows }: ValidatedSheet) {
	return rows.map((row) => ({
		sampleId: numberOf(row, "sample_id") ?? 0,
		libraryId: numberOf(row, "library_id") ?? 0,
		barcode: textOf(row, "barcode"),
	}));
}

/** Barcodes that a valid sheet of one library gives, by sample id; null = cleared. */
export function readLibraryMux(sheet: ValidatedSheet): Map<number, string | null> {
	return new Map(readMuxLinks(sheet).map(({ sampleId, barcode }) => [sampleId, barcode]));
}
