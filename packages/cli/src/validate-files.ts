import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { readWorkbook } from "@opengsync/core/documents/read-workbook";
import { parseCsv, parseTsv, toRawSheet } from "@opengsync/domain/sheets/parse-tsv";
import type { RawSheet } from "@opengsync/domain/sheets/types";
import { decodeText, maximumFileBytes } from "@opengsync/web/islands/sheet/read-file";

/** A sheet of a file that is to be checked. */
export interface SheetFile {
	/** Name of the file, of a workbook with several sheets also that of the sheet. */
	readonly name: string;
	readonly path: string;
	readonly sheet: RawSheet;
}

/**
 * Reads a .tsv, .txt, .csv or .xlsx file (requests-and-annotation.md §3.5). Blank rows stay, so that rows keep their numbers.
 * @throws Error whose message names the file and what is wrong
 */
export async function readSheetFile(file: string): Promise<SheetFile[]> {
	const name = path.basename(file);
	const extension = path.extname(file).toLowerCase();
	if (![".tsv", ".txt", ".csv", ".xlsx"].includes(extension)) throw new Error(`${name}: not a .tsv, .csv or .xlsx file.`);
	const found = await stat(file).catch(() => null);
	if (!found?.isFile()) throw new Error(`${file}: there is no such file.`);
	if (found.size > maximumFileBytes) throw new Error(`${name}: larger than 5 MB.`);
	const bytes = await readFile(file);
	const sheets = extension === ".xlsx" ? await readSheets(bytes, name) : [{ name, cells: readCells(bytes, name, extension) }];
	const filled = sheets.filter((sheet) => sheet.cells.flat().some((cell) => cell.trim() !== ""));
	if (filled.length === 0) throw new Error(`${name}: the file is empty.`);
	return filled.map((sheet) => ({ name: sheet.name, path: file, sheet: toRawSheet(sheet.cells) }));
}

function readCells(bytes: Uint8Array, name: string, extension: string): string[][] {
	const text = decodeText(bytes);
	if (text.includes("\0")) throw new Error(`${name}: not a text file, whatever its name says.`);
	return extension === ".csv" ? parseCsv(text) : parseTsv(text);
}

async function readSheets(bytes: Uint8Array, name: string) {
	const sheets = await readWorkbook(bytes).catch((error: unknown) => {
		throw new Error(`${name}: ${error instanceof Error ? error.message : "cannot be read."}`);
	});
	return sheets.map((sheet) => ({ ...sheet, name: sheets.length > 1 ? `${name} › ${sheet.name}` : name }));
}
