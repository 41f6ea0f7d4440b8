import { findMuxLibrary, listPoolLinks, type MuxLibraryRow, type PoolLinkRow } from "@opengsync/db/queries/library-edits";
import type { Reader } from "@opengsync/db/transaction";
import {
	type LibraryMuxContext,
	type MuxSheetKind,
	mayApplyToPool,
	muxSheetKind,
	readLibraryMux,
} from "@opengsync/domain/library-edits/library-mux";
import type { ValidatedSheet } from "@opengsync/domain/sheets/types";
import type { CommandContext } from "../context.ts";
import { NotFoundError, NotPossibleError } from "../errors.ts";
import { lockLibraries } from "./load-chosen.ts";
import { loadLibraryFor } from "./load-for-change.ts";
import { openOligoSheet } from "./oligo-sheet.ts";
import {
	checkSheetEdit,
	type PresentedSheet,
	presentSheet,
	refuseSheet,
	type SheetEdit,
	type SheetOutcome,
} from "./sheet-edit.ts";
import { type Mux, writeMux } from "./write-mux.ts";

/** How the samples of a library are told apart, ready to be edited (lab-workflows.md §10.5). */
export interface MuxEdit {
	readonly kind: MuxSheetKind;
	readonly presented: PresentedSheet;
	/** What a valid sheet gives each sample of the library, by its id; null = cleared. */
	readonly read: (sheet: ValidatedSheet) => ReadonlyMap<number, Mux | null>;
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

/** The sheet of the library, and what it gives each sample by its id once it is filled; null = cleared. */
async function openRows(
	reader: Reader,
	library: MuxLibraryRow,
	kind: MuxSheetKind,
	own: readonly PoolLinkRow[],
): Promise<Pick<MuxEdit, "presented" | "read">> {
	if (kind === "oligo") {
		const { presented, read } = await openOligoSheet(
			reader,
			own.map(({ sample_id, sample_name, mux }) => ({
				sampleId: sample_id,
				sampleName: sample_name,
				pool: library.sample_name,
				mux,
			})),
		);
		return { presented, read: (sheet) => new Map(read(sheet).map(({ sample, mux }) => [sample.sampleId, mux])) };
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
	const toMux = (barcode: string | null) => (barcode === null ? null : { barcode });
	return {
		presented: presentSheet("library_mux", context, rows),
		read: (sheet) => new Map([...readLibraryMux(sheet)].map(([sampleId, barcode]) => [sampleId, toMux(barcode)])),
	};
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
		...(await openRows(reader, library, kind, own)),
		links,
		applyToPool: { isOffered, isDefault: isOffered && isUniform(links) },
	};
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
	const muxes = [...stored.read(sheet)];
	await writeMux(
		tx,
		libraryIds.flatMap((id) => muxes.map(([sampleId, mux]) => ({ sampleId, libraryId: id, mux }))),
	);
	return { accepted: true };
}
