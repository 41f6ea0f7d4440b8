import { createHash } from "node:crypto";
import { buildAnySheet } from "@opengsync/domain/sheets/all-sheets";
import type { Problem, RawCell, RawSheet, SheetDefinition, ValidatedSheet } from "@opengsync/domain/sheets/types";
import { validateSheet } from "@opengsync/domain/sheets/validate-sheet";

/** A sheet filled with what is stored: what the page shows, and from what the command rebuilds the definition. */
export interface PresentedSheet {
	/** Name of the definition. */
	readonly name: string;
	readonly context: object;
	readonly initial: RawSheet;
}

/** A sheet that somebody wants to save. */
export interface SheetEdit {
	readonly sheet: RawSheet;
	/** Fingerprint of what was shown when the page was opened; a save over changes of somebody else is refused once. */
	readonly seen: string;
}

/** Whether a sheet was saved. Warnings never keep it from being saved. */
export type SheetOutcome = { readonly accepted: true } | { readonly accepted: false; readonly problems: readonly Problem[] };

/** What a sheet shows of the database, as a short text. */
export function fingerprintOf(sheet: RawSheet): string {
	return createHash("sha256").update(JSON.stringify(sheet)).digest("base64url").slice(0, 22);
}

/** A sheet with the headers of its definition and these rows. */
export function presentSheet(name: string, context: object, rows: readonly Readonly<Record<string, RawCell>>[]): PresentedSheet {
	const definition = buildAnySheet(name, context);
	return { name, context, initial: fillSheet(definition, rows) };
}

function fillSheet(definition: SheetDefinition, rows: readonly Readonly<Record<string, RawCell>>[]): RawSheet {
	return {
		columns: definition.columns.map((column) => column.label),
		rows: rows.map((row) => definition.columns.map((column) => row[column.key] ?? null)),
	};
}

const changedMeanwhile: Problem = {
	row: null,
	columns: [],
	code: "sheet.changed",
	severity: "error",
	kind: "invalid",
	message:
		"Somebody else saved changes here while you were typing. Your cells are unchanged: look them through, then save again.",
};

/** Validates what is to be saved against what is stored now, in the transaction that saves it. */
export function checkSheetEdit(stored: PresentedSheet, edit: SheetEdit): ValidatedSheet {
	const sheet = validateSheet(buildAnySheet(stored.name, stored.context), edit.sheet);
	if (fingerprintOf(stored.initial) === edit.seen) return sheet;
	return { ...sheet, problems: [changedMeanwhile, ...sheet.problems], hasErrors: true };
}

/** Answer to a sheet with errors. */
export function refuseSheet(sheet: ValidatedSheet): SheetOutcome {
	return { accepted: false, problems: sheet.problems };
}
