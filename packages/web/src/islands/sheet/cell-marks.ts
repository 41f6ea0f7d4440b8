/** Which cells are wrong and what is said about them, looked up by row and column id while cells are drawn. */
import type { Problem, ProblemKind, Severity } from "@opengsync/domain/sheets/types";
import { keyOfColumn, type SheetColumn, type SheetState } from "./sheet-state.ts";

/** How one cell is marked. */
export interface CellMark {
	readonly kind: ProblemKind;
	readonly severity: Severity;
	readonly messages: readonly string[];
}

/** Marks by displayed row number and column id. */
export type CellMarks = ReadonlyMap<string, CellMark>;

/** Key of a cell in the marks; the row number as displayed. */
export function keyOfCell(rowNumber: number, columnId: string): string {
	return `${rowNumber}/${columnId}`;
}

/** Columns of the sheet that a problem names; all of them when it names none but a row. */
export function columnsOfProblem(problem: Problem, columns: readonly SheetColumn[]): readonly SheetColumn[] {
	if (problem.columns.length === 0) {
		return problem.row === null ? [] : columns;
	}
	return columns.filter((column) => problem.columns.includes(keyOfColumn(column)));
}

/** Marks of all cells; where problems meet, the first error decides the colour and all messages are kept. */
export function markCells(problems: readonly Problem[], columns: readonly SheetColumn[]): CellMarks {
	const marks = new Map<string, CellMark>();
	for (const problem of problems) {
		if (problem.row === null) {
			continue;
		}
		for (const column of columnsOfProblem(problem, columns)) {
			const key = keyOfCell(problem.row, column.id);
			const present = marks.get(key);
			const { kind, severity } = present && (present.severity === "error" || problem.severity === "warning") ? present : problem;
			marks.set(key, { kind, severity, messages: [...(present?.messages ?? []), problem.message] });
		}
	}
	return marks;
}

/**
 * Problems that only the server can see (such as names taken in the database), as long as the cells that they concern are as they were
 * sent; without those that the browser reports itself.
 */
export function keepServerProblems(
	server: readonly Problem[],
	sent: SheetState,
	current: SheetState,
	live: readonly Problem[],
): readonly Problem[] {
	const identityOf = (problem: Problem) => `${problem.row}/${problem.columns.join()}/${problem.code}/${problem.message}`;
	const known = new Set(live.map(identityOf));
	return server.filter((problem) => {
		if (known.has(identityOf(problem))) {
			return false;
		}
		if (problem.row === null) {
			return sent === current;
		}
		const before = sent.rows[problem.row - 1];
		const now = current.rows[problem.row - 1];
		return columnsOfProblem(problem, current.columns).every((column) => (before?.[column.id] ?? "") === (now?.[column.id] ?? ""));
	});
}

/** What a file or paste made of the sheet. */
export interface FilledIn {
	/** Why rows of it were left out. */
	readonly problems: readonly Problem[];
	readonly before: SheetState;
	readonly after: SheetState;
}

/** Problems of a file that was filled in, as long as nobody has changed their rows; none once it is undone. */
export function keepFileProblems(filled: FilledIn | null, current: SheetState): readonly Problem[] {
	if (!filled || (current === filled.before && filled.before !== filled.after)) return [];
	return filled.problems.filter(({ row }) => row === null || filled.after.rows[row - 1] === current.rows[row - 1]);
}
