/** Where pasted or uploaded cells go: growth, repetition over a selection, and header rows that map columns by title. */
import { fieldNameOf, isHeaderRow, matchHeaders } from "@opengsync/domain/sheets/match-headers";
import type { Problem, SheetDefinition } from "@opengsync/domain/sheets/types";
import { matchRows } from "./match-rows.ts";
import {
	addColumn,
	type CellEdit,
	type CellRange,
	countFilledRows,
	insertRows,
	isEditable,
	keyOfColumn,
	maximumRowCount,
	type SheetColumn,
	type SheetState,
	withSpareRows,
	writeCells,
} from "./sheet-state.ts";

/** What a paste made of the sheet, the cells that it covers, and sentences for the user about what was not done as is. */
export interface PasteResult {
	readonly state: SheetState;
	readonly range: CellRange;
	readonly remarks: readonly string[];
	/** Rows that were left out, at the cell that says why. */
	readonly problems: readonly Problem[];
	/** True when the first row was taken as titles: the user may want it as data instead. */
	readonly mappedByHeader: boolean;
}

/** Makes room for `rowCount` rows, as far as the sheet may grow. */
function growTo(definition: SheetDefinition, state: SheetState, rowCount: number): SheetState {
	const wanted = Math.min(rowCount, maximumRowCount);
	if (!definition.canAddRows || wanted <= state.rows.length) {
		return state;
	}
	return insertRows(state, state.rows.length, wanted - state.rows.length);
}

/** Repeats a block over a selection that is a whole multiple of it, as spreadsheets do. */
function repeatOver(cells: readonly (readonly string[])[], selection: CellRange): readonly (readonly string[])[] {
	const height = cells.length;
	const width = Math.max(...cells.map((row) => row.length));
	const rows = selection.bottom - selection.top + 1;
	const columns = selection.right - selection.left + 1;
	if (rows % height !== 0 || columns % width !== 0 || rows * columns <= height * width) {
		return cells;
	}
	return Array.from({ length: rows }, (_, y) => Array.from({ length: columns }, (_, x) => cells[y % height]?.[x % width] ?? ""));
}

/** Writes cells into the given columns, row by row into the given rows; a null column is skipped. */
function place(
	definition: SheetDefinition,
	state: SheetState,
	cells: readonly (readonly string[])[],
	columns: readonly (SheetColumn | null)[],
	rows: readonly number[],
): PasteResult {
	const top = rows.length > 0 ? Math.min(...rows) : 0;
	const bottom = Math.max(0, ...rows);
	const grown = growTo(definition, state, bottom + 1);
	const edits: CellEdit[] = [];
	const remarks: string[] = [];
	cells.forEach((row, y) => {
		row.forEach((text, x) => {
			const column = columns[x];
			if (column) {
				edits.push({ row: rows[y] ?? 0, columnId: column.id, text: text.trim() });
			}
		});
	});
	const lost = rows.filter((row) => row >= grown.rows.length).length;
	if (lost > 0) {
		remarks.push(`${lost} pasted ${lost === 1 ? "row does" : "rows do"} not fit: this sheet has ${grown.rows.length} rows.`);
	}
	const readOnly = columns.filter((column) => column && !isEditable(column)).map((column) => column?.label);
	if (readOnly.length > 0) {
		remarks.push(`Not changed, because read-only: ${readOnly.join(", ")}.`);
	}
	const positions = columns.filter((column) => column !== null).map((column) => grown.columns.indexOf(column));
	const range = {
		top,
		bottom: Math.min(bottom, grown.rows.length - 1),
		left: positions.length > 0 ? Math.min(...positions) : 0,
		right: Math.max(0, ...positions),
	};
	return { state: withSpareRows(definition, writeCells(grown, edits)), range, remarks, problems: [], mappedByHeader: false };
}

/** Writes a block at the selection, column by column from its left edge; what goes beyond the last column is left out and said. */
export function pasteBlock(
	definition: SheetDefinition,
	state: SheetState,
	cells: readonly (readonly string[])[],
	selection: CellRange,
): PasteResult {
	const block = repeatOver(cells, selection);
	const width = Math.max(...block.map((row) => row.length));
	const columns = state.columns.slice(selection.left, selection.left + width);
	const result = place(definition, state, block, columns, countFrom(selection.top, block.length));
	const hasLoss = block.some((row) => row.slice(columns.length).some((text) => text.trim() !== ""));
	if (!hasLoss) {
		return result;
	}
	const beyond = width - columns.length;
	return {
		...result,
		remarks: [
			...result.remarks,
			`${beyond} pasted ${beyond === 1 ? "column lies" : "columns lie"} beyond the last one and ${beyond === 1 ? "was" : "were"} left out.`,
		],
	};
}

/** Row numbers from a first one on. */
function countFrom(first: number, count: number): readonly number[] {
	return Array.from({ length: count }, (_, index) => first + index);
}

/** True when the first row consists of titles of this sheet rather than of data. */
export function beginsWithHeader(definition: SheetDefinition, cells: readonly (readonly string[])[]): boolean {
	const [first = []] = cells;
	const titles = first.filter((text) => text.trim() !== "").length;
	return cells.length > 1 && titles > 1 && isHeaderRow(definition, first);
}

/** Columns of a block in its order: key of the sheet's column, a new column by title, or null for one that is not used. */
export type BlockColumn = { readonly key: string } | { readonly title: string } | null;

/**
 * Writes rows into the given columns, new ones included: to the rows that read-only columns name, else from `top` on.
 */
export function pasteMapped(
	definition: SheetDefinition,
	state: SheetState,
	data: readonly (readonly string[])[],
	blockColumns: readonly BlockColumn[],
	top: number,
): PasteResult {
	let target = state;
	for (const column of blockColumns) {
		if (column && "title" in column) target = addColumn(definition, target, column.title);
	}
	const columns = blockColumns.map((column) => {
		const key = column && ("key" in column ? column.key : fieldNameOf(column.title));
		return target.columns.find((candidate) => keyOfColumn(candidate) === key) ?? null;
	});
	const { rows, titles, problems } = matchRows(definition, target, data, columns, top);
	const used = data.filter((_, index) => rows[index] !== null);
	// Cells by which rows were found are as they were: nothing to say about them.
	const written = titles.length > 0 ? columns.map((column) => (column && isEditable(column) ? column : null)) : columns;
	const result = place(
		definition,
		target,
		used,
		written,
		rows.filter((row) => row !== null),
	);
	const left = data.length - used.length;
	const remarks = [
		...(titles.length > 0 ? [`Rows were matched by ${titles.join(", ")}.`] : []),
		...(left > 0 ? [`Left out: ${left} ${left === 1 ? "row" : "rows"} of the file, see the problems below the sheet.`] : []),
		...result.remarks,
	];
	return { ...result, remarks, problems };
}

/** Writes the rows below a header row into the columns that its titles mean; unknown titles become columns where that is allowed. */
export function pasteByHeader(
	definition: SheetDefinition,
	state: SheetState,
	cells: readonly (readonly string[])[],
	top: number,
): PasteResult {
	const [titles = [], ...data] = cells;
	const unused: string[] = [];
	const mapped: string[] = [];
	const columns = matchHeaders(definition, titles).map((match, index): BlockColumn => {
		if (match.kind === "known" || match.kind === "added") {
			mapped.push(titles[index] === match.column.label ? match.column.label : `${titles[index]?.trim()} → ${match.column.label}`);
			const exists = state.columns.some((column) => keyOfColumn(column) === match.column.key);
			return exists ? { key: match.column.key } : { title: match.column.label };
		}
		if (match.kind !== "blank") {
			unused.push(match.title);
		}
		return null;
	});
	const result = pasteMapped(definition, state, data, columns, top);
	const remarks = [`The first row was taken as titles: ${mapped.join(", ")}.`];
	if (unused.length > 0) {
		remarks.push(`Not used: ${unused.join(", ")}.`);
	}
	return { ...result, remarks: [...remarks, ...result.remarks], mappedByHeader: true };
}

/** First row that an uploaded file is written to: below what is there. */
export function rowForUpload(state: SheetState): number {
	return countFilledRows(state.rows);
}
