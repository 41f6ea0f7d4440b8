import { listSampleAttributes, type SampleAttributesRow } from "@opengsync/db/queries/sample-attributes";
import { applyProjectAttributes, describeProjectAttributes } from "@opengsync/domain/library-edits/project-attributes";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import {
	checkSheetEdit,
	type PresentedSheet,
	presentSheet,
	refuseSheet,
	type SheetEdit,
	type SheetOutcome,
} from "../libraries/sheet-edit.ts";
import { loadProjectFor } from "./load-for-change.ts";

/** The attributes of the samples of a project as a sheet (access-and-web.md §3.3). */
export function presentSampleAttributes(samples: readonly SampleAttributesRow[]): PresentedSheet {
	const { context, rows } = describeProjectAttributes(samples);
	return presentSheet("project_attributes", context, rows);
}

/**
 * Saves the attributes of the samples of a project: E while it is at most SEQUENCED, else I. A column that is missing and a cell that is
 * empty are deleted. Samples that did not change are not written. Project and samples are locked, since an annotation writes attributes, too.
 * @throws NotFoundError, ForbiddenError, NotPossibleError without samples or with more than a sheet holds
 */
export async function editSampleAttributes(context: CommandContext, projectId: number, edit: SheetEdit): Promise<SheetOutcome> {
	const { tx } = context;
	await loadProjectFor(context, projectId, "editAttributes");
	await sql`SELECT 1 FROM sample WHERE project_id = ${projectId} ORDER BY id FOR NO KEY UPDATE`.execute(tx);
	const samples = await listSampleAttributes(tx, projectId);
	const sheet = checkSheetEdit(presentSampleAttributes(samples), edit);
	if (sheet.hasErrors) return refuseSheet(sheet);
	const changed = applyProjectAttributes(samples, sheet);
	await sql`
		UPDATE sample s SET attributes = v.attributes
		FROM jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) AS v (id int, attributes jsonb)
		WHERE s.id = v.id AND s.project_id = ${projectId}`.execute(tx);
	return { accepted: true };
}
