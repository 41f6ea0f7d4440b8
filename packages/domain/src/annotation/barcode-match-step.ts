import { describeMatchAnswers } from "../indices/kit-match.ts";
import { isPooled } from "./comparisons.ts";
import type { AnnotationFacts } from "./facts.ts";
import { makeMatchStep } from "./index-match-step.ts";
import { toIndexRows, toResolvedRows } from "./index-steps.ts";
import { type WorkflowState, wasVisited } from "./state.ts";
import { annotationTable } from "./tables.ts";

const readRows = (state: WorkflowState) => toResolvedRows(annotationTable(state, "indices"));

/** Finds the kits of typed index sequences, or asks for their orientation (P; requests-and-annotation.md §6.4). */
export const barcodeMatchStep = makeMatchStep<AnnotationFacts>({
	asksForIndices: (state, facts) => isPooled(facts) && wasVisited(state, "barcode_input"),
	readRows,
	toIndices: (matched, state) => [...toIndexRows(matched), ...annotationTable(state, "indices").filter((row) => row.is_atac)],
	describe(answers, state, facts) {
		const texts = describeMatchAnswers(readRows(state), answers, facts.indexKits);
		return { comments: Object.fromEntries(texts.map((text, index) => [`barcode_match_${index + 1}`, text])) };
	},
});
