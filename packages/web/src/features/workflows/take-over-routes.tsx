import { BadRequestError } from "@opengsync/core/errors";
import { listColleagueRuns, takeOverRun } from "@opengsync/core/workflow-runs/take-over";
import { defineRoute, idInPath, type Route } from "../../framework/route.ts";
import { article } from "./draft-routes.ts";
import { showColleagueRuns, withOwnRun } from "./run-access.tsx";
import { ofObject, ofRun, runUrl, type WorkflowPages } from "./workflow-pages.ts";

/** Taking over unfinished runs (extensions.md §9). */
export function takeOverRoutes<Facts, Completed>(pages: WorkflowPages<Facts, Completed>): readonly Route[] {
	const { noun } = pages.run;
	return [
		defineRoute({
			method: "GET",
			path: pages.path,
			kind: "page",
			policy: pages.policy,
			summary: `Unfinished ${noun} runs of colleagues`,
			params: ofObject,
			handler: async (exchange) => {
				const subject = await pages.load(exchange);
				const { db, viewer, params } = exchange;
				const runs = await listColleagueRuns(db, viewer, pages.run, params.id);
				return runs.length === 0 ? exchange.redirect(subject.home) : showColleagueRuns(exchange, pages, subject);
			},
		}),
		defineRoute({
			method: "POST",
			path: `${pages.path}:run/take-over/`,
			kind: "action",
			policy: pages.policy,
			summary: `Take over an unfinished ${noun} of a colleague`,
			params: ofRun,
			handler: async (exchange) => {
				const subject = await pages.load(exchange);
				const { id, run } = exchange.params;
				const sent = (await exchange.readFields()).get("owner_id")?.[0];
				const ownerId = idInPath.safeParse(sent);
				if (!ownerId.success) {
					throw new BadRequestError(`Go back to ${subject.homeLabel} and choose ${article(noun)} that you want to take over.`);
				}
				return withOwnRun(exchange, pages, subject, async () => {
					await exchange.command((context) => takeOverRun(context, pages.run, id, run, ownerId.data));
					exchange.flash("success", `The ${noun} is yours now: you continue where it stood.`);
					return exchange.redirect(runUrl(pages, id, run));
				});
			},
		}),
	];
}
