import { maximumCsvCharacters, parseCsv } from "./csv.ts";
import { InstrumentFileError } from "./xml.ts";

/** A row of a report; reading a cell that is missing or malformed throws an {@link InstrumentFileError} with file, line and column. */
export interface ReportRow {
	/** Trimmed text; null when the column is absent or the cell empty. */
	readonly text: (column: string) => string | null;
	/** Trimmed text that must not be empty. */
	readonly requiredText: (column: string) => string;
	/** Whole number from 0. */
	readonly count: (column: string) => number;
	/** Whole number from 0; null when the column is absent or the cell empty. */
	readonly optionalCount: (column: string) => number | null;
	/** Number; null when the column is absent or the cell is empty or not a number (`NaN`, `N/A`). */
	readonly optionalNumber: (column: string) => number | null;
	/** The error for a cell, with file and line. */
	readonly fail: (message: string) => InstrumentFileError;
}

/**
 * Reads a report with a line of column names. Column names count in any case; empty lines are passed over.
 * @param requiredColumns columns without which the report cannot be used
 * @throws {InstrumentFileError} when the file is too large, empty, lacks a column or has a quoted cell without end
 */
export function readReport<T>(
	fileName: string,
	text: string,
	requiredColumns: readonly string[],
	toRow: (row: ReportRow) => T,
): T[] {
	if (text.length > maximumCsvCharacters) throw new InstrumentFileError(`${fileName} is too large`);
	const { records, unclosedQuoteLine } = parseCsv(text);
	if (unclosedQuoteLine !== null)
		throw new InstrumentFileError(`${fileName}, line ${unclosedQuoteLine}: a quoted cell never ends`);
	const [header, ...body] = records.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
	if (!header) throw new InstrumentFileError(`${fileName} is empty`);
	const places = new Map<string, number>();
	for (const [place, name] of header.cells.entries()) {
		const key = name.trim().toLowerCase();
		if (!places.has(key)) places.set(key, place);
	}
	const missing = requiredColumns.filter((column) => !places.has(column.toLowerCase()));
	if (missing.length > 0) {
		throw new InstrumentFileError(
			`${fileName}, line ${header.line}: column ${missing.map((column) => `"${column}"`).join(", ")} is missing`,
		);
	}
	return body.map(({ line, cells }) =>
		toRow(reportRow(fileName, line, (column) => cells[places.get(column.toLowerCase()) ?? -1])),
	);
}

function reportRow(fileName: string, line: number, cellOf: (column: string) => string | undefined): ReportRow {
	const fail = (message: string) => new InstrumentFileError(`${fileName}, line ${line}: ${message}`);
	const text = (column: string) => cellOf(column)?.trim() || null;
	const optionalCount = (column: string) => {
		const value = text(column);
		if (value === null) return null;
		const count = Number(value);
		if (!/^\d+$/.test(value) || !Number.isSafeInteger(count)) throw fail(`"${column}" is "${value}", expected a whole number`);
		return count;
	};
	return {
		text,
		requiredText: (column) => {
			const value = text(column);
			if (value === null) throw fail(`"${column}" is empty`);
			return value;
		},
		count: (column) => {
			const count = optionalCount(column);
			if (count === null) throw fail(`"${column}" is empty, expected a whole number`);
			return count;
		},
		optionalCount,
		optionalNumber: (column) => {
			const value = text(column);
			if (value === null || /^-?(nan|n\/a)$/i.test(value)) return null;
			if (!/^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value)) throw fail(`"${column}" is "${value}", expected a number`);
			return Number(value);
		},
		fail,
	};
}
