import { MuxType, muxBarcodes } from "../catalog.ts";
import type { SheetDefinition } from "../sheets/types.ts";
import { type BarcodeIdSheet, buildBarcodeIdSheet, makeBarcodeIdStep, requireUniqueInPool } from "./barcode-id-step.ts";
import type { MuxSheetContext } from "./mux-rows.ts";

const sheet: BarcodeIdSheet = {
	name: "parse_mux_annotation",
	title: "Parse Wells",
	muxTypeId: MuxType.PARSE_WELLS.id,
	column: {
		key: "well",
		label: "Well",
		width: 200,
		type: "text",
		required: true,
		maxLength: muxBarcodes.maxFieldLength,
		clean: (text) => text.toUpperCase(),
		help: "Wells of the sample in the first plate, e.g. A1-A4.",
		examples: ["A1-A4"],
	},
	rules: () => [requireUniqueInPool("well", (text) => (text === "" ? [] : [text]))],
};

/** Sheet of the wells of a Parse Biosciences experiment (requests-and-annotation.md §5.10). */
export function buildParseMuxSheet(context: MuxSheetContext): SheetDefinition {
	return buildBarcodeIdSheet(sheet, context);
}

/** Wells of the samples in each sub-library (P and U). */
export const parseMuxAnnotationStep = makeBarcodeIdStep(sheet);
