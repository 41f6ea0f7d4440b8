import { type Reindexed, reindexDefinition } from "@opengsync/core/indices/reindex-run";
import { insider, onObject } from "../../framework/policy.ts";
import type { Route } from "../../framework/route.ts";
import { loadPoolSubject, loadPrepSubject, loadRequestSubject } from "../workflows/subjects.ts";
import { workflowRoutes } from "../workflows/workflow-routes.tsx";

const words = {
	title: "Re-index",
	confirmCompletion: {
		title: "Complete the re-indexing?",
		text: "The indices of the chosen libraries are replaced, or deleted where you wrote so.",
		yes: "Complete",
	},
	describeCompletion: ({ changed, deleted }: Reindexed) => {
		if (changed === 0) return "Every library keeps its indices as they are.";
		const libraries = `Indices of ${changed} ${changed === 1 ? "library" : "libraries"} changed`;
		return deleted > 0 ? `${libraries}; ${deleted} of them ${deleted === 1 ? "has" : "have"} none any more.` : `${libraries}.`;
	},
} as const;

/** Re-index: from a request, a pool, a prep, or for libraries named by their numbers (requests-and-annotation.md §8). */
export const reindexRoutes: readonly Route[] = [
	...workflowRoutes({
		...words,
		run: reindexDefinition("request"),
		path: "/seq_requests/:id/reindex/",
		policy: onObject("request", "id", "EDIT"),
		load: loadRequestSubject,
	}),
	...workflowRoutes({
		...words,
		run: reindexDefinition("pool"),
		path: "/pools/:id/reindex/",
		policy: onObject("pool", "id", "INSIDER"),
		load: loadPoolSubject,
	}),
	...workflowRoutes({
		...words,
		run: reindexDefinition("labPrep"),
		path: "/lab_preps/:id/reindex/",
		policy: insider,
		load: loadPrepSubject,
	}),
	...workflowRoutes({
		...words,
		run: reindexDefinition("none"),
		path: "/workflows/reindex/",
		policy: insider,
		load: async () => ({
			home: "/",
			homeLabel: "the dashboard",
			subtitle: null,
			active: "dashboard",
			breadcrumbs: [{ label: "Dashboard", href: "/" }],
		}),
	}),
];
