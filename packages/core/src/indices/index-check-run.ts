import { listIndexedLibraries, listRequestsWithOpenIndices } from "@opengsync/db/queries/indices";
import type { IndexCheckFacts } from "@opengsync/domain/index-check/facts";
import { buildIndexCheckPlan } from "@opengsync/domain/index-check/plan";
import { indexCheckWorkflow } from "@opengsync/domain/index-check/steps";
import type { RunDefinition } from "../workflow-runs/definition.ts";
import { listNeighbours } from "./reindex-run.ts";
import { type StaffObject, staffAccess } from "./staff-object.ts";
import { type IndicesChecked, writeIndexCheckPlan } from "./write-indices.ts";

/** From where the index check was started. */
export type IndexCheckContext = "request" | "labPrep" | "pool";

const kinds: Readonly<Record<IndexCheckContext, StaffObject>> = { request: "seq_request", labPrep: "lab_prep", pool: "pool" };

function scopeOf(from: IndexCheckContext, objectId: number) {
	if (from === "request") return { requestId: objectId };
	return from === "pool" ? { poolId: objectId } : { labPrepId: objectId };
}

/** The index check as a workflow of a request, lab prep or pool, for insiders (extensions.md §3). */
export function indexCheckDefinition(from: IndexCheckContext): RunDefinition<IndexCheckFacts, IndicesChecked> {
	return {
		workflow: indexCheckWorkflow,
		noun: "index check",
		...staffAccess(kinds[from]),
		async loadFacts(reader, viewer, objectId) {
			const libraries = await listIndexedLibraries(reader, viewer, scopeOf(from, objectId));
			const requestIds = [...new Set(libraries.map((library) => library.requestId))];
			const ids = libraries.map(({ id }) => id);
			return {
				libraries,
				neighbours: await listNeighbours(reader, viewer, libraries),
				requestsWithOtherOpenIndices: await listRequestsWithOpenIndices(reader, requestIds, ids),
			};
		},
		complete: (context, _objectId, state, facts) => writeIndexCheckPlan(context, buildIndexCheckPlan(state, facts)),
	};
}
