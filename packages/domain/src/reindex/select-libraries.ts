import { type JsonValue, previousInput, type WorkflowState } from "../annotation/state.ts";
import { accept, type FormField, refuse, type Step, type StepResult } from "../annotation/step.ts";
import { findMember, LibraryType } from "../catalog.ts";
import { type IndexedLibrary, indexText } from "../indices/indexed-library.ts";
import { libraryIdsField, type ReindexFacts, readLibraryIds } from "./facts.ts";

const step = "select_samples";

function describeField(facts: ReindexFacts): FormField {
	const basics = { name: libraryIdsField, label: "Libraries", required: true };
	if (facts.context === "none") {
		const help = "Numbers of the libraries, e.g. 12, 15-20.";
		return { ...basics, type: "textarea", label: "Library IDs", maxLength: 16_384, help };
	}
	return {
		...basics,
		type: "selection",
		optionColumns: ["Library", "ID", "Type", "Pool", "Indices"],
		options: facts.libraries
			.filter((library) => library.canEdit)
			.map((library) => ({
				value: library.id,
				label: library.name,
				cells: [
					String(library.id),
					findMember(LibraryType, library.typeId)?.abbreviation ?? null,
					library.poolName,
					library.indices.map(indexText).join(", ") || null,
				],
			})),
	};
}

/** In a lab prep the libraries without index are ticked already. */
function initialValue(state: WorkflowState, facts: ReindexFacts): JsonValue {
	const before = previousInput(state, step)?.values?.[libraryIdsField];
	if (typeof before === "string") return before;
	if (Array.isArray(before)) return before.map(String);
	if (facts.context === "none") return null;
	if (facts.context !== "labPrep") return [];
	return facts.libraries.filter((library) => library.canEdit && library.indices.length === 0).map(({ id }) => id);
}

function refuseField(message: string): StepResult {
	return refuse([], [{ field: libraryIdsField, message }]);
}

/** What speaks against re-indexing these libraries; null = nothing. Every id is checked again, whatever the page offered. */
function checkLibraries(ids: readonly number[], byId: ReadonlyMap<number, IndexedLibrary>): string | null {
	const unknown = ids.filter((id) => !byId.get(id)?.canEdit);
	if (unknown.length === 0) return null;
	const shown = unknown.slice(0, 10).join(", ");
	return `Not among the libraries that you can re-index here: ${shown}${unknown.length > 10 ? " …" : ""}.`;
}

/** Numbers of the stored indices: others when the run is completed mean that somebody has changed them meanwhile. */
function listIndexIds(libraryIds: readonly number[], { libraries }: ReindexFacts): number[] {
	const chosen = new Set(libraryIds);
	return libraries
		.filter((library) => chosen.has(library.id))
		.flatMap((library) => library.indices.map((index) => index.id))
		.sort((a, b) => a - b);
}

/** Chooses the libraries (requests-and-annotation.md §8, 1). */
export const selectLibrariesStep: Step<ReindexFacts> = {
	name: step,
	title: "Select Libraries",
	applies: () => true,
	present: (state, facts) => ({
		kind: "form",
		title: "Select Libraries",
		fields: [describeField(facts)],
		values: { [libraryIdsField]: initialValue(state, facts) },
	}),
	accept(input, _state, facts) {
		const ids = readLibraryIds(input);
		if (ids === null) return refuseField("Give the numbers of libraries, at most 5,000.");
		if (ids.length === 0) return refuseField("Select at least one library.");
		const problem = checkLibraries(ids, new Map(facts.libraries.map((library) => [library.id, library])));
		if (problem) return refuseField(problem);
		return accept({ metadata: { [libraryIdsField]: ids, index_ids: listIndexIds(ids, facts) } });
	},
};
