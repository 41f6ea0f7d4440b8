import { libraryFeatureExamples } from "./feature-examples.ts";
import { type ExampleRow, examplesOf, type RuleCase, type SheetExamples } from "./rule-example.ts";

/** Rules of sheets with one row per library or sample; `lines` are two valid rows and one that is not part of the sheet. */
function casesOfFixedRows(columns: readonly string[], lines: readonly [ExampleRow, ExampleRow, ExampleRow]): RuleCase[] {
	const at = { row: null, columns };
	const [first, second, other] = lines;
	return [
		{ code: "rows.missing", meaning: "Every chosen one has its row.", rows: [first], at },
		{ code: "rows.repeated", meaning: "None has two rows.", rows: [first, second, second], at },
		{ code: "rows.unknown", meaning: "There are no rows of others.", rows: [first, second, other], at },
	];
}

const library = (id: number, sample: string): ExampleRow => ({
	"Library ID": id,
	"Sample Name": sample,
	"Library Name": `${sample}_CUTNRUN`,
	"Library Type": "Cut & Run",
	Genome: "Human",
	"Assay/Service Type": "Custom",
	Nuclei: "No",
});

const table = examplesOf({
	sheet: "library_table",
	context: {
		libraries: [
			{ id: 7, sampleName: "lung_1", name: "lung_1_CUTNRUN" },
			{ id: 8, sampleName: "heart_1", name: "heart_1_CUTNRUN" },
		],
	},
	valid: [library(7, "lung_1"), library(8, "heart_2")],
	cases: [
		{
			code: "sample_name.invalid",
			meaning: "A new name has at least 4 characters: letters A–Z, digits and - _ . only.",
			rows: [library(7, "lung_1"), { ...library(8, "heart_1"), "Sample Name": "heart 1" }],
			at: { row: 2, columns: ["sample_name"] },
			sameRule: ["library_name.invalid"],
		},
		...casesOfFixedRows(["library_id"], [library(7, "lung_1"), library(8, "heart_1"), library(9, "liver_1")]),
	],
});

const properties = examplesOf({
	sheet: "library_properties",
	context: { protectedNames: ["crispr_guides"] },
	valid: [
		{ Property: "slide", Value: "V01A02-123" },
		{ Property: "area", Value: "A1" },
	],
	cases: [
		{
			code: "property.invalid",
			meaning: "A property that holds more than a text is not entered here.",
			rows: [{ Property: "crispr_guides", Value: "none" }],
			at: { row: 1, columns: ["property"] },
		},
		{
			code: "property.duplicate",
			meaning: "A property is given once; every row with it is marked.",
			rows: [
				{ Property: "slide", Value: "V01A02-123" },
				{ Property: "slide", Value: "V01A02-124" },
			],
			at: { row: 2, columns: ["property"] },
			alsoAt: [{ row: 1, columns: ["property"] }],
			repair: 'Rename to "slide_2"',
		},
	],
});

const onSlide = (id: number, name: string): ExampleRow => ({ "Library ID": id, "Library Name": name, slide: "V01A02-123" });
const identity = ["Library ID", "Library Name", "slide"];

const propertyTable = examplesOf({
	sheet: "library_property_table",
	context: {
		libraries: [
			{ id: 7, name: "lung_1_WGS" },
			{ id: 8, name: "heart_1_WGS" },
		],
		properties: ["slide"],
		protectedNames: ["crispr_guides"],
	},
	valid: [onSlide(7, "lung_1_WGS"), onSlide(8, "heart_1_WGS")],
	cases: [
		{
			code: "property.name",
			meaning: "The name of a new property has at most 64 characters and is not that of a property with more than a text.",
			columns: [...identity, "crispr_guides"],
			rows: [onSlide(7, "lung_1_WGS"), onSlide(8, "heart_1_WGS")],
			at: { row: null, columns: ["crispr_guides"] },
		},
		{
			code: "columns.duplicate",
			meaning: "A property has one column.",
			columns: [...identity, "slide"],
			rows: [onSlide(7, "lung_1_WGS"), onSlide(8, "heart_1_WGS")],
			at: { row: null, columns: ["property:slide"] },
		},
		...casesOfFixedRows(
			["library_id", "library_name"],
			[onSlide(7, "lung_1_WGS"), onSlide(8, "heart_1_WGS"), onSlide(9, "liver_1_WGS")],
		),
	],
});

const describedSample = (id: number, name: string, more: ExampleRow = {}): ExampleRow => ({
	"Sample Name": name,
	"Sample ID": id,
	Sex: "F",
	...more,
});

const projectAttributes = examplesOf({
	sheet: "project_attributes",
	context: {
		samples: [
			{ id: 7, name: "lung_1" },
			{ id: 8, name: "heart_1" },
		],
		stored: ["dose", "sex"],
		withGaps: ["dose"],
	},
	valid: [describedSample(7, "lung_1", { dose: "5 mg" }), describedSample(8, "heart_1")],
	cases: [
		{
			code: "age.missing",
			meaning: "An attribute is given for all samples or for none; one that some samples lack already may keep its gaps.",
			rows: [describedSample(7, "lung_1", { Age: 10 }), describedSample(8, "heart_1")],
			at: { row: 2, columns: ["age"] },
			sameRule: ["sex", "genotype", "cell_type", "condition", "tissue", "disease", "dose"].map((key) => `${key}.missing`),
		},
		{
			code: "attribute.name",
			meaning: "The name of a new attribute has 3 to 64 characters.",
			columns: ["Sample Name", "Sample ID", "Sex", "x1"],
			rows: [describedSample(7, "lung_1"), describedSample(8, "heart_1")],
			at: { row: null, columns: ["x1"] },
		},
		...casesOfFixedRows(
			["sample_id", "sample_name"],
			[describedSample(7, "lung_1"), describedSample(8, "heart_1"), describedSample(9, "liver_1")],
		),
	],
});

const sampleOf = (id: number, name: string, barcode: string): ExampleRow => ({
	"Sample ID": id,
	"Library ID": 7,
	"Demultiplexed Name": name,
	"Barcode ID": barcode,
});
const samples = [
	{ id: 1, name: "lung_1" },
	{ id: 2, name: "heart_1" },
];

const onChip = examplesOf({
	sheet: "library_mux",
	variant: "on-chip",
	context: { kind: "onChip", libraryId: 7, serviceTypeId: null, samples },
	valid: [sampleOf(1, "lung_1", "1"), sampleOf(2, "heart_1", "OB2")],
	cases: [
		{
			code: "barcode.duplicate",
			meaning: "A barcode is used once in a library.",
			rows: [sampleOf(1, "lung_1", "OB1"), sampleOf(2, "heart_1", "OB1")],
			at: { row: 2, columns: ["barcode"] },
		},
		{
			code: "barcode.invalid",
			meaning: "A chip has the barcodes OB1 to OB4.",
			rows: [sampleOf(1, "lung_1", "OB1"), sampleOf(2, "heart_1", "OB5")],
			at: { row: 2, columns: ["barcode"] },
		},
		...casesOfFixedRows(
			["sample_id", "library_id", "sample_name"],
			[sampleOf(1, "lung_1", "OB1"), sampleOf(2, "heart_1", "OB2"), sampleOf(3, "liver_1", "OB3")],
		),
	],
});

const flex = examplesOf({
	sheet: "library_mux",
	variant: "Flex",
	context: { kind: "flex", libraryId: 7, serviceTypeId: null, samples },
	valid: [sampleOf(1, "lung_1", "BC001"), sampleOf(2, "heart_1", "BC002")],
	cases: [
		{
			code: "barcode.unusual",
			severity: "warning",
			meaning: "A probe barcode is one of those of the assay.",
			rows: [sampleOf(1, "lung_1", "BC001"), sampleOf(2, "heart_1", "BC099")],
			at: { row: 2, columns: ["barcode"] },
		},
	],
});

/** Sheets that change samples and libraries after the annotation. */
export const editExamples: readonly SheetExamples[] = [
	table,
	...libraryFeatureExamples,
	properties,
	propertyTable,
	projectAttributes,
	onChip,
	flex,
];
