import { withFileChanges } from "@opengsync/core/files/file-changes";
import { archiveRequest, unarchiveRequest } from "@opengsync/core/requests/archive-request";
import { cloneRequest } from "@opengsync/core/requests/clone-request";
import { deleteRequest } from "@opengsync/core/requests/delete-request";
import { removeAllLibraries, removeLibrary, removeSampleFromRequest } from "@opengsync/core/requests/remove-libraries";
import { requireAllowed } from "@opengsync/core/require-allowed";
import { findRequestLosses, type RequestLosses } from "@opengsync/db/queries/request-losses";
import type { RequestPageRow } from "@opengsync/db/queries/request-page";
import { requestIdentifier } from "@opengsync/domain/identifiers";
import { type RequestActionName, requestAction } from "@opengsync/domain/request-actions";
import { z } from "zod";
import { Notice } from "../../components/parts.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { defineForm } from "../../framework/form.ts";
import { formRoutes } from "../../framework/form-routes.tsx";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, idInPath, type Route, withId } from "../../framework/route.ts";
import { loadRequest } from "./load-request.ts";
import { factsOf } from "./request-facts.ts";

const requestUrl = (id: number) => `/seq_requests/${id}/`;
const breadcrumbs = (request: RequestPageRow) => [
	{ label: "Requests", href: "/seq_requests/" },
	{ label: requestIdentifier(request.id), href: requestUrl(request.id) },
];

/** Loads the request and refuses at once what the table of actions does not offer. */
async function loadFor(exchange: Exchange<{ id: number }>, action: RequestActionName): Promise<RequestPageRow> {
	const request = await loadRequest(exchange);
	requireAllowed(requestAction(action, factsOf(request)));
	return request;
}

const cloneMethods = [
	{ value: "pooled", label: "Pooled: the pools and their libraries as they are" },
	{ value: "indexed", label: "Indexed: the libraries with their indices, to be pooled anew" },
	{ value: "raw", label: "Raw: the samples, to be prepared and indexed anew" },
] as const;

const clone = formRoutes({
	params: withId,
	active: "requests",
	breadcrumbs,
	pagePath: "/seq_requests/:id/clone/",
	dialogPath: "/htmx/seq_requests/:id/clone",
	policy: onObject("request", "id", "INSIDER"),
	summary: "Clone a request",
	title: (request: RequestPageRow) => `Clone ${requestIdentifier(request.id)}`,
	load: (exchange) => loadFor(exchange, "clone"),
	intro: () => <p>A new draft of the same requestor, with copies of the contacts and of the libraries.</p>,
	form: () =>
		defineForm({
			name: "clone-form",
			submitLabel: "Clone request",
			fields: { method: { kind: "radio", label: "What is sequenced again?", required: true, options: cloneMethods } },
		}),
	accept: async (exchange, values, request) => {
		const id = await exchange.command((context) => cloneRequest(context, request.id, values.method));
		exchange.flash("success", `${requestIdentifier(request.id)} was cloned as ${requestIdentifier(id)}.`);
		return requestUrl(id);
	},
});

interface Doomed {
	readonly request: RequestPageRow;
	readonly losses: RequestLosses;
}

async function loadDoomed(exchange: Exchange<{ id: number }>, action: RequestActionName): Promise<Doomed> {
	const request = await loadFor(exchange, action);
	return { request, losses: await findRequestLosses(exchange.db, request.id) };
}

function counted(number: number, one: string, many: string): string | null {
	return number === 0 ? null : `${number} ${number === 1 ? one : many}`;
}

/** What goes, in words, so that nobody is surprised. */
function LossNotice({ parts }: { parts: readonly (string | null)[] }) {
	const lost = parts.filter((part) => part !== null);
	return (
		<Notice look="warning" title="This cannot be undone">
			<p>{lost.length > 0 ? "These are lost:" : "Nothing else is lost with it."}</p>
			{lost.length > 0 && (
				<ul>
					{lost.map((part) => (
						<li>{part}</li>
					))}
				</ul>
			)}
		</Notice>
	);
}

const lostLibraries = (losses: RequestLosses) => [
	counted(losses.num_libraries, "library", "libraries"),
	counted(losses.num_samples, "sample that no other request uses", "samples that no other request uses"),
];

const deletion = formRoutes({
	params: withId,
	active: "requests",
	breadcrumbs: ({ request }) => breadcrumbs(request),
	pagePath: "/seq_requests/:id/delete/",
	dialogPath: "/htmx/seq_requests/:id/delete",
	policy: onObject("request", "id", "EDIT"),
	summary: "Delete a request with all that is only its own",
	title: ({ request }: Doomed) => `Delete ${requestIdentifier(request.id)} “${request.name}”?`,
	load: (exchange) => loadDoomed(exchange, "delete"),
	intro: ({ losses }) => (
		<LossNotice
			parts={[
				...lostLibraries(losses),
				counted(losses.num_external_pools, "pool of the customer", "pools of the customer"),
				counted(losses.num_files, "file", "files"),
				counted(losses.num_comments, "comment", "comments"),
				counted(losses.num_data_paths, "link to data", "links to data"),
			]}
		/>
	),
	form: () => defineForm({ name: "delete-form", submitLabel: "Delete request", isDestructive: true, fields: {} }),
	accept: async (exchange, _, { request }) => {
		await withFileChanges(exchange.services.files, (changes) =>
			exchange.command((context) => deleteRequest(context, request.id, changes)),
		);
		exchange.flash("success", `${requestIdentifier(request.id)} was deleted.`);
		return "/seq_requests/";
	},
});

const removeAll = formRoutes({
	params: withId,
	active: "requests",
	breadcrumbs: ({ request }) => breadcrumbs(request),
	pagePath: "/seq_requests/:id/libraries/remove/",
	dialogPath: "/htmx/seq_requests/:id/libraries/remove",
	policy: onObject("request", "id", "EDIT"),
	summary: "Remove all libraries of a request",
	title: ({ request }: Doomed) => `Remove all libraries of ${requestIdentifier(request.id)}?`,
	load: (exchange) => loadDoomed(exchange, "removeAllLibraries"),
	intro: ({ losses }) => <LossNotice parts={lostLibraries(losses)} />,
	form: () => defineForm({ name: "remove-form", submitLabel: "Remove all libraries", isDestructive: true, fields: {} }),
	accept: async (exchange, _, { request }) => {
		const number = await exchange.command((context) => removeAllLibraries(context, request.id));
		exchange.flash("success", `${counted(number, "library", "libraries")} removed.`);
		return requestUrl(request.id);
	},
});

const removals = [
	defineRoute({
		method: "POST",
		path: "/seq_requests/:id/libraries/:libraryId/remove/",
		kind: "action",
		policy: onObject("request", "id", "EDIT"),
		summary: "Remove a library from its request",
		params: z.object({ id: idInPath, libraryId: idInPath }),
		handler: async (exchange) => {
			const request = await loadRequest(exchange);
			await exchange.command((context) => removeLibrary(context, request.id, exchange.params.libraryId));
			exchange.flash("success", "Library removed.");
			return exchange.redirect(`${requestUrl(request.id)}?tab=libraries`);
		},
	}),
	defineRoute({
		method: "POST",
		path: "/seq_requests/:id/samples/:sampleId/remove/",
		kind: "action",
		policy: onObject("request", "id", "EDIT"),
		summary: "Remove a sample from a request",
		params: z.object({ id: idInPath, sampleId: idInPath }),
		handler: async (exchange) => {
			const request = await loadRequest(exchange);
			const number = await exchange.command((context) => removeSampleFromRequest(context, request.id, exchange.params.sampleId));
			exchange.flash("success", `Sample removed with ${counted(number, "library", "libraries")}; it stays in its project.`);
			return exchange.redirect(`${requestUrl(request.id)}?tab=samples`);
		},
	}),
];

const archiving = [
	defineRoute({
		method: "POST",
		path: "/seq_requests/:id/archive/",
		kind: "action",
		policy: onObject("request", "id", "EDIT"),
		summary: "Archive a request",
		params: withId,
		handler: async (exchange) => {
			const request = await loadRequest(exchange);
			await exchange.command((context) => archiveRequest(context, request.id));
			exchange.flash("success", "Request archived.");
			return exchange.redirect(requestUrl(request.id));
		},
	}),
	defineRoute({
		method: "POST",
		path: "/seq_requests/:id/unarchive/",
		kind: "action",
		policy: onObject("request", "id", "INSIDER"),
		summary: "Bring an archived request back as a draft",
		params: withId,
		handler: async (exchange) => {
			const request = await loadRequest(exchange);
			await exchange.command((context) => unarchiveRequest(context, request.id));
			exchange.flash("success", "The request is a draft again.");
			return exchange.redirect(requestUrl(request.id));
		},
	}),
];

/** Cloning, archiving and deleting requests, and removing their material (requests-and-annotation.md §2.2, §2.8). */
export const requestLifecycleRoutes: readonly Route[] = [...clone, ...deletion, ...removeAll, ...removals, ...archiving];
