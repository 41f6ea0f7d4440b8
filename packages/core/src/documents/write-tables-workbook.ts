import { type Cell, type WriteSheet, writeXlsx } from "hucre/xlsx";

/** A table as it is written to files: names of its columns, and cells in their order. */
export interface DocumentTable {
	readonly name: string;
	readonly columns: readonly string[];
	readonly rows: readonly (readonly (string | number | null)[])[];
}

const widestCharacters = 60;
const boldCell: Partial<Cell> = { style: { font: { bold: true } } };

/** Width by the longest cell of the first rows, within limits. */
function widthOf(table: DocumentTable, index: number): number {
	const lengths = table.rows.slice(0, 200).map((row) => String(row[index] ?? "").length);
	return Math.min(widestCharacters, Math.max(10, (table.columns[index] ?? "").length + 2, ...lengths));
}

/**
 * An Excel workbook of plain tables, one sheet each, its columns in the first row. Numbers stay numbers; texts are never formulas, whatever
 * they begin with.
 */
export async function writeTablesWorkbook(tables: readonly DocumentTable[]): Promise<Uint8Array> {
	const sheets = tables.map(
		(table): WriteSheet => ({
			name: table.name,
			rows: [[...table.columns], ...table.rows.map((row) => row.map((cell) => cell ?? ""))],
			columns: table.columns.map((_, index) => ({ width: widthOf(table, index) })),
			cells: new Map(table.columns.map((_, index) => [`0,${index}`, boldCell])),
			freezePane: { rows: 1 },
		}),
	);
	return writeXlsx({ sheets });
}

/** A cell that stays one: no tabs and line breaks, and no formula for whoever opens the file in a spreadsheet. */
function tsvCell(cell: string | number | null): string {
	if (cell === null) return "";
	if (typeof cell === "number") return String(cell);
	const text = cell.replace(/[\t\r\n]+/g, " ");
	return /^[=+\-@]/.test(text) ? `'${text}` : text;
}

/** The same as tab-separated text with a heading. */
export function writeTsv(table: Pick<DocumentTable, "columns" | "rows">): string {
	return `${[table.columns, ...table.rows].map((row) => row.map(tsvCell).join("\t")).join("\n")}\n`;
}
