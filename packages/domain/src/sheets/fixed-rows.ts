import { reportSheet, textOf } from "./report.ts";
import { suggestOption } from "./suggest-option.ts";
import type { ChoiceOption, Column, SheetRule } from "./types.ts";

/** Parts of a key joined by a character that no cell can hold. */
export function joinKey(...parts: readonly (string | number | null)[]): string {
	return parts.map((part) => (part === null ? "" : String(part))).join("\0");
}

/** A read-only column of a sheet without new rows: required, because it says which row of ours a row is. */
export function readOnlyColumn(key: string, label: string, width: number, help?: string): Column {
	const column: Column = { key, label, width, type: "text", required: true, readOnly: true };
	return help ? { ...column, help } : column;
}

/**
 * Rule of sheets without new rows: every expected combination of the read-only columns occurs exactly once and no other does. So the
 * order of the rows does not matter, and no value of a read-only column is taken from the client.
 * With one such column, the row that was probably meant is offered as repair.
 * @param expected one list of values per row, in the order of `columns`
 */
export function requireExactRows(columns: readonly string[], expected: readonly (readonly string[])[]): SheetRule {
	const [onlyColumn] = columns.length === 1 ? columns : [];
	const options = onlyColumn ? expected.map(([value = ""]): ChoiceOption => ({ value, label: value })) : [];
	return (rows, report) => {
		const reportUnknownRow = (row: number, name: string) => {
			const value = suggestOption(options, name);
			const repair = onlyColumn && value ? { label: `Use "${value}"`, cells: [{ row, column: onlyColumn, value }] } : undefined;
			reportSheet(report, "rows.unknown", `Row ${row}: ${name} is not part of this sheet.`, columns, "invalid", repair);
		};
		const missing = new Map(expected.map((values) => [joinKey(...values), values]));
		const known = new Set(missing.keys());
		let stop = false;
		for (const row of rows) {
			const values = columns.map((column) => textOf(row, column) ?? "");
			const key = joinKey(...values);
			if (missing.delete(key)) continue;
			stop = true;
			const name = values.join(", ");
			if (known.has(key))
				reportSheet(report, "rows.repeated", `${name} stands in more than one row (row ${row.number}).`, columns, "duplicate");
			else reportUnknownRow(row.number, name);
		}
		if (missing.size > 0) {
			stop = true;
			const names = [...missing.values()].map((values) => values.join(", "));
			reportSheet(report, "rows.missing", `Rows are missing for: ${names.join("; ")}.`, columns);
		}
		return stop ? "stop" : undefined;
	};
}
