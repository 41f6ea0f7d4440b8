import { kitLabel } from "../../indices/kit.ts";
import { atacIndexExamples } from "./atac-index-examples.ts";
import { atacKit, combinatorialKit, dualKit, singleKit } from "./example-kits.ts";
import { type ExampleRow, examplesOf, type SheetExamples } from "./rule-example.ts";

const dual = kitLabel(dualKit);
const combinatorial = kitLabel(combinatorialKit);
const single = kitLabel(singleKit);
const lung = (cells: ExampleRow): ExampleRow => ({ "Library Name": "lung_WGS", ...cells });
const firstAdapter = lung({ "Index Well": "A1", "i7 Kit": dual });

const indices = examplesOf({
	sheet: "barcode_input",
	context: { libraries: [{ name: "lung_WGS" }], kits: [dualKit, combinatorialKit, singleKit, atacKit] },
	valid: [firstAdapter, lung({ "i7 Sequence": "gca cct-agct", "i5 Sequence": "GACAATCGAG" })],
	cases: [
		{
			code: "index.library_without_row",
			meaning: "Every library has at least one row.",
			context: { libraries: [{ name: "lung_WGS" }, { name: "heart_WGS" }], kits: [dualKit] },
			rows: [firstAdapter],
			at: { row: null, columns: ["library_name"] },
		},
		{
			code: "library_name.invalid",
			meaning: "A library is one of the run.",
			rows: [firstAdapter, { "Library Name": "liver", "i7 Sequence": "ACGTACGT" }],
			at: { row: 2, columns: ["library_name"] },
		},
		{
			code: "index.address_missing",
			meaning: "Beside an i7 kit stands the well or the i7 name.",
			rows: [lung({ "i7 Kit": dual })],
			at: { row: 1, columns: ["index_well", "name_i7"] },
		},
		{
			code: "index.i5_address_missing",
			meaning: "Beside an i5 kit of its own stands the well or the i5 name.",
			rows: [lung({ "i7 Sequence": "ACGTACGT", "i5 Kit": dual })],
			at: { row: 1, columns: ["index_well", "name_i5"] },
		},
		{
			code: "index.name_unknown",
			meaning: "The i7 name is one of the kit.",
			rows: [lung({ "i7 Kit": dual, "i7 Name": "udp1" })],
			at: { row: 1, columns: ["name_i7"] },
			repair: "Use UDP1",
		},
		{
			code: "index.well_unknown",
			meaning: "The well is one of the kit.",
			rows: [lung({ "Index Well": "Z9", "i7 Kit": dual })],
			at: { row: 1, columns: ["index_well"] },
		},
		{
			code: "index.well_unknown",
			meaning: "A combinatorial kit has no wells; it is addressed by names.",
			rows: [lung({ "Index Well": "A1", "i7 Kit": combinatorial, "i7 Name": "N701", "i5 Name": "S502" })],
			at: { row: 1, columns: ["index_well"] },
			repair: "Clear the well",
		},
		{
			code: "index.i5_name_unknown",
			meaning: "The i5 name is one of the i5 kit.",
			rows: [lung({ "Index Well": "A1", "i7 Kit": dual, "i5 Name": "S502" })],
			at: { row: 1, columns: ["name_i5"] },
		},
		{
			code: "index.i5_well_unknown",
			meaning: "The well is one of the i5 kit.",
			rows: [lung({ "Index Well": "Z9", "i7 Sequence": "ACGTACGT", "i5 Kit": dual })],
			at: { row: 1, columns: ["index_well"] },
		},
		{
			code: "index.well_name_differ",
			meaning: "Well and name of a row are the same adapter.",
			rows: [lung({ "Index Well": "A2", "i7 Kit": dual, "i7 Name": "UDP1" })],
			at: { row: 1, columns: ["index_well", "name_i7"] },
			repair: "Use UDP2, as in well A2",
		},
		{
			code: "index.sequence_differs",
			meaning: "A typed sequence equals that of the kit; nothing is overwritten silently.",
			rows: [lung({ "Index Well": "A1", "i7 Kit": dual, "i5 Sequence": "CGCTCCACGA" })],
			at: { row: 1, columns: ["sequence_i5"] },
			repair: "Reverse complement: TCGTGGAGCG",
		},
		{
			code: "index.i5_name_missing",
			meaning: "An i5 of a combinatorial kit has its name.",
			rows: [lung({ "i7 Kit": combinatorial, "i7 Name": "N701", "i5 Sequence": "CTCTCTAT" })],
			at: { row: 1, columns: ["name_i5"] },
			repair: "Use S502, which has this sequence",
		},
		{
			code: "index.kit_or_sequence_missing",
			meaning: "A row has kit and name, kit and well, or the i7 sequence.",
			rows: [lung({ "Index Well": "A2" })],
			at: { row: 1, columns: ["kit_i7", "name_i7"] },
		},
		{
			code: "index.i7_sequence_missing",
			meaning: "There is no i5 without i7.",
			rows: [lung({ "i5 Sequence": "GACAATCGAG" })],
			at: { row: 1, columns: ["sequence_i7"] },
		},
		{
			code: "index.set_duplicate",
			meaning: "A library has an index set once; every row with it is marked.",
			rows: [firstAdapter, lung({ "i7 Sequence": "GAACTGAGCG", "i5 Sequence": "TCGTGGAGCG" })],
			at: { row: 2, columns: ["sequence_i7", "sequence_i5"] },
			alsoAt: [{ row: 1, columns: ["sequence_i7", "sequence_i5"] }],
		},
		{
			code: "index.i5_partly",
			meaning: "All rows of a library have an i5, or none; all of them are marked.",
			rows: [firstAdapter, lung({ "i7 Sequence": "ACGTACGTAC" })],
			at: { row: 2, columns: ["sequence_i5"] },
			alsoAt: [{ row: 1, columns: ["sequence_i5"] }],
		},
		{
			code: "index.i5_name_ignored",
			severity: "warning",
			meaning: "An i5 name alone, without kit and sequence, is ignored.",
			rows: [lung({ "Index Well": "A1", "i7 Kit": single, "i5 Name": "S502" })],
			at: { row: 1, columns: ["name_i5"] },
		},
		{
			code: "sequence_i7.invalid",
			meaning: "A sequence consists of A, C, G, T and N.",
			rows: [lung({ "i7 Sequence": "ACGTXX" })],
			at: { row: 1, columns: ["sequence_i7"] },
			sameRule: ["sequence_i5.invalid"],
		},
		{
			code: "kit_i7.invalid",
			meaning: "A kit is one of the list; its identifier alone is understood.",
			rows: [lung({ "Index Well": "A1", "i7 Kit": "E9999" })],
			at: { row: 1, columns: ["kit_i7"] },
			sameRule: ["kit_i5.invalid"],
		},
	],
});

const reindexed = examplesOf({
	sheet: "barcode_input",
	variant: "re-index",
	context: {
		libraries: [
			{ id: 7, name: "lung_WGS" },
			{ id: 8, name: "heart_WGS" },
		],
		kits: [dualKit],
		withLibraryId: true,
	},
	valid: [
		{ "Library ID": 7, "Library Name": "lung_WGS", "Index Well": "A1", "i7 Kit": dual },
		{ "Library ID": 8, "Library Name": "heart_WGS", "Index Well": "del" },
	],
	cases: [
		{
			code: "index.library_id_unknown",
			meaning: "An id is one of the chosen libraries.",
			rows: [
				{ "Library ID": 7, "Library Name": "lung_WGS", "Index Well": "A1", "i7 Kit": dual },
				{ "Library ID": 8, "Library Name": "heart_WGS", "Index Well": "A2", "i7 Kit": dual },
				{ "Library ID": 9, "Library Name": "heart_WGS", "i7 Sequence": "ACGTACGT", "i5 Sequence": "ACGTACGT" },
			],
			at: { row: 3, columns: ["library_id"] },
		},
		{
			code: "index.library_name_differs",
			meaning: "Id and name are those of one library.",
			rows: [
				{ "Library ID": 7, "Library Name": "heart_WGS", "Index Well": "A1", "i7 Kit": dual },
				{ "Library ID": 8, "Library Name": "heart_WGS", "Index Well": "A2", "i7 Kit": dual },
			],
			at: { row: 1, columns: ["library_name"] },
			repair: "Use lung_WGS",
		},
		{
			code: "index.delete_partly",
			meaning: 'Where one row of a library says "del", all its rows do.',
			rows: [
				{ "Library ID": 7, "Library Name": "lung_WGS", "Index Well": "del" },
				{ "Library ID": 7, "Library Name": "lung_WGS", "i7 Sequence": "ACGTACGT" },
				{ "Library ID": 8, "Library Name": "heart_WGS", "Index Well": "A2", "i7 Kit": dual },
			],
			at: { row: 2, columns: ["index_well"] },
			repair: 'Write "del"',
		},
	],
});

/** Indices of libraries that were pooled already, and indices given anew. */
export const indexExamples: readonly SheetExamples[] = [indices, reindexed, ...atacIndexExamples];
