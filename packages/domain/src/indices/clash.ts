/** Clash check: can all libraries that are sequenced together be told apart? (lab-workflows.md §13.1) */
import { barcodeDistance } from "../catalog.ts";
import { findMinima, type IndexPair, type Minima } from "./clash-minima.ts";

/** One index set of a library of the group. */
export interface ClashRecord {
	readonly libraryId: number | string;
	readonly libraryName: string;
	readonly poolName?: string | null | undefined;
	readonly i7: string | null;
	readonly i5: string | null;
}

/** A library of the group that has no index. */
export interface UnindexedLibrary {
	readonly libraryId: number | string;
	readonly libraryName: string;
	readonly poolName?: string | null | undefined;
}

/** What is sequenced together: a lane, a pool, or a selection. */
export interface ClashGroup {
	readonly records: readonly ClashRecord[];
	readonly librariesWithoutIndex?: readonly UnindexedLibrary[];
}

/** From fine to bad. */
export type ClashSeverity = "ok" | "warning" | "error";

/** Something to say about a record. */
export interface ClashMessage {
	readonly code: "clash.distance_zero" | "clash.distance_small" | "clash.same_i7_i5" | "clash.no_index";
	readonly severity: "warning" | "error";
	readonly text: string;
}

/**
 * Smallest distances to other libraries with the record's own index altered and the others unchanged: hints for a wrong orientation.
 * Those with i5 are null if nobody in the group has an i5.
 */
export interface OrientationHints {
	/** RC of the whole: RC(i5)+RC(i7), compared as i7+i5. */
	readonly wholeReversed: number;
	/** RC(i7)+RC(i5). */
	readonly bothReversed: number | null;
	/** RC(i7)+i5. */
	readonly i7Reversed: number;
	/** i7+RC(i5). */
	readonly i5Reversed: number | null;
}

/** The closest record of another library. */
export interface NearestPartner {
	/** Position in the records of the group. */
	readonly record: number;
	readonly libraryId: number | string;
	readonly libraryName: string;
	/** Positions (from 0) within the combined indices, `+` counted, where the two differ. */
	readonly differingPositions: readonly number[];
}

/** A line of the table: an index set, or a library without index. */
export interface ClashRow {
	readonly libraryId: number | string;
	readonly libraryName: string;
	readonly poolName: string | null;
	/** Padded with N, i7 and i5 joined by `+`; null for a library without index. */
	readonly combinedIndex: string | null;
	/** Smallest distance to another library; alone: number of real bases; null without index. */
	readonly distance: number | null;
	/** Null without other indexed library. */
	readonly hints: OrientationHints | null;
	readonly nearest: NearestPartner | null;
	readonly severity: ClashSeverity;
	readonly messages: readonly ClashMessage[];
}

/** The table of a group. */
export interface ClashAnalysis {
	/** Records in the order given, then the libraries without index. */
	readonly rows: readonly ClashRow[];
	/** Whether any record has an i5; otherwise its columns are omitted. */
	readonly hasI5: boolean;
	/** Worst of all rows: the colour of the tab. */
	readonly severity: ClashSeverity;
}

const messages = {
	distanceZero: {
		code: "clash.distance_zero",
		severity: "error",
		text: "Hamming distance of 0 between barcode combination in two or more libraries.",
	},
	distanceSmall: {
		code: "clash.distance_small",
		severity: "warning",
		text: "Small hamming distance between barcode combination in two or more libraries.",
	},
	sameI7AndI5: { code: "clash.same_i7_i5", severity: "warning", text: "Same barcode in i7 & i5 indices" },
	noIndex: { code: "clash.no_index", severity: "error", text: "Library has no index" },
} as const satisfies Record<string, ClashMessage>;

/** Compares all index sets of a group with those of the other libraries. Two sets of one library are not compared. */
export function analyseClashes(group: ClashGroup): ClashAnalysis {
	const unindexed = group.librariesWithoutIndex ?? [];
	const sequences = group.records.map((record) => ({ i7: normalize(record.i7), i5: normalize(record.i5) }));
	const hasI5 = sequences.some(({ i5 }) => i5 !== "");
	const lengthI7 = longest(sequences.map(({ i7 }) => i7));
	const lengthI5 = longest(sequences.map(({ i5 }) => i5));
	const combined = sequences.map(({ i7, i5 }) => i7.padEnd(lengthI7, "N") + (hasI5 ? `+${i5.padEnd(lengthI5, "N")}` : ""));
	const minima = findMinima(sequences, numberLibraries(group.records));
	const libraries = new Set([...group.records, ...unindexed].map((library) => library.libraryId));

	const indexedRows = group.records.map((record, position): ClashRow => {
		const combinedIndex = combined[position] ?? "";
		const smallest = minima[position] ?? null;
		const found = messagesOf(smallest?.own ?? null, sequences[position]);
		return {
			...identityOf(record),
			combinedIndex,
			distance: smallest ? smallest.own : combinedIndex.replace(/[^ACGT]/g, "").length,
			hints: smallest ? hintsOf(smallest, hasI5) : null,
			nearest: smallest ? nearestOf(group.records, combined, position, smallest.partner) : null,
			severity: worst(found),
			messages: found,
		};
	});
	const unindexedRows = unindexed.map((library): ClashRow => {
		const found = libraries.size > 1 ? [messages.noIndex] : [];
		const nothing = { combinedIndex: null, distance: null, hints: null, nearest: null };
		return { ...identityOf(library), ...nothing, severity: worst(found), messages: found };
	});
	const rows = [...indexedRows, ...unindexedRows];
	return { rows, hasI5, severity: worst(rows.flatMap((row) => row.messages)) };
}

function normalize(sequence: string | null): string {
	return (sequence ?? "").trim().toUpperCase();
}

function longest(texts: readonly string[]): number {
	return texts.reduce((length, text) => Math.max(length, text.length), 0);
}

function identityOf(library: UnindexedLibrary): Pick<ClashRow, "libraryId" | "libraryName" | "poolName"> {
	return { libraryId: library.libraryId, libraryName: library.libraryName, poolName: library.poolName ?? null };
}

function messagesOf(distance: number | null, sequences: IndexPair | undefined): ClashMessage[] {
	const found: ClashMessage[] = [];
	if (distance !== null && distance < barcodeDistance.errorBelow) found.push(messages.distanceZero);
	else if (distance !== null && distance < barcodeDistance.warningBelow) found.push(messages.distanceSmall);
	if (sequences && sequences.i7 !== "" && sequences.i7 === sequences.i5) found.push(messages.sameI7AndI5);
	return found;
}

function worst(found: readonly ClashMessage[]): ClashSeverity {
	if (found.some((message) => message.severity === "error")) return "error";
	return found.length > 0 ? "warning" : "ok";
}

function nearestOf(
	records: readonly ClashRecord[],
	combined: readonly string[],
	position: number,
	partner: number,
): NearestPartner {
	const own = combined[position] ?? "";
	const other = combined[partner] ?? "";
	const differingPositions: number[] = [];
	for (let at = 0; at < own.length; at++) {
		if (own[at] !== other[at] && own[at] !== "N" && other[at] !== "N") differingPositions.push(at);
	}
	const { libraryId = "", libraryName = "" } = records[partner] ?? {};
	return { record: partner, libraryId, libraryName, differingPositions };
}

function hintsOf(minima: Minima, hasI5: boolean): OrientationHints {
	return {
		wholeReversed: minima.wholeReversed,
		bothReversed: hasI5 ? minima.bothReversed : null,
		i7Reversed: minima.i7Reversed,
		i5Reversed: hasI5 ? minima.i5Reversed : null,
	};
}

/** A number per record that is equal for records of one library. */
function numberLibraries(records: readonly ClashRecord[]): Int32Array {
	const numbers = new Map<number | string, number>();
	return Int32Array.from(records, ({ libraryId }) => {
		const number = numbers.get(libraryId) ?? numbers.size;
		numbers.set(libraryId, number);
		return number;
	});
}
