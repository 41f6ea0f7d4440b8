import type { SheetDefinition } from "@opengsync/domain/sheets/types";
import { describe, expect, test } from "vitest";
import { bestSheet, isCertain, proposeMapping } from "./column-mapping.ts";
import { pasteMapped } from "./paste-cells.ts";
import { sheetOfState, stateOfSheet } from "./sheet-state.ts";

const definition: SheetDefinition = {
	name: "test",
	title: "Test",
	columns: [
		{ key: "sample_name", label: "Sample Name", width: 100, type: "text", required: true },
		{ key: "genome_id", label: "Genome", width: 100, type: "text", required: true },
		{ key: "note", label: "Note", width: 100, type: "text" },
	],
	canAddRows: true,
	canAddColumns: false,
	mayBeEmpty: true,
	rules: [],
};

describe("the columns of an uploaded table", () => {
	test("known titles in any order need no question", () => {
		const mapping = proposeMapping(definition, [
			["Organism", "note", "Sample Name"],
			["Human", "x", "A"],
		]);
		expect(mapping.columns).toEqual([{ key: "genome_id" }, { key: "note" }, { key: "sample_name" }]);
		expect(isCertain(mapping)).toBe(true);
	});

	test("an unknown title is asked about; a required column that is missing is only said", () => {
		const unknown = proposeMapping(definition, [
			["Sample Name", "Genome", "Fridge"],
			["A", "Human", "3"],
		]);
		expect([unknown.unknown, isCertain(unknown)]).toEqual([["Fridge"], false]);
		const missing = proposeMapping(definition, [
			["Sample Name", "Note"],
			["A", "x"],
		]);
		expect([missing.missing, isCertain(missing)]).toEqual([["Genome"], true]);
	});

	test("one known title is enough to propose the first row as titles, but not to fill in without a question", () => {
		const mapping = proposeMapping(definition, [
			["Tube", "Sample Name", "Box", "Rack"],
			["T1", "A", "1", "2"],
		]);
		expect([mapping.hasTitles, isCertain(mapping)]).toEqual([true, false]);
	});

	test("a table without titles is never placed without a question", () => {
		const mapping = proposeMapping(definition, [
			["A", "Human"],
			["B", "Mouse"],
		]);
		expect(mapping.hasTitles).toBe(false);
		expect(isCertain(mapping)).toBe(false);
	});

	test("the worksheet with the most known titles is taken", () => {
		const help = {
			name: "Help",
			cells: [
				["Column", "Meaning"],
				["a", "b"],
			],
		};
		const data = {
			name: "Samples",
			cells: [
				["Sample Name", "Genome"],
				["A", "Human"],
			],
		};
		expect(bestSheet(definition, [help, data])?.name).toBe("Samples");
	});

	test("chosen columns are written, columns not chosen are left out, in one step", () => {
		const empty = stateOfSheet(definition, { columns: [], rows: [] });
		const { state } = pasteMapped(definition, empty, [["3", "A", "Human"]], [null, { key: "sample_name" }, { key: "note" }], 0);
		expect(sheetOfState(state).rows[0]).toEqual(["A", null, "Human"]);
	});
});
