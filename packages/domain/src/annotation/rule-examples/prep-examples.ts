import { MuxType, ServiceType } from "../../catalog.ts";
import type { MuxLink } from "../../library-edits/library-mux.ts";
import { casesOfFixedRows, prepLibrary } from "./laboratory-examples.ts";
import { type ExampleRow, examplesOf, type SheetExamples } from "./rule-example.ts";

const link = (sampleId: number, sampleName: string, libraryId: number): MuxLink => ({
	sampleId,
	sampleName,
	libraryId,
	pool: "pool_1",
	serviceTypeId: ServiceType.TENX_SC_16_PLEX_FLEX.id,
});
const probe = (sampleId: number, name: string, libraryId: number, barcode: string): ExampleRow => ({
	"Sample ID": sampleId,
	"Library ID": libraryId,
	"Sample Pool": "pool_1",
	"Demultiplexed Name": name,
	"Barcode ID": barcode,
});
const lungProbe = probe(1, "lung_1", 7, "BC001");
const heartProbe = probe(2, "heart_1", 7, "BC002");

const flex = examplesOf({
	sheet: "prep_flex",
	context: { kind: "flex", links: [link(1, "lung_1", 7), link(2, "heart_1", 7)] },
	valid: [lungProbe, heartProbe],
	cases: [
		{
			code: "barcode.duplicate",
			meaning: "A sample pool uses a barcode for one sample.",
			rows: [lungProbe, probe(2, "heart_1", 7, "BC002; BC001")],
			at: { row: 2, columns: ["barcode"] },
		},
		{
			code: "barcode.unusual",
			severity: "warning",
			meaning: "A probe barcode is one of those of the assay.",
			rows: [lungProbe, probe(2, "heart_1", 7, "BC017")],
			at: { row: 2, columns: ["barcode"] },
		},
		...casesOfFixedRows(
			["sample_id", "library_id", "pool", "sample_name"],
			[lungProbe, heartProbe, probe(3, "liver_1", 7, "BC003")],
		),
	],
});

const onChipSamples = [
	{ sampleId: 1, name: "lung_1 (pool_1)", pool: "pool_1" },
	{ sampleId: 1, name: "lung_1 (pool_2)", pool: "pool_2" },
];
const onChipRow = (name: string, pool: string, barcode: string): ExampleRow => ({
	"Demultiplexed Name": name,
	"Sample Pool": pool,
	"Barcode ID": barcode,
});
const chip = (id: number, pool: string, more: Parameters<typeof prepLibrary>[2] = {}) =>
	prepLibrary(id, pool, { sampleIds: [1], muxTypeId: MuxType.TENX_ON_CHIP.id, ...more });
const first = onChipRow("lung_1 (pool_1)", "pool_1", "OB1");
const second = onChipRow("lung_1 (pool_2)", "pool_2", "OB1");

const onChip = examplesOf({
	sheet: "prep_on_chip",
	context: { samples: onChipSamples, libraries: [chip(1, "pool_1"), chip(2, "pool_2")] },
	valid: [first, second],
	cases: [
		{
			code: "barcode.duplicate",
			meaning: "A sample pool uses a barcode for one sample.",
			rows: [onChipRow("lung_1 (pool_1)", "pool_1", "OB1;OB1"), second],
			at: { row: 1, columns: ["barcode"] },
		},
		{
			code: "barcode.invalid",
			meaning: "A chip has the barcodes OB1 to OB4.",
			rows: [first, onChipRow("lung_1 (pool_2)", "pool_2", "OB5")],
			at: { row: 2, columns: ["barcode"] },
		},
		{
			code: "pool.invalid",
			meaning: "A pool has 4 to 64 characters.",
			rows: [first, onChipRow("lung_1 (pool_2)", "p2", "OB1")],
			at: { row: 2, columns: ["pool"] },
		},
		{
			code: "pool.duplicate",
			meaning: "A sample is in a pool once.",
			rows: [first, onChipRow("lung_1 (pool_2)", "pool_1", "OB2")],
			at: { row: 2, columns: ["pool"] },
		},
		{
			code: "pool.on_experiment",
			meaning: "Libraries whose pool is on an experiment stay as they are.",
			context: { samples: onChipSamples, libraries: [chip(1, "pool_1"), chip(2, "pool_2", { isOnExperiment: true })] },
			rows: [first, onChipRow("lung_1 (pool_2)", "pool_3", "OB1")],
			at: { row: null, columns: ["pool"] },
		},
		{
			code: "pool.merged",
			severity: "warning",
			meaning: "Libraries of different requests, owners, genomes or indices are merged with care.",
			context: {
				samples: [
					{ sampleId: 1, name: "lung_1", pool: "pool_1" },
					{ sampleId: 2, name: "heart_1", pool: "pool_2" },
				],
				libraries: [chip(1, "pool_1"), chip(2, "pool_2", { sampleIds: [2], requestId: 4 })],
			},
			rows: [onChipRow("lung_1", "pool_1", "OB1"), onChipRow("heart_1", "pool_1", "OB2")],
			at: { row: null, columns: ["pool"] },
		},
		...casesOfFixedRows(["sample_name"], [first, second, onChipRow("liver_1", "pool_1", "OB3")]),
	],
});

/** Sheets of the barcodes of a whole prep. */
export const prepExamples: readonly SheetExamples[] = [flex, onChip];
