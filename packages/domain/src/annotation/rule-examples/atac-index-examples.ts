import { kitLabel } from "../../indices/kit.ts";
import { atacKit } from "./example-kits.ts";
import { type ExampleRow, examplesOf, type SheetExamples } from "./rule-example.ts";

const atac = kitLabel(atacKit);
const cells = (name: string, more: ExampleRow): ExampleRow => ({ "Library Name": name, ...more });
const heart = cells("heart_ATAC", { "Index Well": "B1", Kit: atac });
const typed = { "Sequence 1": "AAACGGCG", "Sequence 2": "CCTACCAT", "Sequence 3": "GGCGTTTC" };

const atacIndices = examplesOf({
	sheet: "tenx_atac_barcode_input",
	context: { libraries: [{ name: "lung_ATAC" }, { name: "heart_ATAC" }], kits: [atacKit] },
	valid: [cells("lung_ATAC", { Kit: atac, "Barcode Name": "SI-NA-A1" }), heart],
	cases: [
		{
			code: "index.library_without_row",
			meaning: "Every library has its row.",
			rows: [heart],
			at: { row: null, columns: ["library_name"] },
		},
		{
			code: "index.library_unknown",
			meaning: "A library is one of the run.",
			rows: [
				cells("lung_ATAC", { "Index Well": "A1", Kit: atac }),
				heart,
				cells("liver_ATAC", { "Index Well": "A1", Kit: atac }),
			],
			at: { row: 3, columns: ["library_name"] },
		},
		{
			code: "index.library_repeated",
			meaning: "No library has two rows; all of them are marked.",
			rows: [
				cells("lung_ATAC", { "Index Well": "A1", Kit: atac }),
				heart,
				cells("heart_ATAC", { "Index Well": "A1", Kit: atac }),
			],
			at: { row: 3, columns: ["library_name"] },
			alsoAt: [{ row: 2, columns: ["library_name"] }],
		},
		{
			code: "index.address_missing",
			meaning: "Beside a kit stands the well or the name.",
			rows: [cells("lung_ATAC", { Kit: atac }), heart],
			at: { row: 1, columns: ["index_well", "name"] },
		},
		{
			code: "index.well_unknown",
			meaning: "The well is one of the kit.",
			rows: [cells("lung_ATAC", { "Index Well": "Z9", Kit: atac }), heart],
			at: { row: 1, columns: ["index_well"] },
		},
		{
			code: "index.name_unknown",
			meaning: "The name is one of the kit.",
			rows: [cells("lung_ATAC", { Kit: atac, "Barcode Name": "si-na-a1" }), heart],
			at: { row: 1, columns: ["name"] },
			repair: "Use SI-NA-A1",
		},
		{
			code: "index.well_name_differ",
			meaning: "Well and name of a row are the same adapter.",
			rows: [cells("lung_ATAC", { "Index Well": "A1", Kit: atac, "Barcode Name": "SI-NA-B1" }), heart],
			at: { row: 1, columns: ["index_well", "name"] },
			repair: "Use SI-NA-A1, as in well A1",
		},
		{
			code: "index.sequence_differs",
			meaning: "A typed sequence equals that of the kit; nothing is overwritten silently.",
			rows: [cells("lung_ATAC", { "Index Well": "A1", Kit: atac, "Sequence 1": "ACGTACGT" }), heart],
			at: { row: 1, columns: ["sequence_1"] },
			repair: "Use the kit's sequence AAACGGCG",
		},
		{
			code: "index.kit_missing",
			meaning: "Beside a well or name stands the kit, unless all four sequences are typed.",
			rows: [cells("lung_ATAC", { "Index Well": "A1" }), heart],
			at: { row: 1, columns: ["kit"] },
		},
		{
			code: "index.kit_or_sequence_missing",
			meaning: "A row has kit and name, kit and well, or four sequences.",
			rows: [cells("lung_ATAC", typed), heart],
			at: { row: 1, columns: ["kit", "name", "sequence_1", "sequence_2", "sequence_3", "sequence_4"] },
		},
		{
			code: "sequence_4.invalid",
			meaning: "A sequence consists of A, C, G, T and N.",
			rows: [cells("lung_ATAC", { ...typed, "Sequence 4": "ACGTXX" }), heart],
			at: { row: 1, columns: ["sequence_4"] },
			sameRule: ["sequence_1.invalid", "sequence_2.invalid", "sequence_3.invalid"],
		},
	],
});

const atacAnew = examplesOf({
	sheet: "tenx_atac_barcode_input",
	variant: "re-index",
	context: { libraries: [{ id: 7, name: "lung_ATAC" }], kits: [atacKit], withLibraryId: true },
	valid: [{ "Library ID": 7, ...cells("lung_ATAC", { "Index Well": "A1", Kit: atac }) }],
	cases: [
		{
			code: "index.library_id_unknown",
			meaning: "An id is one of the chosen libraries.",
			rows: [
				{ "Library ID": 7, ...cells("lung_ATAC", { "Index Well": "A1", Kit: atac }) },
				{ "Library ID": 9, ...cells("lung_ATAC", { "Index Well": "A1", Kit: atac }) },
			],
			at: { row: 2, columns: ["library_id"] },
		},
		{
			code: "index.library_name_differs",
			meaning: "Id and name are those of one library.",
			rows: [{ "Library ID": 7, ...cells("heart_ATAC", { "Index Well": "A1", Kit: atac }) }],
			at: { row: 1, columns: ["library_name"] },
			repair: "Use lung_ATAC",
		},
	],
});

/** Indices of 10x ATAC libraries. */
export const atacIndexExamples: readonly SheetExamples[] = [atacIndices, atacAnew];
