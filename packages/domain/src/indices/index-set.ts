/** Index sets of libraries as they come out of the index sheets (requests-and-annotation.md §6.2–6.4). */
import type { BarcodeOrientation, IdOf } from "../catalog.ts";
import type { IndexKit } from "./kit.ts";

/** Id of a `barcodeOrientation`; null = unknown. */
export type OrientationId = IdOf<typeof BarcodeOrientation> | null;

/** One side (i7 or i5) of an index set. */
export interface ResolvedIndex {
	/** Kit from which it was taken; null = typed. */
	readonly kitId: number | null;
	readonly name: string | null;
	readonly sequence: string;
	readonly orientationId: OrientationId;
}

/** A row of `barcode_input` after resolution: one index set of a library, or the order to delete all its indices. */
export interface ResolvedBarcodeRow {
	/** Displayed row number. */
	readonly row: number;
	/** Only in re-index. */
	readonly libraryId: number | null;
	readonly libraryName: string;
	/** `del` in the well column (re-index only): all indices of the library are deleted; both sides are null. */
	readonly isDeleted: boolean;
	/** The row is as it was prefilled and its orientation is known: it takes no part in matching (§6.4). */
	readonly isKept: boolean;
	/** The row names a kit for i7 or i5. */
	readonly namesKit: boolean;
	readonly i7: ResolvedIndex | null;
	readonly i5: ResolvedIndex | null;
}

/** A row of `tenx_atac_barcode_input` after resolution: four i7 of one library. */
export interface ResolvedAtacRow {
	readonly row: number;
	readonly libraryId: number | null;
	readonly libraryName: string;
	readonly isDeleted: boolean;
	/** Four indices with the common name and kit, in order 1–4; empty when deleted. */
	readonly i7: readonly ResolvedIndex[];
}

/** A library of an index sheet; the id only in re-index. */
export interface SheetLibrary {
	readonly id?: number;
	readonly name: string;
}

/** What a row of `barcode_input` was prefilled with (re-index: current indices, or the prep file). Kits are ids. */
export interface PrefilledBarcodeRow {
	readonly libraryId: number | null;
	readonly libraryName: string;
	readonly indexWell: string | null;
	readonly kitI7: number | null;
	readonly nameI7: string | null;
	readonly sequenceI7: string | null;
	readonly kitI5: number | null;
	readonly nameI5: string | null;
	readonly sequenceI5: string | null;
	readonly orientationId: OrientationId;
}

/** What a row of `tenx_atac_barcode_input` was prefilled with. */
export interface PrefilledAtacRow {
	readonly libraryId: number | null;
	readonly libraryName: string;
	readonly indexWell: string | null;
	readonly kit: number | null;
	readonly name: string | null;
	/** Up to four, in order. */
	readonly sequences: readonly string[];
	readonly orientationId: OrientationId;
}

/** From what both index sheets are built; JSON-serialisable. */
export interface IndexSheetContext<Prefilled> {
	readonly libraries: readonly SheetLibrary[];
	/** All index kits that may be named; each sheet offers the types that it takes. */
	readonly kits: readonly IndexKit[];
	/** Re-index: rows are identified by library id, and `del` in the well column deletes. */
	readonly withLibraryId?: boolean;
	readonly prefilled?: readonly Prefilled[];
}
