// Parses one workbook in a thread of its own, which can be stopped when a file takes too long or too much memory.
import { parentPort, workerData } from "node:worker_threads";
import { readXlsx } from "hucre/xlsx";

const { bytes, maxRows, maxColumns } = workerData;

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

try {
	const workbook = await readXlsx(bytes, {
		sheets: (info) => !info.hidden && !info.veryHidden,
		maxRows: maxRows + 1,
	});
	const sheets = workbook.sheets.map(({ name, rows }) => {
		const cells = rows.map((row) => trimEnd(row.slice(0, maxColumns + 1).map(textOf)));
		while (cells.length > 0 && cells[cells.length - 1]?.length === 0) cells.pop();
		return { name, cells };
	});
	parentPort?.postMessage({ sheets });
} catch {
	parentPort?.postMessage({ sheets: null });
}
