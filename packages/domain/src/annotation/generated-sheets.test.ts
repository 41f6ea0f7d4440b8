/** What holds for every sheet that anybody could paste (requests-and-annotation.md §3). */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type GeneratedSheet, generatedSheet, sheetsUnderTest } from "../../fixtures/generated-sheets.ts";
import { buildAnySheet } from "../sheets/all-sheets.ts";
import type { Problem, RawCell, RawSheet, SheetDefinition, ValidatedSheet } from "../sheets/types.ts";
import { readCellText, validateSheet } from "../sheets/validate-sheet.ts";
import { allExamples } from "./rule-examples/all-examples.ts";
import { applyRepair, sheetOfRows } from "./rule-examples/rule-example.ts";

const numRuns = 500;

function judge({ name, context, sheet }: GeneratedSheet): { definition: SheetDefinition; result: ValidatedSheet } {
	const definition = buildAnySheet(name, context);
	return { definition, result: validateSheet(definition, sheet) };
}

/** What can be compared: everything but the functions of the columns. */
const answerOf = ({ rows, problems, columns }: ValidatedSheet) =>
	JSON.stringify([rows, problems, columns.map((column) => column.key)]);

/** A kind of problem at its place, whatever its message says about other rows. */
const placeOf = ({ code, kind, severity, columns }: Problem, row: number | null) =>
	[row ?? "*", code, kind, severity, ...columns].join(" ");

const isBlank = (row: readonly RawCell[], width: number) => row.slice(0, width).every((cell) => readCellText(cell) === null);

describe("whatever is pasted into any sheet", () => {
	test("it is judged without failing, twice alike, and every problem is at a cell that exists", () => {
		fc.assert(
			fc.property(generatedSheet(), (generated) => {
				const { sheet } = generated;
				const { result } = judge(generated);
				expect(answerOf(judge(generated).result)).toBe(answerOf(result));
				const keys = result.columns.map((column) => column.key);
				for (const { row, columns, repair } of result.problems) {
					expect(keys).toEqual(expect.arrayContaining([...columns]));
					if (row !== null) expect(isBlank(sheet.rows[row - 1] ?? [], sheet.columns.length)).toBe(false);
					for (const cell of repair?.cells ?? []) {
						expect(keys).toContain(cell.column);
						expect(sheet.rows[cell.row - 1]).toBeDefined();
					}
				}
				expect(result.hasErrors).toBe(result.problems.some((problem) => problem.severity === "error"));
			}),
			{ numRuns },
		);
	});

	test("problems move with their rows when the rows are put in another order", () => {
		/** Which of equal rows counts as the repeated one depends on their order; how often it happens does not. */
		const movable = (problems: readonly Problem[]) => problems.filter((problem) => problem.kind !== "duplicate");
		const withOrder = generatedSheet().chain((generated) => {
			const order = Array.from(generated.sheet.rows.keys());
			return fc.tuple(fc.constant(generated), fc.shuffledSubarray(order, { minLength: order.length, maxLength: order.length }));
		});
		fc.assert(
			fc.property(withOrder, ([generated, order]) => {
				const moved = { ...generated.sheet, rows: order.map((index) => generated.sheet.rows[index] ?? []) };
				const before = movable(judge(generated).result.problems).map((problem) =>
					placeOf(problem, problem.row === null ? null : order.indexOf(problem.row - 1) + 1),
				);
				const after = movable(judge({ ...generated, sheet: moved }).result.problems).map((problem) =>
					placeOf(problem, problem.row),
				);
				expect(after.sort()).toEqual(before.sort());
			}),
			{ numRuns },
		);
	});

	test("blank rows in between change nothing but the numbers, which stay those that are displayed", () => {
		const blanks = fc.array(fc.constantFrom<RawCell>(null, "", " ", "\0", "\t"), { maxLength: 3 });
		const withGaps = generatedSheet().chain((generated) =>
			fc.tuple(fc.constant(generated), fc.tuple(...generated.sheet.rows.map(() => fc.array(blanks, { maxLength: 2 })))),
		);
		fc.assert(
			fc.property(withGaps, ([generated, gaps]) => {
				const { sheet } = generated;
				const rows = sheet.rows.flatMap((row, index) => [...(gaps[index] ?? []), row]);
				const shift = sheet.rows.map((row) => rows.indexOf(row) + 1);
				const before = judge(generated).result.problems.map((problem) =>
					placeOf(problem, problem.row === null ? null : (shift[problem.row - 1] ?? 0)),
				);
				const after = judge({ ...generated, sheet: { ...sheet, rows } }).result.problems;
				expect(after.map((problem) => placeOf(problem, problem.row))).toEqual(before);
			}),
			{ numRuns },
		);
	});

	test("a cell that was cleaned stays as it is when it is cleaned again", () => {
		const texts = fc.oneof(
			fc.string({ unit: "binary" }),
			fc.string({ unit: "grapheme" }),
			fc
				.array(fc.constantFrom("é", "е", "\u0301", "\u200b", "ß", "ŉ", "ǰ", "İ", " ", "-", "_", ";", "0", "A", "#", ",", "θ"))
				.map((signs) => signs.join("")),
		);
		const cleaners = sheetsUnderTest.flatMap(({ name, context }) =>
			buildAnySheet(name, context).columns.flatMap(({ clean }) => (clean ? [clean] : [])),
		);
		fc.assert(
			fc.property(fc.constantFrom(...cleaners), texts, (clean, text) => {
				const cleaned = readCellText(clean(text)) ?? "";
				expect(readCellText(clean(cleaned)) ?? "").toBe(cleaned);
			}),
			{ numRuns: 5_000 },
		);
	});

	test("10,000 cells are judged, whatever stands in them", () => {
		fc.assert(
			fc.property(generatedSheet(), (generated) => {
				const { rows, columns } = generated.sheet;
				if (rows.length === 0 || columns.length === 0) return;
				const count = Math.ceil(10_000 / columns.length);
				const many = Array.from({ length: count }, (_, index) => rows[index % rows.length] ?? []);
				const { result } = judge({ ...generated, sheet: { columns, rows: many } });
				for (const problem of result.problems) expect(problem.row ?? 1).toBeLessThanOrEqual(count);
			}),
			{ numRuns: 40 },
		);
	});
});

/** The largest sheet that is accepted, every row like the first or all rows in turn. */
test("5,000 rows that are all wrong in the same way keep nobody waiting, and what is said about them stays small", () => {
	for (const { name, context, valid } of sheetsUnderTest.flatMap(({ name, context }) =>
		allExamples.filter((examples) => examples.sheet === name && !examples.variant).map(({ valid }) => ({ name, context, valid })),
	)) {
		const definition = buildAnySheet(name, context);
		const { columns, rows } = sheetOfRows(definition, valid);
		const many = Array.from({ length: 5_000 }, () => rows[0] ?? []);
		const startMs = performance.now();
		const { problems } = validateSheet(definition, { columns, rows: many });
		expect(performance.now() - startMs, name).toBeLessThan(2_000);
		expect(JSON.stringify(problems).length, name).toBeLessThan(10_000_000);
	}
});

describe("repairs", () => {
	const errorsOf = (problems: readonly Problem[]) => problems.filter((problem) => problem.severity === "error");
	const checkColumns = (definition: SheetDefinition, sheet: RawSheet) =>
		errorsOf(validateSheet({ ...definition, rules: [] }, sheet).problems).length;

	test("pressing all of them comes to an end, never breaks a cell that was fine, and each does what it says", () => {
		fc.assert(
			fc.property(fc.oneof(generatedSheet(), generatedSheet(false)), (generated) => {
				const definition = buildAnySheet(generated.name, generated.context);
				let { sheet } = generated;
				let cellErrors = checkColumns(definition, sheet);
				let round = 0;
				for (;;) {
					const repairs = judge({ ...generated, sheet }).result.problems.flatMap(({ repair }) => (repair ? [repair] : []));
					if (repairs.length === 0) break;
					round += 1;
					expect(round).toBeLessThanOrEqual(5);
					for (const repair of repairs) sheet = applyRepair(definition, sheet, repair);
					const left = checkColumns(definition, sheet);
					expect(left).toBeLessThanOrEqual(cellErrors);
					cellErrors = left;
				}
			}),
			{ numRuns },
		);
	});

	test("one repair takes away its problem", () => {
		fc.assert(
			fc.property(fc.oneof(generatedSheet(), generatedSheet(false)), (generated) => {
				const { definition, result } = judge(generated);
				for (const problem of result.problems) {
					if (!problem.repair) continue;
					const sheet = applyRepair(definition, generated.sheet, problem.repair);
					const left = judge({ ...generated, sheet }).result.problems.map(
						(other) => `${placeOf(other, other.row)} ${other.message}`,
					);
					expect(left).not.toContain(`${placeOf(problem, problem.row)} ${problem.message}`);
				}
			}),
			{ numRuns },
		);
	});
});
