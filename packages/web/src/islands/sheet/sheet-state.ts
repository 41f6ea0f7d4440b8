/**
 * What the spreadsheet shows, as an immutable value: every change makes a new state that shares the untouched rows with the old one,
 * so that undo is a list of states. Pure; nothing here knows the grid component.
 */
import { fieldNameOf, matchHeaders } from "@opengsync/domain/sheets/match-headers";
import type { Column, RawCell, RawSheet, SheetDefinition } from "@opengsync/domain/sheets/types";

/** A row: text per column id; an absent id is an empty cell. */
export type SheetRow = Readonly<Record<string, string>>;

/** A column of the grid; `definition` is null when the user has added it. */
export interface SheetColumn {
	/** Stable while columns are renamed, added and removed. */
	readonly id: string;
	readonly label: string;
	readonly definition: Column | null;
}

/** Columns and rows as displayed, spare rows included. */
export interface SheetState {
	readonly columns: readonly SheetColumn[];
	readonly rows: readonly SheetRow[];
}

/** A rectangle of cells, bounds included, zero-based, `top <= bottom` and `left <= right`. */
export interface CellRange {
	readonly top: number;
	readonly bottom: number;
	readonly left: number;
	readonly right: number;
}

/** One cell to overwrite: zero-based row and column id. */
export interface CellEdit {
	readonly row: number;
	readonly columnId: string;
	readonly text: string;
}

/** Blank rows that are always offered below the last filled row when rows may be added (requests-and-annotation.md §3.1). */
export const spareRowCount = 10;

/** More rows than any sheet takes; a paste beyond is cut (requests-and-annotation.md: largest request 1,536 rows). */
export const maximumRowCount = 20_000;

/** Key that problems use for a column: that of the definition, or the label in lower case with underscores (§3.1). */
export function keyOfColumn(column: SheetColumn): string {
	return column.definition?.key ?? fieldNameOf(column.label);
}

/** True when the column accepts what the user types. */
export function isEditable(column: SheetColumn): boolean {
	return column.definition?.readOnly !== true;
}

/** True when no cell of the row holds more than white space. */
export function isBlankRow(row: SheetRow): boolean {
	for (const id in row) {
		if (row[id]?.trim()) {
			return false;
		}
	}
	return true;
}

/** Number of rows up to the last one that is not blank. */
export function countFilledRows(rows: readonly SheetRow[]): number {
	let count = rows.length;
	while (count > 0 && isBlankRow(rows[count - 1] ?? {})) {
		count -= 1;
	}
	return count;
}

/** Columns with the definitions that their titles mean, by the same rule as the server's. */
function defineColumns(definition: SheetDefinition, columns: readonly Omit<SheetColumn, "definition">[]): SheetColumn[] {
	const matches = matchHeaders(
		definition,
		columns.map((column) => column.label),
	);
	return columns.map(({ id, label }, index) => {
		const match = matches[index];
		return { id, label, definition: match?.kind === "known" ? match.column : null };
	});
}

/** Smallest column id that is free. */
function makeColumnId(columns: readonly SheetColumn[]): string {
	const used = new Set(columns.map((column) => column.id));
	let index = columns.length;
	while (used.has(`c${index}`)) {
		index += 1;
	}
	return `c${index}`;
}

/** Text of a raw cell as the user sees it. */
function textOf(cell: RawCell | undefined): string {
	return cell === null || cell === undefined ? "" : String(cell);
}

/**
 * The state that shows a raw sheet. Without columns it has those of the definition; columns of the definition that the sheet lacks
 * are added unless the user may remove columns.
 */
export function stateOfSheet(definition: SheetDefinition, sheet: RawSheet): SheetState {
	const columns = defineColumns(
		definition,
		sheet.columns.map((label, index) => ({ id: `c${index}`, label })),
	);
	if (columns.length === 0 || !definition.canAddColumns) {
		for (const column of definition.columns) {
			if (!columns.some((present) => present.definition === column)) {
				columns.push({ id: makeColumnId(columns), label: column.label, definition: column });
			}
		}
	}
	const rows = sheet.rows.map((cells) => {
		const row: Record<string, string> = {};
		cells.forEach((cell, index) => {
			const column = columns[index];
			const text = textOf(cell);
			if (column && text !== "") {
				row[column.id] = text;
			}
		});
		return row;
	});
	return withSpareRows(definition, { columns, rows });
}

/** The raw sheet of a state; blank rows at the end are left out, row numbers stay. */
export function sheetOfState(state: SheetState): RawSheet {
	const ids = state.columns.map((column) => column.id);
	return {
		columns: state.columns.map((column) => column.label),
		rows: state.rows.slice(0, countFilledRows(state.rows)).map((row) => ids.map((id) => row[id] || null)),
	};
}

/** Adds blank rows until ten follow the last filled one, when rows may be added. */
export function withSpareRows(definition: SheetDefinition, state: SheetState): SheetState {
	if (!definition.canAddRows) {
		return state;
	}
	const missing = countFilledRows(state.rows) + spareRowCount - state.rows.length;
	if (missing <= 0) {
		return state;
	}
	return { ...state, rows: [...state.rows, ...Array.from({ length: missing }, () => ({}))] };
}

/** Overwrites cells; read-only columns, unknown columns and rows outside the sheet are skipped. Same state when nothing changes. */
export function writeCells(state: SheetState, edits: Iterable<CellEdit>): SheetState {
	const editable = new Set(state.columns.filter(isEditable).map((column) => column.id));
	const changed = new Map<number, Record<string, string>>();
	for (const edit of edits) {
		const current = changed.get(edit.row) ?? state.rows[edit.row];
		if (!current || !editable.has(edit.columnId) || (current[edit.columnId] ?? "") === edit.text) {
			continue;
		}
		const row = changed.get(edit.row) ?? { ...current };
		row[edit.columnId] = edit.text;
		changed.set(edit.row, row);
	}
	if (changed.size === 0) {
		return state;
	}
	return { ...state, rows: state.rows.map((row, index) => changed.get(index) ?? row) };
}

/** Inserts blank rows before the given zero-based index. */
export function insertRows(state: SheetState, index: number, count: number): SheetState {
	const blank = Array.from({ length: count }, () => ({}));
	return { ...state, rows: [...state.rows.slice(0, index), ...blank, ...state.rows.slice(index)] };
}

/** Repeats the rows of the range below it. */
export function duplicateRows(state: SheetState, range: CellRange): SheetState {
	const copies = state.rows.slice(range.top, range.bottom + 1);
	return { ...state, rows: [...state.rows.slice(0, range.bottom + 1), ...copies, ...state.rows.slice(range.bottom + 1)] };
}

/** Removes the rows of the range. */
export function deleteRows(state: SheetState, range: CellRange): SheetState {
	return { ...state, rows: [...state.rows.slice(0, range.top), ...state.rows.slice(range.bottom + 1)] };
}

/** Copies the first row of the range to its other rows; for a single row, the row above it. */
export function fillDown(state: SheetState, range: CellRange): SheetState {
	const source = range.top === range.bottom ? range.top - 1 : range.top;
	const edits: CellEdit[] = [];
	for (let row = source + 1; row <= range.bottom; row += 1) {
		for (const column of state.columns.slice(range.left, range.right + 1)) {
			edits.push({ row, columnId: column.id, text: state.rows[source]?.[column.id] ?? "" });
		}
	}
	return source < 0 ? state : writeCells(state, edits);
}

/** Orders the filled rows by one column, numbers in their order; blank cells and blank rows go last in both directions. */
export function sortRows(state: SheetState, columnId: string, direction: "ascending" | "descending"): SheetState {
	const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
	const sign = direction === "ascending" ? 1 : -1;
	const filled = state.rows.filter((row) => !isBlankRow(row));
	const blank = state.rows.filter(isBlankRow);
	filled.sort((a, b) => {
		const left = a[columnId]?.trim() ?? "";
		const right = b[columnId]?.trim() ?? "";
		if (left === "" || right === "") {
			return (left === "" ? 1 : 0) - (right === "" ? 1 : 0);
		}
		return sign * collator.compare(left, right);
	});
	return { ...state, rows: [...filled, ...blank] };
}

/** Appends a column of the user's; the title of a known column that was removed brings that one back. */
export function addColumn(definition: SheetDefinition, state: SheetState, label: string): SheetState {
	const added = { id: makeColumnId(state.columns), label: label.trim() };
	return { ...state, columns: defineColumns(definition, [...state.columns, added]) };
}

/** Gives a column another title. */
export function renameColumn(definition: SheetDefinition, state: SheetState, columnId: string, label: string): SheetState {
	const renamed = state.columns.map((column) => (column.id === columnId ? { ...column, label: label.trim() } : column));
	return { ...state, columns: defineColumns(definition, renamed) };
}

/** Removes a column and what it holds. */
export function deleteColumn(state: SheetState, columnId: string): SheetState {
	return {
		columns: state.columns.filter((column) => column.id !== columnId),
		rows: state.rows.map((row) => {
			if (!(columnId in row)) {
				return row;
			}
			const { [columnId]: _removed, ...rest } = row;
			return rest;
		}),
	};
}
