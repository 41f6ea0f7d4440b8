import { describe, expect, it } from "vitest";
import { allKits, atacKit, combinatorialKit, dualKit, otherDualKit, singleKit } from "../../fixtures/index-kits/load-kits.ts";
import type { RawCell } from "../sheets/types.ts";
import { validateSheet } from "../sheets/validate-sheet.ts";
import { reverseComplement } from "../text-rules.ts";
import { type BarcodeInputContext, buildBarcodeInputSheet, resolveBarcodeRows } from "./barcode-input-sheet.ts";
import type { PrefilledBarcodeRow } from "./index-set.ts";
import { kitLabel } from "./kit.ts";

/** Cells of a row: name, well, i7 kit, name, sequence, i5 kit, name, sequence; missing ones are empty. */
type Cells = readonly RawCell[];

const dual = kitLabel(dualKit);
const otherDual = kitLabel(otherDualKit);
const combinatorial = kitLabel(combinatorialKit);
const single = kitLabel(singleKit);
const _ = null;

function namesOf(rows: readonly Cells[]): string[] {
	return [...new Set(rows.map((row) => String(row[0])))];
}

function validate(rows: readonly Cells[], context: Partial<BarcodeInputContext> = {}) {
	const definition = buildBarcodeInputSheet({ libraries: namesOf(rows).map((name) => ({ name })), kits: allKits, ...context });
	return validateSheet(definition, { columns: definition.columns.map((column) => column.label), rows });
}

function problemsOf(rows: readonly Cells[], context: Partial<BarcodeInputContext> = {}) {
	return validate(rows, context).problems.map(({ row, code, kind, columns }) => ({ row, code, kind, columns }));
}

function resolve(rows: readonly Cells[], context: Partial<BarcodeInputContext> = {}) {
	const sheet = validate(rows, context);
	expect(sheet.problems).toEqual([]);
	return resolveBarcodeRows(sheet.rows, allKits, context);
}

describe("valid rows of barcode_input", () => {
	const first = { i7: "GAACTGAGCG", i5: "TCGTGGAGCG" };

	it.each<[string, Cells, string | undefined, string | undefined]>([
		["kit and well A01", ["a", "A01", dual], first.i7, first.i5],
		["kit and name take the i5 of the same adapter", ["a", _, dual, "UDP0002"], "AGGTCAGATA", "CTACAAGATA"],
		["bare kit identifier as from Excel", ["a", "A1", `#${dualKit.identifier}`], first.i7, first.i5],
		["an i5 name of its own", ["a", _, dual, "UDP0001", _, _, "UDP0002"], first.i7, "CTACAAGATA"],
		["another i5 kit by the well", ["a", "A1", dual, _, _, otherDual], first.i7, "AGTGTTACCT"],
		["single kit by well", ["a", "B1", single], "CGATGT", undefined],
		["a typed i5 next to a single kit stays", ["a", "B1", single, _, _, _, _, "ACGTACGT"], "CGATGT", "ACGTACGT"],
		["combinatorial kit by names", ["a", _, combinatorial, "N701", _, _, "S502"], "TAAGGCGA", "CTCTCTAT"],
		["typed single index is cleaned", ["a", _, _, _, "gca cct-agc"], "GCACCTAGC", undefined],
		["typed i7 with well and name as labels", ["a", "A3", _, "mine", "ACGT"], "ACGT", undefined],
		["typed sequence equal to the kit's", ["a", "A1", dual, _, first.i7, _, _, first.i5], first.i7, first.i5],
	])("%s", (_title, cells, i7, i5) => {
		const [row] = resolve([cells]);
		expect(row?.i7?.sequence).toBe(i7);
		expect(row?.i5?.sequence).toBe(i5);
	});

	it("remembers kit, name and orientation of each side, so that kit indices count as validated and typed ones do not", () => {
		const [row] = resolve([["a", "B1", single, _, _, _, _, "ACGTACGT"]]);
		expect(row?.i7).toEqual({ kitId: singleKit.id, name: "Index 2", sequence: "CGATGT", orientationId: 1 });
		expect(row?.i5).toEqual({ kitId: null, name: null, sequence: "ACGTACGT", orientationId: null });
		expect(row?.namesKit).toBe(true);
	});

	it("lets a library have several index sets", () => {
		expect(
			resolve([
				["a", "A1", dual],
				["a", _, _, _, "CTCCGTCTAGAG", _, _, "ATAAGTATCGCG"],
			]),
		).toHaveLength(2);
	});
});

describe("checks of barcode_input", () => {
	it.each<[string, Cells, string, string, string[]]>([
		["3 i7 kit alone", ["a", _, dual], "address_missing", "missing", ["index_well", "name_i7"]],
		["4 other i5 kit alone", ["a", _, dual, "UDP0001", _, otherDual], "i5_address_missing", "missing", ["index_well", "name_i5"]],
		["4 i5 kit alone", ["a", _, _, _, "ACGT", dual], "i5_address_missing", "missing", ["index_well", "name_i5"]],
		["5 unknown i7 name", ["a", _, dual, "UDP9999"], "name_unknown", "invalid", ["name_i7"]],
		["6 unknown well", ["a", "Z9", dual], "well_unknown", "invalid", ["index_well"]],
		["6 kit without wells", ["a", "A1", combinatorial, "N701", _, _, "S502"], "well_unknown", "invalid", ["index_well"]],
		["7 unknown i5 name", ["a", _, dual, "UDP0001", _, _, "S502"], "i5_name_unknown", "invalid", ["name_i5"]],
		["8 well not in i5 kit", ["a", "Z9", _, _, "ACGT", dual], "i5_well_unknown", "invalid", ["index_well"]],
		["8a other i7 at the well", ["a", "A3", dual, "UDP0001"], "well_name_differ", "invalid", ["index_well", "name_i7"]],
		["8a other i5 at the well", ["a", "A1", dual, _, _, _, "UDP0002"], "well_name_differ", "invalid", ["index_well", "name_i5"]],
		["8b other i7 typed", ["a", "A1", dual, _, "ACGTACGT"], "sequence_differs", "invalid", ["sequence_i7"]],
		["8b other i5 typed", ["a", "A1", dual, _, _, _, _, "ACGTACGT"], "sequence_differs", "invalid", ["sequence_i5"]],
		["9 combinatorial without i5 name", ["a", _, combinatorial, "N701"], "i5_name_missing", "missing", ["name_i5"]],
		["10 well alone", ["a", "A3"], "kit_or_sequence_missing", "missing", ["kit_i7", "name_i7"]],
		["10 name alone", ["a", _, _, "UDP0001"], "kit_or_sequence_missing", "missing", ["kit_i7", "name_i7"]],
		["10 nothing", ["a"], "kit_or_sequence_missing", "missing", ["kit_i7", "name_i7"]],
		["11 only i5 typed", ["a", _, _, _, _, _, _, "GACAATCGAGGA"], "i7_sequence_missing", "missing", ["sequence_i7"]],
		["11 only i5 from a kit", ["a", _, _, _, _, dual, "UDP0001"], "i7_sequence_missing", "missing", ["sequence_i7"]],
		["1 del is no deletion outside re-index", ["a", "del"], "kit_or_sequence_missing", "missing", ["kit_i7", "name_i7"]],
	])("%s", (_title, cells, code, kind, columns) => {
		expect(problemsOf([cells])).toEqual([{ row: 1, code: `index.${code}`, kind, columns }]);
	});

	it("refuses bases that do not exist and kits that nobody knows before any other check", () => {
		expect(problemsOf([["a", _, _, _, "ACGTXX"]])).toMatchObject([{ row: 1, kind: "invalid", columns: ["sequence_i7"] }]);
		expect(problemsOf([["a", "A1", "[E1] nowhere"]])).toMatchObject([{ row: 1, kind: "invalid", columns: ["kit_i7"] }]);
		expect(problemsOf([["a", "A1", kitLabel(atacKit)]])).toMatchObject([{ row: 1, columns: ["kit_i7"] }]);
	});

	it("2 refuses a library that is not of the sheet, also if cells were not checked before", () => {
		const definition = buildBarcodeInputSheet({ libraries: [{ name: "a" }], kits: allKits });
		const codes: string[] = [];
		const rows = ["a", "b"].map((name, position) => ({
			number: position + 1,
			values: { library_name: name, sequence_i7: "ACGT", kit_i7: null },
		}));
		for (const rule of definition.rules) rule(rows, (problem) => codes.push(problem.code), definition.columns);
		expect(codes).toEqual(["index.library_unknown"]);
	});

	it("names the libraries without any row and checks nothing else then", () => {
		const { problems } = validate([["a"]], { libraries: [{ name: "a" }, { name: "b" }, { name: "c" }] });
		expect(problems.map(({ row, code }) => ({ row, code }))).toEqual([{ row: null, code: "index.library_without_row" }]);
		expect(problems[0]?.message).toContain("b, c");
	});

	it("12 marks every row that repeats an index set of its library, however it was given", () => {
		const rows: Cells[] = [
			["a", "A1", dual],
			["a", _, _, _, "GAACTGAGCG", _, _, "TCGTGGAGCG"],
			["b", "A1", dual],
		];
		expect(problemsOf(rows)).toEqual(
			[1, 2].map((row) => ({ row, code: "index.set_duplicate", kind: "duplicate", columns: ["sequence_i7", "sequence_i5"] })),
		);
	});

	it("13 marks libraries whose rows partly have an i5", () => {
		const rows: Cells[] = [
			["a", "A1", dual],
			["a", _, _, _, "ACGTACGTAC"],
			["b", _, _, _, "ACGTACGTAC"],
		];
		expect(problemsOf(rows)).toEqual(
			[1, 2].map((row) => ({ row, code: "index.i5_partly", kind: "invalid", columns: ["sequence_i5"] })),
		);
	});

	it("warns of an i5 name that would be lost, without blocking", () => {
		const sheet = validate([["a", "B1", single, _, _, _, "S502"]]);
		expect(sheet.hasErrors).toBe(false);
		expect(sheet.problems).toMatchObject([{ code: "index.i5_name_ignored", severity: "warning", columns: ["name_i5"] }]);
	});

	it.each<[string, Cells, string, string]>([
		["a reversed i5", ["a", "A1", dual, _, _, _, _, reverseComplement("TCGTGGAGCG")], "sequence_i5", "TCGTGGAGCG"],
		["a wrong i7", ["a", "A1", dual, _, "ACGTACGTAC"], "sequence_i7", "GAACTGAGCG"],
		["a name of another adapter", ["a", "A1", dual, "UDP0002"], "name_i7", "UDP0001"],
		["a name in small letters", ["a", _, dual, "udp0001"], "name_i7", "UDP0001"],
	])("mends %s with one click", (_title, cells, column, value) => {
		const { problems } = validate([cells]);
		expect(problems[0]?.repair?.cells).toEqual([{ row: 1, column, value }]);
	});
});

describe("re-index", () => {
	const stored: PrefilledBarcodeRow = {
		libraryId: 7,
		libraryName: "a",
		indexWell: null,
		kitI7: dualKit.id,
		nameI7: "UDP0001",
		sequenceI7: "GAACTGAGCG",
		kitI5: dualKit.id,
		nameI5: "UDP0001",
		sequenceI5: "TCGTGGAGCG",
		orientationId: 1,
	};
	const custom: PrefilledBarcodeRow = { ...stored, kitI7: null, kitI5: null, nameI7: null, nameI5: null, orientationId: 3 };
	const context = (prefilled: PrefilledBarcodeRow) => ({
		libraries: [{ id: 7, name: "a" }],
		withLibraryId: true,
		prefilled: [prefilled],
	});
	const row = (...cells: Cells): Cells => [7, "a", ...cells];

	it.each<[string, PrefilledBarcodeRow, Cells, string, string | undefined]>([
		[
			"new name: the i5 of its adapter follows",
			stored,
			row(_, dual, "UDP0002", "GAACTGAGCG", dual, "UDP0001", "TCGTGGAGCG"),
			"AGGTCAGATA",
			"CTACAAGATA",
		],
		["new well", stored, row("B1", dual, "UDP0001", "GAACTGAGCG", dual, "UDP0001", "TCGTGGAGCG"), "AGGTCAGATA", "CTACAAGATA"],
		[
			"new kit and well",
			stored,
			row("A1", otherDual, "UDP0001", "GAACTGAGCG", dual, "UDP0001", "TCGTGGAGCG"),
			"GTAACATGCG",
			"AGTGTTACCT",
		],
		[
			"new i5 name only",
			stored,
			row(_, dual, "UDP0001", "GAACTGAGCG", dual, "UDP0002", "TCGTGGAGCG"),
			"GAACTGAGCG",
			"CTACAAGATA",
		],
		["kit for typed indices", custom, row(_, dual, "UDP0002", "GAACTGAGCG", _, _, "TCGTGGAGCG"), "AGGTCAGATA", "CTACAAGATA"],
		[
			"single kit instead of a dual one",
			stored,
			row("B1", single, "UDP0001", "GAACTGAGCG", dual, "UDP0001", "TCGTGGAGCG"),
			"CGATGT",
			undefined,
		],
	])("prefilled values yield to what was changed: %s", (_title, prefilled, cells, i7, i5) => {
		const [resolved] = resolve([cells], context(prefilled));
		expect([resolved?.i7?.sequence, resolved?.i5?.sequence]).toEqual([i7, i5]);
	});

	it("refuses a sequence typed over the one of a kit that stays, instead of overwriting it silently", () => {
		const cells = row(_, dual, "UDP0001", "ACGTACGTAC", dual, "UDP0001", "TCGTGGAGCG");
		expect(problemsOf([cells], context(stored))).toMatchObject([{ code: "index.sequence_differs" }]);
	});

	it("keeps a row that was left as it was, with its orientation and its stored copy", () => {
		const old = { ...stored, sequenceI7: "GAACTGAGCC", orientationId: 3 } as const;
		const [kept] = resolve([row(_, dual, "UDP0001", "GAACTGAGCC", dual, "UDP0001", "TCGTGGAGCG")], context(old));
		expect(kept).toMatchObject({ isKept: true, i7: { sequence: "GAACTGAGCC", orientationId: 3 }, i5: { orientationId: 3 } });
		const [asked] = resolve([row(_, _, _, "GAACTGAGCG", _, _, "TCGTGGAGCG")], context({ ...custom, orientationId: null }));
		expect(asked).toMatchObject({ isKept: false, namesKit: false, i7: { orientationId: null } });
	});

	it("1 deletes with del in any case, and only if all rows of the library say so", () => {
		expect(resolve([row("DeL")], context(stored))).toMatchObject([{ isDeleted: true, i7: null, i5: null, libraryId: 7 }]);
		const mixed = problemsOf([row("del"), row(_, _, _, "ACGT")], context(stored));
		expect(mixed).toEqual([{ row: 2, code: "index.delete_partly", kind: "invalid", columns: ["index_well"] }]);
	});

	it("refuses ids that were not selected and names that belong to other ids, for rows that delete, too", () => {
		const two = {
			...context(stored),
			libraries: [
				{ id: 7, name: "a" },
				{ id: 8, name: "b" },
			],
		};
		const found = problemsOf([row("del"), [8, "a", "del"], [9, "b", "del"]], two);
		expect(found.map(({ row: number, code, columns }) => [number, code, columns])).toEqual([
			[2, "index.library_name_differs", ["library_name"]],
			[3, "index.library_id_unknown", ["library_id"]],
		]);
	});
});
