import fc from "fast-check";
import { expect, test } from "vitest";
import { buildSampleAnnotationSheet } from "../annotation/sample-annotation.ts";
import { sheet, shorten } from "../annotation/test-runs.ts";
import type { RawSheet, SheetDefinition } from "./types.ts";
import { validateSheet } from "./validate-sheet.ts";

const samples = buildSampleAnnotationSheet();
const header = ["Sample Name", "Genome"];
const human = "Human (Homo sapiens)";
const mouse = "Mouse (Mus musculus)";

test("every example of the sample sheet is judged as the specification says", () => {
	const result = validateSheet(
		samples,
		sheet(
			header,
			["lung ctrl-1", human],
			["KO1", mouse],
			["day.3_rep1", mouse],
			["Gewebe_ä", human],
			["brain_1", null],
			["lung_ctrl_1", human],
		),
	);
	expect(shorten(result.problems)).toEqual([
		"1 duplicate sample_name",
		"2 invalid sample_name",
		"3 invalid sample_name",
		"4 invalid sample_name",
		"6 duplicate sample_name",
		"5 missing genome_id",
	]);
	expect(result.problems[2]?.message).toContain("“.”");
	expect(result.problems[3]?.message).toContain("“ä”");
});

test("a name with spaces and dashes is stored with underscores and the id of its genome", () => {
	const result = validateSheet(samples, sheet(header, ["lung ctrl-1", human]));
	expect(result.rows).toEqual([{ number: 1, values: { sample_name: "lung_ctrl_1", genome_id: 1 } }]);
});

test("blank rows are dropped, but messages name the rows that the user sees", () => {
	const result = validateSheet(samples, sheet(header, [null, " "], ["lung_1", human], ["\0", null], ["x", human]));
	expect(result.rows.map((row) => row.number)).toEqual([2, 4]);
	expect(result.problems[0]?.row).toBe(4);
});

test("one click mends wrong options, bad characters and doubled names", () => {
	const repairs = validateSheet(
		samples,
		sheet(header, ["lung_1", "human"], ["lung_1", human], ["lung_1", mouse], ["day.3", mouse], ["Gewebe_ä", human]),
	).problems.map((problem) => problem.repair?.cells);
	expect(repairs).toEqual([
		undefined,
		[{ row: 2, column: "sample_name", value: "lung_1_2" }],
		[{ row: 3, column: "sample_name", value: "lung_1_3" }],
		[{ row: 4, column: "sample_name", value: "day_3" }],
		[{ row: 5, column: "sample_name", value: "Gewebe_a" }],
		[{ row: 1, column: "genome_id", value: human }],
	]);
});

test("an empty sheet is one error, nothing else", () => {
	expect(validateSheet(samples, sheet(header, [null, null])).problems.map((problem) => problem.code)).toEqual(["sheet.empty"]);
	expect(validateSheet({ ...samples, mayBeEmpty: true }, sheet(header)).hasErrors).toBe(false);
});

test("a missing column is reported once, not per row", () => {
	const result = validateSheet(samples, sheet(["Sample Name"], ["lung_1"], ["lung_2"]));
	expect(shorten(result.problems)).toEqual(["* missing genome_id"]);
});

test("a column given twice is an error; an unknown one with content is only pointed out", () => {
	const doubled = validateSheet(samples, sheet([...header, "genome"], ["lung_1", human, mouse]));
	expect(shorten(doubled.problems)).toEqual(["* duplicate genome_id"]);
	const unknown = validateSheet(samples, sheet([...header, "Notes", "Empty"], ["lung_1", human, "frozen", null]));
	expect(shorten(unknown.problems)).toEqual(["warning: * invalid"]);
	expect(unknown.hasErrors).toBe(false);
});

const numbers: SheetDefinition = {
	...samples,
	columns: [
		{ key: "count", label: "Count", width: 100, type: "integer" },
		{ key: "reads", label: "Reads", width: 100, type: "float" },
		{ key: "kit", label: "Kit", width: 100, type: "text" },
		{
			key: "color",
			label: "Color",
			width: 100,
			type: "choice",
			everyOption: true,
			options: ["red", "blue"].map((label) => ({ value: label, label })),
		},
	],
};

test("numbers have to be numbers, long texts are refused, every option has to occur", () => {
	const result = validateSheet(
		numbers,
		sheet(["Count", "Reads", "Kit", "Color"], ["3", "2,5", 191.96000000000001, "red"], ["3.5", "x", "y".repeat(1025), "Red"]),
	);
	expect(shorten(result.problems)).toEqual([
		"2 invalid count",
		"2 invalid reads",
		"2 invalid kit",
		"* missing color",
		"2 invalid color",
	]);
	expect(result.rows[0]?.values).toEqual({ count: 3, reads: 2.5, kit: "191.96", color: "red" });
});

test("rules see cleaned rows, run only without cell errors, and a stopping one ends them", () => {
	const calls: string[] = [];
	const definition: SheetDefinition = {
		...samples,
		rules: [
			(rows) => {
				calls.push(String(rows[0]?.values.sample_name));
				return "stop";
			},
			() => {
				calls.push("second");
				return undefined;
			},
		],
	};
	validateSheet(definition, sheet(header, ["lung 1", human]));
	validateSheet(definition, sheet(header, ["x", human]));
	expect(calls).toEqual(["lung_1"]);
});

const cell = fc.oneof(
	fc.constantFrom(null, "", " ", "\0", human, "human", "lung_1", "lung‐1", "ｌｕｎｇ", "lung\u200b_1", "=1+1", "__proto__"),
	fc.string({ unit: "binary" }),
	fc.double(),
);
const anySheet: fc.Arbitrary<RawSheet> = fc.record({
	columns: fc.array(fc.oneof(fc.constantFrom(...header, "genome", "__proto__", "constructor"), fc.string()), { maxLength: 5 }),
	rows: fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 12 }),
});

test("whatever is pasted, validation never throws and every problem points at a row and column that exist", () => {
	fc.assert(
		fc.property(anySheet, fc.boolean(), (raw, canAddColumns) => {
			const result = validateSheet({ ...samples, canAddColumns }, raw);
			const keys = new Set(result.columns.map((column) => column.key));
			for (const problem of result.problems) {
				if (problem.row !== null) expect(problem.row).toBeGreaterThanOrEqual(1);
				expect(problem.row ?? 0).toBeLessThanOrEqual(raw.rows.length);
				for (const key of problem.columns) expect(keys).toContain(key);
			}
			expect(result.hasErrors).toBe(result.problems.some((problem) => problem.severity === "error"));
		}),
	);
});

test("applying every repair never brings the same problem back", () => {
	const name = fc.constantFrom("lung 1", "lung_1", "brain.2", "Gewebe_ä", "liver");
	const genome = fc.constantFrom("human", "Mouse", human, "pig");
	fc.assert(
		fc.property(fc.array(fc.tuple(name, genome), { minLength: 1, maxLength: 8 }), (rows) => {
			const cells = rows.map((row): string[] => [...row]);
			for (let round = 0; round < 4; round += 1) {
				for (const problem of validateSheet(samples, { columns: header, rows: cells }).problems) {
					for (const change of problem.repair?.cells ?? []) {
						const row = cells[change.row - 1];
						if (row) row[change.column === "sample_name" ? 0 : 1] = change.value;
					}
				}
			}
			expect(validateSheet(samples, { columns: header, rows: cells }).problems).toEqual([]);
		}),
	);
});

test("the largest sheet of a request, 1,536 rows of 12 columns, is taken whole", () => {
	const names = Array.from({ length: 12 }, (_, index) => `Column ${index}`);
	const definition: SheetDefinition = {
		...samples,
		columns: names.map((label, index) => {
			const column = samples.columns[index % 2];
			if (!column) throw new Error("no column");
			return { ...column, key: `c${index}`, label };
		}),
	};
	const rows = Array.from({ length: 1536 }, (_, row) => names.map((_name, index) => (index % 2 === 0 ? `sample ${row}` : human)));
	const result = validateSheet(definition, { columns: names, rows });
	expect(result.problems).toEqual([]);
	expect(result.rows).toHaveLength(1536);
	expect(result.rows.at(-1)?.values).toMatchObject({ c0: "sample_1535", c11: 1 });
});
