import type { Column, RawSheet, SheetDefinition } from "../../sheets/types.ts";
import type { Place } from "./rule-example.ts";

/** A case of a rule that every sheet has, made from a valid sheet. */
export interface GeneralCase {
	readonly code: string;
	readonly sheet: RawSheet;
	readonly at: Place;
}

/** Rules of every sheet and column: end of the code after the name of the column, and what is demanded. */
export const generalRules = [
	{ code: "sheet.empty", meaning: "The sheet has at least one row that is not blank." },
	{ code: "columns.duplicate", meaning: "Every column occurs once; titles that mean the same are one column." },
	{
		code: "columns.unknown",
		meaning:
			"Columns with other titles, or without any, are ignored; that is a warning, no error. Some sheets take columns with other titles.",
	},
	{ code: "<column>.absent", meaning: "A required column is part of the sheet." },
	{ code: "<column>.missing", meaning: "A required cell is filled." },
	{
		code: "<column>.invalid",
		meaning: "A cell holds what its column takes: not too long or too short, permitted characters, a number, one of the options.",
	},
	{
		code: "<column>.duplicate",
		meaning: "In a column of unique values, none occurs twice after cleaning; every row with it is marked.",
	},
] as const;

const defaultMaxLength = 1024;

function withCell(sheet: RawSheet, row: number, position: number, value: string | null): RawSheet {
	const rows = sheet.rows.map((cells, index) =>
		index === row ? cells.map((cell, column) => (column === position ? value : cell)) : cells,
	);
	return { columns: sheet.columns, rows };
}

function casesOfColumn(column: Column, valid: RawSheet): GeneralCase[] {
	const position = valid.columns.indexOf(column.label);
	if (position < 0) return [];
	const at = { row: 1, columns: [column.key] };
	const tooLong = "1".repeat((column.maxLength ?? defaultMaxLength) + 1);
	const cases: GeneralCase[] = [{ code: `${column.key}.invalid`, sheet: withCell(valid, 0, position, tooLong), at }];
	if (column.required) {
		const without = <T>(cells: readonly T[]) => cells.filter((_cell, index) => index !== position);
		cases.push(
			{ code: `${column.key}.missing`, sheet: withCell(valid, 0, position, null), at },
			{
				code: `${column.key}.absent`,
				sheet: { columns: without(valid.columns), rows: valid.rows.map(without) },
				at: { row: null, columns: [column.key] },
			},
		);
	}
	const first = valid.rows[0]?.[position];
	if (column.unique && valid.rows.length > 1 && typeof first === "string") {
		cases.push({
			code: `${column.key}.duplicate`,
			sheet: withCell(valid, 1, position, first),
			at: { row: 2, columns: [column.key] },
		});
	}
	return cases;
}

/** A case of each rule that a sheet has in common with others, by changing one cell or column of a valid sheet. */
export function listGeneralCases(definition: SheetDefinition, valid: RawSheet): GeneralCase[] {
	const cases = definition.columns.flatMap((column) => casesOfColumn(column, valid));
	const [first] = definition.columns;
	if (first) {
		const sheet = { columns: [...valid.columns, first.label], rows: valid.rows };
		cases.unshift({ code: "columns.duplicate", sheet, at: { row: null, columns: [first.key] } });
	}
	const title = definition.canAddColumns ? "" : "Remarks";
	const withUnknown = { columns: [...valid.columns, title], rows: valid.rows.map((row) => [...row, "cold"]) };
	cases.unshift({ code: "columns.unknown", sheet: withUnknown, at: { row: null, columns: [] } });
	if (!definition.mayBeEmpty) {
		cases.unshift({ code: "sheet.empty", sheet: { columns: valid.columns, rows: [] }, at: { row: null, columns: [] } });
	}
	return cases;
}
