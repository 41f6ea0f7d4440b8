import type { CleanRow, ProblemKind, Repair, Report } from "./types.ts";

/** Reports an error at cells of a row; its code is `<first column>.<kind>`. */
export function reportCells(
	report: Report,
	row: number,
	columns: readonly string[],
	kind: ProblemKind,
	message: string,
	repair?: Repair,
): void {
	const problem = { row, columns, code: `${columns[0] ?? "row"}.${kind}`, severity: "error" as const, kind, message };
	report(repair ? { ...problem, repair } : problem);
}

/** Reports a warning at cells of a row. */
export function warnCells(report: Report, row: number, columns: readonly string[], message: string): void {
	report({ row, columns, code: `${columns[0] ?? "row"}.unusual`, severity: "warning", kind: "invalid", message });
}

/** Reports an error that concerns the whole sheet. */
export function reportSheet(
	report: Report,
	code: string,
	message: string,
	columns: readonly string[] = [],
	kind: ProblemKind = "missing",
	repair?: Repair,
): void {
	const problem = { row: null, columns, code, severity: "error" as const, kind, message };
	report(repair ? { ...problem, repair } : problem);
}

/** A cleaned cell as text; null when missing. */
export function textOf(row: CleanRow, column: string): string | null {
	const value = row.values[column];
	return value === null || value === undefined ? null : String(value);
}

/** A cleaned cell as number (ids of labelled choices); null when missing. */
export function numberOf(row: CleanRow, column: string): number | null {
	const value = row.values[column];
	return typeof value === "number" ? value : null;
}
