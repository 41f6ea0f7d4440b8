import { LibraryType, MuxType, ServiceType } from "../../catalog.ts";
import type { DefineMuxSamplesContext } from "../define-mux-samples.ts";
import { examplesOf, type SheetExamples } from "./rule-example.ts";

const human = "Human (Homo sapiens)";
const mouse = "Mouse (Mus musculus)";

const sampleAnnotation = examplesOf({
	sheet: "sample_annotation",
	context: {},
	valid: [
		{ "Sample Name": "lung ctrl-1", Genome: human },
		{ "Sample Name": "brain_1", Genome: mouse },
	],
	cases: [
		{
			code: "sample_name.duplicate",
			meaning: "No two samples have the same name after cleaning.",
			rows: [
				{ "Sample Name": "lung ctrl-1", Genome: human },
				{ "Sample Name": "lung_ctrl_1", Genome: human },
			],
			at: { row: 2, columns: ["sample_name"] },
			alsoAt: [{ row: 1, columns: ["sample_name"] }],
			repair: 'Rename to "lung_ctrl_1_2"',
		},
		{
			code: "sample_name.invalid",
			meaning: "A name has 4 to 64 characters.",
			rows: [{ "Sample Name": "KO1", Genome: mouse }],
			at: { row: 1, columns: ["sample_name"] },
		},
		{
			code: "sample_name.invalid",
			meaning: "A name consists of letters A–Z, digits and _; spaces and - become _ by themselves.",
			rows: [{ "Sample Name": "day.3_rep1", Genome: mouse }],
			at: { row: 1, columns: ["sample_name"] },
			repair: 'Use "day_3_rep1"',
		},
		{
			code: "genome_id.invalid",
			meaning: "A genome is one of the list.",
			rows: [{ "Sample Name": "lung_1", Genome: "human" }],
			at: { row: 1, columns: ["genome_id"] },
			repair: `Use "${human}"`,
		},
	],
});

const lungs = { samples: ["lung_1", "lung_2"].map((name) => ({ name, id: null })), customAttributes: [] };

const sampleAttributes = examplesOf({
	sheet: "sample_attribute_annotation",
	context: lungs,
	valid: [
		{ "Sample Name": "lung_1", "Sample ID": "new", Sex: "F", Age: 10 },
		{ "Sample Name": "lung_2", "Sample ID": "new", Sex: "M", Age: 12 },
	],
	cases: [
		{
			code: "age.missing",
			meaning: "An attribute is given for all samples or for none; columns that were added have their own name in the code.",
			rows: [
				{ "Sample Name": "lung_1", Sex: "F", Age: 10 },
				{ "Sample Name": "lung_2", Sex: "M" },
			],
			at: { row: 2, columns: ["age"] },
			sameRule: ["sex", "genotype", "cell_type", "condition", "tissue", "disease"].map((key) => `${key}.missing`),
		},
		{
			code: "attribute.name",
			meaning: "The name of an attribute has 3 to 64 characters.",
			columns: ["Sample Name", "x1"],
			rows: [
				{ "Sample Name": "lung_1", x1: "a" },
				{ "Sample Name": "lung_2", x1: "b" },
			],
			at: { row: null, columns: ["x1"] },
		},
		{
			code: "rows.missing",
			meaning: "Every sample of the run has its row.",
			rows: [{ "Sample Name": "lung_1" }],
			at: { row: null, columns: ["sample_name"] },
		},
		{
			code: "rows.repeated",
			meaning: "No sample has two rows.",
			rows: [{ "Sample Name": "lung_1" }, { "Sample Name": "lung_2" }, { "Sample Name": "lung_2" }],
			at: { row: null, columns: ["sample_name"] },
		},
		{
			code: "rows.unknown",
			meaning: "There are no rows of other samples.",
			rows: [{ "Sample Name": "lung_1" }, { "Sample Name": "lung_2" }, { "Sample Name": "heart_1" }],
			at: { row: null, columns: ["sample_name"] },
		},
	],
});

const muxSamplesContext: DefineMuxSamplesContext = {
	serviceTypeId: ServiceType.TENX_SC_GEX_3PRIME.id,
	sampleNames: ["brain_1", "lung_1"],
	libraryTypeIds: [LibraryType.TENX_SC_GEX_3PRIME.id],
	existingLibraries: [],
};

const muxSamples = examplesOf({
	sheet: "define_mux_samples",
	context: muxSamplesContext,
	valid: [
		{ "Sample Name": "brain_1", "Multiplexing Pool": "pool_1" },
		{ "Sample Name": "lung_1", "Multiplexing Pool": "pool_1" },
		{ "Sample Name": "brain_1", "Multiplexing Pool": "pool_2" },
	],
	cases: [
		{
			code: "sample_name.duplicate",
			meaning: "A sample is in a pool once.",
			rows: [
				{ "Sample Name": "brain_1", "Multiplexing Pool": "pool_1" },
				{ "Sample Name": "lung_1", "Multiplexing Pool": "pool_1" },
				{ "Sample Name": "brain_1", "Multiplexing Pool": "pool_1" },
			],
			at: { row: 3, columns: ["sample_name", "pool"] },
		},
		{
			code: "sample_name.duplicate",
			meaning: "The request has no library of the service's types with this sample yet.",
			context: {
				...muxSamplesContext,
				existingLibraries: [{ sampleName: "lung_1", libraryTypeId: LibraryType.TENX_SC_GEX_3PRIME.id }],
			},
			rows: [
				{ "Sample Name": "brain_1", "Multiplexing Pool": "pool_1" },
				{ "Sample Name": "lung_1", "Multiplexing Pool": "pool_1" },
			],
			at: { row: 2, columns: ["sample_name"] },
		},
		{
			code: "sample_name.unused",
			meaning: "Every sample of the run is in a pool.",
			rows: [{ "Sample Name": "brain_1", "Multiplexing Pool": "pool_1" }],
			at: { row: null, columns: ["sample_name"] },
		},
		{
			code: "sample_name.invalid",
			meaning: "A sample is one of the run.",
			rows: [
				{ "Sample Name": "brain 1", "Multiplexing Pool": "pool_1" },
				{ "Sample Name": "lung_1", "Multiplexing Pool": "pool_1" },
			],
			at: { row: 1, columns: ["sample_name"] },
			repair: 'Use "brain_1"',
		},
		{
			code: "pool.missing",
			meaning: "Pools are given for all rows or for none; without any they are filled by row order.",
			rows: [{ "Sample Name": "brain_1", "Multiplexing Pool": "pool_1" }, { "Sample Name": "lung_1" }],
			at: { row: 2, columns: ["pool"] },
		},
		{
			code: "pool.invalid",
			meaning: "The name of a pool has 4 to 64 characters.",
			rows: [
				{ "Sample Name": "brain_1", "Multiplexing Pool": "pool_1" },
				{ "Sample Name": "lung_1", "Multiplexing Pool": "p1" },
			],
			at: { row: 2, columns: ["pool"] },
		},
		{
			code: "pool.invalid",
			meaning: "The name of a pool consists of letters A–Z, digits and - _ . only.",
			rows: [
				{ "Sample Name": "brain_1", "Multiplexing Pool": "pool_1" },
				{ "Sample Name": "lung_1", "Multiplexing Pool": "pool 1" },
			],
			at: { row: 2, columns: ["pool"] },
			repair: 'Use "pool_1"',
		},
	],
});

const customAssay = examplesOf({
	sheet: "custom_assay_annotation",
	context: {
		samplePools: ["pool_1", "pool_2"].map((name, index) => ({ name, sampleNames: [`sample_${index + 1}`] })),
		muxTypeId: MuxType.TENX_ON_CHIP.id,
		existingLibraries: [{ sampleName: "sample_2", libraryTypeId: LibraryType.CUT_AND_RUN.id }],
	},
	valid: [
		{ "Sample Name (Pool)": "pool_1", "Library Type": "Cut & Run" },
		{ "Sample Name (Pool)": "pool_2", "Library Type": "10X Visium Gene Expression" },
	],
	cases: [
		{
			code: "sample_pool.unused",
			meaning: "Every sample pool gets at least one library.",
			rows: [{ "Sample Name (Pool)": "pool_1", "Library Type": "Cut & Run" }],
			at: { row: null, columns: ["sample_pool"] },
		},
		{
			code: "sample_pool.duplicate",
			meaning: "A sample pool gets a library type once.",
			rows: [
				{ "Sample Name (Pool)": "pool_1", "Library Type": "Cut & Run" },
				{ "Sample Name (Pool)": "pool_1", "Library Type": "Cut & Run" },
				{ "Sample Name (Pool)": "pool_2", "Library Type": "10X Visium Gene Expression" },
			],
			at: { row: 2, columns: ["sample_pool", "library_type_id"] },
		},
		{
			code: "library_type_id.invalid",
			meaning: "Libraries of multiplexing oligos need oligo multiplexing, chosen with the service.",
			rows: [
				{ "Sample Name (Pool)": "pool_1", "Library Type": "10X Multiplexing Oligo Capture" },
				{ "Sample Name (Pool)": "pool_2", "Library Type": "10X Visium Gene Expression" },
			],
			at: { row: 1, columns: ["library_type_id"] },
		},
		{
			code: "library_type_id.duplicate",
			meaning: "The request has no library of this type with one of the samples yet.",
			rows: [
				{ "Sample Name (Pool)": "pool_1", "Library Type": "Cut & Run" },
				{ "Sample Name (Pool)": "pool_2", "Library Type": "Cut & Run" },
			],
			at: { row: 2, columns: ["library_type_id"] },
		},
		{
			code: "library_type_id.invalid",
			meaning: "A library type is one of the list.",
			rows: [
				{ "Sample Name (Pool)": "pool_1", "Library Type": "cut and run" },
				{ "Sample Name (Pool)": "pool_2", "Library Type": "10X Visium Gene Expression" },
			],
			at: { row: 1, columns: ["library_type_id"] },
		},
	],
});

/** Samples, their attributes, pools and libraries. */
export const sampleExamples: readonly SheetExamples[] = [sampleAnnotation, sampleAttributes, muxSamples, customAssay];
