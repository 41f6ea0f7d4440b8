/** The cell that is marked is the cell that is wrong (requests-and-annotation.md §3.3). */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { RawCell, SheetDefinition } from "../sheets/types.ts";
import { readCellText, validateSheet } from "../sheets/validate-sheet.ts";
import { allExamples } from "./rule-examples/all-examples.ts";
import { definitionOf, sheetOfRows } from "./rule-examples/rule-example.ts";
import { buildSampleAnnotationSheet, genomeOptions } from "./sample-annotation.ts";

const parameters = { numRuns: 700, seed: 20261123 };
const validSheets = allExamples.map((examples) => {
	const definition = definitionOf(examples);
	return { definition, sheet: sheetOfRows(definition, examples.valid) };
});
const blankRow = fc.array(fc.constantFrom<RawCell>(null, "", " ", "\0", "\t"), { maxLength: 3 });

/** Too long for a text, no number, and no option of any column; every time another one, since values may have to be unique. */
const nonsense = (number: number) => String(number).repeat(5_000);

interface Spoilt {
	readonly definition: SheetDefinition;
	readonly rows: readonly (readonly RawCell[])[];
	/** `row column` of the cells that are wrong, as people count rows. */
	readonly wrong: readonly string[];
}

/** A valid sheet of any kind with blank rows in between, in which up to four cells hold nonsense or lack what is required. */
const spoiltSheets: fc.Arbitrary<Spoilt> = fc.constantFrom(...validSheets).chain(({ definition, sheet }) => {
	const { columns } = definition;
	const places = sheet.rows.flatMap((_, row) => columns.map((_column, column) => ({ row, column })));
	const gaps = fc.tuple(...sheet.rows.map(() => fc.array(blankRow, { maxLength: 2 })));
	const chosen = fc.subarray(places, { minLength: 1, maxLength: 4 });
	return fc.tuple(gaps, chosen, fc.infiniteStream(fc.boolean())).map(([blanks, spoilt, coin]) => {
		const cells = sheet.rows.map((row) => [...row]);
		for (const [index, { row, column }] of spoilt.entries()) {
			const isEmptied = columns[column]?.required === true && coin.next().value === true;
			const own = cells[row];
			if (own) own[column] = isEmptied ? null : nonsense(index + 1);
		}
		const rows = cells.flatMap((row, index) => [...(blanks[index] ?? []), row]);
		const wrong = spoilt.map(({ row, column }) => `${rows.indexOf(cells[row] ?? []) + 1} ${columns[column]?.key}`);
		return { definition, rows, wrong: wrong.sort() };
	});
});

test("of a sheet in which all is right but some cells exactly these are marked, wherever blank rows lie", () => {
	fc.assert(
		fc.property(spoiltSheets, ({ definition, rows, wrong }) => {
			fc.pre(wrong.every((place) => rows[Number.parseInt(place, 10) - 1]?.some((cell) => readCellText(cell) !== null)));
			const raw = { columns: definition.columns.map(({ label }) => label), rows };
			const { problems } = validateSheet(definition, raw);
			const marked = problems.flatMap(({ row, columns }) => (row === null ? [] : [`${row} ${columns.join()}`]));
			expect(marked.sort()).toEqual(wrong);
			const wrongColumns = wrong.map((place) => place.split(" ")[1]);
			for (const { row, columns } of problems)
				if (row === null) expect(wrongColumns).toEqual(expect.arrayContaining([...columns]));
		}),
		parameters,
	);
});

const lookAlikes: readonly (readonly [string, string])[] = [
	["a", "а"],
	["e", "е"],
	["o", "ο"],
	["A", "Α"],
	["1", "１"],
	["l", "ⅼ"],
	["_", "＿"],
	["n", "n\u0303"],
	["g", "g\u200d"],
	["u", "\u202eu"],
	["r", "r\u00ad"],
];

test("a name that only looks like a permitted one is refused in its cell, or becomes the permitted one", () => {
	const definition = buildSampleAnnotationSheet();
	const plain = fc.stringMatching(/^[a-zA-Z0-9]{4,20}$/);
	const disguised = fc.tuple(plain, fc.subarray([...lookAlikes], { minLength: 1 })).map(([name, pairs]) => ({
		name,
		shown: pairs.reduce((text, [sign, lookAlike]) => text.replaceAll(sign, lookAlike), name),
	}));
	const names = fc.uniqueArray(disguised, { minLength: 1, maxLength: 12, selector: ({ name }) => name });
	fc.assert(
		fc.property(names, (list) => {
			const rows = list.map(({ shown }) => [shown, genomeOptions[0]?.label ?? null]);
			const { rows: read, problems } = validateSheet(definition, { columns: ["Sample Name", "Genome"], rows });
			const refused = new Set(problems.filter(({ columns }) => columns.join() === "sample_name").map(({ row }) => row));
			expect(problems).toHaveLength(refused.size);
			for (const [index, { name, shown }] of list.entries()) {
				const value = read[index]?.values.sample_name;
				if (shown === name) expect(value).toBe(name);
				else if (!refused.has(index + 1)) expect(value).toBe(name);
				else expect(value).toBeNull();
			}
		}),
		parameters,
	);
});
