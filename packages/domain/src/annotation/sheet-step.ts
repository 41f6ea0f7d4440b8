import type { RawCell, RawSheet, SheetDefinition, ValidatedSheet } from "../sheets/types.ts";
import { validateSheet } from "../sheets/validate-sheet.ts";
import type { StepInput } from "./state.ts";

/** The sheet that a step shows: what the user had submitted there, else the headers of the definition with these rows. */
export function initialSheet(
	definition: SheetDefinition,
	previous: StepInput | null,
	rows: readonly Readonly<Record<string, RawCell>>[],
): RawSheet {
	if (previous?.sheet) return previous.sheet;
	return {
		columns: definition.columns.map((column) => column.label),
		rows: rows.map((row) => definition.columns.map((column) => row[column.key] ?? null)),
	};
}

/** Validates the sheet of an input; an input without one has that as its only error. */
export function validateSheetInput(definition: SheetDefinition, input: StepInput): ValidatedSheet {
	if (input.sheet) return validateSheet(definition, input.sheet);
	const message = "The sheet is empty.";
	const problem = { row: null, columns: [], code: "sheet.empty", severity: "error", kind: "missing", message } as const;
	return { rows: [], columns: [], problems: [problem], hasErrors: true };
}
