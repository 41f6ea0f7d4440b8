/** A line of a CSV file. */
export interface CsvRecord {
	/** Number of the line on which the record starts, from 1. */
	readonly line: number;
	/** Cells without their quotes, otherwise as written. */
	readonly cells: readonly string[];
}

/** Records of a CSV file and whether its last quoted cell was left open. */
export interface CsvContent {
	readonly records: readonly CsvRecord[];
	/** Line on which a quoted cell starts that never ends; null when all end. */
	readonly unclosedQuoteLine: number | null;
}

/** Largest CSV text that is read, in characters. */
export const maximumCsvCharacters = 64 * 1024 * 1024;

/**
 * Splits CSV text: comma, double quotes, any line ending, byte order mark left out. A quote inside an unquoted cell is an ordinary
 * character.
 */
export function parseCsv(text: string): CsvContent {
	const records: CsvRecord[] = [];
	let position = text.startsWith("\uFEFF") ? 1 : 0;
	let line = 1;
	let unclosedQuoteLine: number | null = null;
	while (position < text.length) {
		const record: { line: number; cells: string[] } = { line, cells: [] };
		for (;;) {
			const cell = text[position] === '"' ? readQuotedCell(text, position) : readPlainCell(text, position);
			if (!cell.isClosed) unclosedQuoteLine ??= line;
			record.cells.push(cell.value);
			line += cell.lineBreaks;
			position = cell.end;
			if (text[position] !== ",") break;
			position += 1;
		}
		records.push(record);
		position += text.startsWith("\r\n", position) ? 2 : 1;
		line += 1;
	}
	return { records, unclosedQuoteLine };
}

/** A cell as it is written: quoted when it contains a comma, a quote, a line break or blanks at an end. */
export function writeCsvCell(value: string): string {
	return /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

interface Cell {
	readonly value: string;
	readonly end: number;
	readonly lineBreaks: number;
	readonly isClosed: boolean;
}

const cellEnd = /[,\r\n]/g;

function readPlainCell(text: string, start: number): Cell {
	cellEnd.lastIndex = start;
	const end = cellEnd.exec(text)?.index ?? text.length;
	return { value: text.slice(start, end), end, lineBreaks: 0, isClosed: true };
}

function readQuotedCell(text: string, start: number): Cell {
	let value = "";
	let position = start + 1;
	for (;;) {
		const quote = text.indexOf('"', position);
		if (quote < 0) {
			value += text.slice(position);
			return { value, end: text.length, lineBreaks: countLineBreaks(value), isClosed: false };
		}
		value += text.slice(position, quote);
		if (text[quote + 1] !== '"') {
			// What follows the closing quote up to the comma belongs to the cell, except blanks.
			const rest = readPlainCell(text, quote + 1);
			return { value: value + rest.value.trimEnd(), end: rest.end, lineBreaks: countLineBreaks(value), isClosed: true };
		}
		value += '"';
		position = quote + 2;
	}
}

function countLineBreaks(value: string): number {
	return value.match(/\r\n|\r|\n/g)?.length ?? 0;
}
