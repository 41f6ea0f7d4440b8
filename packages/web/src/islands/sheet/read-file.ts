/** Reads an uploaded text file into cells. */
import { parseCsv, parseTsv } from "@opengsync/domain/sheets/parse-tsv";

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

/** Cells of a .tsv, .txt or .csv file. Throws an `Error` whose message is meant for the user. */
export async function readCellsOfFile(file: File): Promise<string[][]> {
	const extension = file.name.toLowerCase().split(".").pop() ?? "";
	if (!["tsv", "txt", "csv"].includes(extension)) {
		throw new Error(
			`"${file.name}" is not a .tsv or .csv file. In a spreadsheet program copy the cells and paste them here, or save as text.`,
		);
	}
	if (file.size > maximumFileBytes) {
		throw new Error(`"${file.name}" is larger than 5 MB.`);
	}
	const text = decodeText(new Uint8Array(await file.arrayBuffer()));
	const cells = extension === "csv" ? parseCsv(text) : parseTsv(text);
	const filled = cells.filter((row) => row.some((cell) => cell.trim() !== ""));
	if (filled.length === 0) {
		throw new Error(`"${file.name}" is empty.`);
	}
	return filled;
}
