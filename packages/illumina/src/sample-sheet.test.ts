import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findSection, parseSampleSheet, readSamples, type SampleSheet, writeSampleSheet } from "./sample-sheet.ts";
import { InstrumentFileError } from "./xml.ts";

const text = readFileSync(new URL("../fixtures/200624_A00834_0183_BHMTFYTINY/SampleSheet.csv", import.meta.url), "utf8");

describe("the sample sheet v2 of the NovaSeq 6000 run", () => {
	const { sheet, warnings } = parseSampleSheet(text);

	it("gives its sections and settings", () => {
		expect(sheet.version).toBe(2);
		expect(sheet.sections.map(({ name, kind }) => `${name}: ${kind}`)).toEqual([
			"Header: settings",
			"Reads: settings",
			"BCLConvert_Settings: settings",
			"BCLConvert_Data: table",
		]);
		expect(findSection(sheet, "reads")).toMatchObject({ entries: [{ key: "Read1Cycles", value: "36" }, {}, {}] });
		const header = findSection(sheet, "Header");
		expect(header?.kind === "settings" && header.entries.find(({ key }) => key === "Index Adapters")?.value).toBe(
			"IDT-ILMN DNA-RNA UDP Indexes ",
		);
	});

	it("keeps blanks inside an index and warns of them with their line", () => {
		expect(readSamples(sheet).at(-1)).toEqual({
			lane: "2",
			sampleId: "Sample_14575-Qiagen-IndexSet1-SP-Lane2",
			sampleName: null,
			project: "CD-5678",
			index: "AGGTC  AGATA",
			index2: "C TACAA GATA",
		});
		expect(warnings).toEqual([
			{ line: 25, message: 'Index "AGGTC  AGATA" contains blanks' },
			{ line: 25, message: 'Index2 "C TACAA GATA" contains blanks' },
		]);
	});

	it("is the same after writing and reading again", () => {
		expect(parseSampleSheet(writeSampleSheet(sheet)).sheet).toEqual(sheet);
	});
});

describe("parseSampleSheet", () => {
	it("reads version 1 with a list of reads, quoted cells and Windows line endings", () => {
		const { sheet, warnings } = parseSampleSheet(
			'\uFEFF[Header],,\r\nDescription,"a, ""b""",\r\n[Reads]\r\n151\r\n151\r\n[Settings]\r\nAdapter,CTGT\r\n[Data]\r\nLane,Sample_ID,index\r\n1,S1,ACGT\r\n1,S2\r\n',
		);
		expect(warnings).toEqual([]);
		expect(sheet).toEqual({
			version: 1,
			sections: [
				{ kind: "settings", name: "Header", entries: [{ key: "Description", value: 'a, "b"' }] },
				{ kind: "list", name: "Reads", values: ["151", "151"] },
				{ kind: "settings", name: "Settings", entries: [{ key: "Adapter", value: "CTGT" }] },
				{
					kind: "table",
					name: "Data",
					columns: ["Lane", "Sample_ID", "index"],
					rows: [
						["1", "S1", "ACGT"],
						["1", "S2", ""],
					],
				},
			],
		});
	});

	it("warns of text that is left out, of repeated sections and of an open quote", () => {
		const { warnings } = parseSampleSheet('lost\n[Data]\na,b\n1,2,3\n[data]\na\n"open');
		expect(warnings.map(({ line }) => line)).toEqual([7, 1, 5, 4]);
	});

	it("refuses a file without any section", () => {
		expect(() => parseSampleSheet("Lane,Sample_ID\n1,S1\n")).toThrow(InstrumentFileError);
	});

	it("throws nothing but its own error, whatever the file contains", () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom("[", "]", "Data", "Reads", ",", '"', "\n", "\r", " ", "a") }), (content) => {
				try {
					parseSampleSheet(content);
				} catch (error) {
					expect(error).toBeInstanceOf(InstrumentFileError);
				}
			}),
		);
	});
});

describe("writeSampleSheet", () => {
	it.each<[string, SampleSheet]>([
		[
			"a line break in a cell",
			{ version: 1, sections: [{ kind: "settings", name: "Header", entries: [{ key: "a", value: "b\nc" }] }] },
		],
		[
			"a key that looks like a section",
			{ version: 1, sections: [{ kind: "settings", name: "Header", entries: [{ key: "[Data]", value: "" }] }] },
		],
		["a row that is too short", { version: 1, sections: [{ kind: "table", name: "Data", columns: ["a", "b"], rows: [["1"]] }] }],
		[
			"a version 2 that its header does not name",
			{ version: 2, sections: [{ kind: "table", name: "X_Data", columns: ["a"], rows: [["1"]] }] },
		],
		[
			"samples in a section of settings",
			{ version: 1, sections: [{ kind: "table", name: "Header", columns: ["a"], rows: [["1"]] }] },
		],
	])("refuses %s instead of writing a sheet that reads differently", (_name, sheet) => {
		expect(() => writeSampleSheet(sheet)).toThrow(InstrumentFileError);
	});

	it("loses nothing: what is written is read back the same", () => {
		const filled = fc.string({ unit: fc.constantFrom("a", "B", "1", ",", '"', " ", "é", "=") }).map((value) => `x${value}`);
		const sheets = fc.record({
			keys: fc.array(fc.tuple(filled, filled)),
			columns: fc.array(filled, { minLength: 1, maxLength: 4 }),
			rows: fc.array(fc.array(filled, { minLength: 4, maxLength: 4 })),
		});
		fc.assert(
			fc.property(sheets, ({ keys, columns, rows }) => {
				const sheet: SampleSheet = {
					version: 2,
					sections: [
						{
							kind: "settings",
							name: "Header",
							entries: [{ key: "FileFormatVersion", value: "2" }, ...keys.map(([key, value]) => ({ key, value }))],
						},
						{ kind: "table", name: "BCLConvert_Data", columns, rows: rows.map((row) => row.slice(0, columns.length)) },
					],
				};
				expect(parseSampleSheet(writeSampleSheet(sheet)).sheet).toEqual(sheet);
			}),
		);
	});
});
