import { assignRequest, unassignRequest } from "@opengsync/core/requests/assign-request";
import { listRequestAssignees } from "@opengsync/db/queries/assignees";
import type { RequestPageRow } from "@opengsync/db/queries/request-page";
import { requestIdentifier } from "@opengsync/domain/identifiers";
import { requestAction } from "@opengsync/domain/request-actions";
import type { Route } from "../../framework/route.ts";
import { assigneeRoutes } from "../assignees/assignee-routes.tsx";
import { loadRequest } from "./load-request.ts";
import { factsOf } from "./request-facts.ts";

/** Who of the staff looks after a request. */
export const requestAssigneeRoutes: readonly Route[] = assigneeRoutes<RequestPageRow>({
	entity: "request",
	folder: "seq_requests",
	active: "requests",
	load: loadRequest,
	breadcrumbs: (request) => [
		{ label: "Requests", href: "/seq_requests/" },
		{ label: requestIdentifier(request.id), href: `/seq_requests/${request.id}/` },
	],
	identifier: (request) => requestIdentifier(request.id),
	name: (request) => request.name,
	action: (request, name) => requestAction(name, factsOf(request)),
	list: listRequestAssignees,
	add: assignRequest,
	remove: unassignRequest,
});
