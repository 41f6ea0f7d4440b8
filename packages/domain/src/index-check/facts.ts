import { BarcodeOrientation } from "../catalog.ts";
import { isKitIndex, type StoredIndex } from "../indices/index-badge.ts";
import type { IndexedLibrary, LibraryIndexFact } from "../indices/indexed-library.ts";

/** Everything from the database that the steps of the index check may need; loaded by the caller anew for every call. */
export interface IndexCheckFacts {
	/** All libraries of the request or pool. */
	readonly libraries: readonly IndexedLibrary[];
	/** Other libraries of their pools; they are compared, not changed. */
	readonly neighbours: readonly IndexedLibrary[];
	/** Requests of these libraries that have further indices to be checked, outside of the pool. */
	readonly requestsWithOtherOpenIndices: readonly number[];
}

/** A side that comes from a kit is always forward (extensions.md §3). */
export function isKitSide(index: StoredIndex, side: "i7" | "i5"): boolean {
	return side === "i7" ? index.kitI7Id !== null && Boolean(index.nameI7) : index.kitI5Id !== null && Boolean(index.nameI5);
}

/** Whether an index has to be checked: it is not from a kit, and not known to be forward by validation. */
export function isOpen(index: StoredIndex): boolean {
	return !isKitIndex(index) && Boolean(index.sequenceI7) && index.orientationId !== BarcodeOrientation.FORWARD.id;
}

/** An index to be checked, with its library. */
export interface OpenIndex {
	readonly library: IndexedLibrary;
	readonly index: LibraryIndexFact;
}

/** The indices to be checked, in the order of the libraries. */
export function listOpenIndices(facts: Pick<IndexCheckFacts, "libraries">): OpenIndex[] {
	return facts.libraries.flatMap((library) => library.indices.filter(isOpen).map((index) => ({ library, index })));
}
