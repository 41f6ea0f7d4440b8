import { ServiceType } from "../../catalog.ts";
import { kitLabel } from "../../indices/kit.ts";
import { oligoKit } from "./example-kits.ts";
import { type ExampleRow, examplesOf, type RuleCase, type SheetExamples } from "./rule-example.ts";

const cellPlex = kitLabel(oligoKit);
const inPool = (sample: string, cells: ExampleRow): ExampleRow => ({
	"Sample Name": sample,
	"Multiplexing Pool": "pool_1",
	...cells,
});
const twoSamples = ["lung_1", "heart_1"].map((sampleName) => ({ sampleName, pool: "pool_1" }));
const lung = inPool("lung_1", { Kit: cellPlex, Feature: "CMO301" });

/** Rules of the sheets with one row per sample and pool; `lines` are valid rows of lung_1, heart_1 and liver_1. */
function casesOfFixedRows(lines: readonly [ExampleRow, ExampleRow, ExampleRow]): RuleCase[] {
	const at = { row: null, columns: ["sample_name", "pool"] };
	const [first, second, other] = lines;
	return [
		{ code: "rows.missing", meaning: "Every sample of every pool has its row.", rows: [first], at },
		{ code: "rows.repeated", meaning: "No sample of a pool has two rows.", rows: [first, second, second], at },
		{ code: "rows.unknown", meaning: "There are no rows of other samples or pools.", rows: [first, second, other], at },
	];
}

const oligos = examplesOf({
	sheet: "oligo_mux_annotation",
	context: { rows: twoSamples, kits: [oligoKit] },
	valid: [lung, inPool("heart_1", { Sequence: "CCGTCGTCCAAGCAT", Pattern: "5P(BC)", Read: "R2" })],
	cases: [
		{
			code: "feature.invalid",
			meaning: "A feature is one of the kit.",
			rows: [lung, inPool("heart_1", { Kit: cellPlex, Feature: "cmo302" })],
			at: { row: 2, columns: ["feature"] },
			repair: 'Use "CMO302"',
		},
		{
			code: "kit.missing",
			meaning: "A row has kit and feature, or sequence, pattern and read.",
			rows: [lung, inPool("heart_1", { Sequence: "CCGTCG", Read: "R2" })],
			at: { row: 2, columns: ["kit", "feature", "barcode", "pattern", "read"] },
		},
		{
			code: "barcode.invalid",
			meaning: "Beside a kit, an own sequence, pattern or read does not contradict it.",
			rows: [lung, inPool("heart_1", { Kit: cellPlex, Feature: "CMO302", Sequence: "ACGT" })],
			at: { row: 2, columns: ["barcode"] },
			repair: "Use the kit's",
			sameRule: ["pattern.invalid", "read.invalid"],
		},
		{
			code: "barcode.invalid",
			meaning: "Without a feature, sequence, pattern and read are those of an oligo of the kit.",
			rows: [lung, inPool("heart_1", { Kit: cellPlex, Sequence: "ACGT", Pattern: "5P(BC)", Read: "R2" })],
			at: { row: 2, columns: ["barcode", "pattern", "read"] },
		},
		{
			code: "barcode.invalid",
			meaning: "A sequence consists of A, C, G, T and N.",
			rows: [lung, inPool("heart_1", { Sequence: "ACGTXX", Pattern: "5P(BC)", Read: "R2" })],
			at: { row: 2, columns: ["barcode"] },
		},
		{
			code: "kit.duplicate",
			meaning: "An oligo tags one sample of a pool only, whether it is named by kit or typed.",
			rows: [lung, inPool("heart_1", { Sequence: "ATGAGGAATTCCTGC", Pattern: "5P(BC)", Read: "R2" })],
			at: { row: 2, columns: ["kit", "feature", "barcode", "pattern", "read"] },
		},
		{
			code: "kit.invalid",
			meaning: "A kit is one of the list.",
			rows: [lung, inPool("heart_1", { Kit: "10X-CELLPLEX-A", Feature: "CMO302" })],
			at: { row: 2, columns: ["kit"] },
			repair: `Use "${cellPlex}"`,
		},
		...casesOfFixedRows([
			lung,
			inPool("heart_1", { Kit: cellPlex, Feature: "CMO302" }),
			inPool("liver_1", { Kit: cellPlex, Feature: "CMO302" }),
		]),
	],
});

const withBarcode = (sample: string, barcode: string): ExampleRow => inPool(sample, { "Barcode ID": barcode });
const withWell = (sample: string, well: string): ExampleRow => inPool(sample, { Well: well });

const onChip = examplesOf({
	sheet: "ocm_annotation",
	context: { rows: twoSamples, serviceTypeId: null },
	valid: [withBarcode("lung_1", "ob1"), withBarcode("heart_1", "2; 3")],
	cases: [
		{
			code: "barcode_id.duplicate",
			meaning: "A barcode is used once in a pool.",
			rows: [withBarcode("lung_1", "OB1"), withBarcode("heart_1", "1;2")],
			at: { row: 2, columns: ["barcode_id"] },
		},
		{
			code: "barcode_id.invalid",
			meaning: "A chip has the barcodes OB1 to OB4.",
			rows: [withBarcode("lung_1", "OB1"), withBarcode("heart_1", "5")],
			at: { row: 2, columns: ["barcode_id"] },
		},
		...casesOfFixedRows([withBarcode("lung_1", "OB1"), withBarcode("heart_1", "OB2"), withBarcode("liver_1", "OB3")]),
	],
});

const flex = examplesOf({
	sheet: "flex_mux_annotation",
	context: { rows: twoSamples, serviceTypeId: ServiceType.TENX_SC_4_PLEX_FLEX.id },
	valid: [withBarcode("lung_1", "BC001;BC002"), withBarcode("heart_1", "bc003")],
	cases: [
		{
			code: "barcode_id.duplicate",
			meaning: "A probe barcode is used once in a pool.",
			rows: [withBarcode("lung_1", "BC001;BC002"), withBarcode("heart_1", "BC002")],
			at: { row: 2, columns: ["barcode_id"] },
		},
		{
			code: "barcode_id.unusual",
			severity: "warning",
			meaning: "A probe barcode is one of those of the assay.",
			rows: [withBarcode("lung_1", "BC001"), withBarcode("heart_1", "BC007")],
			at: { row: 2, columns: ["barcode_id"] },
		},
		...casesOfFixedRows([withBarcode("lung_1", "BC001"), withBarcode("heart_1", "BC002"), withBarcode("liver_1", "BC003")]),
	],
});

const parse = examplesOf({
	sheet: "parse_mux_annotation",
	context: { rows: twoSamples, serviceTypeId: null },
	valid: [withWell("lung_1", "a1-a4"), withWell("heart_1", "A5-A8")],
	cases: [
		{
			code: "well.duplicate",
			meaning: "Wells are used once in a pool.",
			rows: [withWell("lung_1", "A1-A4"), withWell("heart_1", "a1-a4")],
			at: { row: 2, columns: ["well"] },
		},
		...casesOfFixedRows([withWell("lung_1", "A1"), withWell("heart_1", "A2"), withWell("liver_1", "A3")]),
	],
});

/** Oligos, probe barcodes and wells that tell the samples of a pool apart. */
export const multiplexingExamples: readonly SheetExamples[] = [oligos, onChip, flex, parse];
