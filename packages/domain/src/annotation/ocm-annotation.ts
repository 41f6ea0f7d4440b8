import { MuxType, muxBarcodes } from "../catalog.ts";
import { reportCells, textOf } from "../sheets/report.ts";
import type { SheetDefinition, SheetRule } from "../sheets/types.ts";
import {
	type BarcodeIdSheet,
	buildBarcodeIdSheet,
	makeBarcodeIdStep,
	requireUniqueInPool,
	splitBarcodeIds,
} from "./barcode-id-step.ts";
import type { MuxSheetContext } from "./mux-rows.ts";

const permitted: readonly string[] = muxBarcodes.onChip;

/** Clean-up of on-chip barcode ids: `2; ob1` → `OB1;OB2`. */
export function cleanOnChipBarcodes(text: string): string {
	return splitBarcodeIds(text, (part) => `OB${part.replace(/\D/gu, "")}`).join(";");
}

/** Rule: only the barcodes that a chip has; cells may hold several. */
export function requireOnChipBarcodes(column: string): SheetRule {
	return (rows, report) => {
		for (const row of rows) {
			const wrong = splitBarcodeIds(textOf(row, column) ?? "").filter((barcode) => !permitted.includes(barcode));
			if (wrong.length === 0) continue;
			const message = `${wrong.join(", ")} is not an on-chip barcode; there are ${permitted.join(", ")}.`;
			reportCells(report, row.number, [column], "invalid", message);
		}
		return undefined;
	};
}

const sheet: BarcodeIdSheet = {
	name: "ocm_annotation",
	title: "On-Chip Multiplexing",
	muxTypeId: MuxType.TENX_ON_CHIP.id,
	column: {
		key: "barcode_id",
		label: "Barcode ID",
		width: 200,
		type: "text",
		required: true,
		maxLength: muxBarcodes.maxFieldLength,
		clean: cleanOnChipBarcodes,
		help: "OB1–OB4; several separated by ;",
		examples: ["OB1"],
	},
	rules: () => [requireUniqueInPool("barcode_id", splitBarcodeIds), requireOnChipBarcodes("barcode_id")],
};

/** Sheet of on-chip barcode ids (requests-and-annotation.md §5.10). */
export function buildOcmSheet(context: MuxSheetContext): SheetDefinition {
	return buildBarcodeIdSheet(sheet, context);
}

/** On-chip barcodes of the samples in each pool (P and U). */
export const ocmAnnotationStep = makeBarcodeIdStep(sheet);
