import { indexCheckDefinition } from "@opengsync/core/indices/index-check-run";
import type { IndicesChecked } from "@opengsync/core/indices/write-indices";
import { insider, onObject } from "../../framework/policy.ts";
import type { Route } from "../../framework/route.ts";
import { loadPoolSubject, loadPrepSubject, loadRequestSubject } from "../workflows/subjects.ts";
import { workflowRoutes } from "../workflows/workflow-routes.tsx";

const words = {
	title: "Index check",
	confirmCompletion: {
		title: "Complete the index check?",
		text: "Indices written as reverse complement are turned round; those answered count as validated.",
		yes: "Complete",
	},
	describeCompletion: ({ changed, checked }: IndicesChecked) => `Indices checked: ${checked}; changed: ${changed}.`,
} as const;

/** Index check: staff settles how the indices of a request, pool or prep are written (extensions.md §3). */
export const indexCheckRoutes: readonly Route[] = [
	...workflowRoutes({
		...words,
		run: indexCheckDefinition("request"),
		path: "/seq_requests/:id/index_check/",
		policy: onObject("request", "id", "INSIDER"),
		load: loadRequestSubject,
	}),
	...workflowRoutes({
		...words,
		run: indexCheckDefinition("pool"),
		path: "/pools/:id/index_check/",
		policy: onObject("pool", "id", "INSIDER"),
		load: loadPoolSubject,
	}),
	...workflowRoutes({
		...words,
		run: indexCheckDefinition("labPrep"),
		path: "/lab_preps/:id/index_check/",
		policy: insider,
		load: loadPrepSubject,
	}),
];
