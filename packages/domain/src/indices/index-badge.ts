/** Badges of indices in lists of libraries (lab-workflows.md §13.4). */
import { BarcodeOrientation, findMember } from "../catalog.ts";
import type { OrientationId } from "./index-set.ts";

/** An index set as stored with a library. */
export interface StoredIndex {
	readonly kitI7Id: number | null;
	readonly kitI5Id: number | null;
	readonly nameI7: string | null;
	readonly nameI5: string | null;
	readonly sequenceI7: string | null;
	readonly sequenceI5: string | null;
	readonly orientationId: OrientationId;
}

/** A badge: prefix, the text in both states of the table's toggle, colour and its meaning. */
export interface IndexBadge {
	readonly prefix: "DI:" | "SI:";
	/** Name (or sequences when unnamed). */
	readonly nameText: string;
	readonly sequenceText: string;
	readonly colour: "green" | "blue" | "yellow" | "red";
	readonly meaning: "Kit" | "Checked" | "Forward (maybe)" | "Unknown";
}

/** Whether all parts of an index set come from a kit under a name (data-model.md, `isKitIndex`). */
export function isKitIndex(index: StoredIndex): boolean {
	const i7FromKit = index.kitI7Id !== null && Boolean(index.nameI7);
	const i5FromKit = !index.sequenceI5 || (index.kitI5Id !== null && Boolean(index.nameI5));
	return i7FromKit && i5FromKit;
}

/** The badge of one index set. */
export function indexBadge(index: StoredIndex): IndexBadge {
	const isDual = Boolean(index.sequenceI5);
	const sequenceText = isDual ? `${index.sequenceI7 ?? ""}+${index.sequenceI5}` : (index.sequenceI7 ?? "");
	return { prefix: isDual ? "DI:" : "SI:", nameText: nameOf(index) ?? sequenceText, sequenceText, ...certaintyOf(index) };
}

function nameOf(index: StoredIndex): string | null {
	if (!index.nameI7) return null;
	if (!index.sequenceI5 || index.nameI7 === index.nameI5) return index.nameI7;
	return index.nameI5 ? `${index.nameI7}+${index.nameI5}` : null;
}

function certaintyOf(index: StoredIndex): Pick<IndexBadge, "colour" | "meaning"> {
	if (isKitIndex(index)) return { colour: "green", meaning: "Kit" };
	const orientation = findMember(BarcodeOrientation, index.orientationId);
	if (!orientation) return { colour: "red", meaning: "Unknown" };
	return orientation.validated ? { colour: "blue", meaning: "Checked" } : { colour: "yellow", meaning: "Forward (maybe)" };
}
