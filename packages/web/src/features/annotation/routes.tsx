import { annotationDefinition } from "@opengsync/core/annotation/annotation-run";
import { onObject } from "../../framework/policy.ts";
import { loadRequestSubject } from "../workflows/subjects.ts";
import { workflowRoutes } from "../workflows/workflow-routes.tsx";

/** The annotation of samples, step by step. */
export const annotationRoutes = workflowRoutes({
	run: annotationDefinition,
	path: "/seq_requests/:id/annotation/",
	policy: onObject("request", "id", "EDIT"),
	title: "Add samples",
	confirmCompletion: { title: "Complete the annotation?", text: "Samples and libraries are created.", yes: "Complete" },
	load: loadRequestSubject,
	describeCompletion: ({ libraries }) => `${libraries.length} ${libraries.length === 1 ? "library" : "libraries"} added.`,
});
