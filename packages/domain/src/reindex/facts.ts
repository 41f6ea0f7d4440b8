import { formText } from "../annotation/form-values.ts";
import { readMetadata, type StepInput, type WorkflowState } from "../annotation/state.ts";
import type { IndexedLibrary } from "../indices/indexed-library.ts";
import type { IndexKit } from "../indices/kit.ts";
import { parseLibraryIds } from "../indices/library-ids.ts";

/** From where re-index was started: that restricts the libraries which may be chosen (requests-and-annotation.md §8). */
export type ReindexContext = "request" | "labPrep" | "pool" | "none";

/** Everything from the database that the steps of re-index may need; loaded by the caller anew for every call. */
export interface ReindexFacts {
	readonly context: ReindexContext;
	/** Libraries of the context in order; without context those that {@link namedLibraries} names, as far as they exist. */
	readonly libraries: readonly IndexedLibrary[];
	/** Other libraries of the pools of the chosen ones; they are compared, not changed. */
	readonly neighbours: readonly IndexedLibrary[];
	readonly indexKits: readonly IndexKit[];
}

/** Field of the first step, and key under which its answer is kept. */
export const libraryIdsField = "library_ids";

/** Ids in an input: ticked rows, or a text such as `12, 15-20`; null when it cannot be understood. */
export function readLibraryIds(input: StepInput): number[] | null {
	const value: unknown = input.values?.[libraryIdsField];
	if (Array.isArray(value)) return parseLibraryIds(value.map(String).join(" "));
	return parseLibraryIds(formText(input, libraryIdsField) ?? "");
}

/** Ids of the libraries chosen in this run; none before. */
function chosenLibraryIds(state: WorkflowState): number[] {
	const ids = readMetadata(state, libraryIdsField);
	return Array.isArray(ids) ? ids.filter((id: unknown) => typeof id === "number") : [];
}

/** Libraries that a run without context names, in its state or in the input about to be submitted. */
export function namedLibraries(state: WorkflowState, input: StepInput | null): number[] {
	return [...new Set([...chosenLibraryIds(state), ...(input ? (readLibraryIds(input) ?? []) : [])])];
}

/** The libraries chosen in this run, in the order of the facts. */
export function chosenLibraries(state: WorkflowState, facts: Pick<ReindexFacts, "libraries">): IndexedLibrary[] {
	const ids = new Set(chosenLibraryIds(state));
	return facts.libraries.filter((library) => ids.has(library.id));
}
