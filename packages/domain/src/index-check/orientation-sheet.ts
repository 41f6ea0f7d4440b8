/** The sheet of the index check: how every index is written (extensions.md §3). */
import { type OrientationAnswer, orientationAnswers } from "../indices/orientation.ts";
import type { CleanRow, Column, Problem, SheetDefinition, SheetRule } from "../sheets/types.ts";
import { reverseComplement } from "../text-rules.ts";

/** An index to be checked, as the sheet shows it. */
export interface OrientationSheetIndex {
	readonly id: number;
	readonly libraryName: string;
	readonly sequenceI7: string;
	readonly sequenceI5: string | null;
	/** The side comes from a kit, whose indices are always forward. */
	readonly isKitI7: boolean;
	readonly isKitI5: boolean;
}

/** From what the sheet is built; JSON-serialisable. */
export interface OrientationContext {
	readonly indices: readonly OrientationSheetIndex[];
}

/** Name of the sheet and of its step. */
export const orientationSheetName = "index_orientation";

function textColumn(key: string, label: string, width: number): Column {
	return { key, label, width, type: "text", readOnly: true };
}

function answerColumn(key: string, label: string, required: boolean): Column {
	return {
		key,
		label,
		width: 190,
		type: "labelledChoice",
		required,
		options: orientationAnswers.map(({ value, label: text }) => ({ value, label: text })),
		help: "How the sequence is written. A reverse complement is turned round and stored as forward.",
	};
}

/** The definition of the sheet: one row per index, no new rows. */
export function buildOrientationSheet(context: OrientationContext): SheetDefinition {
	const hasI5 = context.indices.some((index) => index.sequenceI5 !== null);
	return {
		name: orientationSheetName,
		title: "Orientation of indices",
		columns: [
			{ key: "index_id", label: "Index ID", width: 100, type: "integer", required: true, readOnly: true, unique: true },
			textColumn("library_name", "Library Name", 250),
			textColumn("sequence_i7", "i7 Sequence", 180),
			answerColumn("orientation_i7", "i7 is written", true),
			...(hasI5 ? [textColumn("sequence_i5", "i5 Sequence", 180), answerColumn("orientation_i5", "i5 is written", false)] : []),
		],
		canAddRows: false,
		canAddColumns: false,
		mayBeEmpty: false,
		rules: [checkRows(context)],
	};
}

function rowProblem(row: CleanRow, code: string, column: string, message: string, repairValue?: string): Problem {
	const kind = code.endsWith("missing") ? "missing" : "invalid";
	const problem = { row: row.number, columns: [column], code: `index_check.${code}`, severity: "error", kind, message } as const;
	if (repairValue === undefined) return problem;
	const cells = [{ row: row.number, column, value: repairValue }];
	return { ...problem, repair: { label: `Choose "${repairValue}"`, cells } };
}

/** Text of the answer *forward*. */
export const forwardLabel = "Forward";

function checkRow(row: CleanRow, index: OrientationSheetIndex): Problem | null {
	const { values } = row;
	const shown: readonly (readonly [string, string | null])[] = [
		["library_name", index.libraryName],
		["sequence_i7", index.sequenceI7],
		["sequence_i5", index.sequenceI5],
	];
	for (const [column, expected] of shown) {
		if ((values[column] ?? null) === expected) continue;
		return rowProblem(
			row,
			"row_differs",
			column,
			`Index ${index.id} is ${expected ?? "empty"} here; it cannot be changed in this sheet.`,
		);
	}
	const sides = [
		{ side: "i7", isKit: index.isKitI7, sequence: index.sequenceI7 },
		{ side: "i5", isKit: index.isKitI5, sequence: index.sequenceI5 },
	] as const;
	for (const { side, isKit, sequence } of sides) {
		const column = `orientation_${side}`;
		const answer = values[column] ?? null;
		if (sequence === null && answer !== null) return rowProblem(row, "no_i5", column, "This index has no i5.");
		if (sequence !== null && answer === null) return rowProblem(row, "answer_missing", column, `Say how the ${side} is written.`);
		if (sequence !== null && isKit && answer !== "forward") {
			return rowProblem(row, "kit_forward", column, `The ${side} comes from a kit, which is always forward.`, forwardLabel);
		}
	}
	return null;
}

function checkRows(context: OrientationContext): SheetRule {
	const byId = new Map(context.indices.map((index) => [index.id, index]));
	return (rows, report) => {
		for (const row of rows) {
			const index = byId.get(Number(row.values.index_id));
			const problem = index
				? checkRow(row, index)
				: rowProblem(row, "index_unknown", "index_id", `Index ${row.values.index_id ?? ""} is not to be checked here.`);
			if (problem) report(problem);
		}
		const present = new Set(rows.map((row) => Number(row.values.index_id)));
		const absent = context.indices.filter((index) => !present.has(index.id));
		if (absent.length === 0) return undefined;
		const message = `Every index needs its row. Without row: ${absent.map((index) => index.libraryName).join(", ")}.`;
		report({ row: null, columns: [], code: "index_check.row_missing", severity: "error", kind: "missing", message });
		return undefined;
	};
}

/** Answers of one index; i5 is null for an index without. */
export interface OrientationAnswers {
	readonly indexId: number;
	readonly i7: OrientationAnswer;
	readonly i5: OrientationAnswer | null;
}

function answerOf(value: unknown): OrientationAnswer | null {
	return orientationAnswers.find((answer) => answer.value === value)?.value ?? null;
}

/** The answers of valid rows. */
export function readOrientationAnswers(rows: readonly CleanRow[]): OrientationAnswers[] {
	return rows.map(({ values }) => ({
		indexId: Number(values.index_id),
		i7: answerOf(values.orientation_i7) ?? "unknown",
		i5: answerOf(values.orientation_i5),
	}));
}

/** A sequence after the answer: a reverse complement is turned round. */
export function turnSequence(sequence: string, answer: OrientationAnswer): string {
	return answer === "reverseComplement" ? reverseComplement(sequence) : sequence;
}
