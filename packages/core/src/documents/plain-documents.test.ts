import { describe, expect, it } from "vitest";
import { readWorkbook } from "./read-workbook.ts";
import { writeTablesWorkbook, writeTsv } from "./write-tables-workbook.ts";
import { writeTextPdf } from "./write-text-pdf.ts";

const table = {
	name: "libraries",
	columns: ["id", "name"],
	rows: [
		[1, "=1+1"],
		[2, "two\tlines\r\nof text"],
		[-3, null],
	],
} as const;

describe("plain tables", () => {
	it("keep one row per line as text, and run no formula in a spreadsheet", () => {
		expect(writeTsv(table)).toBe("id\tname\n1\t'=1+1\n2\ttwo lines of text\n-3\t\n");
	});
	it("come out of the workbook as they went in", async () => {
		const sheets = await readWorkbook(await writeTablesWorkbook([table, { ...table, name: "empty", rows: [] }]));
		expect(sheets.map((sheet) => [sheet.name, sheet.cells.length])).toEqual([
			["libraries", 4],
			["empty", 1],
		]);
		expect(sheets[0]?.cells[1]).toEqual(["1", "=1+1"]);
	});
});

describe("a plain PDF", () => {
	const textOf = (lines: readonly string[]) => new TextDecoder().decode(writeTextPdf(lines));
	it("has as many pages as its lines need, and tells where its parts are", () => {
		const file = textOf(Array.from({ length: 100 }, (_, index) => `Line ${index}`));
		expect(file.match(/\/Type \/Page /g)).toHaveLength(3);
		for (const [, offset] of file.matchAll(/^(\d{10}) 00000 n/gm)) expect(file.slice(Number(offset))).toMatch(/^\d+ 0 obj/);
	});
	it("cannot be broken by brackets in a text", () => {
		expect(textOf(["Cost (at most) \\ limit"])).toContain("(Cost \\(at most\\) \\\\ limit) Tj");
	});
});
