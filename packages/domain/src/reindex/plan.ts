import { planIndex } from "../annotation/completion-plan.ts";
import type { PlannedIndex } from "../annotation/completion-types.ts";
import { isAtacType } from "../annotation/index-sheet-step.ts";
import { readMetadata, type WorkflowState } from "../annotation/state.ts";
import { indexTypeOf } from "../indices/index-type.ts";
import type { IndexedLibrary } from "../indices/indexed-library.ts";
import { chosenLibraries, type ReindexFacts } from "./facts.ts";
import { requestCommentsKey } from "./match-step.ts";
import { reindexRows } from "./tables.ts";

/** A library with the indices that it has afterwards. */
export interface ReindexedLibrary {
	readonly library: IndexedLibrary;
	/** Null for a library whose indices are deleted. */
	readonly indexTypeId: number | null;
	readonly indices: readonly PlannedIndex[];
	/** False when everything stays as it is: nothing is written then. */
	readonly isChanged: boolean;
}

/** What completing re-index writes (requests-and-annotation.md §8, 3). */
export interface ReindexPlan {
	readonly libraries: readonly ReindexedLibrary[];
	/** Orientation and primers that were given, per affected request. */
	readonly comments: readonly { readonly requestId: number; readonly text: string }[];
}

const comparedFields = ["kitI7Id", "nameI7", "sequenceI7", "kitI5Id", "nameI5", "sequenceI5", "orientationId"] as const;

function isSameSet(before: IndexedLibrary["indices"], after: readonly PlannedIndex[]): boolean {
	return (
		before.length === after.length &&
		before.every((index, position) => comparedFields.every((field) => index[field] === after[position]?.[field]))
	);
}

function readComments(state: WorkflowState): ReindexPlan["comments"] {
	const stored = readMetadata(state, requestCommentsKey);
	if (!Array.isArray(stored)) return [];
	return stored.flatMap((comment: unknown) => {
		if (typeof comment !== "object" || comment === null || !("request_id" in comment) || !("text" in comment)) return [];
		return [{ requestId: Number(comment.request_id), text: String(comment.text) }];
	});
}

/** The chosen libraries with their indices after completion, and the comments. Touches nothing. */
export function buildReindexPlan(state: WorkflowState, facts: ReindexFacts): ReindexPlan {
	const rowsById = Map.groupBy(reindexRows(state), (row) => row.library_id);
	const libraries = chosenLibraries(state, facts).map((library) => {
		const rows = rowsById.get(library.id) ?? [];
		const indices = rows.flatMap(({ i7, i5 }) => (i7 ? [planIndex({ i7, i5 })] : []));
		return {
			library,
			indexTypeId: indexTypeOf(indices, isAtacType(library.typeId)),
			indices,
			isChanged: !isSameSet(library.indices, indices),
		};
	});
	return { libraries, comments: readComments(state) };
}
