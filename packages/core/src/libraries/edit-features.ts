import { listLibraryFeatures } from "@opengsync/db/queries/library-edits";
import type { Reader } from "@opengsync/db/transaction";
import { FeatureType } from "@opengsync/domain/catalog";
import {
	type LibraryFeaturesContext,
	resolveLibraryFeatures,
	rowsOfFeatures,
} from "@opengsync/domain/library-edits/library-features";
import { sql } from "kysely";
import { loadFeatureKitsForAnnotation } from "../annotation/load-kits.ts";
import type { CommandContext } from "../context.ts";
import { ensureCustomFeature } from "./ensure-custom-feature.ts";
import { loadLibraryFor } from "./load-for-change.ts";
import {
	checkSheetEdit,
	type PresentedSheet,
	presentSheet,
	refuseSheet,
	type SheetEdit,
	type SheetOutcome,
} from "./sheet-edit.ts";

/** The features of an antibody library as a sheet, with the kits that it may use. */
export async function presentLibraryFeatures(
	reader: Reader,
	libraryId: number,
): Promise<{ readonly presented: PresentedSheet; readonly context: LibraryFeaturesContext }> {
	const rows = await listLibraryFeatures(reader, libraryId);
	const features = rows.map(({ feature_kit_id, ...feature }) => ({ ...feature, kitId: feature_kit_id }));
	const context = { kits: await loadFeatureKitsForAnnotation(reader, [FeatureType.ANTIBODY.id]) };
	return { presented: presentSheet("library_features", context, rowsOfFeatures(features, context.kits)), context };
}

/**
 * Replaces the features of an antibody library by those of the sheet: E if it is DRAFT, else I; kits are expanded, identical custom
 * features are used again (requests-and-annotation.md §11).
 * @throws NotFoundError, ForbiddenError, NotPossibleError for a library of another type
 */
export async function editLibraryFeatures(context: CommandContext, libraryId: number, edit: SheetEdit): Promise<SheetOutcome> {
	const { tx } = context;
	await loadLibraryFor(context, libraryId, "editFeatures");
	const { presented, context: facts } = await presentLibraryFeatures(tx, libraryId);
	const sheet = checkSheetEdit(presented, edit);
	if (sheet.hasErrors) return refuseSheet(sheet);
	const ids: number[] = [];
	for (const feature of resolveLibraryFeatures(sheet.rows, facts.kits, () => undefined)) {
		ids.push(feature.id ?? (await ensureCustomFeature(tx, feature)));
	}
	await sql`DELETE FROM library_feature_link WHERE library_id = ${libraryId} AND feature_id <> ALL(${ids}::int[])`.execute(tx);
	await sql`INSERT INTO library_feature_link (library_id, feature_id)
		SELECT ${libraryId}, id FROM unnest(${ids}::int[]) AS v (id) ON CONFLICT DO NOTHING`.execute(tx);
	return { accepted: true };
}
