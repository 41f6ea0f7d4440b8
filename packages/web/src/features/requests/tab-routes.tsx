import { tickReviewStep } from "@opengsync/core/requests/tick-review-step";
import { requireAllowed } from "@opengsync/core/require-allowed";
import { listDataPaths } from "@opengsync/db/queries/data-paths";
import { type LibraryRow, libraryList } from "@opengsync/db/queries/libraries";
import { poolList } from "@opengsync/db/queries/pools";
import { projectList } from "@opengsync/db/queries/projects";
import {
	listDeliveryEmails,
	listRequestComments,
	listRequestFiles,
	listRequestSamples,
	type RequestPageRow,
} from "@opengsync/db/queries/request-page";
import { listRequestFlow, listRequestRuns, listReviewLibraries } from "@opengsync/db/queries/request-tabs";
import { requestAction } from "@opengsync/domain/request-actions";
import { ActionButton } from "../../components/button.tsx";
import { CopyButton } from "../../components/parts.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { defineList, type ListDefinition } from "../../framework/list.ts";
import { showList } from "../../framework/list-routes.tsx";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { RequestLibraryButtons } from "../libraries/request-buttons.tsx";
import { requestLibraries } from "../libraries/tables.tsx";
import { requestPools } from "../pools/tables.tsx";
import { requestProjects } from "../projects/tables.tsx";
import { loadRequest } from "./load-request.ts";
import { RequestData, RequestOverview } from "./overview-tab.tsx";
import { factsOf, removeLibrariesAction } from "./request-facts.ts";
import { RequestFiles } from "./request-files.tsx";
import { RequestComments, RequestSamples, RequestShare } from "./request-tabs.tsx";
import { RequestReview } from "./review-tab.tsx";
import { RequestWorkflows } from "./workflows-tab.tsx";

type Show = (exchange: Exchange<{ id: number }>, request: RequestPageRow) => Promise<Response>;

/** A tab of a request that is loaded when it is opened. */
function tab(name: string, summary: string, show: Show, level: "VIEW" | "EDIT" | "INSIDER" = "VIEW") {
	return defineRoute({
		method: "GET",
		path: `/htmx/seq_requests/:id/${name}`,
		kind: "fragment",
		policy: onObject("request", "id", level),
		summary,
		params: withId,
		handler: async (exchange) => show(exchange, await loadRequest(exchange)),
	});
}

/** Libraries of a request with what is done with a single one (access-and-web.md §11.2). */
function librariesOf(request: RequestPageRow): ListDefinition<LibraryRow> {
	const resequence = requestAction("resequence", factsOf(request));
	return defineList<LibraryRow>({
		...requestLibraries,
		menu: (row) => {
			const removal = removeLibrariesAction(request, [row.status_id]);
			return (
				<>
					<CopyButton text={row.name} label="Copy name" />
					{resequence.shown && (
						<ActionButton
							action={`/libraries/${row.id}/resequence/`}
							small
							look="quiet"
							disabledReason={resequence.reason}
							confirm={{ title: `Re-sequence ${row.name}?`, text: "A clone with the same indices is added.", yes: "Re-sequence" }}
						>
							Re-sequence
						</ActionButton>
					)}
					{removal.shown && (
						<ActionButton
							action={`/seq_requests/${request.id}/libraries/${row.id}/remove/`}
							small
							look="quiet"
							disabledReason={removal.reason}
							confirm={{
								title: `Remove ${row.name}?`,
								text: "The library is deleted, and samples that no other library has.",
								yes: "Remove",
							}}
						>
							Remove
						</ActionButton>
					)}
				</>
			);
		},
	});
}

const material = [
	tab("samples", "Samples of a request", async (exchange, request) => {
		const samples = await listRequestSamples(exchange.db, exchange.viewer, request.id);
		return exchange.fragment(<RequestSamples request={request} samples={samples} />);
	}),
	tab("libraries", "Libraries of a request", (exchange, request) =>
		showList(exchange, librariesOf(request), libraryList, {
			scope: { seq_request_id: request.id },
			toolbar: (
				<RequestLibraryButtons
					requestId={request.id}
					numLibraries={request.num_libraries}
					isInsider={exchange.isInsider}
					resequence={requestAction("resequence", factsOf(request))}
				/>
			),
		}),
	),
	tab("pools", "Pools of a request", (exchange, request) =>
		showList(exchange, requestPools, poolList, { scope: { seq_request_id: request.id } }),
	),
	tab("projects", "Projects of a request", (exchange, request) =>
		showList(exchange, requestProjects, projectList, { scope: { seq_request_id: request.id } }),
	),
	tab("overview", "Overview of a request as a diagram", async (exchange, request) =>
		exchange.fragment(
			<RequestOverview
				rows={await listRequestFlow(exchange.db, exchange.viewer, request.id)}
				submissionTypeId={request.submission_type_id}
				isInsider={exchange.isInsider}
			/>,
		),
	),
	tab("data", "Data paths of a request", async (exchange, request) =>
		exchange.fragment(<RequestData paths={await listDataPaths(exchange.db, "seq_request", request.id)} />),
	),
];

const correspondence = [
	tab("files", "Files of a request", async (exchange, request) =>
		exchange.fragment(<RequestFiles request={request} files={await listRequestFiles(exchange.db, request.id)} />),
	),
	tab("comments", "Comments on a request", async (exchange, request) => {
		const comments = await listRequestComments(exchange.db, request.id);
		return exchange.fragment(<RequestComments request={request} comments={comments} viewerId={exchange.viewer.id} />);
	}),
	tab("share", "Delivery addresses of a request", async (exchange, request) =>
		exchange.fragment(<RequestShare request={request} emails={await listDeliveryEmails(exchange.db, request.id)} />),
	),
	tab(
		"workflows",
		"Unfinished workflows of a request",
		async (exchange, request) => {
			const runs = await listRequestRuns(exchange.db, request.id);
			return exchange.fragment(<RequestWorkflows request={request} runs={runs} viewerId={exchange.viewer.id} />);
		},
		"EDIT",
	),
];

const review = [
	tab(
		"review",
		"Review of a submitted request",
		async (exchange, request) => {
			requireAllowed(requestAction("review", factsOf(request)));
			const [libraries, comments] = await Promise.all([
				listReviewLibraries(exchange.db, exchange.viewer, request.id),
				listRequestComments(exchange.db, request.id),
			]);
			return exchange.fragment(<RequestReview request={request} libraries={libraries} comments={comments} />);
		},
		"INSIDER",
	),
	defineRoute({
		method: "POST",
		path: "/seq_requests/:id/review/",
		kind: "action",
		policy: onObject("request", "id", "INSIDER"),
		summary: "Tick a step of the review of a request",
		params: withId,
		handler: async (exchange) => {
			const request = await loadRequest(exchange);
			const fields = await exchange.readFields();
			const [step] = fields.get("step") ?? [];
			const isDone = fields.get("done")?.[0] === "1";
			await exchange.command((context) => tickReviewStep(context, request.id, typeof step === "string" ? step : "", isDone));
			return exchange.redirect(`/seq_requests/${request.id}/?tab=review`);
		},
	}),
];

/** Tabs of the page of a request (access-and-web.md §8.3). */
export const requestTabRoutes: readonly Route[] = [...review, ...material, ...correspondence];
