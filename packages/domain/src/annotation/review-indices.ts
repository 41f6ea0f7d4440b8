import type { WorkflowState } from "./state.ts";
import type { ReviewTab } from "./step.ts";
import { annotationTable } from "./tables.ts";

/** What the review says about the indices of the run. */
export interface ReviewIndices {
	/** Pool, library, index, distance, problems. */
	readonly rows: ReviewTab["rows"];
	readonly severity: ReviewTab["severity"];
	/** Libraries whose indices cannot be told apart from those of another library in their pool. */
	readonly clashingLibraries: readonly string[];
}

/** Index sets of the run by pool. */
export function listReviewIndices(state: WorkflowState): ReviewIndices {
	const poolByLibrary = new Map(annotationTable(state, "libraries").map((library) => [library.library_name, library.pool_label]));
	const rows = annotationTable(state, "indices").map(({ library_name, i7, i5 }) => [
		poolByLibrary.get(library_name) ?? null,
		library_name,
		i5 ? `${i7.sequence}+${i5.sequence}` : i7.sequence,
		null,
		null,
	]);
	return { rows, severity: "ok", clashingLibraries: [] };
}
