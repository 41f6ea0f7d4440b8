import type { BillingCell, BillingTable } from "@opengsync/domain/billing";
import { type Cell, type CellStyle, type WriteSheet, writeXlsx } from "hucre/xlsx";

const narrowest = 10;
const widest = 50;
const spareCharacters = 5;

const side = { style: "thin", color: { rgb: "FF000000" } } as const;
const fillOf = (rgb: string): CellStyle => ({ fill: { type: "pattern", pattern: "solid", fgColor: { rgb: `FF${rgb}` } } });
const headerStyle: CellStyle = {
	...fillOf("E0E0E0"),
	font: { bold: true, size: 12 },
	border: { top: side, right: side, bottom: side, left: side },
	alignment: { horizontal: "center", vertical: "center" },
};
const blueRow = fillOf("A4CBFA");
const whiteRow = fillOf("FFFFFF");

const textOf = (cell: BillingCell | undefined) => (cell === null || cell === undefined ? "" : String(cell));

/** Longest text of a column and some room, within bounds. */
function widthOf(table: BillingTable, column: number): number {
	const lengths = [table.columns[column], ...table.rows.map((row) => row[column])].map((cell) => textOf(cell).length);
	return Math.min(widest, Math.max(narrowest, Math.max(...lengths) + spareCharacters));
}

/** Style of each row: the colour changes whenever the experiment does. */
function rowStyles(table: BillingTable): CellStyle[] {
	let isBlue = false;
	return table.rows.map((row, index) => {
		if (index === 0 || row[0] !== table.rows[index - 1]?.[0]) isBlue = !isBlue;
		return isBlue ? blueRow : whiteRow;
	});
}

function sheetOf(table: BillingTable): WriteSheet {
	const styles = [headerStyle, ...rowStyles(table)];
	const cells = styles.flatMap((style, row) =>
		table.columns.map((_, column): [string, Partial<Cell>] => [`${row},${column}`, { style }]),
	);
	return {
		name: table.name,
		rows: [[...table.columns], ...table.rows.map((row) => [...row])],
		columns: table.columns.map((_, column) => ({ width: widthOf(table, column) })),
		cells: new Map(cells),
	};
}

/** The billing export as an Excel workbook, styled as requests-and-annotation.md §12 says. Texts are never formulas. */
export async function writeBillingWorkbook(tables: readonly BillingTable[]): Promise<Uint8Array> {
	return writeXlsx({ sheets: tables.map(sheetOf) });
}
