import { InvalidInputError, NotFoundError } from "@opengsync/core/errors";
import { storeMaterial } from "@opengsync/core/lab/store-material";
import {
	findStoringRequest,
	isMaterialOfRequest,
	listWaitingMaterial,
	type MaterialIds,
	type StoringRequest,
} from "@opengsync/db/queries/lab-material";
import { requestIdentifier } from "@opengsync/domain/identifiers";
import { z } from "zod";
import type { Exchange } from "../../framework/exchange.ts";
import { defineForm, type EnteredForm, enteredTexts, type FormState, untouched } from "../../framework/form.ts";
import { insider } from "../../framework/policy.ts";
import { defineRoute, idInPath, type Route } from "../../framework/route.ts";
import { StoreSamplesPage } from "./store-samples-page.tsx";

const withRequest = z.object({ seq_request_id: idInPath.optional() });
type Query = z.output<typeof withRequest>;
type StoreExchange = Exchange<Record<never, never>, Query>;

/** The boxes that are ticked come as ids under the kind's name. */
const selectionForm = defineForm({ name: "store-samples", submitLabel: "Store", fields: {} });

async function loadRequest(exchange: StoreExchange): Promise<StoringRequest | null> {
	const id = exchange.query.seq_request_id;
	if (id === undefined) return null;
	const request = await findStoringRequest(exchange.db, id);
	if (!request) throw new NotFoundError("This request");
	return request;
}

async function show(exchange: StoreExchange, request: StoringRequest | null, state: FormState): Promise<Response> {
	const waiting = await listWaitingMaterial(exchange.db, request?.id ?? null);
	const crumbs = request
		? [
				{ label: "Requests", href: "/seq_requests/" },
				{ label: requestIdentifier(request.id), href: `/seq_requests/${request.id}/` },
			]
		: [{ label: "Dashboard", href: "/" }];
	return exchange.page(
		{
			title: "Store samples",
			subtitle: request ? `${requestIdentifier(request.id)} ${request.name}` : "What has arrived?",
			active: request ? "requests" : "dashboard",
			breadcrumbs: [...crumbs, { label: "Store samples" }],
		},
		<StoreSamplesPage request={request} waiting={waiting} state={state} action={exchange.url.pathname + exchange.url.search} />,
	);
}

function readIds(entered: EnteredForm, name: string): number[] {
	return enteredTexts(entered, name).map((text) => {
		const id = idInPath.safeParse(text);
		if (!id.success) throw new NotFoundError("A selected object");
		return id.data;
	});
}

function readSelection(entered: EnteredForm): MaterialIds {
	return {
		sampleIds: readIds(entered, "sampleIds"),
		libraryIds: readIds(entered, "libraryIds"),
		poolIds: readIds(entered, "poolIds"),
	};
}

/** Receiving material: lab-workflows.md §5. */
export const labRoutes: readonly Route[] = [
	defineRoute({
		method: "GET",
		path: "/workflows/store_samples/",
		kind: "page",
		policy: insider,
		summary: "Choose the samples, libraries and pools that have arrived",
		query: withRequest,
		handler: async (exchange) => show(exchange, await loadRequest(exchange), untouched),
	}),
	defineRoute({
		method: "POST",
		path: "/workflows/store_samples/",
		kind: "action",
		policy: insider,
		summary: "Store samples, libraries and pools that have arrived",
		query: withRequest,
		handler: async (exchange) => {
			const request = await loadRequest(exchange);
			const entered = await exchange.readFields();
			return exchange.acceptForm(
				selectionForm,
				async () => {
					const selection = readSelection(entered);
					const isForeign = request !== null && !(await isMaterialOfRequest(exchange.db, request.id, selection));
					if (isForeign) {
						throw new InvalidInputError([{ field: "", message: "Some of what was selected does not belong to this request." }]);
					}
					await exchange.command((context) => storeMaterial(context, selection));
					exchange.flash("success", "Samples Stored!");
					return exchange.redirect(request ? `/seq_requests/${request.id}/` : "/");
				},
				(state) => show(exchange, request, state),
			);
		},
	}),
];
