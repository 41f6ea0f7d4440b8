import { type ChosenLibraryRow, listLibrariesOfOwner, type PropertyOwner } from "@opengsync/db/queries/library-edits";
import type { Action } from "@opengsync/domain/actions";
import { AccessType } from "@opengsync/domain/catalog";
import {
	cellsOfProperties,
	editableProperties,
	type LibraryProperties,
	type LibraryPropertiesContext,
	mergeProperties,
	type PropertyTableContext,
	protectedNames,
	readLibraryProperties,
	readPropertyTable,
} from "@opengsync/domain/library-edits/library-properties";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { NotFoundError, NotPossibleError } from "../errors.ts";
import { requireAllowed } from "../require-allowed.ts";
import { actionOnChosen, lockLibraries } from "./load-chosen.ts";
import { loadLibraryFor } from "./load-for-change.ts";
import {
	checkSheetEdit,
	type PresentedSheet,
	presentSheet,
	refuseSheet,
	type SheetEdit,
	type SheetOutcome,
} from "./sheet-edit.ts";

/** The properties of one library as a sheet. */
export function presentLibraryProperties(properties: LibraryProperties | null): PresentedSheet {
	const context: LibraryPropertiesContext = { protectedNames: protectedNames(properties) };
	const rows = [...editableProperties(properties)].map(([property, value]) => ({ property, value }));
	return presentSheet("library_properties", context, rows);
}

/**
 * Replaces the properties of one library by those of the sheet: E if it is DRAFT, else I (requests-and-annotation.md §11). What is not
 * text, such as CRISPR guides, stays.
 * @throws NotFoundError, ForbiddenError
 */
export async function editLibraryProperties(context: CommandContext, libraryId: number, edit: SheetEdit): Promise<SheetOutcome> {
	await loadLibraryFor(context, libraryId, "editProperties");
	const { rows } = await sql<{ properties: LibraryProperties | null }>`
		SELECT properties FROM library WHERE id = ${libraryId}`.execute(context.tx);
	const stored = rows[0]?.properties ?? null;
	const sheet = checkSheetEdit(presentLibraryProperties(stored), edit);
	if (sheet.hasErrors) return refuseSheet(sheet);
	await writeProperties(context, [{ id: libraryId, stored, texts: readLibraryProperties(sheet) }]);
	return { accepted: true };
}

interface PropertyChange {
	readonly id: number;
	readonly stored: LibraryProperties | null;
	readonly texts: ReadonlyMap<string, string>;
}

async function writeProperties(context: CommandContext, changes: readonly PropertyChange[]): Promise<void> {
	const rows = changes.map(({ id, stored, texts }) => ({ id, properties: mergeProperties(stored, texts) }));
	await sql`
		UPDATE library l SET properties = v.properties
		FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS v (id int, properties jsonb)
		WHERE l.id = v.id AND l.properties IS DISTINCT FROM v.properties`.execute(context.tx);
}

/** The properties of all libraries of a request or project that the viewer may see, and whether they can be changed. */
export interface PropertyTable {
	readonly presented: PresentedSheet;
	readonly libraries: readonly ChosenLibraryRow[];
	/** Decided by the library that permits least; null = there are no libraries. */
	readonly action: Action | null;
}

/** Loads the table of properties of a request or project (access-and-web.md §3.3). The caller has checked the level to the owner. */
export async function presentPropertyTable(
	reader: Parameters<typeof listLibrariesOfOwner>[0],
	viewer: CommandContext["viewer"],
	owner: PropertyOwner,
): Promise<PropertyTable> {
	const all = await listLibrariesOfOwner(reader, viewer, owner);
	const libraries = all.filter((library) => library.access_level >= AccessType.VIEW.id);
	const actions = libraries.map((library) => actionOnChosen("editProperties", library));
	const names = libraries.flatMap((library) => [...editableProperties(library.properties).keys()]);
	const context: PropertyTableContext = {
		libraries: libraries.map(({ id, name }) => ({ id, name })),
		properties: [...new Set(names)].sort(),
		protectedNames: [...new Set(libraries.flatMap((library) => protectedNames(library.properties)))].sort(),
	};
	return {
		presented: presentSheet("library_property_table", context, libraries.map(cellsOfProperties)),
		libraries,
		action: actions.find((action) => !action.enabled) ?? actions[0] ?? null,
	};
}

/**
 * Saves the table of properties: a column that is missing is deleted from every library (requests-and-annotation.md §11). E while all
 * libraries concerned are DRAFT, else I. Libraries that did not change are not written.
 * @throws NotFoundError, NotPossibleError when there are no libraries, ForbiddenError
 */
export async function editPropertyTable(context: CommandContext, owner: PropertyOwner, edit: SheetEdit): Promise<SheetOutcome> {
	const { tx, viewer } = context;
	const before = await listLibrariesOfOwner(tx, viewer, owner);
	if (before.length === 0) throw new NotPossibleError("There are no libraries yet.");
	await lockLibraries(
		context,
		before.map((library) => library.id),
	);
	const { presented, libraries, action } = await presentPropertyTable(tx, viewer, owner);
	if (!action) throw new NotFoundError("These libraries");
	requireAllowed(action);
	const sheet = checkSheetEdit(presented, edit);
	if (sheet.hasErrors) return refuseSheet(sheet);
	const texts = readPropertyTable(sheet);
	await writeProperties(
		context,
		libraries.map((library) => ({ id: library.id, stored: library.properties, texts: texts.get(library.id) ?? new Map() })),
	);
	return { accepted: true };
}
