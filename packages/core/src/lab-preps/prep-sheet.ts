import { findPrep, listPrepLibraries, type PrepLibraryRow } from "@opengsync/db/queries/prep-samples";
import type { Reader, Tx } from "@opengsync/db/transaction";
import { roleLevel } from "@opengsync/domain/access-level";
import { AccessType } from "@opengsync/domain/catalog";
import { type LabPrepActionName, type LabPrepFacts, labPrepAction } from "@opengsync/domain/lab-prep-actions";
import type { ValidatedSheet } from "@opengsync/domain/sheets/types";
import { sql } from "kysely";
import type { CommandContext, Viewer } from "../context.ts";
import { NotFoundError } from "../errors.ts";
import { checkSheetEdit, type PresentedSheet, refuseSheet, type SheetEdit, type SheetOutcome } from "../libraries/sheet-edit.ts";
import { requireAllowed } from "../require-allowed.ts";

/** A sheet filled with what is stored, and what saving it writes. */
export interface OpenPrepSheet {
	readonly presented: PresentedSheet;
	readonly write: (tx: Tx, sheet: ValidatedSheet) => Promise<void>;
}

/** A sheet about the multiplexed libraries of a prep. */
export interface PrepSheet {
	/** What decides who may use it and when. */
	readonly action: LabPrepActionName;
	readonly open: (reader: Reader, libraries: readonly PrepLibraryRow[]) => Promise<OpenPrepSheet>;
}

/** What decides which sheets of a prep can be used by the viewer. */
export function labPrepFacts(viewer: Viewer, statusId: number, libraries: readonly PrepLibraryRow[]): LabPrepFacts {
	return {
		statusId,
		level: roleLevel(viewer) ?? AccessType.NONE.id,
		muxLibraries: libraries
			.filter((library) => library.samples.length > 0)
			.map((library) => ({ muxTypeId: library.mux_type_id, typeId: library.type_id, sampleName: library.sample_name })),
	};
}

/**
 * Opens a sheet of a prep's multiplexing.
 * @throws NotFoundError, ForbiddenError for all but staff, NotPossibleError when the prep is completed or has no such libraries
 */
export async function openPrepSheet(
	reader: Reader,
	viewer: Viewer,
	prepId: number,
	sheet: PrepSheet,
): Promise<OpenPrepSheet & { readonly prepName: string; readonly facts: LabPrepFacts }> {
	const prep = await findPrep(reader, prepId);
	if (!prep) throw new NotFoundError("This prep");
	const libraries = await listPrepLibraries(reader, prepId);
	const facts = labPrepFacts(viewer, prep.status_id, libraries);
	requireAllowed(labPrepAction(sheet.action, facts));
	return { prepName: prep.name, facts, ...(await sheet.open(reader, libraries)) };
}

/**
 * Saves a sheet of a prep's multiplexing (lab-workflows.md §10.1 to §10.4).
 * @throws as openPrepSheet
 */
export async function savePrepSheet(
	context: CommandContext,
	prepId: number,
	sheet: PrepSheet,
	edit: SheetEdit,
): Promise<SheetOutcome> {
	const { tx, viewer } = context;
	await sql`SELECT 1 FROM lab_prep WHERE id = ${prepId} FOR UPDATE`.execute(tx);
	await sql`SELECT 1 FROM library WHERE lab_prep_id = ${prepId} ORDER BY id FOR UPDATE`.execute(tx);
	const { presented, write } = await openPrepSheet(tx, viewer, prepId, sheet);
	const checked = checkSheetEdit(presented, edit);
	if (checked.hasErrors) return refuseSheet(checked);
	await write(tx, checked);
	return { accepted: true };
}
