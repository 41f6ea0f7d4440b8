// Parses one workbook in a thread of its own, which can be stopped when a file takes too long or too much memory.
import { parentPort, workerData } from "node:worker_threads";
import { formatValue } from "hucre";
import { type CellStyle, readXlsx, type Sheet } from "hucre/xlsx";
import { lookOf } from "./cell-look.ts";
import type { WorkbookSheet } from "./read-workbook.ts";
import type { CellLook, ViewedCell, ViewedSheet } from "./view-workbook.ts";
import type { WorkbookJob } from "./workbook-thread.ts";

const { task, bytes, maxRows, maxColumns } = workerData as WorkbookJob;

/** A cell as its text: numbers with the 15 digits that spreadsheets keep, dates as ISO, formulas as their last value. */
function textOf(value: unknown): string {
	if (value === null || value === undefined) return "";
	if (typeof value === "number") return String(Number(value.toPrecision(15)));
	if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
	if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, "");
	return String(value);
}

function trimEnd(cells: string[]): string[] {
	let length = cells.length;
	while (length > 0 && cells[length - 1] === "") length -= 1;
	return cells.slice(0, length);
}

async function readSheets(): Promise<WorkbookSheet[]> {
	const workbook = await readXlsx(bytes, {
		sheets: (info) => !info.hidden && !info.veryHidden,
		maxRows: maxRows + 1,
	});
	return workbook.sheets.map(({ name, rows }) => {
		const cells = rows.map((row) => trimEnd(row.slice(0, maxColumns + 1).map(textOf)));
		while (cells.length > 0 && cells[cells.length - 1]?.length === 0) cells.pop();
		return { name, cells };
	});
}

/** A value in its number format; as plain text where the format says nothing or cannot be understood. */
function formattedOf(value: unknown, { numFmt: format }: CellStyle): string {
	if (!format || format === "General" || format === "@" || !(typeof value === "number" || value instanceof Date)) {
		return textOf(value);
	}
	try {
		return formatValue(value, format);
	} catch {
		return textOf(value);
	}
}

const defaultWidthCharacters = 8.43;
const longestText = 4096;
const widestPx = 800;

/** Width of a column as spreadsheets draw it: 7 pixels per character and 5 around them. */
function widthPx(characters: number | undefined): number {
	return Math.min(widestPx, Math.round((characters ?? defaultWidthCharacters) * 7 + 5));
}

function viewSheet(sheet: Sheet, theme: readonly string[]): ViewedSheet {
	const looks: CellLook[] = [];
	const numbers = new Map<string, number>();
	const numberOf = (style: CellStyle, value: unknown): number | null => {
		const isNumeric = typeof value === "number" || value instanceof Date;
		// As spreadsheets do unless they are told otherwise.
		const look: CellLook = { ...(isNumeric ? { horizontal: "right" } : {}), ...lookOf(style, theme) };
		const key = JSON.stringify(look);
		if (key === "{}") return null;
		const number = numbers.get(key) ?? looks.push(look) - 1;
		numbers.set(key, number);
		return number;
	};
	const shown = sheet.rows.slice(0, maxRows);
	const width = Math.min(maxColumns, Math.max(0, ...shown.map((row) => row.length)));
	const rows = shown.map((row, y) =>
		Array.from({ length: width }, (_, x): ViewedCell => {
			const style = sheet.cells?.get(`${y},${x}`)?.style ?? {};
			return { text: formattedOf(row[x], style).slice(0, longestText), look: numberOf(style, row[x]) };
		}),
	);
	return {
		name: sheet.name,
		isHidden: sheet.hidden === true || sheet.veryHidden === true,
		columnWidthsPx: Array.from({ length: width }, (_, x) => widthPx(sheet.columns?.[x]?.width)),
		looks,
		rows,
		isCut: sheet.rows.length > maxRows || shown.some((row) => row.length > maxColumns),
	};
}

async function viewSheets(): Promise<ViewedSheet[]> {
	const workbook = await readXlsx(bytes, { readStyles: true, maxRows: maxRows + 1 });
	return workbook.sheets.map((sheet) => viewSheet(sheet, workbook.themeColors ?? []));
}

try {
	parentPort?.postMessage({ sheets: await (task === "view" ? viewSheets() : readSheets()) });
} catch {
	parentPort?.postMessage({ sheets: null });
}
