/** What the index sheets of re-index are prefilled with: the current indices (requests-and-annotation.md §8, 2). */
import type { PrefilledAtacRow, PrefilledBarcodeRow } from "../indices/index-set.ts";
import type { IndexedLibrary } from "../indices/indexed-library.ts";
import { type IndexKit, kitLabel, kitsOfTypes, kitTypeIdsForAtac, kitTypeIdsForI5, kitTypeIdsForI7 } from "../indices/kit.ts";
import type { RawCell } from "../sheets/types.ts";

/** A kit that the column does not offer cannot be shown there: the copies of name and sequence stay. */
function offered(kitId: number | null, kits: readonly IndexKit[]): number | null {
	return kits.some((kit) => kit.id === kitId) ? kitId : null;
}

/** One row per index set; a library without indices has one empty row. */
export function prefillBarcodeRows(libraries: readonly IndexedLibrary[], kits: readonly IndexKit[]): PrefilledBarcodeRow[] {
	const kitsI7 = kitsOfTypes(kits, kitTypeIdsForI7);
	const kitsI5 = kitsOfTypes(kits, kitTypeIdsForI5);
	return libraries.flatMap((library) => {
		const identity = { libraryId: library.id, libraryName: library.name, indexWell: null };
		if (library.indices.length === 0) {
			const empty = { kitI7: null, nameI7: null, sequenceI7: null, kitI5: null, nameI5: null, sequenceI5: null };
			return [{ ...identity, ...empty, orientationId: null }];
		}
		return library.indices.map((index) => ({
			...identity,
			kitI7: offered(index.kitI7Id, kitsI7),
			nameI7: index.nameI7,
			sequenceI7: index.sequenceI7,
			kitI5: offered(index.kitI5Id, kitsI5),
			nameI5: index.nameI5,
			sequenceI5: index.sequenceI5,
			orientationId: index.orientationId,
		}));
	});
}

/** One row per library with its (up to four) sequences. */
export function prefillAtacRows(libraries: readonly IndexedLibrary[], kits: readonly IndexKit[]): PrefilledAtacRow[] {
	const atacKits = kitsOfTypes(kits, kitTypeIdsForAtac);
	return libraries.map((library) => {
		const [first] = library.indices;
		return {
			libraryId: library.id,
			libraryName: library.name,
			indexWell: null,
			kit: offered(first?.kitI7Id ?? null, atacKits),
			name: first?.nameI7 ?? null,
			sequences: library.indices.flatMap((index) => index.sequenceI7 ?? []).slice(0, 4),
			orientationId: first?.orientationId ?? null,
		};
	});
}

function labelOf(kitId: number | null, kits: readonly IndexKit[]): string | null {
	const kit = kits.find((candidate) => candidate.id === kitId);
	return kit ? kitLabel(kit) : null;
}

/** Cells of a prefilled row of `barcode_input`, by column. */
export function barcodeCells(row: PrefilledBarcodeRow, kits: readonly IndexKit[]): Record<string, RawCell> {
	return {
		library_id: row.libraryId,
		library_name: row.libraryName,
		index_well: row.indexWell,
		kit_i7: labelOf(row.kitI7, kits),
		name_i7: row.nameI7,
		sequence_i7: row.sequenceI7,
		kit_i5: labelOf(row.kitI5, kits),
		name_i5: row.nameI5,
		sequence_i5: row.sequenceI5,
	};
}

/** Cells of a prefilled row of `tenx_atac_barcode_input`, by column. */
export function atacCells(row: PrefilledAtacRow, kits: readonly IndexKit[]): Record<string, RawCell> {
	return {
		library_id: row.libraryId,
		library_name: row.libraryName,
		index_well: row.indexWell,
		kit: labelOf(row.kit, kits),
		name: row.name,
		...Object.fromEntries(row.sequences.map((sequence, position) => [`sequence_${position + 1}`, sequence])),
	};
}
