import type { SheetDefinition } from "@opengsync/domain/sheets/types";
import { describe, expect, test } from "vitest";
import { SheetHistory } from "./sheet-history.ts";
import {
	deleteColumn,
	deleteRows,
	fillDown,
	renameColumn,
	type SheetState,
	sheetOfState,
	sortRows,
	stateOfSheet,
	writeCells,
} from "./sheet-state.ts";

const definition: SheetDefinition = {
	name: "test",
	title: "Test",
	columns: [
		{ key: "name", label: "Name", width: 100, type: "text" },
		{ key: "fixed", label: "Fixed", width: 100, type: "text", readOnly: true },
	],
	canAddRows: true,
	canAddColumns: false,
	mayBeEmpty: true,
	rules: [],
};

function stateOf(rows: (string | null)[][]): SheetState {
	return stateOfSheet(definition, { columns: ["Name", "Fixed"], rows });
}

function namesOf(state: SheetState) {
	return sheetOfState(state).rows.map((row) => row[0]);
}

describe("the state of a sheet", () => {
	test("keeps blank rows in between, so that row numbers stay, and drops those at the end", () => {
		const sheet = {
			columns: ["Name", "Fixed"],
			rows: [
				["a", null],
				[null, null],
				["b", "x"],
				[null, null],
			],
		};
		expect(sheetOfState(stateOfSheet(definition, sheet)).rows).toEqual(sheet.rows.slice(0, 3));
	});

	test("shows a column that the server's sheet lacks", () => {
		expect(stateOfSheet(definition, { columns: ["Name"], rows: [] }).columns.map((column) => column.label)).toEqual([
			"Name",
			"Fixed",
		]);
	});

	test("read-only cells cannot be overwritten", () => {
		const state = stateOf([["a", "x"]]);
		expect(writeCells(state, [{ row: 0, columnId: "c1", text: "y" }])).toBe(state);
	});

	test("fill down of a single cell takes the one above", () => {
		const state = stateOf([
			["a", null],
			["b", null],
		]);
		expect(namesOf(fillDown(state, { top: 1, bottom: 1, left: 0, right: 0 }))).toEqual(["a", "a"]);
	});

	test("sorting puts sample 10 after sample 9 and blank names last in both directions", () => {
		const state = stateOf([
			["s10", null],
			[null, "kept"],
			["s9", null],
		]);
		expect(namesOf(sortRows(state, "c0", "ascending"))).toEqual(["s9", "s10", null]);
		expect(namesOf(sortRows(state, "c0", "descending"))).toEqual(["s10", "s9", null]);
	});

	test("a deleted column takes its cells with it; a renamed one keeps them", () => {
		const state = stateOf([["a", "x"]]);
		expect(sheetOfState(deleteColumn(state, "c0"))).toEqual({ columns: ["Fixed"], rows: [["x"]] });
		expect(sheetOfState(renameColumn(definition, state, "c0", "Title"))).toEqual({
			columns: ["Title", "Fixed"],
			rows: [["a", "x"]],
		});
	});
});

describe("undo", () => {
	test("brings deleted rows back and can be taken again", () => {
		const history = new SheetHistory(
			stateOf([
				["a", null],
				["b", null],
			]),
		);
		history.commit(deleteRows(history.state, { top: 0, bottom: 0, left: 0, right: 0 }));
		expect(namesOf(history.state)).toEqual(["b"]);
		history.undo();
		expect(namesOf(history.state)).toEqual(["a", "b"]);
		history.redo();
		expect(namesOf(history.state)).toEqual(["b"]);
	});
});
