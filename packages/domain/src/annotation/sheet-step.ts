import type { RawCell, RawSheet, SheetDefinition } from "../sheets/types.ts";
import type { StepInput } from "./state.ts";
import { refuse, type StepResult } from "./step.ts";

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

/** Answer to a sheet step that was submitted without a sheet. */
export function refuseWithoutSheet(): StepResult {
	const message = "The sheet is empty.";
	return refuse([{ row: null, columns: [], code: "sheet.empty", severity: "error", kind: "missing", message }]);
}
