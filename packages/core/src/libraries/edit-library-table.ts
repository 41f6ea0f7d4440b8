import type { ChosenLibraryRow, LibraryScope } from "@opengsync/db/queries/library-edits";
import { cellsOfLibrary, type LibraryTableContext, libraryOfRow } from "@opengsync/domain/library-edits/library-table";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { loadChosenLibraries } from "./load-chosen.ts";
import {
	checkSheetEdit,
	type PresentedSheet,
	presentSheet,
	refuseSheet,
	type SheetEdit,
	type SheetOutcome,
} from "./sheet-edit.ts";

/** The table of the chosen libraries as they are stored. */
export function presentLibraryTable(libraries: readonly ChosenLibraryRow[]): PresentedSheet {
	const rows = libraries.map((library) => ({
		id: library.id,
		sampleName: library.sample_name,
		name: library.name,
		typeId: library.type_id,
		genomeRefId: library.genome_ref_id,
		serviceTypeId: library.service_type_id,
		nucleiIsolation: library.nuclei_isolation,
	}));
	const context: LibraryTableContext = { libraries: rows.map(({ id, sampleName, name }) => ({ id, sampleName, name })) };
	return presentSheet("library_table", context, rows.map(cellsOfLibrary));
}

/**
 * Saves the table of the chosen libraries: exactly its fields; the library's name is not made anew (requests-and-annotation.md §10).
 * For staff. Libraries that did not change are not written.
 * @throws InvalidInputError when none is chosen, NotFoundError, ForbiddenError
 */
export async function editLibraryTable(
	context: CommandContext,
	scope: LibraryScope,
	libraryIds: readonly number[],
	edit: SheetEdit,
): Promise<SheetOutcome> {
	const libraries = await loadChosenLibraries(context, scope, libraryIds, "editTable");
	const sheet = checkSheetEdit(presentLibraryTable(libraries), edit);
	if (sheet.hasErrors) return refuseSheet(sheet);
	const rows = sheet.rows.map(libraryOfRow).map((library) => ({
		id: library.id,
		name: library.name,
		sample_name: library.sampleName,
		type_id: library.typeId,
		genome_ref_id: library.genomeRefId,
		service_type_id: library.serviceTypeId,
		nuclei_isolation: library.nucleiIsolation,
	}));
	await sql`
		UPDATE library l SET name = v.name, sample_name = v.sample_name, type_id = v.type_id, genome_ref_id = v.genome_ref_id,
			service_type_id = v.service_type_id, nuclei_isolation = v.nuclei_isolation
		FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS v (id int, name text, sample_name text, type_id smallint,
			genome_ref_id smallint, service_type_id smallint, nuclei_isolation boolean)
		WHERE l.id = v.id AND (l.name, l.sample_name, l.type_id, l.genome_ref_id, l.service_type_id, l.nuclei_isolation)
			IS DISTINCT FROM (v.name, v.sample_name, v.type_id, v.genome_ref_id, v.service_type_id, v.nuclei_isolation)`.execute(
		context.tx,
	);
	return { accepted: true };
}
