import { maxSheetRows } from "@opengsync/domain/sheets/limits";
import type { SheetDefinition } from "@opengsync/domain/sheets/types";
import { writeXlsx } from "hucre/xlsx";
import { describe, expect, it } from "vitest";
import { readWorkbook } from "./read-workbook.ts";
import { zipOf } from "./testing/zip-of.ts";
import { writeSheetWorkbook } from "./write-sheet-workbook.ts";

const definition: SheetDefinition = {
	name: "example",
	title: "Samples: what/who?",
	columns: [
		{
			key: "sample_name",
			label: "Sample Name",
			width: 150,
			type: "text",
			required: true,
			help: "Name of the sample",
			examples: ["A_1"],
		},
		{
			key: "genome_id",
			label: "Genome",
			width: 150,
			type: "labelledChoice",
			options: [
				{ value: 1, label: "Human, Homo sapiens" },
				{ value: 2, label: "Mouse" },
			],
		},
	],
	canAddRows: true,
	canAddColumns: false,
	mayBeEmpty: false,
	rules: [],
};

describe("the workbook of a sheet", () => {
	it("comes back as it was written: titles, text, leading zeros, and nothing that begins with = as a formula", async () => {
		const rows = [
			["007", "Human, Homo sapiens"],
			["=1+1", null],
			['=HYPERLINK("http://x")', "Mouse"],
		];
		const bytes = await writeSheetWorkbook(definition, { columns: ["Sample Name", "Genome"], rows });
		const [sheet] = await readWorkbook(bytes);
		expect(sheet?.name).toBe("Samples  what who");
		expect(sheet?.cells).toEqual([
			["Sample Name", "Genome"],
			["007", "Human, Homo sapiens"],
			["=1+1"],
			['=HYPERLINK("http://x")', "Mouse"],
		]);
	});

	it("offers the choices from a list of its own, so that an option with a comma stays one", async () => {
		const bytes = await writeSheetWorkbook(definition, null);
		const text = new TextDecoder("latin1").decode(bytes);
		expect(text.length).toBeGreaterThan(0);
		const sheets = await readWorkbook(bytes);
		expect(sheets.map((sheet) => sheet.name)).toEqual(["Samples  what who", "Help"]);
		expect(sheets[1]?.cells[1]).toEqual(["Sample Name", "required", "Name of the sample", "A_1"]);
	});

	it("says which columns tell the rows apart and are to be left as they are", async () => {
		const [column, ...others] = definition.columns;
		if (!column) throw new Error("no column");
		const fixed = { ...definition, columns: [{ ...column, readOnly: true }, ...others] };
		const [, help] = await readWorkbook(await writeSheetWorkbook(fixed, null));
		expect(help?.cells[1]?.slice(0, 2)).toEqual(["Sample Name", "read-only"]);
	});
});

describe("reading an uploaded workbook", () => {
	it("gives stored values as text: 15 digits, dates as ISO, several sheets, no hidden ones", async () => {
		const bytes = await writeXlsx({
			sheets: [
				{
					name: "One",
					rows: [
						["a", 0.1 + 0.2, true],
						[new Date("2026-01-02T00:00:00Z"), 12],
					],
				},
				{ name: "Empty", rows: [] },
				{ name: "Secret", rows: [["x"]], hidden: true },
				{ name: "Two", rows: [["b"], [], ["c", "", ""]] },
			],
		});
		expect(await readWorkbook(bytes)).toEqual([
			{
				name: "One",
				cells: [
					["a", "0.3", "TRUE"],
					["2026-01-02", "12"],
				],
			},
			{ name: "Two", cells: [["b"], [], ["c"]] },
		]);
	});

	it.each([
		["nothing", new Uint8Array(), /not an Excel workbook/],
		["text", new TextEncoder().encode("sample\tgenome\nthis is only text\n"), /not an Excel workbook/],
		["a PDF with another name", new TextEncoder().encode(`%PDF-1.7 ${"x".repeat(100)}`), /not an Excel workbook/],
		["an old .xls", new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, ...new Array<number>(100).fill(0)]), /old \.xls/],
		["a ZIP archive of something else", zipOf("hello.txt", new TextEncoder().encode("hello")), /damaged/],
		["a cut-off file", zipOf("xl/workbook.xml", new TextEncoder().encode("<workbook/>")).slice(0, 60), /damaged/],
		["a part that holds more than it declares", zipOf("xl/workbook.xml", new Uint8Array(50_000_000), 1000), /damaged/],
		["a bomb: 90 MB of zeros", zipOf("xl/worksheets/sheet1.xml", new Uint8Array(90_000_000)), /more than is accepted/],
		["more than 100 MB declared", zipOf("xl/a.xml", new Uint8Array(10), 200_000_000), /more than is accepted/],
	])("refuses %s with a sentence for the user", async (_, bytes, message) => {
		await expect(readWorkbook(bytes)).rejects.toThrow(message);
	});

	it("refuses a sheet of more rows or columns than is accepted", async () => {
		const rows = Array.from({ length: maxSheetRows + 1 }, (_, index) => [index]);
		await expect(readWorkbook(await writeXlsx({ sheets: [{ name: "Long", rows }] }))).rejects.toThrow(/more than 5000 rows/);
		const wide = [Array.from({ length: 300 }, (_, index) => index)];
		await expect(readWorkbook(await writeXlsx({ sheets: [{ name: "Wide", rows: wide }] }))).rejects.toThrow(
			/more than 200 columns/,
		);
	});

	it("survives every damage of a byte of a real workbook: a result or a refusal, never a crash", async () => {
		const bytes = await writeXlsx({ sheets: [{ name: "A", rows: [["a", 1]] }] });
		for (let at = 0; at < bytes.length; at += 211) {
			const damaged = bytes.slice();
			damaged[at] = 255 - (damaged[at] ?? 0);
			const outcome = await readWorkbook(damaged).then(
				() => "read",
				(error: Error) => error.name,
			);
			expect(["read", "UnreadableWorkbookError"]).toContain(outcome);
		}
	});
});
