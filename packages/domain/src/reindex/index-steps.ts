import { atacSheet, barcodeSheet, isAtacType, makeIndexSheetStep } from "../annotation/index-sheet-step.ts";
import type { WorkflowState } from "../annotation/state.ts";
import type { IndexedLibrary } from "../indices/indexed-library.ts";
import type { IndexKit } from "../indices/kit.ts";
import { chosenLibraries, type ReindexFacts } from "./facts.ts";
import { atacCells, barcodeCells, prefillAtacRows, prefillBarcodeRows } from "./prefill.ts";
import { atacToReindexRows, reindexRows, toReindexRows } from "./tables.ts";

function chosenOfKind(state: WorkflowState, facts: ReindexFacts, isAtac: boolean): IndexedLibrary[] {
	return chosenLibraries(state, facts).filter((library) => isAtacType(library.typeId) === isAtac);
}

/** What both sheets have in common here: the chosen libraries of the kind by id, prefilled with their indices. */
function askForChosen<Prefilled>(
	isAtac: boolean,
	prefill: (libraries: readonly IndexedLibrary[], kits: readonly IndexKit[]) => Prefilled[],
) {
	return {
		hints: ['Write "del" into Index Well to delete all indices of a library.'],
		applies: (state: WorkflowState, facts: ReindexFacts) => chosenOfKind(state, facts, isAtac).length > 0,
		buildContext(state: WorkflowState, facts: ReindexFacts, kits: readonly IndexKit[]) {
			const chosen = chosenOfKind(state, facts, isAtac);
			const libraries = chosen.map(({ id, name }) => ({ id, name }));
			return { libraries, kits, withLibraryId: true, prefilled: prefill(chosen, kits) };
		},
	};
}

/** Indices of the chosen libraries other than 10x ATAC, prefilled (requests-and-annotation.md §6.2, §8). */
export const reindexBarcodeStep = makeIndexSheetStep(barcodeSheet, {
	...askForChosen(false, prefillBarcodeRows),
	listRows: ({ prefilled = [], kits }) => prefilled.map((row) => barcodeCells(row, kits)),
	toIndices: toReindexRows,
});

/** Indices of the chosen 10x ATAC libraries, prefilled (requests-and-annotation.md §6.3, §8). */
export const reindexAtacStep = makeIndexSheetStep(atacSheet, {
	...askForChosen(true, prefillAtacRows),
	listRows: ({ prefilled = [], kits }) => prefilled.map((row) => atacCells(row, kits)),
	toIndices: (rows, state) => [...reindexRows(state), ...atacToReindexRows(rows)],
});
