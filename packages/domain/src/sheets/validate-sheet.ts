import { type HeaderMatch, matchHeaders } from "./match-headers.ts";
import { reportCells, reportSheet } from "./report.ts";
import { suggestOption } from "./suggest-option.ts";
import type {
	CellValue,
	ChoiceOption,
	CleanRow,
	Column,
	Problem,
	RawCell,
	RawSheet,
	Repair,
	Report,
	SheetDefinition,
	ValidatedSheet,
} from "./types.ts";

/** Longest text of a cell when its column states none (requests-and-annotation.md §3.2). */
const defaultMaxLength = 1024;

/** Other rows that the message about a value that is not unique names at most. */
const maxRowsNamed = 5;

/** A number with the 15 digits that spreadsheets show; the largest ones would round up to no number at all. */
function showNumber(value: number): string {
	const shown = Number(value.toPrecision(15));
	return String(Number.isFinite(shown) ? shown : value);
}

/** A cell as text: NUL removed, trimmed, numbers as the spreadsheet showed them; null when blank. */
export function readCellText(cell: RawCell | undefined): string | null {
	if (cell === null || cell === undefined) return null;
	const text = typeof cell === "number" ? showNumber(cell) : cell;
	const trimmed = text.replaceAll("\0", "").trim();
	return trimmed === "" ? null : trimmed;
}

/** A column of the sheet at hand: definition, where its cells are and what look-ups it needs. */
interface PlacedColumn {
	readonly column: Column;
	readonly position: number;
	readonly optionByLabel: ReadonlyMap<string, ChoiceOption>;
}

/** A row that is not blank: its displayed number, and its cells cleaned (null = missing), in the order of the placed columns. */
interface ReadRow {
	readonly number: number;
	readonly typed: readonly (string | null)[];
	readonly texts: readonly (string | null)[];
}

/** What one column makes of one cell: the value to keep, or the message that says why not. */
type ParsedCell = { readonly value: CellValue } | { readonly message: string };

function parseNumber(text: string, type: "integer" | "float"): ParsedCell {
	const number = Number(text.includes(",") && !text.includes(".") ? text.replace(",", ".") : text);
	if (!/\d/u.test(text) || !Number.isFinite(number)) return { message: `"${text}" is not a number.` };
	if (type === "integer" && !Number.isSafeInteger(number)) return { message: `"${text}" is not a whole number.` };
	return { value: number };
}

function parseText(text: string, column: Column): ParsedCell {
	const refusal = column.check?.(text);
	if (refusal) return { message: `${column.label} "${text.slice(0, 40)}": ${refusal}` };
	if (text.length < (column.minLength ?? 0)) {
		return { message: `"${text}" is too short: ${column.label} needs at least ${column.minLength} characters.` };
	}
	const maxLength = column.maxLength ?? defaultMaxLength;
	if (text.length > maxLength) {
		return { message: `"${text.slice(0, 40)}…" is too long: ${column.label} may have at most ${maxLength} characters.` };
	}
	return { value: text };
}

function parseCell(text: string, { column, optionByLabel }: PlacedColumn): ParsedCell {
	switch (column.type) {
		case "integer":
		case "float":
			return parseNumber(text, column.type);
		case "choice":
		case "labelledChoice": {
			const option = optionByLabel.get(text);
			if (!option) return { message: `"${text}" is not one of the options of ${column.label}.` };
			return { value: column.type === "choice" ? option.label : option.value };
		}
		case "text":
			return parseText(text, column);
	}
}

/** The text that was probably meant, if it would be accepted. */
function suggestText(text: string, placed: PlacedColumn): string | null {
	const { column } = placed;
	const isChoice = column.type === "choice" || column.type === "labelledChoice";
	const suggestion = column.suggest?.(text) ?? (isChoice ? suggestOption(column.options ?? [], text) : null);
	if (suggestion === null || suggestion === text) return null;
	const cleaned = column.clean ? column.clean(suggestion) : suggestion;
	return "value" in parseCell(cleaned, placed) ? suggestion : null;
}

/** Gives names that nobody has: the lowest free number is appended, `lung_1` → `lung_1_2`, and then taken. */
class FreeNames {
	private readonly taken: Set<string>;
	private readonly maxLength: number;
	/** Number from which to look on for a name: thousands of equal names are no reason to count from 2 each time. */
	private readonly nextNumbers = new Map<string, number>();

	constructor(taken: Iterable<string>, maxLength: number) {
		this.taken = new Set(taken);
		this.maxLength = maxLength;
	}

	isTaken(name: string): boolean {
		return this.taken.has(name);
	}

	take(name: string): void {
		this.taken.add(name);
	}

	/** A free name made from this one; taken from now on. */
	findFor(name: string): string {
		for (let number = this.nextNumbers.get(name) ?? 2; ; number += 1) {
			const ending = `_${number}`;
			const candidate = `${name.slice(0, this.maxLength - ending.length)}${ending}`;
			if (this.taken.has(candidate)) continue;
			this.nextNumbers.set(name, number + 1);
			this.taken.add(candidate);
			return candidate;
		}
	}
}

/** As {@link suggestText}; in a column of unique values one that nobody has yet, which is then taken. */
function suggestFreeText(text: string, placed: PlacedColumn, names: FreeNames): string | null {
	const { column } = placed;
	const suggestion = suggestText(text, placed);
	if (suggestion === null || !column.unique) return suggestion;
	const cleaned = column.clean ? column.clean(suggestion) : suggestion;
	if (names.isTaken(cleaned)) return column.type === "text" ? names.findFor(cleaned) : null;
	names.take(cleaned);
	return suggestion;
}

/** Rows by cleaned value of one column, for uniqueness. */
function groupByValue(rows: readonly ReadRow[], index: number): Map<string, ReadRow[]> {
	const groups = new Map<string, ReadRow[]>();
	for (const row of rows) {
		const text = row.texts[index];
		if (text === null || text === undefined) continue;
		const group = groups.get(text);
		if (group) group.push(row);
		else groups.set(text, [row]);
	}
	return groups;
}

/** Checks one column from top to bottom and returns its values, null where missing or refused. */
function checkColumn(placed: PlacedColumn, index: number, rows: readonly ReadRow[], report: Report): CellValue[] {
	const { column } = placed;
	if (column.everyOption) {
		const present = new Set(rows.map((row) => row.texts[index]));
		const absent = (column.options ?? []).filter((option) => !present.has(option.label)).map((option) => option.label);
		if (absent.length > 0) {
			reportSheet(report, `${column.key}.everyOption`, `${column.label}: ${absent.join(", ")} must occur in at least one row.`, [
				column.key,
			]);
		}
	}
	const groups = column.unique ? groupByValue(rows, index) : null;
	const names = new FreeNames(groups?.keys() ?? [], column.maxLength ?? defaultMaxLength);
	return rows.map((row) => {
		const text = row.texts[index] ?? null;
		if (text === null) {
			if (column.required) reportCells(report, row.number, [column.key], "missing", `${column.label} is missing.`);
			return null;
		}
		const parsed = parseCell(text, placed);
		const equals = groups?.get(text) ?? [];
		if (equals.length > 1) {
			const others = equals.slice(0, maxRowsNamed + 1).filter((other) => other !== row);
			const named = others.slice(0, maxRowsNamed).map((other) => other.number);
			const listed = `${named.join(", ")}${equals.length - 1 > named.length ? " …" : ""}`;
			let repair: Repair | undefined;
			if (column.type === "text" && !column.readOnly && row !== equals[0] && "value" in parsed) {
				const name = names.findFor(text);
				repair = { label: `Rename to "${name}"`, cells: [{ row: row.number, column: column.key, value: name }] };
			}
			const rowsWord = equals.length === 2 ? "row" : "rows";
			reportCells(
				report,
				row.number,
				[column.key],
				"duplicate",
				`${column.label} "${text}" is not unique, see ${rowsWord} ${listed}.`,
				repair,
			);
		}
		if ("value" in parsed) return parsed.value;
		const suggestion = suggestFreeText(row.typed[index] ?? text, placed, names);
		const repair = suggestion
			? { label: `Use "${suggestion}"`, cells: [{ row: row.number, column: column.key, value: suggestion }] }
			: undefined;
		reportCells(report, row.number, [column.key], "invalid", parsed.message, repair);
		return null;
	});
}

/** Places the columns by the headers and reports titles that are unknown (a warning, if they have content) or given twice. */
function placeColumns(definition: SheetDefinition, raw: RawSheet, report: Report): PlacedColumn[] {
	const placed: PlacedColumn[] = [];
	const ignored: string[] = [];
	const matches: HeaderMatch[] = matchHeaders(definition, raw.columns);
	matches.forEach((match, position) => {
		if (match.kind === "repeated") {
			const message = `There are two columns for ${match.column.label}${match.title === match.column.label ? "" : ` ("${match.title}")`}.`;
			reportSheet(report, "columns.duplicate", message, [match.column.key], "duplicate");
		} else if (match.kind === "known" || match.kind === "added") {
			const options = match.column.options ?? [];
			placed.push({
				column: match.column,
				position,
				optionByLabel: new Map(options.map((option) => [option.label.trim(), option])),
			});
		} else if (raw.rows.some((row) => readCellText(row[position]) !== null)) {
			ignored.push(match.kind === "unknown" ? `"${match.title}"` : `number ${position + 1} (without title)`);
		}
	});
	if (ignored.length > 0) {
		const message = `These columns are not known here and are ignored: ${ignored.join(", ")}.`;
		report({ row: null, columns: [], code: "columns.unknown", severity: "warning", kind: "invalid", message });
	}
	return placed;
}

/** Reads and cleans the rows that are not blank; the numbers are those of the rows as displayed. */
function readRows(raw: RawSheet, placed: readonly PlacedColumn[]): ReadRow[] {
	const rows: ReadRow[] = [];
	raw.rows.forEach((cells, index) => {
		const typed = placed.map(({ position }) => readCellText(cells[position]));
		if (typed.every((text) => text === null)) return;
		const texts = typed.map((text, i) => (text === null ? null : readCellText(placed[i]?.column.clean?.(text) ?? text)));
		rows.push({ number: index + 1, typed, texts });
	});
	return rows;
}

/**
 * Validates a sheet as requests-and-annotation.md §3.3 says: headers are matched, cells cleaned, blank rows dropped (the others keep the
 * number that the user sees), all cell errors of all columns collected; only without any, the rules of the definition run in their order
 * and are collected too. Problems carry a repair where one click can mend them. Never throws for any input.
 */
export function validateSheet(definition: SheetDefinition, raw: RawSheet): ValidatedSheet {
	const problems: Problem[] = [];
	let hasErrors = false;
	const report: Report = (problem) => {
		problems.push(problem);
		if (problem.severity === "error") hasErrors = true;
	};
	const placed = placeColumns(definition, raw, report);
	const added = placed.map(({ column }) => column).filter((column) => !definition.columns.includes(column));
	const columns = [...definition.columns, ...added];
	const read = readRows(raw, placed);
	if (read.length === 0 && !definition.mayBeEmpty) {
		reportSheet(report, "sheet.empty", "The sheet is empty.");
		return { rows: [], columns, problems, hasErrors };
	}
	const valuesByColumn = columns.map((column): CellValue[] => {
		const index = placed.findIndex((known) => known.column.key === column.key);
		const place = placed[index];
		if (place) return checkColumn(place, index, read, report);
		if (column.required) reportSheet(report, `${column.key}.absent`, `Column "${column.label}" is missing.`, [column.key]);
		return read.map(() => null);
	});
	const rows: CleanRow[] = read.map((row, rowIndex) => ({
		number: row.number,
		values: Object.fromEntries(columns.map((column, index) => [column.key, valuesByColumn[index]?.[rowIndex] ?? null])),
	}));
	if (!hasErrors) {
		for (const rule of definition.rules) if (rule(rows, report, columns) === "stop") break;
	}
	return { rows, columns, problems, hasErrors };
}
