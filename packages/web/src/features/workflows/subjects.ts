import { findPoolPage } from "@opengsync/db/queries/pool-page";
import { findRequest } from "@opengsync/db/queries/seq-requests";
import { requestIdentifier } from "@opengsync/domain/identifiers";
import type { ObjectExchange, WorkflowSubject } from "./workflow-pages.ts";

/** The request of the address, with the viewer's level checked. */
export async function loadRequestSubject(exchange: ObjectExchange): Promise<WorkflowSubject> {
	const request = exchange.authorize(await findRequest(exchange.db, exchange.viewer, exchange.params.id));
	const identifier = requestIdentifier(request.id);
	const home = `/seq_requests/${request.id}/`;
	return {
		home,
		homeLabel: "the request",
		subtitle: `${identifier} · ${request.name}`,
		active: "requests",
		breadcrumbs: [
			{ label: "Requests", href: "/seq_requests/" },
			{ label: identifier, href: home },
		],
	};
}

/** The pool of the address, with the viewer's level checked. */
export async function loadPoolSubject(exchange: ObjectExchange): Promise<WorkflowSubject> {
	const pool = exchange.authorize(await findPoolPage(exchange.db, exchange.viewer, exchange.params.id));
	const home = `/pools/${pool.id}/`;
	return {
		home,
		homeLabel: "the pool",
		subtitle: pool.name,
		active: "pools",
		breadcrumbs: [
			{ label: "Pools", href: "/pools/" },
			{ label: pool.name, href: home },
		],
	};
}
