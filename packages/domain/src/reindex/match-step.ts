import {
	checkMatchForm,
	matchStepName,
	matchStepTitle,
	presentMatchForm,
	readMatchAnswers,
} from "../annotation/index-match-form.ts";
import { previousInput, type WorkflowState } from "../annotation/state.ts";
import { accept, refuse, type Step } from "../annotation/step.ts";
import type { ResolvedBarcodeRow } from "../indices/index-set.ts";
import { applyMatchAnswers, describeMatchAnswers, findKitMatches, type MatchAnswers } from "../indices/kit-match.ts";
import { chosenLibraries, type ReindexFacts } from "./facts.ts";
import { reindexRows, toReindexRows, toResolvedRows } from "./tables.ts";

/** Key of the comments for requests: a list of `{request_id, text}`. */
export const requestCommentsKey = "request_comments";

function typedRows(state: WorkflowState): ResolvedBarcodeRow[] {
	return toResolvedRows(reindexRows(state));
}

/** The comments of each request name its own libraries only: others may belong to another customer. */
function describePerRequest(state: WorkflowState, facts: ReindexFacts, answers: MatchAnswers) {
	const requestOf = new Map(chosenLibraries(state, facts).map((library) => [library.id, library.requestId]));
	const groups = Map.groupBy(typedRows(state), (row) => requestOf.get(row.libraryId ?? 0) ?? 0);
	return [...groups].flatMap(([requestId, rows]) =>
		describeMatchAnswers(rows, answers, facts.indexKits).map((text) => ({ request_id: requestId, text })),
	);
}

/** Finds the kits of typed index sequences, or asks for their orientation; rows left as they were take no part (§6.4). */
export const reindexMatchStep: Step<ReindexFacts> = {
	name: matchStepName,
	title: matchStepTitle,
	applies: (state, facts) => findKitMatches(typedRows(state), facts.indexKits).rows.length > 0,
	present: (state, facts) => presentMatchForm(typedRows(state), facts.indexKits, previousInput(state, matchStepName) ?? {}),
	accept(input, state, facts) {
		const rows = typedRows(state);
		const answers = readMatchAnswers(input);
		const errors = checkMatchForm(rows, facts.indexKits, answers);
		if (errors.length > 0) return refuse([], errors);
		const matched = toReindexRows(applyMatchAnswers(rows, answers, facts.indexKits));
		return accept({
			tables: { indices: [...matched, ...reindexRows(state).filter((row) => row.is_atac)] },
			metadata: { [requestCommentsKey]: describePerRequest(state, facts, answers) },
		});
	},
};
