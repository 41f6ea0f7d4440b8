import type { Db } from "@opengsync/db/connection";
import { type IndexedScope, listIndexedLibraries, listPoolNeighbours } from "@opengsync/db/queries/indices";
import type { Tx } from "@opengsync/db/transaction";
import type { StepInput, WorkflowState } from "@opengsync/domain/annotation/state";
import { AccessType } from "@opengsync/domain/catalog";
import type { IndexedLibrary } from "@opengsync/domain/indices/indexed-library";
import { chosenLibraries, namedLibraries, type ReindexContext, type ReindexFacts } from "@opengsync/domain/reindex/facts";
import { buildReindexPlan } from "@opengsync/domain/reindex/plan";
import { reindexWorkflow } from "@opengsync/domain/reindex/workflow";
import { loadKitsForAnnotation } from "../annotation/load-kits.ts";
import type { Viewer } from "../context.ts";
import { requireRequestAction } from "../requests/require-action.ts";
import type { RunAccess, RunDefinition } from "../workflow-runs/definition.ts";
import { loadRequestFacts, lockRequestFor } from "./request-access.ts";
import { staffAccess } from "./staff-object.ts";
import { writeReindexPlan } from "./write-indices.ts";

/** What a completed re-index did. */
export interface Reindexed {
	/** Libraries whose indices are others now. */
	readonly changed: number;
	/** Of these, libraries that have none any more. */
	readonly deleted: number;
}

/** Who may re-index from where, and which libraries are offered there. */
interface ContextRules extends RunAccess {
	scope(objectId: number, state: WorkflowState, input: StepInput | null): IndexedScope;
}

const rules: Readonly<Record<ReindexContext, ContextRules>> = {
	request: {
		objectType: "seq_request",
		isEditor: async (reader, viewer, id) => (await loadRequestFacts(reader, viewer, id)).access_level >= AccessType.EDIT.id,
		authorize: async (reader, viewer, id) => requireRequestAction("reindex", await loadRequestFacts(reader, viewer, id)),
		lockObject: (context, id) => lockRequestFor(context, id, "reindex"),
		scope: (requestId) => ({ requestId }),
	},
	pool: { ...staffAccess("pool"), scope: (poolId) => ({ poolId }) },
	labPrep: { ...staffAccess("lab_prep"), scope: (labPrepId) => ({ labPrepId }) },
	none: { ...staffAccess(null), scope: (_id, state, input) => ({ libraryIds: namedLibraries(state, input) }) },
};

/** Other libraries of the pools of these, which take part in the clash check. */
export function listNeighbours(reader: Db | Tx, viewer: Viewer, libraries: readonly IndexedLibrary[]): Promise<IndexedLibrary[]> {
	const poolIds = [...new Set(libraries.flatMap(({ poolId }) => poolId ?? []))];
	const ids = libraries.map(({ id }) => id);
	return listPoolNeighbours(reader, viewer, poolIds, ids);
}

/**
 * Re-index as a workflow of a request, lab prep, pool, or of libraries named by number (requests-and-annotation.md §8). Clients only from
 * a draft request of libraries; all else is for insiders.
 */
export function reindexDefinition(from: ReindexContext): RunDefinition<ReindexFacts, Reindexed> {
	const { scope, ...access } = rules[from];
	return {
		workflow: reindexWorkflow,
		noun: "re-indexing",
		...access,
		async loadFacts(reader, viewer, objectId, state, input) {
			const libraries = await listIndexedLibraries(reader, viewer, scope(objectId, state, input));
			const chosen = chosenLibraries(state, { libraries });
			const isChosen = chosen.length > 0;
			return {
				context: from,
				libraries,
				neighbours: isChosen ? await listNeighbours(reader, viewer, chosen) : [],
				indexKits: isChosen ? await loadKitsForAnnotation(reader) : [],
			};
		},
		complete: (context, _objectId, state, facts) => writeReindexPlan(context, buildReindexPlan(state, facts)),
	};
}
