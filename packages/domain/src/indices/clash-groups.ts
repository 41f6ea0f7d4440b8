/** Libraries that are sequenced together, and what of their clash table is shown first (lab-workflows.md §13.1). */
import { analyseClashes, type ClashAnalysis, type ClashRow, type ClashSeverity } from "./clash.ts";
import type { IndexedLibrary } from "./indexed-library.ts";

/** A library as the clash check takes it. */
export type ClashLibrary = Pick<IndexedLibrary, "id" | "name" | "poolName"> & {
	readonly indices: readonly { readonly sequenceI7: string | null; readonly sequenceI5: string | null }[];
};

/** Title of the group of libraries without pool. */
export const noPoolTitle = "No pool";

/** The table of libraries that are sequenced together; a library whose sets have no i7 counts as one without index. */
export function analyseLibraries(libraries: readonly ClashLibrary[]): ClashAnalysis {
	const identity = ({ id, name, poolName }: ClashLibrary) => ({ libraryId: id, libraryName: name, poolName });
	return analyseClashes({
		records: libraries.flatMap((library) =>
			library.indices
				.filter((index) => index.sequenceI7)
				.map((index) => ({ ...identity(library), i7: index.sequenceI7, i5: index.sequenceI5 })),
		),
		librariesWithoutIndex: libraries.filter((library) => !library.indices.some((index) => index.sequenceI7)).map(identity),
	});
}

/** The libraries by pool, those without pool last. */
export function groupByPool<Library extends Pick<IndexedLibrary, "poolId" | "poolName">>(
	libraries: readonly Library[],
): { readonly poolId: number | null; readonly title: string; readonly libraries: readonly Library[] }[] {
	const groups = [...Map.groupBy(libraries, (library) => library.poolId)];
	groups.sort(([a], [b]) => Number(a === null) - Number(b === null) || (a ?? 0) - (b ?? 0));
	return groups.map(([poolId, members]) => ({
		poolId,
		title: poolId === null ? noPoolTitle : (members[0]?.poolName ?? `Pool ${poolId}`),
		libraries: members,
	}));
}

/** The first rows of a table, and how many there are of each kind. */
export interface ShownClashes {
	readonly rows: readonly ClashRow[];
	readonly counts: Readonly<Record<ClashSeverity, number>>;
	/** Rows that are not shown. */
	readonly hidden: number;
}

const ranks: Readonly<Record<ClashSeverity, number>> = { error: 0, warning: 1, ok: 2 };

/** Errors before warnings before the rest, each by distance; at most `limit` of them. */
export function worstFirst(analysis: ClashAnalysis, limit: number): ShownClashes {
	const sorted = [...analysis.rows].sort(
		(a, b) => ranks[a.severity] - ranks[b.severity] || (a.distance ?? -1) - (b.distance ?? -1),
	);
	const count = (severity: ClashSeverity) => sorted.filter((row) => row.severity === severity).length;
	return {
		rows: sorted.slice(0, limit),
		counts: { error: count("error"), warning: count("warning"), ok: count("ok") },
		hidden: Math.max(0, sorted.length - limit),
	};
}
