import { GenomeRef, LibraryStatus, LibraryType, MuxType } from "../../catalog.ts";
import type { PrepLibrary } from "../../library-edits/regroup.ts";
import { type ExampleRow, examplesOf, type RuleCase, type SheetExamples } from "./rule-example.ts";

/** A multiplexed library of a prep. */
export const prepLibrary = (id: number, sampleName: string, more: Partial<PrepLibrary> = {}): PrepLibrary => ({
	id,
	name: `${sampleName}_CUTNRUN`,
	sampleName,
	typeId: LibraryType.CUT_AND_RUN.id,
	muxTypeId: MuxType.TENX_ON_CHIP.id,
	statusId: LibraryStatus.PREPARING.id,
	ownerId: 5,
	requestId: 3,
	genomeRefId: GenomeRef.HUMAN.id,
	indices: "",
	isOnExperiment: false,
	sampleIds: [id],
	...more,
});

const samples = [
	{ id: 1, name: "lung_1" },
	{ id: 2, name: "heart_1" },
];
const inPool = (id: number, name: string, pool: string): ExampleRow => ({ "Sample ID": id, "Sample Name": name, Pool: pool });
const lung = inPool(1, "lung_1", "pool_1");
const heart = inPool(2, "heart_1", "pool_2");

/** The rules of rows that are given: two that belong to the sheet, and one that does not. */
export function casesOfFixedRows(columns: readonly string[], lines: readonly [ExampleRow, ExampleRow, ExampleRow]): RuleCase[] {
	const at = { row: null, columns };
	const [first, second, other] = lines;
	return [
		{ code: "rows.missing", meaning: "Every sample has its row.", rows: [first], at },
		{ code: "rows.repeated", meaning: "No sample has two rows.", rows: [first, second, second], at },
		{ code: "rows.unknown", meaning: "There are no rows of other samples.", rows: [first, second, other], at },
	];
}

const samplePools = examplesOf({
	sheet: "sample_pools",
	context: { samples, libraries: [prepLibrary(1, "pool_1"), prepLibrary(2, "pool_2")] },
	valid: [lung, inPool(2, "heart_1", "pool_1")],
	cases: [
		{
			code: "pool.invalid",
			meaning: "A pool has 4 to 64 characters; x gives the sample up.",
			rows: [lung, inPool(2, "heart_1", "p1")],
			at: { row: 2, columns: ["pool"] },
		},
		{
			code: "pool.on_experiment",
			meaning: "Libraries whose pool is on an experiment stay as they are.",
			context: { samples, libraries: [prepLibrary(1, "pool_1"), prepLibrary(2, "pool_2", { isOnExperiment: true })] },
			rows: [lung, inPool(2, "heart_1", "pool_3")],
			at: { row: null, columns: ["pool"] },
		},
		{
			code: "pool.merged",
			severity: "warning",
			meaning: "Libraries of different requests, owners, genomes or indices are merged with care.",
			context: { samples, libraries: [prepLibrary(1, "pool_1"), prepLibrary(2, "pool_2", { requestId: 4 })] },
			rows: [lung, inPool(2, "heart_1", "pool_1")],
			at: { row: null, columns: ["pool"] },
		},
		...casesOfFixedRows(["sample_id", "sample_name"], [lung, heart, inPool(3, "liver_1", "pool_1")]),
	],
});

const measured = (id: number, name: string, cells: ExampleRow = {}): ExampleRow => ({
	"Sample ID": id,
	"Sample Name": name,
	...cells,
});
const lungMeasured = measured(1, "lung_1", { "Concentration [ng/µL]": 48.2, "Fragment Size [bp]": 1850 });

const qualityControl = examplesOf({
	sheet: "quality_control",
	context: {
		samples: [
			{ id: 1, isMeasured: true },
			{ id: 2, isMeasured: false },
		],
	},
	valid: [lungMeasured, measured(2, "heart_1")],
	cases: [
		{
			code: "concentration.missing",
			meaning: "With the concentration a sample counts as measured; other values need it.",
			rows: [lungMeasured, measured(2, "heart_1", { "Volume [µL]": 30 })],
			at: { row: 2, columns: ["concentration"] },
		},
		{
			code: "concentration.missing",
			meaning: "A sample that is measured stays so.",
			rows: [measured(1, "lung_1"), measured(2, "heart_1")],
			at: { row: 1, columns: ["concentration"] },
		},
		{
			code: "integrity.invalid",
			meaning: "Numbers lie within what can be measured.",
			rows: [{ ...lungMeasured, "RIN/DIN": 11 }, measured(2, "heart_1")],
			at: { row: 1, columns: ["integrity"] },
			sameRule: ["concentration.invalid", "fragment_size.invalid", "volume.invalid"],
		},
		...casesOfFixedRows(["sample_id"], [lungMeasured, measured(2, "heart_1"), measured(3, "liver_1")]),
	],
});

/** Sheets of the laboratory about the samples of a request or prep. */
export const laboratoryExamples: readonly SheetExamples[] = [samplePools, qualityControl];
