import { listColleagueRuns, takeOverAnnotation } from "@opengsync/core/annotation/take-over";
import { BadRequestError } from "@opengsync/core/errors";
import { z } from "zod";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, idInPath, type Route, withId } from "../../framework/route.ts";
import { authorizeRequest, showColleagueRuns, withOwnRun } from "./run-access.tsx";
import { runUrl } from "./step-page.tsx";

const editor = onObject("request", "id", "EDIT");

const choose = defineRoute({
	method: "GET",
	path: "/seq_requests/:id/annotation/",
	kind: "page",
	policy: editor,
	summary: "Unfinished annotations of colleagues",
	params: withId,
	handler: async (exchange) => {
		await authorizeRequest(exchange);
		const { db, viewer, params } = exchange;
		if ((await listColleagueRuns(db, viewer, params.id)).length === 0) return exchange.redirect(`/seq_requests/${params.id}/`);
		return showColleagueRuns(exchange);
	},
});

const takeOver = defineRoute({
	method: "POST",
	path: "/seq_requests/:id/annotation/:run/take-over/",
	kind: "action",
	policy: editor,
	summary: "Take over an unfinished annotation of a colleague",
	params: z.object({ id: idInPath, run: z.string().max(36) }),
	handler: async (exchange) => {
		await authorizeRequest(exchange);
		const { id, run } = exchange.params;
		const sent = (await exchange.readFields()).get("owner_id")?.[0];
		const ownerId = idInPath.safeParse(sent);
		if (!ownerId.success) throw new BadRequestError("Open the request and choose the annotation that you want to take over.");
		return withOwnRun(exchange, async () => {
			await exchange.command((context) => takeOverAnnotation(context, id, run, ownerId.data));
			exchange.flash("success", "The annotation is yours now: you continue where it stood.");
			return exchange.redirect(runUrl(id, run));
		});
	},
});

/** Taking over unfinished annotations (extensions.md §9). */
export const takeOverRoutes: readonly Route[] = [choose, takeOver];
