import { createRequest } from "@opengsync/core/requests/create-request";
import { removeDeliveryEmail } from "@opengsync/core/requests/delivery-emails";
import { updateRequest } from "@opengsync/core/requests/update-request";
import { requireAllowed } from "@opengsync/core/require-allowed";
import { listOwnGroups } from "@opengsync/db/queries/groups";
import type { RequestPageRow } from "@opengsync/db/queries/request-page";
import { requestList } from "@opengsync/db/queries/seq-requests";
import { memberById, SubmissionType } from "@opengsync/domain/catalog";
import { requestIdentifier } from "@opengsync/domain/identifiers";
import { requestAction } from "@opengsync/domain/request-actions";
import { LinkButton } from "../../components/button.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { formRoutes } from "../../framework/form-routes.tsx";
import { listRoutes } from "../../framework/list-routes.tsx";
import { onObject, signedIn } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { requestActionRoutes } from "./action-routes.tsx";
import { requestAssigneeRoutes } from "./assignee-routes.ts";
import { requestDocumentRoutes } from "./document-routes.ts";
import { requestFileRoutes } from "./file-routes.ts";
import { requestLifecycleRoutes } from "./lifecycle-routes.tsx";
import { loadRequest } from "./load-request.ts";
import { qualityControlRoutes } from "./quality-control-routes.tsx";
import { RequestButtons } from "./request-buttons.tsx";
import { factsOf } from "./request-facts.ts";
import { buildRequestForm, toRequestFormValues } from "./request-form.ts";
import { RequestStatusBar, RequestTabs } from "./request-page.tsx";
import { requestTabRoutes } from "./tab-routes.tsx";
import { requestsTable } from "./tables.tsx";

const crumbs = [{ label: "Requests", href: "/seq_requests/" }];

async function formFacts(exchange: Exchange, request: RequestPageRow | null) {
	return {
		isInsider: exchange.isInsider,
		groups: exchange.isInsider ? [] : await listOwnGroups(exchange.db, exchange.viewer, request?.group_id ?? null),
		contactEmail: exchange.services.config.email,
		request,
	};
}

const newRequest = formRoutes({
	pagePath: "/seq_requests/new/",
	policy: signedIn,
	summary: "Create a service request",
	title: () => "New request",
	active: "requests",
	breadcrumbs: () => crumbs,
	load: async () => null,
	form: async (_, exchange) => buildRequestForm(await formFacts(exchange, null)),
	accept: async (exchange, values) => {
		const id = await exchange.command((context) => createRequest(context, toRequestFormValues(values)));
		exchange.flash("success", `Request ${requestIdentifier(id)} created. Now add samples.`);
		return `/seq_requests/${id}/`;
	},
});

const editRequest = formRoutes({
	pagePath: "/seq_requests/:id/edit/",
	params: withId,
	policy: onObject("request", "id", "EDIT"),
	summary: "Edit a request",
	title: (request: RequestPageRow) => `Edit ${requestIdentifier(request.id)}`,
	active: "requests",
	breadcrumbs: (request) => [...crumbs, { label: requestIdentifier(request.id), href: `/seq_requests/${request.id}/` }],
	load: async (exchange) => {
		const request = await loadRequest(exchange);
		requireAllowed(requestAction("edit", factsOf(request)));
		return request;
	},
	form: async (request, exchange) => buildRequestForm(await formFacts(exchange, request)),
	accept: async (exchange, values, request) => {
		await exchange.command((context) => updateRequest(context, request.id, toRequestFormValues(values)));
		exchange.flash("success", "Changes saved.");
		return `/seq_requests/${request.id}/`;
	},
});

const requestPage = defineRoute({
	method: "GET",
	path: "/seq_requests/:id/",
	kind: "page",
	policy: onObject("request", "id", "VIEW"),
	summary: "Page of a request",
	params: withId,
	handler: async (exchange) => {
		const request = await loadRequest(exchange);
		return exchange.page(
			{
				title: requestIdentifier(request.id),
				subtitle: `${request.name} · ${memberById(SubmissionType, request.submission_type_id).label}`,
				active: "requests",
				breadcrumbs: [...crumbs, { label: requestIdentifier(request.id) }],
				status: <RequestStatusBar statusId={request.status_id} />,
				actions: <RequestButtons request={request} />,
			},
			<RequestTabs request={request} isInsider={exchange.isInsider} windows={exchange.services.config.submissionWindows} />,
		);
	},
});

const removeAddress = defineRoute({
	method: "POST",
	path: "/seq_requests/:id/share/remove/",
	kind: "action",
	policy: onObject("request", "id", "EDIT"),
	summary: "Remove a delivery address",
	params: withId,
	handler: async (exchange) => {
		const request = await loadRequest(exchange);
		const [email] = (await exchange.readFields()).get("email") ?? [];
		await exchange.command((context) => removeDeliveryEmail(context, request.id, typeof email === "string" ? email : ""));
		exchange.flash("success", "Address removed.");
		return exchange.redirect(`/seq_requests/${request.id}/?tab=share`);
	},
});

/** Requests: list, page, form, life cycle. */
export const requestRoutes: readonly Route[] = [
	...listRoutes({
		path: "/seq_requests/",
		policy: signedIn,
		title: "Requests",
		active: "requests",
		summary: "Requests",
		list: requestsTable,
		spec: requestList,
		actions: () => (
			<LinkButton href="/seq_requests/new/" look="primary" icon="plus">
				New request
			</LinkButton>
		),
	}),
	...newRequest,
	...editRequest,
	requestPage,
	...requestTabRoutes,
	removeAddress,
	...requestLifecycleRoutes,
	...requestDocumentRoutes,
	...requestActionRoutes,
	...requestAssigneeRoutes,
	...qualityControlRoutes,
	...requestFileRoutes,
];
