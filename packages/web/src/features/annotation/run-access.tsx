import { RunOfColleagueError } from "@opengsync/core/annotation/own-run";
import { type ColleagueRun, listColleagueRuns } from "@opengsync/core/annotation/take-over";
import { NotPossibleError } from "@opengsync/core/errors";
import { findRequest } from "@opengsync/db/queries/seq-requests";
import { currentStepName, WorkflowError } from "@opengsync/domain/annotation/engine";
import { requestIdentifier } from "@opengsync/domain/identifiers";
import type { Exchange } from "../../framework/exchange.ts";
import { ColleaguePage } from "./colleague-page.tsx";

/** An exchange about the annotation of a request. */
export type RequestExchange = Exchange<{ id: number }>;

/** Every call checks the request again; the commands check run, step and status. */
export async function authorizeRequest(exchange: RequestExchange) {
	return exchange.authorize(await findRequest(exchange.db, exchange.viewer, exchange.params.id));
}

/** A step that cannot be called now is the caller's mistake, not ours. */
export async function asExpected<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof WorkflowError) throw new NotPossibleError(error.message);
		throw error;
	}
}

/** The page about colleagues' annotations of the request. */
export async function showColleagueRuns(exchange: RequestExchange, takenOver: ColleagueRun | null = null): Promise<Response> {
	const { id } = exchange.params;
	const runs = takenOver ? [takenOver] : await listColleagueRuns(exchange.db, exchange.viewer, id);
	const title = "Annotation of a colleague";
	return exchange.page(
		{
			title,
			active: "requests",
			breadcrumbs: [
				{ label: "Requests", href: "/seq_requests/" },
				{ label: requestIdentifier(id), href: `/seq_requests/${id}/` },
				{ label: "Add samples" },
			],
			...(takenOver ? { httpStatus: 409 } : {}),
		},
		<ColleaguePage requestId={id} runs={runs} wasTakenOver={takenOver !== null && exchange.request.method === "POST"} />,
	);
}

/** Runs `work`; when the run is a colleague's now, a page says whose and offers to take it over. */
export async function withOwnRun(exchange: RequestExchange, work: () => Promise<Response>): Promise<Response> {
	try {
		return await asExpected(work);
	} catch (error) {
		if (!(error instanceof RunOfColleagueError)) throw error;
		const { uuid, userId, userName, state, changedAt } = error.run;
		return showColleagueRuns(exchange, {
			uuid,
			ownerId: userId,
			ownerName: userName,
			step: currentStepName(state) ?? "",
			changedAt,
		});
	}
}
