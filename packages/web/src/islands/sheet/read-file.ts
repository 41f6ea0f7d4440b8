/** Reads an uploaded file into tables: text here, workbooks by the server. */
import { parseCsv, parseTsv } from "@opengsync/domain/sheets/parse-tsv";
import type { FileSheet } from "./column-mapping.ts";
import { postToServer } from "./post.ts";

/** Largest file that is read (requests-and-annotation.md §3.5). */
export const maximumFileBytes = 5 * 1024 * 1024;

/** Text of a file: UTF-8, UTF-16 when it says so (Excel's "Unicode text"), else Windows-1252. */
export function decodeText(bytes: Uint8Array): string {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) {
		return new TextDecoder("utf-16le").decode(bytes);
	}
	if (bytes[0] === 0xfe && bytes[1] === 0xff) {
		return new TextDecoder("utf-16be").decode(bytes);
	}
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder("windows-1252").decode(bytes);
	}
}

function isFileSheets(value: unknown): value is { sheets: FileSheet[] } {
	return typeof value === "object" && value !== null && "sheets" in value && Array.isArray(value.sheets);
}

async function readWorkbook(file: File, url: string | null): Promise<FileSheet[]> {
	if (url === null) throw new Error("Workbooks cannot be read here. Copy the cells and paste them.");
	const form = new FormData();
	form.set("file", file);
	const answer: unknown = await (await postToServer(url, form)).json();
	if (!isFileSheets(answer)) throw new Error(`"${file.name}" could not be read.`);
	return answer.sheets;
}

async function readText(file: File, extension: string): Promise<FileSheet[]> {
	const text = decodeText(new Uint8Array(await file.arrayBuffer()));
	if (text.includes("\0")) throw new Error(`"${file.name}" is not a text file, whatever its name says.`);
	const cells = extension === "csv" ? parseCsv(text) : parseTsv(text);
	return [{ name: file.name, cells }];
}

/**
 * Tables of a .xlsx, .tsv, .txt or .csv file, without blank rows.
 * @throws Error whose message is meant for the user
 */
export async function readFileSheets(file: File, workbookUrl: string | null): Promise<FileSheet[]> {
	const extension = file.name.toLowerCase().split(".").pop() ?? "";
	if (!["xlsx", "tsv", "txt", "csv"].includes(extension)) {
		throw new Error(
			`"${file.name}" is not a .xlsx, .tsv or .csv file. Save it as one of these, or copy the cells and paste them here.`,
		);
	}
	if (file.size > maximumFileBytes) {
		throw new Error(`"${file.name}" is larger than 5 MB.`);
	}
	const sheets = extension === "xlsx" ? await readWorkbook(file, workbookUrl) : await readText(file, extension);
	const filled = sheets
		.map((sheet) => ({ ...sheet, cells: sheet.cells.filter((row) => row.some((cell) => cell.trim() !== "")) }))
		.filter((sheet) => sheet.cells.length > 0);
	if (filled.length === 0) {
		throw new Error(`"${file.name}" is empty.`);
	}
	return filled;
}
