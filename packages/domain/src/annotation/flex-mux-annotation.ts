import { findMember, LibraryType, MuxType, muxBarcodes, ServiceType } from "../catalog.ts";
import { textOf, warnCells } from "../sheets/report.ts";
import type { CleanRow, SheetDefinition, SheetRule } from "../sheets/types.ts";
import {
	type BarcodeIdSheet,
	buildBarcodeIdSheet,
	makeBarcodeIdStep,
	requireUniqueInPool,
	splitBarcodeIds,
} from "./barcode-id-step.ts";
import type { MuxSheetContext } from "./mux-rows.ts";

const plateBased = new RegExp(muxBarcodes.flexPlateBased, "u");

/** Whether a probe barcode id is one of those of the service: BC001–BC004, BC001–BC016 or plate-based (lab-workflows.md §10.3). */
export function isExpectedProbe(barcode: string, serviceTypeId: number | null): boolean {
	const plexity = findMember(ServiceType, serviceTypeId)?.plexity ?? null;
	const all: readonly string[] = muxBarcodes.flexGex;
	if (plexity !== null && plexity > all.length) return plateBased.test(barcode);
	return all.slice(0, plexity ?? all.length).includes(barcode);
}

/** Rule: warns of ids that the chemistry of the row does not have; cells may hold several. */
export function warnOfUnexpectedProbes(column: string, isExpected: (id: string, row: CleanRow) => boolean): SheetRule {
	return (rows, report) => {
		for (const row of rows) {
			const unexpected = splitBarcodeIds(textOf(row, column) ?? "").filter((id) => !isExpected(id, row));
			if (unexpected.length === 0) continue;
			warnCells(report, row.number, [column], `${unexpected.join(", ")} is not among the probe barcodes of this assay.`);
		}
		return undefined;
	};
}

/** Probe barcode on the antibody library of a sample: `BC003` → `AB003`; plate-based ids are the same. */
export function antibodyBarcodeOf(barcode: string): string {
	return splitBarcodeIds(barcode)
		.map((id) =>
			id.startsWith(muxBarcodes.flexGexPrefix) ? muxBarcodes.flexAntibodyPrefix + id.slice(muxBarcodes.flexGexPrefix.length) : id,
		)
		.join(";");
}

const sheet: BarcodeIdSheet = {
	name: "flex_mux_annotation",
	title: "Flex Multiplexing",
	muxTypeId: MuxType.TENX_FLEX_PROBE.id,
	column: {
		key: "barcode_id",
		label: "Barcode ID",
		width: 200,
		type: "text",
		required: true,
		maxLength: muxBarcodes.maxFieldLength,
		clean: (text) => splitBarcodeIds(text).join(";"),
		help: "Probe barcode of the sample, e.g. BC001, with Flex Apex A-A01; several separated by ;",
		examples: ["BC001"],
	},
	rules: ({ serviceTypeId }) => [
		requireUniqueInPool("barcode_id", splitBarcodeIds),
		warnOfUnexpectedProbes("barcode_id", (id) => isExpectedProbe(id, serviceTypeId)),
	],
	barcodeOfLink: (barcode, libraryTypeId) =>
		libraryTypeId === LibraryType.TENX_SC_ABC_FLEX.id ? antibodyBarcodeOf(barcode) : barcode,
};

/** Sheet of Flex probe barcode ids (requests-and-annotation.md §5.10). */
export function buildFlexMuxSheet(context: MuxSheetContext): SheetDefinition {
	return buildBarcodeIdSheet(sheet, context);
}

/** Probe barcodes of the samples in each pool (P and U); the antibody library gets `AB…` for `BC…`. */
export const flexMuxAnnotationStep = makeBarcodeIdStep(sheet);
