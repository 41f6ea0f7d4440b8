/** For tests: every assay family with what a customer enters for it, and valid and invalid inputs of every step. */
import { LibraryType, ServiceType } from "@opengsync/domain/catalog";
import { libraryName } from "@opengsync/domain/identifiers";
import { parseTsv } from "@opengsync/domain/sheets/parse-tsv";
import type { RawCell, RawSheet } from "@opengsync/domain/sheets/types";
import type { z } from "zod";
import type { stepDefinition } from "../annotation-schemas.ts";

type Key = keyof typeof LibraryType;

/** An assay family. */
export interface Family {
	readonly name: string;
	readonly service: keyof typeof ServiceType;
	/** Ticks and texts of the service step. */
	readonly values?: Readonly<Record<string, unknown>>;
	/** Step that asks how the samples were told apart in their pool. */
	readonly mux?: "oligo_mux_annotation" | "ocm_annotation" | "flex_mux_annotation" | "parse_mux_annotation" | "none";
	/** Library types made of every sample pool. */
	readonly libraries: readonly Key[];
	/** Indices by kit and well; else sequences are typed, and matched. */
	readonly byKit?: boolean;
	/** Steps after the indices. */
	readonly tail?: readonly string[];
}

const antibodies = { antibody_capture: true, antibody_capture_kit: "TotalSeq" };
const parse = { parse_kit: 2, parse_chemistry: 3 };
const custom = (name: string, library: Key, tail: readonly string[] = []): Family => ({
	name,
	service: "CUSTOM",
	libraries: [library],
	tail,
});

/** Every family that a core takes in. */
export const families: readonly Family[] = [
	{ name: "10x 3' GEX", service: "TENX_SC_GEX_3PRIME", libraries: ["TENX_SC_GEX_3PRIME"], byKit: true },
	{ name: "10x 5' GEX", service: "TENX_SC_GEX_5PRIME", libraries: ["TENX_SC_GEX_5PRIME"], byKit: true },
	{
		name: "10x 5' with VDJ-T, VDJ-B and VDJ-GD",
		service: "TENX_SC_GEX_5PRIME",
		values: { vdj_b: true, vdj_t: true, vdj_t_gd: true },
		libraries: ["TENX_SC_GEX_5PRIME", "TENX_VDJ_B", "TENX_VDJ_T", "TENX_VDJ_T_GD"],
		byKit: true,
	},
	{
		name: "10x 5' CRISPR screening",
		service: "TENX_SC_GEX_5PRIME",
		values: { crispr_screening: true },
		libraries: ["TENX_SC_GEX_5PRIME", "TENX_CRISPR_SCREENING"],
		byKit: true,
	},
	{
		name: "feature barcoding",
		service: "TENX_SC_GEX_3PRIME",
		values: antibodies,
		libraries: ["TENX_SC_GEX_3PRIME", "TENX_ANTIBODY_CAPTURE"],
		byKit: true,
		tail: ["feature_annotation"],
	},
	{
		name: "cell hashing with oligos",
		service: "TENX_SC_GEX_3PRIME",
		values: { oligo_multiplexing: true, oligo_multiplexing_kit: "CellPlex" },
		mux: "oligo_mux_annotation",
		libraries: ["TENX_SC_GEX_3PRIME", "TENX_MUX_OLIGO"],
		byKit: true,
	},
	{
		name: "cell hashing with antibodies",
		service: "TENX_SC_GEX_5PRIME",
		values: { ...antibodies, antibody_hashing: true },
		mux: "oligo_mux_annotation",
		libraries: ["TENX_SC_GEX_5PRIME", "TENX_ANTIBODY_CAPTURE"],
		tail: ["feature_annotation"],
	},
	{
		name: "on-chip multiplexing",
		service: "TENX_SC_GEX_3PRIME",
		values: { on_chip_multiplexing: true },
		mux: "ocm_annotation",
		libraries: ["TENX_SC_GEX_3PRIME"],
	},
	{ name: "Flex single-plex", service: "TENX_SC_SINGLE_PLEX_FLEX", libraries: ["TENX_SC_GEX_FLEX"], byKit: true },
	{
		name: "Flex 16-plex with antibodies",
		service: "TENX_SC_16_PLEX_FLEX",
		values: antibodies,
		mux: "flex_mux_annotation",
		libraries: ["TENX_SC_GEX_FLEX", "TENX_SC_ABC_FLEX"],
		tail: ["feature_annotation"],
	},
	{ name: "10x ATAC", service: "TENX_SC_ATAC", libraries: ["TENX_SC_ATAC"] },
	{ name: "multiome", service: "TENX_SC_MULTIOME", libraries: ["TENX_SC_GEX_3PRIME", "TENX_SC_ATAC"], byKit: true },
	custom("Visium", "TENX_VISIUM", ["visium_annotation"]),
	custom("Visium FFPE", "TENX_VISIUM_FFPE", ["visium_annotation"]),
	custom("Visium HD", "TENX_VISIUM_HD", ["visium_annotation"]),
	{ name: "Open-ST", service: "OPENST", libraries: ["OPENST"], tail: ["openst_annotation"] },
	{ name: "Parse", service: "PARSE", values: parse, libraries: ["PARSE_SC_GEX"] },
	{
		name: "Parse with wells, CRISPR, TCR and BCR",
		service: "PARSE",
		values: { ...parse, parse_multiplexing: true, parse_crispr: true, parse_tcr: true, parse_bcr: true },
		mux: "parse_mux_annotation",
		libraries: ["PARSE_SC_GEX", "PARSE_SC_CRISPR", "PARSE_EVERCODE_TCR", "PARSE_EVERCODE_BCR"],
		tail: ["parse_crispr_guide_annotation"],
	},
	{ name: "bulk RNA", service: "BULK_RNA_SEQ", libraries: ["BULK_RNA_SEQ"] },
	custom("Smart-seq", "SMART_SC_SEQ"),
	custom("QuantSeq", "CUSTOM"),
	{ name: "WGS", service: "WGS", libraries: ["WGS"] },
	{ name: "WES", service: "WES", libraries: ["WES"] },
	{ name: "ATAC", service: "ATAC_SEQ", libraries: ["ATAC_SEQ"] },
	{ name: "bisulfite methylation", service: "WG_BS_SEQ", libraries: ["WG_BS_SEQ"] },
	{ name: "reduced bisulfite methylation", service: "RR_BS_SEQ", libraries: ["RR_BS_SEQ"] },
	{ name: "enzymatic methylation", service: "WG_EM_SEQ", libraries: ["WG_EM_SEQ"] },
	{ name: "reduced enzymatic methylation", service: "RR_EM_SEQ", libraries: ["RR_EM_SEQ"] },
	{ name: "ARTIC", service: "ARTIC_SARS_COV_2", libraries: ["ARTIC_SARS_COV_2"] },
	custom("amplicon", "AMPLICON_SEQ"),
	{ name: "immune", service: "IMMUNE_SEQ", libraries: ["IMMUNE_SEQ"] },
	custom("Cut & Run", "CUT_AND_RUN"),
];

/** Submission types with the letters of requests-and-annotation.md §1. */
export type Submission = "R" | "P" | "U";

/** Every family as raw samples and as pooled libraries; unpooled libraries differ from raw samples in the barcodes of pools only. */
export const familyCases = families.flatMap((family) =>
	(["R", "P", "U"] as const)
		.filter((submission) => submission !== "U" || family.mux !== undefined || family.name === "bulk RNA")
		.map((submission) => [family.name, submission, family] as const),
);

/** Names of the libraries that a family makes of the samples; those in one pool share them. */
export function expectedLibraries(family: Family): string[] {
	const pools = family.mux ? ["pool_1"] : sampleNames;
	return pools.flatMap((pool) => family.libraries.map((key) => libraryName(pool, LibraryType[key]))).sort();
}

/** The steps of a family after the first three, by the state machine of requests-and-annotation.md §5.2. */
export function expectedSteps(family: Family, submission: Submission): string[] {
	const { mux, libraries, byKit = false, tail = [] } = family;
	const isPooled = submission === "P";
	const asksBarcodes = mux === "oligo_mux_annotation" || (mux !== undefined && submission !== "R");
	const others = libraries.filter((key) => key !== "TENX_SC_ATAC");
	return [
		"select_service",
		...(mux ? ["define_mux_samples"] : []),
		...(family.service === "CUSTOM" ? ["custom_assay_annotation"] : []),
		...(mux && asksBarcodes ? [mux] : []),
		...(isPooled ? ["pooled_library_annotation", "pool_mapping"] : []),
		...(isPooled && others.length > 0 ? ["barcode_input"] : []),
		...(isPooled && libraries.includes("TENX_SC_ATAC") ? ["tenx_atac_barcode_input"] : []),
		...(isPooled && others.length > 0 && !byKit ? ["barcode_match"] : []),
		...tail,
		"complete",
	];
}

/** The open step as the API describes it. */
export type Definition = z.output<typeof stepDefinition>;

/** Body of a submission. */
export interface Body {
	readonly values?: Readonly<Record<string, unknown>>;
	readonly columns?: readonly string[];
	readonly rows?: readonly (readonly RawCell[])[];
}

/** Something invalid, and the cell or field at which the answer has to point. */
export interface BadBody {
	readonly body: Body;
	readonly row: number | null;
	readonly column: string;
	readonly code: RegExp;
}

/** Names of the samples of every run. */
export const sampleNames = ["lung_1", "brain_1"];

/** Sequences far apart from each other. */
const sequences = parseTsv(
	"CTGTACCA\tAGTCTGTG\nAGACCTTG\tGCACGTAA\nAGGATAGC\tAACCTTGG\nCCAGTTGA\tGTGATCCA\nTTCCAGGT\tCAGTGCTT\nGATCTCAG\tTCATGTCT\nTGACATAG\tCGTAAGGC\nACTGCTCT\tTAGCGAAC",
);

type Cells = Readonly<Record<string, RawCell>>;

/** The presented sheet with cells filled in by title. */
function fill(step: Definition, cellsOf: (index: number) => Cells): Required<Pick<Body, "columns" | "rows">> {
	const { columns, rows }: RawSheet = step.sheet ?? { columns: [], rows: [] };
	return { columns, rows: rows.map((row, index) => columns.map((title, at) => cellsOf(index)[title] ?? row[at] ?? null)) };
}

/** A sheet of its own rows. */
function table(...rows: readonly Cells[]): Required<Pick<Body, "columns" | "rows">> {
	const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
	return { columns, rows: rows.map((row) => columns.map((title) => row[title] ?? null)) };
}

/** A sheet with one cell overwritten. */
function spoil(body: Body, row: number, column: string, value: RawCell): Body {
	const { columns = [], rows = [] } = body;
	const replaced = rows.map((cells, index) =>
		index === row - 1 ? columns.map((title, at) => (title === column ? value : (cells[at] ?? null))) : cells,
	);
	return { ...body, rows: replaced };
}

const spoiled = (body: Body, row: number, column: string, value: RawCell, code: RegExp): BadBody => ({
	body: spoil(body, row, column, value),
	row,
	column,
	code,
});
const wrongValue = (body: Body, column: string): BadBody => ({ body, row: null, column, code: /\.invalid$/ });

/** A valid input of a step and an invalid one. */
export function inputsOf(step: Definition, family: Family, title: string): { good: Body; bad: BadBody } {
	const sheet = (cellsOf: (index: number) => Cells, ...at: readonly [number, string, RawCell, RegExp]) => {
		const good = fill(step, cellsOf);
		return { good, bad: spoiled(good, ...at) };
	};
	switch (step.name) {
		case "project_select":
			return {
				good: { values: { project_title: title, project_description: "Made by a script" } },
				bad: wrongValue({ values: { project_title: title } }, "project_description"),
			};
		case "sample_annotation": {
			const good = table(...sampleNames.map((name) => ({ "Sample Name": name, Genome: "Human (Homo sapiens)" })));
			return { good, bad: spoiled(good, 2, "Sample Name", "lung_1", /^sample_name\.duplicate$/) };
		}
		case "sample_attribute_annotation":
			return sheet(() => ({ Tissue: "blood" }), 2, "Tissue", null, /missing/);
		case "select_service": {
			const values = { service_type_id: ServiceType[family.service].id, ...family.values };
			return { good: { values }, bad: wrongValue({ values: { ...values, service_type_id: 9999 } }, "service_type_id") };
		}
		case "define_mux_samples":
			return sheet(() => ({ "Multiplexing Pool": "pool_1" }), 2, "Multiplexing Pool", "p1", /pool/);
		case "custom_assay_annotation": {
			const [type = "CUSTOM"] = family.libraries;
			return sheet(() => ({ "Library Type": LibraryType[type].label }), 2, "Library Type", "Dowsing", /library_type_id\.invalid/);
		}
		case "oligo_mux_annotation":
			return sheet(
				(index) => ({ Kit: "[10X-CELLPLEX-A] 3' CellPlex Kit Set A", Feature: `CMO30${index + 1}` }),
				...([2, "Feature", "CMO999", /feature/] as const),
			);
		case "ocm_annotation":
			return sheet((index) => ({ "Barcode ID": `ob${index + 1}` }), 2, "Barcode ID", "OB9", /invalid|unknown/);
		case "flex_mux_annotation":
			return sheet((index) => ({ "Barcode ID": `BC00${index + 1}` }), 2, "Barcode ID", "bc001", /duplicate/);
		case "parse_mux_annotation":
			return sheet((index) => ({ Well: `A${index + 1}` }), 2, "Well", "a1", /duplicate/);
		case "pooled_library_annotation":
			return sheet(() => ({ Pool: "tube 1" }), 1, "Pool", "p", /pool\.invalid/);
		case "pool_mapping": {
			const contact = { contact_name: "Contact Person", contact_email: "contact@example.org", contact_phone: "1" };
			const pool = { pool_0_name: title.replaceAll(/\W+/gu, "_"), pool_0_m_reads: 200 };
			const values = { ...step.values, ...contact, ...pool };
			return { good: { values }, bad: wrongValue({ values: { ...values, pool_0_name: "a b!" } }, "pool_0_name") };
		}
		case "barcode_input":
			return family.byKit
				? sheet(
						(index) => ({ "Index Well": `${"ABCDEFGH"[index]}01`, "i7 Kit": "[10X-TT-A] Dual Index Kit TT Set A" }),
						...([1, "Index Well", "Z9", /^index\.well_unknown$/] as const),
					)
				: sheet(
						(index) => ({ "i7 Sequence": sequences[index]?.[0] ?? null, "i5 Sequence": sequences[index]?.[1] ?? null }),
						...([1, "i7 Sequence", "ACGTXX", /sequence_i7\.invalid/] as const),
					);
		case "tenx_atac_barcode_input":
			return sheet(
				(index) => ({ "Index Well": `${"ABCDEFGH"[index]}1`, Kit: "[10X-NA] Single Index Kit N Set A" }),
				...([1, "Index Well", "Z9", /^index\.well_unknown$/] as const),
			);
		case "barcode_match": {
			const all = ["i7", "i5"].flatMap((side) => [
				[`kit_${side}`, "custom"],
				[`orientation_${side}`, "forward"],
				[`primer_${side}`, "AGATCGGAAGAGC"],
			]);
			const values = Object.fromEntries(all.filter(([name]) => step.fields.some((field) => field.name === name)));
			return { good: { values }, bad: wrongValue({ values: { ...values, kit_i7: null } }, "kit_i7") };
		}
		case "feature_annotation": {
			const feature = { Identifier: "230", Feature: "custom-230", Sequence: "TGGCTTCAGGTCCTA", Pattern: "5P(BC)", Read: "R2" };
			const good = table(feature);
			return { good, bad: spoiled(good, 1, "Sequence", "TGGX", /sequence\.invalid/) };
		}
		case "openst_annotation":
		case "visium_annotation": {
			const good = {
				...fill(step, () => ({ Image: "v1.tif", Slide: "V01A01-111", Area: "A1" })),
				values: { instructions: "https://example.org/images" },
			};
			return { good, bad: spoiled(good, 2, "Image", null, /image\.missing/) };
		}
		case "parse_crispr_guide_annotation": {
			const prefix = "ACGTACGTACGT";
			const guide = { "Guide Name": "g1", "Target Gene": "TP53", Prefix: prefix, "Guide Sequence": "GGGGTTTT", Suffix: prefix };
			const good = table(guide);
			return { good, bad: spoiled(good, 1, "Target Gene", null, /target_gene\.missing/) };
		}
		default:
			throw new Error(`No input for ${step.name}`);
	}
}
