import fc from "fast-check";
import { expect, test } from "vitest";
import { parseCsv, parseTsv, toRawSheet } from "./parse-tsv.ts";

test.each([
	[
		"a plain paste",
		"a\tb\r\n1\t2\r\n",
		[
			["a", "b"],
			["1", "2"],
		],
	],
	["empty cells at the ends of a row", "\ta\t\n", [["", "a", ""]]],
	["an empty row in between", "a\n\nb", [["a"], [""], ["b"]]],
	["a line break, a tab and quotes inside a quoted cell", '"a\nb\t""c"""\td', [['a\nb\t"c"', "d"]]],
	["quotes that belong to the text", '5" plate\t"open\t"a"b', [['5" plate', '"open', '"a"b']]],
	["old line ends", "a\rb", [["a"], ["b"]]],
	["a byte order mark", "\uFEFFa\tb", [["a", "b"]]],
	["nothing", "", []],
])("%s arrives cell by cell", (_name, text, cells) => {
	expect(parseTsv(text)).toEqual(cells);
});

test("semicolons of European spreadsheets separate cells too", () => {
	expect(parseCsv('name;"size, mm"\na;1,5')).toEqual([
		["name", "size, mm"],
		["a", "1,5"],
	]);
	expect(parseCsv("name,size\na,1;5")).toEqual([
		["name", "size"],
		["a", "1;5"],
	]);
});

test("short rows get empty cells, so that columns stay aligned", () => {
	expect(toRawSheet([["a", "b"], ["1"], ["1", "2", "3"]])).toEqual({
		columns: ["a", "b", ""],
		rows: [
			["1", null, null],
			["1", "2", "3"],
		],
	});
});

test("any table survives being quoted and read again", () => {
	const table = fc.array(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
	fc.assert(
		fc.property(table, (rows) => {
			const text = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join("\t")).join("\n");
			expect(parseTsv(text)).toEqual(rows);
		}),
	);
});
