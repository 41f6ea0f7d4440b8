import type { SheetDefinition } from "@opengsync/domain/sheets/types";
import { describe, expect, test } from "vitest";
import { beginsWithHeader, pasteBlock, pasteByHeader } from "./paste-cells.ts";
import { type SheetState, sheetOfState, stateOfSheet } from "./sheet-state.ts";

const definition: SheetDefinition = {
	name: "test",
	title: "Test",
	columns: [
		{ key: "sample_name", label: "Sample Name", width: 100, type: "text" },
		{ key: "genome_id", label: "Genome", width: 100, type: "text" },
		{ key: "note", label: "Note", width: 100, type: "text" },
	],
	canAddRows: true,
	canAddColumns: false,
	mayBeEmpty: true,
	rules: [],
};

/** Same columns, rows fixed and named by a read-only column. */
const fixed: SheetDefinition = {
	...definition,
	canAddRows: false,
	columns: definition.columns.map((column) => (column.key === "sample_name" ? { ...column, readOnly: true } : column)),
};

function cellAt(row: number, column: number) {
	return { top: row, bottom: row, left: column, right: column };
}

function rowsOf(state: SheetState) {
	return sheetOfState(state).rows;
}

describe("pasting a block", () => {
	const empty = stateOfSheet(definition, { columns: [], rows: [] });

	test("grows the sheet and leaves ten spare rows below", () => {
		const cells = Array.from({ length: 40 }, (_, index) => [`s${index}`]);
		const { state } = pasteBlock(definition, empty, cells, cellAt(3, 0));
		expect(rowsOf(state)).toHaveLength(43);
		expect(state.rows).toHaveLength(53);
	});

	test("says when columns lie beyond the last one instead of losing them silently", () => {
		const { remarks } = pasteBlock(definition, empty, [["a", "b", "c"]], cellAt(0, 2));
		expect(remarks.join()).toContain("2 pasted columns lie beyond");
	});

	test("one cell fills the whole selection", () => {
		const { state } = pasteBlock(definition, empty, [["x"]], { top: 0, bottom: 1, left: 0, right: 1 });
		expect(rowsOf(state)).toEqual([
			["x", "x", null],
			["x", "x", null],
		]);
	});

	test("says how many rows do not fit a sheet of fixed rows, and leaves read-only cells alone", () => {
		const present = stateOfSheet(fixed, { columns: [], rows: [["a"], ["b"]] });
		const { state, remarks } = pasteBlock(
			fixed,
			present,
			[
				["x", "1"],
				["y", "2"],
				["z", "3"],
			],
			cellAt(0, 0),
		);
		expect(rowsOf(state)).toEqual([
			["a", "1", null],
			["b", "2", null],
		]);
		expect(remarks.join()).toContain("1 pasted row does not fit");
	});
});

describe("pasting with titles", () => {
	test("maps old and reordered titles to their columns and names what it does not use", () => {
		const empty = stateOfSheet(definition, { columns: [], rows: [] });
		const cells = [
			["Organism", "sample name", "Freezer"],
			["human", "s1", "A4"],
		];
		expect(beginsWithHeader(definition, cells)).toBe(true);
		const { state, remarks } = pasteByHeader(definition, empty, cells, 0);
		expect(rowsOf(state)).toEqual([["s1", "human", null]]);
		expect(remarks.join(" ")).toContain("Organism → Genome");
		expect(remarks.join(" ")).toContain("Not used: Freezer");
	});

	test("data rows are not taken for titles", () => {
		expect(
			beginsWithHeader(definition, [
				["s1", "human"],
				["s2", "human"],
			]),
		).toBe(false);
	});

	test("makes a column of an unknown title where the user may add columns", () => {
		const open = { ...definition, canAddColumns: true };
		const { state } = pasteByHeader(
			open,
			stateOfSheet(open, { columns: [], rows: [] }),
			[
				["Sample Name", "Donor Age"],
				["s1", "7"],
			],
			0,
		);
		expect(sheetOfState(state)).toEqual({
			columns: ["Sample Name", "Genome", "Note", "Donor Age"],
			rows: [["s1", null, null, "7"]],
		});
	});

	test("values go to the sample of the same name, not to the row of the same number", () => {
		const present = stateOfSheet(fixed, { columns: [], rows: [["a"], ["b"], ["c"]] });
		const cells = [
			["Sample Name", "Note"],
			["c", "third"],
			["a", "first"],
		];
		expect(rowsOf(pasteByHeader(fixed, present, cells, 0).state)).toEqual([
			["a", null, "first"],
			["b", null, null],
			["c", null, "third"],
		]);
	});
});

describe("a file for a sheet of fixed rows", () => {
	const ids: SheetDefinition = {
		...fixed,
		columns: [{ key: "library_id", label: "Library ID", width: 100, type: "integer", readOnly: true }, ...fixed.columns],
	};
	const present = stateOfSheet(ids, {
		columns: [],
		rows: [
			[1, "a", "old", null],
			[2, "b", "old", null],
			[3, "b", "old", null],
		],
	});
	const fill = (...rows: string[][]) => {
		const { state, problems, remarks } = pasteByHeader(ids, present, [["Library ID", "Sample Name", "Genome"], ...rows], 0);
		return {
			genomes: rowsOf(state).map((row) => row[2]),
			problems: problems.map(({ row, columns, message }) => [row, columns.join(), message]),
			remarks: remarks.join(" "),
		};
	};

	test("a sorted part of it goes to the rows that it names", () => {
		const { genomes, problems, remarks } = fill(["3", "b", "third"], ["1", "a", "first"]);
		expect(genomes).toEqual(["first", "old", "third"]);
		expect(problems).toEqual([]);
		expect(remarks).toContain("matched by Library ID");
		expect(remarks).not.toContain("read-only");
	});

	test("the row of another id changes nothing, and its cell says so", () => {
		const { genomes, problems, remarks } = fill(["1", "a", "first"], ["99", "b", "foreign"], ["3", "b", "third"]);
		expect(genomes).toEqual(["first", "old", "third"]);
		expect(problems).toEqual([[2, "library_id", 'The file says "99" here: its row was left out.']]);
		expect(remarks).toContain("Left out: 1 row");
	});

	test("the one row that nothing was found for is the one that was meant, whatever the order", () => {
		const { problems } = fill(["3", "b", "third"], ["1", "a", "first"], ["99", "b", "foreign"]);
		expect(problems).toEqual([[2, "library_id", 'The file says "99" here: its row was left out.']]);
	});

	test("ids of another sheet change nothing at all", () => {
		const { genomes, problems } = fill(["7", "a", "x"], ["8", "b", "x"], ["9", "b", "x"], ["10", "c", "x"]);
		expect(genomes).toEqual(["old", "old", "old"]);
		expect(problems.map(([row]) => row)).toEqual([1, 2, 3, null]);
	});

	test("ids that were sorted without their names are found out", () => {
		const { genomes, problems } = fill(["2", "a", "x"], ["1", "b", "x"], ["3", "b", "third"]);
		expect(genomes).toEqual(["old", "old", "third"]);
		expect(problems.map(([row, column]) => [row, column])).toEqual([
			[2, "sample_name"],
			[1, "sample_name"],
		]);
	});

	test("of two rows for the same library the first counts", () => {
		const { genomes, problems } = fill(["1", "a", "first"], ["1", "a", "again"]);
		expect(genomes).toEqual(["first", "old", "old"]);
		expect(problems).toEqual([[1, "library_id", "The file has two rows for this one: only the first was used."]]);
	});

	test("without ids rows go by their order", () => {
		const cells = [
			["Genome", "Note"],
			["x", "1"],
			["y", "2"],
		];
		expect(rowsOf(pasteByHeader(ids, present, cells, 0).state).map((row) => row[2])).toEqual(["x", "y", "old"]);
	});
});
