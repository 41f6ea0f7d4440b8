/** Index type of a library from its indices (requests-and-annotation.md §6.5, data-model.md LibraryIndex). */
import { type IdOf, IndexType } from "../catalog.ts";

/**
 * Id of the index type to store with a library: 10x ATAC by the library's kind, single without any i5 sequence, otherwise dual (also
 * from a combinatorial kit, which is a type of kits only). Null for a library without indices.
 */
export function indexTypeOf(
	indices: readonly { readonly sequenceI5: string | null }[],
	isAtacLibrary: boolean,
): IdOf<typeof IndexType> | null {
	if (indices.length === 0) return null;
	if (isAtacLibrary) return IndexType.TENX_ATAC_INDEX.id;
	return indices.some((index) => index.sequenceI5) ? IndexType.DUAL_INDEX.id : IndexType.SINGLE_INDEX_I7.id;
}
