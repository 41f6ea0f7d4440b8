import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { writeSheetWorkbook } from "@opengsync/core/documents/write-sheet-workbook";
import { buildSampleAnnotationSheet } from "@opengsync/domain/annotation/sample-annotation";
import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { addValidateCommand, type ValidateOptions, validateFiles } from "./validate-command.ts";

const fixture = (name: string) => fileURLToPath(new URL(`../../core/fixtures/${name}`, import.meta.url));
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), "opengsync-validate-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Writes a file of tab-separated (or, as .csv, comma-separated) rows. */
async function write(name: string, ...rows: readonly (readonly string[])[]): Promise<string> {
	const file = path.join(folder, name);
	await writeFile(file, rows.map((row) => row.join(name.endsWith(".csv") ? "," : "\t")).join("\n"));
	return file;
}

const bulkRaw: ValidateOptions = { service: "BULK_RNA_SEQ", submission: "raw", json: true };
const bulkPooled: ValidateOptions = { ...bulkRaw, submission: "pooled" };

interface Report {
	readonly valid: boolean;
	readonly files: readonly { readonly step: string | null; readonly problems: readonly { readonly code: string }[] }[];
	readonly missing: readonly string[];
}

async function check(files: readonly string[], options: ValidateOptions): Promise<{ report: Report; exitCode: 0 | 1 }> {
	const { text, exitCode } = await validateFiles(files, options);
	return { report: JSON.parse(text), exitCode };
}

const human = "Human (Homo sapiens)";
const samples = (...names: string[]) => [["Sample Name", "Genome"], ...names.map((name) => [name, human])];

test("sheets that can be submitted as they are end with 0", async () => {
	const file = await write("good.csv", ...samples("lung_1", "lung_2"));
	expect(await validateFiles([file], { ...bulkRaw, json: false })).toEqual({
		text: "good.csv: sample_annotation\n0 errors, 0 warnings.",
		exitCode: 0,
	});
});

test("every problem is told with file, step, row, column and repair, as a table", async () => {
	const file = await write("samples.tsv", ["Sample Name", "Genome"], ["lung_1", human], [], ["lung_1", "human"]);
	const { text, exitCode } = await validateFiles([file], { ...bulkRaw, json: false });
	expect(exitCode).toBe(1);
	expect(text.split("\n")).toEqual([
		"samples.tsv: sample_annotation",
		"",
		"FILE         STEP               ROW  COLUMN       SEVERITY  PROBLEM",
		'samples.tsv  sample_annotation  1    Sample Name  error     Sample Name "lung_1" is not unique, see row 3.',
		'samples.tsv  sample_annotation  3    Sample Name  error     Sample Name "lung_1" is not unique, see row 1. (Rename to "lung_1_2")',
		'samples.tsv  sample_annotation  3    Genome       error     "human" is not one of the options of Genome. (Use "Human (Homo sapiens)")',
		"",
		"3 errors, 0 warnings.",
	]);
});

test("a script gets the same as JSON", async () => {
	const file = await write(
		"kit.tsv",
		["Library Name", "Index Well", "i7 Kit"],
		["lung_1_BULKRNA", "A01", "[10X-TT-A] Dual Index Kit TT Set A"],
		["lung_2_BULKRNA", "Z2", "[10X-TT-A] Dual Index Kit TT Set A"],
	);
	const { text, exitCode } = await validateFiles([file], bulkPooled);
	expect(exitCode).toBe(1);
	expect(JSON.parse(text)).toEqual({
		valid: false,
		errors: 1,
		warnings: 0,
		files: [
			{
				file: "kit.tsv",
				step: "barcode_input",
				problems: [
					{
						row: 2,
						column: "Index Well",
						code: "index.well_unknown",
						severity: "error",
						message: "Well Z2 is not in kit [10X-TT-A] Dual Index Kit TT Set A.",
						repair: null,
					},
				],
			},
		],
		missing: ["sample_annotation", "pooled_library_annotation"],
	});
});

test("files belong together: libraries of the samples, pools, and indices that clash within a pool", async () => {
	const files = [
		await write(
			"indices.tsv",
			["Library Name", "i7 Sequence", "i5 Sequence"],
			["a_11_BULKRNA", "ACGTACGT", "TTTTCCCC"],
			["b_11_BULKRNA", "ACGTACGT", "TTTTCCCC"],
		),
		await write("samples.tsv", ...samples("a_11", "b_11")),
		await write("pools.tsv", ["Library Name", "Pool"], ["a_11_BULKRNA", "tube_1"], ["b_11_BULKRNA", "tube_1"]),
	];
	const together = await check(files, bulkPooled);
	expect(together.report.files.map((file) => file.step)).toEqual([
		"barcode_input",
		"sample_annotation",
		"pooled_library_annotation",
	]);
	expect(together.report.files[0]?.problems).toMatchObject([
		{ row: 1, code: "index.clash", severity: "error" },
		{ row: 2, code: "index.clash", severity: "error" },
	]);
	await write("pools.tsv", ["Library Name", "Pool"], ["a_11_BULKRNA", "tube_1"], ["b_11_BULKRNA", "tube_2"]);
	expect(await check(files, bulkPooled)).toMatchObject({ exitCode: 0 });
	await write("samples.tsv", ...samples("a_11", "c_11"));
	const strange = await check(files, bulkPooled);
	expect(strange.report.files[0]?.problems.map((problem) => problem.code)).not.toEqual([]);
});

test.each<[string, Partial<ValidateOptions>, string[], string]>([
	["oligos", { service: "TENX_SC_GEX_3PRIME", with: "oligo_multiplexing" }, ["Kit", "Feature"], "oligo_mux_annotation"],
	["OCM", { service: "TENX_SC_GEX_3PRIME", submission: "U", with: "on_chip_multiplexing" }, ["Barcode ID"], "ocm_annotation"],
	["Flex", { service: "TENX_SC_16_PLEX_FLEX", submission: "U" }, ["Barcode ID"], "flex_mux_annotation"],
	["Parse", { service: "PARSE", submission: "U", with: "parse_multiplexing" }, ["Well"], "parse_mux_annotation"],
])("the barcodes of multiplexed samples are checked as %s without the other sheets", async (_name, options, columns, step) => {
	const cells = columns.map((column) => (column === "Kit" ? "[10X-CELLPLEX-A] 3' CellPlex Kit Set A" : "CMO999"));
	const header = ["Sample Name", "Multiplexing Pool", ...columns];
	const file = await write("mux.tsv", header, ["lung_1", "pool_1", ...cells], ["lung_2", "pool_1", ...cells]);
	const { report, exitCode } = await check([file], { ...bulkRaw, ...options });
	expect(report.files[0]?.step).toBe(step);
	expect(exitCode).toBe(1);
});

test("a workbook made from the template is checked; its sheet with explanations does not matter", async () => {
	const rows = [
		["lung_1", human],
		["=lung_2", human],
	];
	const workbook = await writeSheetWorkbook(buildSampleAnnotationSheet(), { columns: ["Sample Name", "Genome"], rows });
	const file = path.join(folder, "samples.xlsx");
	await writeFile(file, workbook);
	const { report, exitCode } = await check([file], bulkRaw);
	expect(report.files).toMatchObject([{ step: "sample_annotation" }]);
	expect([exitCode, report.files[0]?.problems]).toEqual([0, []]);
	await writeFile(file, await writeSheetWorkbook(buildSampleAnnotationSheet(), { columns: ["Sample Name"], rows: [["x"]] }));
	const withoutGenome = await check([file], bulkRaw);
	expect(withoutGenome.report.files[0]).toMatchObject({ step: null, problems: [{ code: "file.unknown" }] });
	const named = await check([file], { ...bulkRaw, step: "sample_annotation" });
	expect(named.report.files[0]?.problems.map((problem) => problem.code)).toContain("genome_id.absent");
});

test("guides and antibodies are checked without any other sheet", async () => {
	const guides = await write(
		"guides.tsv",
		["Guide Name", "Target Gene", "Prefix", "Guide Sequence", "Suffix"],
		["g1", "TP53", "A"],
	);
	const parse = { ...bulkRaw, service: "PARSE", with: "parse_crispr" };
	const { report } = await check([guides], parse);
	expect(report.files).toMatchObject([{ step: "parse_crispr_guide_annotation" }]);
	expect(report.files[0]?.problems.map((problem) => problem.code)).toEqual(["guide_sequence.missing", "suffix.missing"]);
	expect(report.missing).toEqual(["sample_annotation"]);
	const header = ["Feature", "Sequence", "Pattern", "Read"];
	const features = await write("features.tsv", header, ["CD3", "ACGTACGT", "5P(BC)", "R2"]);
	const antibodies = { ...bulkRaw, service: "TENX_SC_GEX_3PRIME", with: "antibody_capture" };
	expect(await check([features], antibodies)).toMatchObject({ exitCode: 0 });
});

describe("real sheets with older titles", () => {
	test("raw samples: the genomes are the only thing to change, with the repair", async () => {
		const { report } = await check([fixture("raw-bulk-rna.tsv")], bulkRaw);
		expect(report.files[0]).toMatchObject({ step: "sample_annotation" });
		expect(new Set(report.files[0]?.problems.map((problem) => problem.code))).toEqual(
			new Set(["columns.unknown", "genome_id.invalid"]),
		);
		const text = await readFile(fixture("raw-bulk-rna.tsv"), "utf8");
		const repaired = path.join(folder, "repaired.tsv");
		await writeFile(repaired, text.replaceAll(/\thuman\t/g, `\t${human}\t`).replaceAll(/\tmouse\t/g, "\tMouse (Mus musculus)\t"));
		expect(await check([repaired], bulkRaw)).toMatchObject({ exitCode: 0 });
	});

	test("pooled libraries: index columns are recognised; libraries have to be named as the request names them", async () => {
		const { report } = await check([fixture("pooled-bulk-rna.tsv")], bulkPooled);
		expect(report.files[0]?.step).toBe("barcode_input");
		expect(report.files[0]?.problems.map((problem) => problem.code)).toContain("library_name.invalid");
	});
});

test.each<[string, readonly string[], Partial<ValidateOptions>, RegExp]>([
	["an unknown service", [], { service: "ALCHEMY" }, /no service "ALCHEMY"\. Known: CUSTOM/],
	["an unknown submission type", [], { submission: "by pigeon" }, /no submission type/],
	["an unknown option", [], { with: "vdj_x" }, /no option "vdj_x"\. Known: vdj_b/],
	["an option that the service does not have", [], { with: "vdj_t" }, /not available/],
	["an unknown step", ["a.tsv"], { step: "dance" }, /no sheet "dance"/],
	["one step for two files", ["a.tsv", "b.tsv"], { step: "barcode_input" }, /one file/],
	["a file that is not there", ["nowhere.tsv"], {}, /no such file/],
	["a file of another kind", ["picture.png"], {}, /not a \.tsv, \.csv or \.xlsx/],
])("%s is refused with a sentence", async (_name, files, options, message) => {
	await expect(validateFiles(files, { ...bulkRaw, ...options })).rejects.toThrow(message);
});

test("a file that is not what it says, an empty one and one with strange titles are told apart", async () => {
	const binary = path.join(folder, "binary.tsv");
	await writeFile(binary, Buffer.from([0, 1, 2, 3]));
	await expect(validateFiles([binary], bulkRaw)).rejects.toThrow(/not a text file/);
	await expect(validateFiles([await write("empty.tsv", ["", ""])], bulkRaw)).rejects.toThrow(/empty/);
	const bomb = path.join(folder, "bomb.xlsx");
	await writeFile(bomb, "not a workbook");
	await expect(validateFiles([bomb], bulkRaw)).rejects.toThrow(/bomb\.xlsx: /);
	const { report, exitCode } = await check([await write("other.tsv", ["Weather"], ["rain"])], bulkRaw);
	expect(exitCode).toBe(1);
	expect(report.files[0]).toMatchObject({ step: null, problems: [{ code: "file.unknown" }] });
});

test("what a cell holds cannot write to the terminal", async () => {
	const file = await write("hostile.tsv", ["Sample Name", "Genome"], ["lung_1", "\u001b[2Jx\u202e"]);
	const { text } = await validateFiles([file], { ...bulkRaw, json: false });
	for (const character of ["\u001b", "\u202e"]) expect(text).not.toContain(character);
});

test("the command explains itself and ends with the exit code", async () => {
	const program = new Command();
	addValidateCommand(program);
	let help = "";
	program.commands[0]?.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
	for (const text of ["--service <key>", "--submission <type>", "docs/annotation-files.md"]) expect(help).toContain(text);
	const bad = await write("bad.tsv", ...samples("x"));
	const printed = vi.spyOn(console, "log").mockImplementation(() => undefined);
	await program.parseAsync(["validate", "--service", "BULK_RNA_SEQ", "--submission", "raw", bad], { from: "user" });
	expect(printed.mock.lastCall?.[0]).toContain("1 error, 0 warnings.");
	printed.mockRestore();
	expect(process.exitCode).toBe(1);
	process.exitCode = 0;
});
