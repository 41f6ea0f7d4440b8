/** A row of `barcode_input` as typed, and how prefilled values yield to those that the user changed (requests-and-annotation.md §6.2). */
import { IndexType } from "../catalog.ts";
import type { CellValue, CleanRow } from "../sheets/types.ts";
import { cleanSequence, cleanWell } from "../text-rules.ts";
import type { PrefilledBarcodeRow } from "./index-set.ts";
import type { IndexKit } from "./kit.ts";

/** What the user gave for one side; all null = nothing. */
export interface SideInput {
	readonly kitId: number | null;
	/** Well that addresses this side. */
	readonly well: string | null;
	readonly name: string | null;
	readonly sequence: string | null;
	/** The sequence was prefilled and left as it was: a stored copy, not something that the user typed. */
	readonly isSequencePrefilled: boolean;
}

/** A row of the sheet, read from its cells. */
export interface BarcodeRowInput {
	readonly row: number;
	readonly libraryId: number | null;
	readonly libraryName: string;
	/** As in the cell. */
	readonly indexWell: string | null;
	readonly i7: SideInput;
	readonly i5: SideInput;
	/** The row as it was prefilled, when none of its cells was changed. */
	readonly keptAs: PrefilledBarcodeRow | null;
}

/** The word in the well column that deletes the indices of a library (re-index). */
export function isDeletion(indexWell: string | null): boolean {
	return indexWell?.toLowerCase() === "del";
}

/** Text of a cell; empty = null. */
export function textOf(value: CellValue | undefined): string | null {
	const text = value === undefined || value === null ? "" : String(value).trim();
	return text === "" ? null : text;
}

/** Number in a cell (an id); anything else = null. */
export function idOf(value: CellValue | undefined): number | null {
	const text = textOf(value);
	const id = text === null ? Number.NaN : Number(text);
	return Number.isInteger(id) ? id : null;
}

/** Cleaned text; missing or empty = null. */
export function cleanedOrNull(text: string | null, clean: (text: string) => string): string | null {
	return text === null ? null : textOf(clean(text));
}

/** Cells of a row, in one shape for typed and for prefilled rows. */
type Cells = Omit<PrefilledBarcodeRow, "orientationId">;

function cellsOf(row: CleanRow): Cells {
	const { values } = row;
	return normalizeCells({
		libraryId: idOf(values.library_id),
		libraryName: textOf(values.library_name) ?? "",
		indexWell: textOf(values.index_well),
		kitI7: idOf(values.kit_i7),
		nameI7: textOf(values.name_i7),
		sequenceI7: textOf(values.sequence_i7),
		kitI5: idOf(values.kit_i5),
		nameI5: textOf(values.name_i5),
		sequenceI5: textOf(values.sequence_i5),
	});
}

function normalizeCells<T extends Cells>(cells: T): T {
	return {
		...cells,
		indexWell: cleanedOrNull(cells.indexWell, cleanWell),
		nameI7: textOf(cells.nameI7),
		sequenceI7: cleanedOrNull(cells.sequenceI7, cleanSequence),
		nameI5: textOf(cells.nameI5),
		sequenceI5: cleanedOrNull(cells.sequenceI5, cleanSequence),
	};
}

const comparedFields = ["indexWell", "kitI7", "nameI7", "sequenceI7", "kitI5", "nameI5", "sequenceI5"] as const;

function isSame(a: Cells, b: Cells): boolean {
	return comparedFields.every((field) => a[field] === b[field]);
}

/** Key of a library within a sheet: its id in re-index, else its name. */
export function libraryKey(library: { readonly libraryId: number | null; readonly libraryName: string }): string {
	return library.libraryId === null ? library.libraryName : `#${library.libraryId}`;
}

/**
 * Reads the rows. A row belongs to the prefilled row of its library that it equals, otherwise to the first one of the library that no
 * other row equals; rows that were added have none.
 */
export function readBarcodeRows(
	rows: readonly CleanRow[],
	kits: readonly IndexKit[],
	prefilled: readonly PrefilledBarcodeRow[],
): BarcodeRowInput[] {
	const kitsById = new Map(kits.map((kit) => [kit.id, kit]));
	const cells = rows.map(cellsOf);
	const origins = findOrigins(cells, prefilled.map(normalizeCells));
	return rows.map((row, position) => {
		const typed = cells[position] ?? cellsOf(row);
		return inputOf(row.number, typed, origins.get(typed) ?? null, kitsById);
	});
}

function findOrigins(cells: readonly Cells[], prefilled: readonly PrefilledBarcodeRow[]): Map<Cells, PrefilledBarcodeRow> {
	const free = new Map<string, PrefilledBarcodeRow[]>();
	for (const origin of prefilled) free.set(libraryKey(origin), [...(free.get(libraryKey(origin)) ?? []), origin]);
	const origins = new Map<Cells, PrefilledBarcodeRow>();
	const take = (typed: Cells, fits: (origin: PrefilledBarcodeRow) => boolean): void => {
		const candidates = free.get(libraryKey(typed)) ?? [];
		const position = candidates.findIndex(fits);
		const [origin] = position < 0 ? [] : candidates.splice(position, 1);
		if (origin) origins.set(typed, origin);
	};
	for (const typed of cells) take(typed, (origin) => isSame(typed, origin));
	for (const typed of cells) if (!origins.has(typed)) take(typed, () => true);
	return origins;
}

function inputOf(
	row: number,
	typed: Cells,
	origin: PrefilledBarcodeRow | null,
	kitsById: ReadonlyMap<number, IndexKit>,
): BarcodeRowInput {
	const identity = { row, libraryId: typed.libraryId, libraryName: typed.libraryName, indexWell: typed.indexWell };
	const i7 = { kitId: typed.kitI7, well: typed.indexWell, name: typed.nameI7, sequence: typed.sequenceI7 };
	const i5 = { kitId: typed.kitI5, well: typed.indexWell, name: typed.nameI5, sequence: typed.sequenceI5 };
	if (!origin) {
		return { ...identity, i7: { ...i7, isSequencePrefilled: false }, i5: { ...i5, isSequencePrefilled: false }, keptAs: null };
	}
	const before7 = { kitId: origin.kitI7, well: origin.indexWell, name: origin.nameI7, sequence: origin.sequenceI7 };
	const before5 = { kitId: origin.kitI5, well: origin.indexWell, name: origin.nameI5, sequence: origin.sequenceI5 };
	const newKit = typed.kitI7 === null ? undefined : kitsById.get(typed.kitI7);
	const followed = i5Follows(i7, before7, i5, before5, newKit) ? followI7(i5, i7, before7) : i5;
	return {
		...identity,
		i7: yieldToChanges(i7, before7),
		i5: yieldToChanges(followed, before5),
		keptAs: isSame(typed, origin) ? origin : null,
	};
}

type SideCells = Omit<SideInput, "isSequencePrefilled">;

function isChanged(now: string | number | null, before: string | number | null): boolean {
	return now !== null && now !== before;
}

/** Rule 4 of the resolution: a new kit, well or name replaces what was prefilled and left of the same side. */
function yieldToChanges(now: SideCells, before: SideCells): SideInput {
	const newKitOrWell = isChanged(now.kitId, before.kitId) || isChanged(now.well, before.well);
	const newName = isChanged(now.name, before.name);
	const keepsName = !(newKitOrWell && now.name === before.name);
	const keepsSequence = !((newKitOrWell || newName) && now.sequence === before.sequence);
	return {
		kitId: now.kitId,
		well: newName && now.well === before.well ? null : now.well,
		name: keepsName ? now.name : null,
		sequence: keepsSequence ? now.sequence : null,
		isSequencePrefilled: keepsSequence && now.sequence !== null && now.sequence === before.sequence,
	};
}

/**
 * Whether an i5 that was left as prefilled goes with a changed i7: a new i7 kit takes its place where both came from one kit or where
 * neither had one and the new kit brings an i5; a new i7 name of a dual kit stands for the whole adapter.
 */
function i5Follows(i7: SideCells, before7: SideCells, i5: SideCells, before5: SideCells, kit: IndexKit | undefined): boolean {
	const isI5Left = i5.kitId === before5.kitId && i5.name === before5.name && i5.sequence === before5.sequence;
	if (!isI5Left || before5.kitId !== before7.kitId || !kit) return false;
	if (isChanged(i7.kitId, before7.kitId)) return before5.kitId !== null || kit.typeId !== IndexType.SINGLE_INDEX_I7.id;
	return isChanged(i7.name, before7.name) && kit.typeId === IndexType.DUAL_INDEX.id;
}

/** The i5 side without what was prefilled; its kit stays as long as the i7 kit does. */
function followI7(i5: SideCells, i7: SideCells, before7: SideCells): SideCells {
	return { kitId: i7.kitId === before7.kitId ? i5.kitId : null, well: i5.well, name: null, sequence: null };
}
