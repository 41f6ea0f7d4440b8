import { type ExampleRow, examplesOf, type SheetExamples } from "./rule-example.ts";

const pools = examplesOf({
	sheet: "pooled_library_annotation",
	context: { libraryNames: ["lung_1_WGS", "heart_1_WGS"] },
	valid: [
		{ "Library Name": "lung_1_WGS", Pool: "tube 1" },
		{ "Library Name": "heart_1_WGS", Pool: "tube 1" },
	],
	cases: [
		{
			code: "pool.invalid",
			meaning: "The label of a pool has 4 to 64 characters.",
			rows: [
				{ "Library Name": "lung_1_WGS", Pool: "tube 1" },
				{ "Library Name": "heart_1_WGS", Pool: "t1" },
			],
			at: { row: 2, columns: ["pool"] },
		},
		{
			code: "rows.missing",
			meaning: "Every library has its row.",
			rows: [{ "Library Name": "lung_1_WGS", Pool: "tube 1" }],
			at: { row: null, columns: ["library_name"] },
		},
		{
			code: "rows.repeated",
			meaning: "No library has two rows.",
			rows: ["lung_1_WGS", "heart_1_WGS", "heart_1_WGS"].map((name) => ({ "Library Name": name, Pool: "tube 1" })),
			at: { row: null, columns: ["library_name"] },
		},
		{
			code: "rows.unknown",
			meaning: "There are no rows of other libraries.",
			rows: ["lung_1_WGS", "heart_1_WGS", "liver_1_WGS"].map((name) => ({ "Library Name": name, Pool: "tube 1" })),
			at: { row: null, columns: ["library_name"] },
		},
	],
});

const openst = examplesOf({
	sheet: "openst_annotation",
	context: { samplePools: ["brain_1", "brain_2"] },
	valid: [
		{ "Sample Name": "brain_1", Image: "brain_1.tif" },
		{ "Sample Name": "brain_2", Image: "brain_2.tif" },
	],
	cases: [
		{
			code: "sample_name.everyOption",
			meaning: "Every sample has its row.",
			rows: [{ "Sample Name": "brain_1", Image: "brain_1.tif" }],
			at: { row: null, columns: ["sample_name"] },
		},
	],
});

const onSlide = (sample: string, area: string, slide: string | null = "V01A01-111"): ExampleRow => ({
	"Sample Name": sample,
	Image: `${sample}.tif`,
	Slide: slide,
	Area: area,
});

const visium = examplesOf({
	sheet: "visium_annotation",
	context: { samplePools: ["brain_1", "brain_2"] },
	valid: [onSlide("brain_1", "A1"), onSlide("brain_2", "B1")],
	cases: [
		{
			code: "sample_name.everyOption",
			meaning: "Every sample has its row.",
			rows: [onSlide("brain_1", "A1")],
			at: { row: null, columns: ["sample_name"] },
		},
		{
			code: "sample_name.duplicate",
			meaning: "No sample has two rows; every one of them is marked.",
			rows: [onSlide("brain_1", "A1"), onSlide("brain_2", "B1"), onSlide("brain_2", "C1")],
			at: { row: 3, columns: ["sample_name"] },
			alsoAt: [{ row: 2, columns: ["sample_name"] }],
		},
		{
			code: "slide.missing",
			meaning: "Every Visium sample has its slide.",
			rows: [onSlide("brain_1", "A1"), onSlide("brain_2", "B1", null)],
			at: { row: 2, columns: ["slide"] },
		},
	],
});

const guide = (name: string): ExampleRow => ({
	"Guide Name": name,
	"Target Gene": "TP53",
	Prefix: "TTGGAAAGGACGAAACACCG",
	"Guide Sequence": "GGGGTTTTCCCCAAAA",
	Suffix: "GTTTTAGAGCTAGAAATAGC",
});

const guides = examplesOf({
	sheet: "parse_crispr_guide_annotation",
	context: {},
	valid: [guide("TP53_1"), guide("TP53_2")],
	cases: [
		{
			code: "guide_name.duplicate",
			meaning: "No two guides have the same name; every row with it is marked.",
			rows: [guide("TP53_1"), guide("TP53_1")],
			at: { row: 2, columns: ["guide_name"] },
			alsoAt: [{ row: 1, columns: ["guide_name"] }],
			repair: 'Rename to "TP53_1_2"',
		},
	],
});

/** In which pool each library is. */
export const poolExamples: readonly SheetExamples[] = [pools];

/** Images and guides of libraries. */
export const libraryExamples: readonly SheetExamples[] = [openst, visium, guides];
