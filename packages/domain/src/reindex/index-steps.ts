import { listUsedKits } from "../annotation/index-steps.ts";
import { isInGroup } from "../annotation/library-set.ts";
import { initialSheet, validateSheetInput } from "../annotation/sheet-step.ts";
import { previousInput, type WorkflowState } from "../annotation/state.ts";
import { accept, refuse, type Step } from "../annotation/step.ts";
import { type BarcodeInputContext, buildBarcodeInputSheet, resolveBarcodeRows } from "../indices/barcode-input-sheet.ts";
import type { IndexedLibrary } from "../indices/indexed-library.ts";
import { kitsOfTypes, kitTypeIdsForAtac, kitTypeIdsForI5, kitTypeIdsForI7 } from "../indices/kit.ts";
import { buildTenxAtacBarcodeSheet, resolveTenxAtacRows, type TenxAtacContext } from "../indices/tenx-atac-barcode-sheet.ts";
import { chosenLibraries, type ReindexFacts } from "./facts.ts";
import { atacCells, barcodeCells, prefillAtacRows, prefillBarcodeRows } from "./prefill.ts";
import { atacToReindexRows, reindexRows, toReindexRows } from "./tables.ts";

const barcodeStep = "barcode_input";
const atacStep = "tenx_atac_barcode_input";
const deletionHint = 'Write "del" into Index Well to delete all indices of a library.';

/** Whether the libraries of this type have the four i7 of 10x ATAC. */
export function isAtacType(libraryTypeId: number): boolean {
	return isInGroup(libraryTypeId, "tenxAtacIndexed");
}

function chosenOfKind(state: WorkflowState, facts: ReindexFacts, atac: boolean): IndexedLibrary[] {
	return chosenLibraries(state, facts).filter((library) => isAtacType(library.typeId) === atac);
}

const namesOf = (libraries: readonly IndexedLibrary[]) => libraries.map(({ id, name }) => ({ id, name }));

function barcodeContext(state: WorkflowState, facts: ReindexFacts): BarcodeInputContext {
	const libraries = chosenOfKind(state, facts, false);
	const kits = kitsOfTypes(facts.indexKits, [...kitTypeIdsForI7, ...kitTypeIdsForI5]);
	return { libraries: namesOf(libraries), kits, withLibraryId: true, prefilled: prefillBarcodeRows(libraries, kits) };
}

/** Indices of the chosen libraries other than 10x ATAC, prefilled (requests-and-annotation.md §6.2, §8). */
export const reindexBarcodeStep: Step<ReindexFacts> = {
	name: barcodeStep,
	title: "Indices",
	applies: (state, facts) => chosenOfKind(state, facts, false).length > 0,
	present(state, facts) {
		const context = barcodeContext(state, facts);
		const input = previousInput(state, barcodeStep);
		const rows = (context.prefilled ?? []).map((row) => barcodeCells(row, context.kits));
		return {
			kind: "sheet",
			title: "Indices",
			sheet: { name: barcodeStep, context },
			initial: initialSheet(buildBarcodeInputSheet(context), input, rows),
			hints: [
				"Sequences in forward orientation. Prefer kit and well, then kit and names, then sequences. One row per index set.",
				deletionHint,
			],
			tabs: listUsedKits(context.kits, input?.sheet),
		};
	},
	accept(input, state, facts) {
		const context = barcodeContext(state, facts);
		const sheet = validateSheetInput(buildBarcodeInputSheet(context), input);
		if (sheet.hasErrors) return refuse(sheet.problems);
		return accept({ tables: { indices: toReindexRows(resolveBarcodeRows(sheet.rows, context.kits, context)) } });
	},
};

function atacContext(state: WorkflowState, facts: ReindexFacts): TenxAtacContext {
	const libraries = chosenOfKind(state, facts, true);
	const kits = kitsOfTypes(facts.indexKits, kitTypeIdsForAtac);
	return { libraries: namesOf(libraries), kits, withLibraryId: true, prefilled: prefillAtacRows(libraries, kits) };
}

/** Indices of the chosen 10x ATAC libraries, prefilled (requests-and-annotation.md §6.3, §8). */
export const reindexAtacStep: Step<ReindexFacts> = {
	name: atacStep,
	title: "10x ATAC Indices",
	applies: (state, facts) => chosenOfKind(state, facts, true).length > 0,
	present(state, facts) {
		const context = atacContext(state, facts);
		const input = previousInput(state, atacStep);
		const rows = (context.prefilled ?? []).map((row) => atacCells(row, context.kits));
		return {
			kind: "sheet",
			title: "10x ATAC Indices",
			sheet: { name: atacStep, context },
			initial: initialSheet(buildTenxAtacBarcodeSheet(context), input, rows),
			hints: [deletionHint],
			tabs: listUsedKits(context.kits, input?.sheet),
		};
	},
	accept(input, state, facts) {
		const context = atacContext(state, facts);
		const sheet = validateSheetInput(buildTenxAtacBarcodeSheet(context), input);
		if (sheet.hasErrors) return refuse(sheet.problems);
		const own = atacToReindexRows(resolveTenxAtacRows(sheet.rows, context.kits, context));
		return accept({ tables: { indices: [...reindexRows(state), ...own] } });
	},
};
