/** Which row of the sheet a row of a file or paste is meant for. */
import { joinKey } from "@opengsync/domain/sheets/fixed-rows";
import type { Problem, ProblemKind, SheetDefinition } from "@opengsync/domain/sheets/types";
import { isEditable, keyOfColumn, type SheetColumn, type SheetState } from "./sheet-state.ts";

/** What became of the rows of a file. */
export interface RowMatch {
	/** Zero-based row of the sheet per row of the file; null = left out. */
	readonly rows: readonly (number | null)[];
	/** Titles of the columns that told the rows apart; empty where rows went by their order. */
	readonly titles: readonly string[];
	/** Why rows were left out, at the cell that the file says something else about. */
	readonly problems: readonly Problem[];
}

/** A read-only column of the sheet that the file has, too. */
interface NamingColumn {
	readonly column: SheetColumn;
	/** Its place in the rows of the file. */
	readonly position: number;
}

type Cells = readonly (readonly string[])[];

/** Names of the sheet's rows and of the file's, by some of the naming columns. */
interface Naming {
	readonly columns: readonly NamingColumn[];
	readonly rowByName: ReadonlyMap<string, number>;
	readonly names: readonly string[];
}

/** The naming by these columns; null where two rows of the sheet have the same name or one has none. */
function nameRows(state: SheetState, data: Cells, columns: readonly NamingColumn[]): Naming | null {
	const nameOf = (textOf: (column: NamingColumn) => string | undefined) =>
		joinKey(...columns.map((column) => textOf(column)?.trim() ?? ""));
	const nothing = nameOf(() => "");
	const rowByName = new Map(state.rows.map((row, index) => [nameOf(({ column }) => row[column.id]), index]));
	if (rowByName.size < state.rows.length || rowByName.has(nothing)) return null;
	return { columns, rowByName, names: data.map((cells) => nameOf(({ position }) => cells[position])) };
}

/** The naming that finds most rows of the file: by one column, else by all of them together. */
function findNaming(state: SheetState, data: Cells, columns: readonly NamingColumn[]): Naming | null {
	const namings = [...columns.map((column) => [column]), columns].flatMap((some) => nameRows(state, data, some) ?? []);
	const countFound = ({ names, rowByName }: Naming) => names.filter((name) => rowByName.has(name)).length;
	return namings.toSorted((a, b) => countFound(b) - countFound(a))[0] ?? null;
}

function problemAt(row: number | null, columns: readonly NamingColumn[], kind: ProblemKind, message: string): Problem {
	const keys = columns.map(({ column }) => keyOfColumn(column));
	return { row: row === null ? null : row + 1, columns: keys, code: "file.row", severity: "error", kind, message };
}

/**
 * Finds the row of the sheet for each row of data, whose cells stand in the order of `columns`. In a sheet of fixed rows the read-only
 * columns say which row is which, whatever the order of the file; a row that names none, or contradicts the one that it names, is left
 * out with a problem at that cell, so that nothing is written to a row that was not meant. Without such columns, or where they name
 * nothing, rows go by their order from `top` on.
 */
export function matchRows(
	definition: SheetDefinition,
	state: SheetState,
	data: Cells,
	columns: readonly (SheetColumn | null)[],
	top: number,
): RowMatch {
	const given = columns.flatMap((column, position) => (column && !isEditable(column) ? [{ column, position }] : []));
	const naming = definition.canAddRows || given.length === 0 ? null : findNaming(state, data, given);
	const problems: Problem[] = [];
	const taken = new Set<number>();
	const lost: number[] = [];
	const rows = data.map((cells, index): number | null => {
		const row = naming ? naming.rowByName.get(naming.names[index] ?? "") : top + index;
		if (row === undefined) {
			lost.push(index);
			return null;
		}
		if (taken.has(row)) {
			problems.push(
				problemAt(row, naming?.columns ?? [], "duplicate", "The file has two rows for this one: only the first was used."),
			);
			return null;
		}
		taken.add(row);
		const sheetRow = state.rows[row];
		const other = definition.canAddRows
			? undefined
			: given.find(({ column, position }) => {
					const text = cells[position]?.trim() ?? "";
					return sheetRow && text !== "" && text !== (sheetRow[column.id]?.trim() ?? "");
				});
		if (!other) return row;
		const message = `The file says "${cells[other.position]?.trim()}" here: its row was left out.`;
		problems.push(problemAt(row, [other], "invalid", message));
		return null;
	});
	const free = [...state.rows.keys()].filter((row) => !taken.has(row));
	for (const index of lost) {
		const named = naming?.columns ?? [];
		const text = named.map(({ position }) => data[index]?.[position]?.trim() || "nothing").join(", ");
		const meant = free.find((row) => row === top + index || free.length === 1) ?? null;
		const where = meant === null ? `"${text}" is not in this sheet` : `The file says "${text}" here`;
		problems.push(problemAt(meant, named, "invalid", `${where}: its row was left out.`));
	}
	return { rows, titles: naming?.columns.map(({ column }) => column.label) ?? [], problems };
}
