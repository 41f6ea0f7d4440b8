import type { RawSheet } from "./types.ts";

/** Reads a quoted field that begins at `start`; null when the quotes do not enclose the whole field (then they are ordinary characters). */
function readQuotedField(text: string, start: number, delimiter: string): { value: string; end: number } | null {
	let value = "";
	let position = start + 1;
	for (;;) {
		const quote = text.indexOf('"', position);
		if (quote === -1) return null;
		value += text.slice(position, quote);
		const next = text[quote + 1];
		if (next === '"') {
			value += '"';
			position = quote + 2;
			continue;
		}
		const isEnd = next === undefined || next === delimiter || next === "\n" || next === "\r";
		return isEnd ? { value, end: quote + 1 } : null;
	}
}

/**
 * Splits delimited text into cells. Quoting as in RFC 4180: a quoted field may hold delimiters, line breaks and doubled quotes; quotes
 * that do not enclose a whole field stay as they are (spreadsheets put `5" plate` unquoted on the clipboard). A line break at the very
 * end adds no row; a byte order mark is dropped. Never throws.
 */
function parseDelimited(text: string, delimiter: "\t" | "," | ";"): string[][] {
	const source = text.startsWith("\uFEFF") ? text.slice(1) : text;
	const rows: string[][] = [];
	let row: string[] = [];
	let position = 0;
	while (position < source.length || row.length > 0) {
		const quoted = source[position] === '"' ? readQuotedField(source, position, delimiter) : null;
		if (quoted) {
			row.push(quoted.value);
			position = quoted.end;
		} else {
			const start = position;
			while (position < source.length) {
				const character = source[position];
				if (character === delimiter || character === "\n" || character === "\r") break;
				position += 1;
			}
			row.push(source.slice(start, position));
		}
		if (source[position] === delimiter) {
			position += 1;
			continue;
		}
		if (source[position] === "\r" && source[position + 1] === "\n") position += 1;
		position += 1;
		rows.push(row);
		row = [];
	}
	return rows;
}

/** Cells of tab-separated text, as spreadsheets put it on the clipboard. */
export function parseTsv(text: string): string[][] {
	return parseDelimited(text, "\t");
}

/** Cells of comma-separated text; semicolons where the first line has more of them (spreadsheets of many European locales). */
export function parseCsv(text: string): string[][] {
	const firstLine = /^[^\r\n]*/u.exec(text.replace(/"[^"]*"/gu, ""))?.[0] ?? "";
	const count = (character: string) => firstLine.split(character).length;
	return parseDelimited(text, count(";") > count(",") ? ";" : ",");
}

/** The first row as headers, the others as data rows of equal length; missing cells become null. */
export function toRawSheet(cells: readonly (readonly string[])[]): RawSheet {
	const [header = [], ...rows] = cells;
	const width = Math.max(header.length, ...rows.slice(0, 10_000).map((row) => row.length));
	const columns = Array.from({ length: width }, (_, index) => header[index] ?? "");
	return { columns, rows: rows.map((row) => columns.map((_, index) => row[index] ?? null)) };
}
