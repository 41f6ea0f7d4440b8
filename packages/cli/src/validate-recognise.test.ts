import fc from "fast-check";
import { expect, test } from "vitest";
import { cellsOfColumn, fitOf, recogniseStep, sheetSteps } from "./validate-recognise.ts";

/** Titles with which people fill in a sheet. */
const titles: Readonly<Record<string, readonly string[]>> = {
	sample_annotation: ["Sample Name", "Genome"],
	sample_attribute_annotation: ["Sample Name", "Tissue", "Age", "Day of harvest"],
	define_mux_samples: ["Sample Name", "Multiplexing Pool"],
	custom_assay_annotation: ["Sample Name (Pool)", "Library Type"],
	oligo_mux_annotation: ["Sample Name", "Multiplexing Pool", "Kit", "Feature"],
	ocm_annotation: ["Sample Name", "Multiplexing Pool", "Barcode ID"],
	parse_mux_annotation: ["Sample Name", "Multiplexing Pool", "Well"],
	pooled_library_annotation: ["Library Name", "Pool"],
	barcode_input: ["Library Name", "Index Well", "i7 Kit", "i7 Sequence", "i5 Sequence"],
	tenx_atac_barcode_input: ["Library Name", "Index Well", "Kit", "Sequence 1", "Sequence 2", "Sequence 3", "Sequence 4"],
	feature_annotation: ["Identifier", "Feature", "Sequence", "Pattern", "Read"],
	openst_annotation: ["Sample Name", "Image"],
	visium_annotation: ["Sample Name", "Image", "Slide", "Area", "H&E Image"],
	parse_crispr_guide_annotation: ["Guide Name", "Target Gene", "Prefix", "Guide Sequence", "Suffix"],
};

test.each(Object.entries(titles))("%s is recognised by its titles, in any order and case", (step, columns) => {
	for (const given of [columns, columns.toReversed(), columns.map((title) => title.toLowerCase())]) {
		expect(recogniseStep({ columns: given, rows: [] })).toBe(step);
	}
});

test("a column is read by its title wherever it stands", () => {
	const sheet = { columns: ["Pool", "library name"], rows: [["tube", " lung_1 "], ["tube"]] };
	expect(cellsOfColumn("pooled_library_annotation", sheet, "library_name")).toEqual(["lung_1", ""]);
	expect(cellsOfColumn("barcode_input", sheet, "sequence_i7")).toEqual([]);
});

test("whatever the titles are, recognising them never fails, and a fit lies between 0 and 1", () => {
	const anyTitle = fc.oneof(fc.string(), fc.constantFrom(...Object.values(titles).flat()));
	fc.assert(
		fc.property(fc.array(anyTitle, { maxLength: 12 }), (columns) => {
			const sheet = { columns, rows: [columns] };
			for (const step of sheetSteps) {
				expect(fitOf(step, sheet)).toBeGreaterThanOrEqual(0);
				expect(fitOf(step, sheet)).toBeLessThanOrEqual(1);
			}
			expect([null, ...sheetSteps]).toContain(recogniseStep(sheet));
		}),
	);
});
