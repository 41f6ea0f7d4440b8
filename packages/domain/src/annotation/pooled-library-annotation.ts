import { readOnlyColumn, requireExactRows } from "../sheets/fixed-rows.ts";
import { textOf } from "../sheets/report.ts";
import type { SheetDefinition } from "../sheets/types.ts";
import { isPooled } from "./comparisons.ts";
import type { AnnotationFacts } from "./facts.ts";
import { initialSheet, validateSheetInput } from "./sheet-step.ts";
import { previousInput, type WorkflowState } from "./state.ts";
import { accept, refuse, type Step } from "./step.ts";
import { annotationTable } from "./tables.ts";

const step = "pooled_library_annotation";

/** From what the sheet is built. */
export type PooledLibraryContext = { readonly libraryNames: readonly string[] };

/** Sheet that says in which pool each library is (requests-and-annotation.md §5.11). */
export function buildPooledLibrarySheet(context: PooledLibraryContext): SheetDefinition {
	return {
		name: step,
		title: "Pools",
		columns: [
			readOnlyColumn("library_name", "Library Name", 300),
			{
				key: "pool",
				label: "Pool",
				width: 300,
				type: "text",
				required: true,
				minLength: 4,
				maxLength: 64,
				help: "Label of the tube in which the library is delivered.",
				examples: ["tube_1"],
			},
		],
		canAddRows: false,
		canAddColumns: false,
		mayBeEmpty: false,
		rules: [
			requireExactRows(
				["library_name"],
				context.libraryNames.map((name) => [name]),
			),
		],
	};
}

function buildContext(state: WorkflowState): PooledLibraryContext {
	return { libraryNames: annotationTable(state, "libraries").map((library) => library.library_name) };
}

/** Says in which pool each library is (P). */
export const pooledLibraryAnnotationStep: Step<AnnotationFacts> = {
	name: step,
	title: "Pools",
	applies: (_state, facts) => isPooled(facts),
	present(state) {
		const context = buildContext(state);
		const rows = context.libraryNames.map((name) => ({ library_name: name }));
		return {
			kind: "sheet",
			title: "Pools",
			sheet: { name: step, context },
			initial: initialSheet(buildPooledLibrarySheet(context), previousInput(state, step), rows),
		};
	},
	accept(input, state) {
		const sheet = validateSheetInput(buildPooledLibrarySheet(buildContext(state)), input);
		if (sheet.hasErrors) return refuse(sheet.problems);
		const labels = new Map(sheet.rows.map((row) => [textOf(row, "library_name"), textOf(row, "pool")]));
		const libraries = annotationTable(state, "libraries").map((library) => ({
			...library,
			pool_label: labels.get(library.library_name) ?? null,
		}));
		return accept({ tables: { libraries } });
	},
};
