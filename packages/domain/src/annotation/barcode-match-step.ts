import { applyMatchAnswers, describeMatchAnswers, findKitMatches } from "../indices/kit-match.ts";
import { isPooled } from "./comparisons.ts";
import type { AnnotationFacts } from "./facts.ts";
import { checkMatchForm, matchStepName, matchStepTitle, presentMatchForm, readMatchAnswers } from "./index-match-form.ts";
import { toIndexRows, toResolvedRows } from "./index-steps.ts";
import { previousInput, type WorkflowState, wasVisited } from "./state.ts";
import { accept, refuse, type Step } from "./step.ts";
import { annotationTable } from "./tables.ts";

function typedRows(state: WorkflowState) {
	return toResolvedRows(annotationTable(state, "indices"));
}

/** Finds the kits of typed index sequences, or asks for their orientation (P; requests-and-annotation.md §6.4). */
export const barcodeMatchStep: Step<AnnotationFacts> = {
	name: matchStepName,
	title: matchStepTitle,
	applies(state, facts) {
		if (!isPooled(facts) || !wasVisited(state, "barcode_input")) return false;
		return findKitMatches(typedRows(state), facts.indexKits).rows.length > 0;
	},
	present: (state, facts) => presentMatchForm(typedRows(state), facts.indexKits, previousInput(state, matchStepName) ?? {}),
	accept(input, state, facts) {
		const rows = typedRows(state);
		const answers = readMatchAnswers(input);
		const errors = checkMatchForm(rows, facts.indexKits, answers);
		if (errors.length > 0) return refuse([], errors);
		const texts = describeMatchAnswers(rows, answers, facts.indexKits);
		const matched = toIndexRows(applyMatchAnswers(rows, answers, facts.indexKits));
		return accept({
			tables: { indices: [...matched, ...annotationTable(state, "indices").filter((row) => row.is_atac)] },
			metadata: { comments: Object.fromEntries(texts.map((text, index) => [`barcode_match_${index + 1}`, text])) },
		});
	},
};
