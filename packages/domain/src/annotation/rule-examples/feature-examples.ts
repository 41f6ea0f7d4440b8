import { kitLabel } from "../../indices/kit.ts";
import { antibodyKit } from "./example-kits.ts";
import { type ExampleRow, examplesOf, type RuleCase, type SheetExamples } from "./rule-example.ts";

const panel = kitLabel(antibodyKit);
const own = (feature: string, sequence: string): ExampleRow => ({
	Feature: feature,
	Sequence: sequence,
	Pattern: "5P(BC)",
	Read: "R2",
});

/** Rules that hold with and without the column of the sample. */
const commonCases: readonly RuleCase[] = [
	{
		code: "identifier.duplicate",
		meaning: "An identifier is given once for the same sample.",
		rows: [
			{ Kit: panel, Identifier: "B0014" },
			{ ...own("mine", "TGGCTTCAGG"), Identifier: "B0014" },
		],
		at: { row: 2, columns: ["identifier"] },
	},
	{
		code: "feature.duplicate",
		meaning: "A feature is given once for the same sample.",
		rows: [{ Kit: panel, Feature: "CD19" }, own("CD19", "TGGCTTCAGG")],
		at: { row: 2, columns: ["feature"] },
	},
	{
		code: "identifier.invalid",
		meaning: "An identifier is one of the kit.",
		rows: [{ Kit: panel, Identifier: "B9999" }],
		at: { row: 1, columns: ["identifier"] },
	},
	{
		code: "feature.invalid",
		meaning: "A feature is one of the kit.",
		rows: [{ Kit: panel, Feature: "cd3" }],
		at: { row: 1, columns: ["feature"] },
		repair: 'Use "CD3"',
	},
	{
		code: "kit.missing",
		meaning: "A row has a kit, or feature, sequence, pattern and read.",
		rows: [{ Feature: "mine", Sequence: "TGGCTTCAGG", Read: "R2" }],
		at: { row: 1, columns: ["kit", "feature", "sequence", "pattern", "read"] },
	},
	{
		code: "sequence.invalid",
		meaning: "Beside a kit, an own sequence, pattern or read does not contradict it.",
		rows: [{ Kit: panel, Identifier: "B0014", Sequence: "ACGT" }],
		at: { row: 1, columns: ["sequence"] },
		repair: "Use the kit's",
		sameRule: ["pattern.invalid", "read.invalid"],
	},
	{
		code: "sequence.invalid",
		meaning: "A sequence consists of A, C, G, T and N.",
		rows: [own("mine", "ACGTXX")],
		at: { row: 1, columns: ["sequence"] },
	},
	{
		code: "sequence.duplicate",
		meaning: "Sequence, pattern and read of own features are different within a library.",
		rows: [own("one", "TGGCTTCAGG"), own("two", "TGGCTTCAGG")],
		at: { row: 2, columns: ["sequence", "pattern", "read"] },
	},
	{
		code: "kit.invalid",
		meaning: "A kit is one of the list.",
		rows: [{ Kit: "199902" }],
		at: { row: 1, columns: ["kit"] },
		repair: `Use "${panel}"`,
	},
];

const features = examplesOf({
	sheet: "feature_annotation",
	context: { samplePools: ["s1", "s2"], kits: [antibodyKit] },
	valid: [{ Kit: panel }, { "Sample Name": "s1", Identifier: "230", ...own("mine", "TGGCTTCAGGTCCTA") }],
	cases: [
		{
			code: "sample_name.uncovered",
			meaning: "Every sample with an antibody library has features; a row without sample is for all.",
			rows: [{ "Sample Name": "s1", Kit: panel }],
			at: { row: null, columns: ["sample_name"] },
		},
		{
			code: "sample_name.duplicate",
			meaning: "No row is there twice.",
			rows: [{ Kit: panel }, { Kit: panel }],
			at: { row: 2, columns: ["sample_name", "kit", "identifier", "feature", "sequence", "pattern", "read"] },
		},
		{
			code: "sample_name.invalid",
			meaning: "A sample is one of those with an antibody library.",
			rows: [{ Kit: panel }, { "Sample Name": "s9", ...own("mine", "TGGCTTCAGGTCCTA") }],
			at: { row: 2, columns: ["sample_name"] },
		},
		...commonCases,
	],
});

const libraryFeatures = examplesOf({
	sheet: "library_features",
	context: { kits: [antibodyKit] },
	valid: [{ Kit: panel }, own("mine", "TGGCTTCAGGTCCTA")],
	cases: [
		{
			code: "kit.duplicate",
			meaning: "No row is there twice.",
			rows: [{ Kit: panel }, { Kit: panel }],
			at: { row: 2, columns: ["kit", "identifier", "feature", "sequence", "pattern", "read"] },
		},
		...commonCases,
	],
});

/** Antibody features in the annotation. */
export const featureExamples: readonly SheetExamples[] = [features];

/** Antibody features of one library. */
export const libraryFeatureExamples: readonly SheetExamples[] = [libraryFeatures];
