import { Worker } from "node:worker_threads";
import { checkWorkbookArchive } from "./workbook-archive.ts";
import { UnreadableWorkbookError } from "./workbook-errors.ts";

/** A worksheet as text. */
export interface WorkbookSheet {
	readonly name: string;
	/** Rows of cells; blank cells at the end of a row and blank rows at the end are left out. */
	readonly cells: readonly (readonly string[])[];
}

/** Largest sheet that is read (requests-and-annotation.md §3.5). */
export const maxSheetRows = 5000;
/** Most columns of a sheet that is read. */
export const maxSheetColumns = 200;

const timeLimitMs = 20_000;
const memoryLimitMegabytes = 256;

/** Beside the source in development, beside the program in the product. */
const workerUrl = new URL(
	import.meta.url.endsWith(".ts") ? "./read-workbook-worker.ts" : "./read-workbook-worker.js",
	import.meta.url,
);

function parseInThread(bytes: Uint8Array): Promise<WorkbookSheet[]> {
	return new Promise((resolve, reject) => {
		const worker = new Worker(workerUrl, {
			workerData: { bytes, maxRows: maxSheetRows, maxColumns: maxSheetColumns },
			resourceLimits: { maxOldGenerationSizeMb: memoryLimitMegabytes },
			execArgv: [],
		});
		const fail = (message: string) => reject(new UnreadableWorkbookError(message));
		const timer = setTimeout(() => {
			fail("The workbook takes too long to read. Copy the cells into a new workbook, or save the sheet as .csv.");
			void worker.terminate();
		}, timeLimitMs);
		worker.once("message", ({ sheets }: { sheets: WorkbookSheet[] | null }) =>
			sheets ? resolve(sheets) : fail("The workbook is damaged and cannot be read."),
		);
		worker.once("error", () => fail("The workbook cannot be read."));
		worker.once("exit", () => {
			clearTimeout(timer);
			fail("The workbook cannot be read.");
		});
	});
}

/**
 * Reads the visible sheets of an uploaded .xlsx as text: stored values only, formulas are never computed. In a thread with limits of
 * time and memory, after the archive has been checked.
 * @throws UnreadableWorkbookError with what the user can do
 */
export async function readWorkbook(bytes: Uint8Array): Promise<WorkbookSheet[]> {
	checkWorkbookArchive(bytes);
	const sheets = await parseInThread(bytes);
	for (const { name, cells } of sheets) {
		if (cells.length > maxSheetRows) {
			throw new UnreadableWorkbookError(`The sheet "${name}" has more than ${maxSheetRows} rows.`);
		}
		if (cells.some((row) => row.length > maxSheetColumns)) {
			throw new UnreadableWorkbookError(`The sheet "${name}" has more than ${maxSheetColumns} columns.`);
		}
	}
	const filled = sheets.filter((sheet) => sheet.cells.length > 0);
	if (filled.length === 0) throw new UnreadableWorkbookError("The workbook is empty.");
	return filled;
}
