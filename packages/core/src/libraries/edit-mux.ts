import { findMuxLibrary, listPoolLinks, type MuxLibraryRow, type PoolLinkRow } from "@opengsync/db/queries/library-edits";
import type { Reader } from "@opengsync/db/transaction";
import { type OligoMuxContext, resolveOligos } from "@opengsync/domain/annotation/oligo-mux-annotation";
import { FeatureType } from "@opengsync/domain/catalog";
import {
	type LibraryMuxContext,
	type MuxSheetKind,
	mayApplyToPool,
	muxSheetKind,
	readLibraryMux,
} from "@opengsync/domain/library-edits/library-mux";
import type { ValidatedSheet } from "@opengsync/domain/sheets/types";
import { sql } from "kysely";
import { loadFeatureKitsForAnnotation } from "../annotation/load-kits.ts";
import type { CommandContext } from "../context.ts";
import { NotFoundError, NotPossibleError } from "../errors.ts";
import { lockLibraries } from "./load-chosen.ts";
import { loadLibraryFor } from "./load-for-change.ts";
import {
	checkSheetEdit,
	type PresentedSheet,
	presentSheet,
	refuseSheet,
	type SheetEdit,
	type SheetOutcome,
} from "./sheet-edit.ts";

/** How the samples of a library are told apart, ready to be edited (lab-workflows.md §10.5). */
export interface MuxEdit {
	readonly kind: MuxSheetKind;
	readonly presented: PresentedSheet;
	/** Links of these samples in all libraries of the sample pool. */
	readonly links: readonly PoolLinkRow[];
	/** Whether the annotation can be written to all of them, and does so unless told otherwise. */
	readonly applyToPool: { readonly isOffered: boolean; readonly isDefault: boolean };
}

/** What makes the definition of a sample on a link. */
const definitionOf = ({ mux }: PoolLinkRow) => JSON.stringify([mux?.barcode ?? "", mux?.pattern ?? "", mux?.read ?? ""]);

/** Whether every sample is defined in the same way on all its links. */
function isUniform(links: readonly PoolLinkRow[]): boolean {
	const bySample = Map.groupBy(links, (link) => link.sample_id);
	return [...bySample.values()].every((own) => new Set(own.map(definitionOf)).size === 1);
}

/** Names by which the rows of a sheet tell samples apart: with the id where two samples have the same name. */
function namesOf(own: readonly PoolLinkRow[]): Map<number, string> {
	const counts = Map.groupBy(own, (link) => link.sample_name);
	return new Map(
		own.map((link) => {
			const isUnique = counts.get(link.sample_name)?.length === 1;
			return [link.sample_id, isUnique ? link.sample_name : `${link.sample_name} (${link.sample_id})`];
		}),
	);
}

async function presentRows(
	reader: Reader,
	library: MuxLibraryRow,
	kind: MuxSheetKind,
	own: readonly PoolLinkRow[],
): Promise<PresentedSheet> {
	const names = namesOf(own);
	if (kind === "oligo") {
		const context: OligoMuxContext = {
			rows: own.map((link) => ({ sampleName: names.get(link.sample_id) ?? "", pool: library.sample_name })),
			kits: await loadFeatureKitsForAnnotation(reader, [FeatureType.CMO.id]),
		};
		const rows = own.map(({ sample_id, mux }) => ({
			sample_name: names.get(sample_id) ?? "",
			pool: library.sample_name,
			barcode: mux?.barcode ?? null,
			pattern: mux?.pattern ?? null,
			read: mux?.read ?? null,
		}));
		return presentSheet("oligo_mux_annotation", context, rows);
	}
	const context: LibraryMuxContext = {
		kind,
		libraryId: library.id,
		serviceTypeId: library.service_type_id,
		samples: own.map((link) => ({ id: link.sample_id, name: link.sample_name })),
	};
	const rows = own.map((link) => ({
		sample_id: link.sample_id,
		library_id: library.id,
		sample_name: link.sample_name,
		barcode: link.mux?.barcode ?? null,
	}));
	return presentSheet("library_mux", context, rows);
}

/**
 * The sheet of a library's multiplexing with all that is stored.
 * @throws NotFoundError, NotPossibleError for a way of multiplexing without such data
 */
export async function presentLibraryMux(reader: Reader, libraryId: number): Promise<MuxEdit> {
	const library = await findMuxLibrary(reader, libraryId);
	if (!library) throw new NotFoundError("This library");
	const kind = muxSheetKind({ muxTypeId: library.mux_type_id, typeId: library.type_id });
	if (!kind) throw new NotPossibleError("The samples of this library are not told apart by barcodes.");
	const links = await listPoolLinks(reader, library);
	const own = links.filter((link) => link.library_id === libraryId);
	const isOffered = mayApplyToPool(kind);
	return {
		kind,
		presented: await presentRows(reader, library, kind, own),
		links,
		applyToPool: { isOffered, isDefault: isOffered && isUniform(links) },
	};
}

interface Mux {
	readonly barcode: string;
	readonly pattern?: string;
	readonly read?: string;
}

/** What the sheet gives each sample, by its id; null = cleared. */
function readMux(edit: MuxEdit, libraryId: number, sheet: ValidatedSheet): Map<number, Mux | null> {
	if (edit.kind !== "oligo") {
		return new Map([...readLibraryMux(sheet)].map(([sampleId, barcode]) => [sampleId, barcode === null ? null : { barcode }]));
	}
	const { kits } = edit.presented.context as OligoMuxContext;
	const idByName = new Map(
		[...namesOf(edit.links.filter((link) => link.library_id === libraryId))].map(([sampleId, name]) => [name, sampleId]),
	);
	return new Map(
		resolveOligos(sheet.rows, kits, () => undefined).map(({ sampleName, sequence, pattern, read }) => [
			idByName.get(sampleName) ?? 0,
			{ barcode: sequence, pattern, read },
		]),
	);
}

/** The library and, if wanted and offered, those of the same sample pool. */
async function listLibrariesConcerned(reader: Reader, libraryId: number, applyToPool: boolean): Promise<number[]> {
	const library = await findMuxLibrary(reader, libraryId);
	if (!library) throw new NotFoundError("This library");
	const kind = muxSheetKind({ muxTypeId: library.mux_type_id, typeId: library.type_id });
	if (!applyToPool || !kind || !mayApplyToPool(kind)) return [libraryId];
	const links = await listPoolLinks(reader, library);
	return [...new Set([libraryId, ...links.map((link) => link.library_id)])];
}

/**
 * Saves how the samples of a library are told apart: E if it is DRAFT, else I (lab-workflows.md §10.5).
 * @param applyToPool write it to all links of these samples in libraries of the same sample pool; ignored where that is not offered
 * @throws NotFoundError, ForbiddenError (also for another library of the pool), NotPossibleError
 */
export async function editLibraryMux(
	context: CommandContext,
	libraryId: number,
	edit: SheetEdit,
	applyToPool: boolean,
): Promise<SheetOutcome> {
	const { tx } = context;
	const libraryIds = await listLibrariesConcerned(tx, libraryId, applyToPool);
	await lockLibraries(context, libraryIds);
	for (const id of libraryIds) await loadLibraryFor(context, id, "editMux");
	const stored = await presentLibraryMux(tx, libraryId);
	const sheet = checkSheetEdit(stored.presented, edit);
	if (sheet.hasErrors) return refuseSheet(sheet);
	const rows = [...readMux(stored, libraryId, sheet)].map(([sample_id, mux]) => ({ sample_id, mux }));
	await sql`
		UPDATE sample_library_link k SET mux = v.mux FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS v (sample_id int, mux jsonb)
		WHERE k.sample_id = v.sample_id AND k.library_id = ANY(${libraryIds}::int[]) AND k.mux IS DISTINCT FROM v.mux`.execute(tx);
	return { accepted: true };
}
