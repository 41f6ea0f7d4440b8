import { findMember, MuxType } from "./catalog.ts";

/** Whether a library holds the multiplexing data of its samples: its type is among those of its way of multiplexing (data-model.md §6). */
export function carriesMux(library: { readonly typeId: number; readonly muxTypeId: number | null }): boolean {
	const typeIds: readonly number[] = findMember(MuxType, library.muxTypeId)?.muxLibraryTypeIds ?? [];
	return typeIds.includes(library.typeId);
}
