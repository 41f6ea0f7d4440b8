import { maxSheetRows } from "@opengsync/domain/sheets/limits";
import { UnreadableWorkbookError } from "./workbook-errors.ts";
import { parseInThread } from "./workbook-thread.ts";

/** A worksheet as text. */
export interface WorkbookSheet {
	readonly name: string;
	/** Rows of cells; blank cells at the end of a row and blank rows at the end are left out. */
	readonly cells: readonly (readonly string[])[];
}

/** Most columns of a sheet that is read. */
const maxSheetColumns = 200;

/**
 * Reads the visible sheets of an uploaded .xlsx as text: stored values only, formulas are never computed. In a thread with limits of
 * time and memory, after the archive has been checked.
 * @throws UnreadableWorkbookError with what the user can do
 */
export async function readWorkbook(bytes: Uint8Array): Promise<WorkbookSheet[]> {
	const limits = { maxRows: maxSheetRows, maxColumns: maxSheetColumns };
	const sheets = await parseInThread<WorkbookSheet>({ task: "read", bytes, ...limits });
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
