import { makeMatchStep } from "../annotation/index-match-step.ts";
import type { WorkflowState } from "../annotation/state.ts";
import type { ResolvedBarcodeRow } from "../indices/index-set.ts";
import { describeMatchAnswers, type MatchAnswers } from "../indices/kit-match.ts";
import { chosenLibraries, type ReindexFacts } from "./facts.ts";
import { reindexRows, toReindexRows, toResolvedRows } from "./tables.ts";

/** Key of the comments for requests: a list of `{request_id, text}`. */
export const requestCommentsKey = "request_comments";

function readRows(state: WorkflowState): ResolvedBarcodeRow[] {
	return toResolvedRows(reindexRows(state));
}

/** The comments of each request name its own libraries only: others may belong to another customer. */
function describePerRequest(state: WorkflowState, facts: ReindexFacts, answers: MatchAnswers) {
	const requestOf = new Map(chosenLibraries(state, facts).map((library) => [library.id, library.requestId]));
	const groups = Map.groupBy(readRows(state), (row) => requestOf.get(row.libraryId ?? 0) ?? 0);
	return [...groups].flatMap(([requestId, rows]) =>
		describeMatchAnswers(rows, answers, facts.indexKits).map((text) => ({ request_id: requestId, text })),
	);
}

/** Finds the kits of typed index sequences, or asks for their orientation; rows left as they were take no part (§6.4). */
export const reindexMatchStep = makeMatchStep<ReindexFacts>({
	asksForIndices: () => true,
	readRows,
	toIndices: (matched, state) => [...toReindexRows(matched), ...reindexRows(state).filter((row) => row.is_atac)],
	describe: (answers, state, facts) => ({ [requestCommentsKey]: describePerRequest(state, facts, answers) }),
});
