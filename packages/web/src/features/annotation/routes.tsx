import { annotationDefinition } from "@opengsync/core/annotation/annotation-run";
import { findRequest } from "@opengsync/db/queries/seq-requests";
import { requestIdentifier } from "@opengsync/domain/identifiers";
import { onObject } from "../../framework/policy.ts";
import { workflowRoutes } from "../workflows/workflow-routes.tsx";

/** The annotation of samples, step by step. */
export const annotationRoutes = workflowRoutes({
	run: annotationDefinition,
	path: "/seq_requests/:id/annotation/",
	policy: onObject("request", "id", "EDIT"),
	title: "Add samples",
	confirmCompletion: { title: "Complete the annotation?", text: "Samples and libraries are created.", yes: "Complete" },
	load: async (exchange) => {
		const request = exchange.authorize(await findRequest(exchange.db, exchange.viewer, exchange.params.id));
		const identifier = requestIdentifier(request.id);
		return {
			home: `/seq_requests/${request.id}/`,
			homeLabel: "the request",
			subtitle: `${identifier} · ${request.name}`,
			active: "requests",
			breadcrumbs: [
				{ label: "Requests", href: "/seq_requests/" },
				{ label: identifier, href: `/seq_requests/${request.id}/` },
			],
		};
	},
	describeCompletion: (created) => `${created.libraries.length} libraries added.`,
});
