/** Libraries with their stored indices, as re-index, index check and clash pages take them. */
import type { StoredIndex } from "./index-badge.ts";

/** A stored index set with its number. */
export interface LibraryIndexFact extends StoredIndex {
	readonly id: number;
}

/** A library with its indices in the order of storage. */
export interface IndexedLibrary {
	readonly id: number;
	readonly name: string;
	/** Catalog libraryType. */
	readonly typeId: number;
	readonly requestId: number;
	readonly poolId: number | null;
	readonly poolName: string | null;
	/** Whether the current user has EDIT access (or more) to it. */
	readonly canEdit: boolean;
	readonly indices: readonly LibraryIndexFact[];
}

/** An index set as text: `i7` or `i7+i5`. */
export function indexText(index: Pick<StoredIndex, "sequenceI7" | "sequenceI5">): string {
	return index.sequenceI5 ? `${index.sequenceI7 ?? ""}+${index.sequenceI5}` : (index.sequenceI7 ?? "");
}
