import { analyseClashes, type ClashSeverity } from "../indices/clash.ts";
import type { WorkflowState } from "./state.ts";
import type { ReviewTab } from "./step.ts";
import { annotationTable } from "./tables.ts";

/** What the review says about the indices of the run. */
export interface ReviewIndices {
	/** Pool, library, combined index, smallest distance, problems. */
	readonly rows: ReviewTab["rows"];
	readonly severity: ClashSeverity;
	/** Libraries with an error: their indices cannot be told apart from those of another library of their pool. */
	readonly clashingLibraries: readonly string[];
}

/** Clash table of the run's indices, grouped by pool (lab-workflows.md §13.1). */
export function listReviewIndices(state: WorkflowState): ReviewIndices {
	const poolByLibrary = new Map(annotationTable(state, "libraries").map((library) => [library.library_name, library.pool_label]));
	const nameByLabel = new Map(annotationTable(state, "pools").map((pool) => [pool.pool_label, pool.pool_name]));
	const groups = Map.groupBy(annotationTable(state, "indices"), (index) => poolByLibrary.get(index.library_name) ?? "");
	const analyses = [...groups].map(([label, indices]) =>
		analyseClashes({
			records: indices.map((index) => ({
				libraryId: index.library_name,
				libraryName: index.library_name,
				poolName: nameByLabel.get(label) ?? label,
				i7: index.i7.sequence,
				i5: index.i5?.sequence ?? null,
			})),
		}),
	);
	const rows = analyses.flatMap((analysis) => analysis.rows);
	const severities = analyses.map((analysis) => analysis.severity);
	return {
		rows: rows.map((row) => [
			row.poolName,
			row.libraryName,
			row.combinedIndex,
			row.distance,
			row.messages.map((message) => message.text).join(" ") || null,
		]),
		severity: severities.includes("error") ? "error" : severities.includes("warning") ? "warning" : "ok",
		clashingLibraries: [...new Set(rows.filter((row) => row.severity === "error").map((row) => row.libraryName))],
	};
}
