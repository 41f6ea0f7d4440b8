import { discardAnnotationDraft, saveAnnotationDraft } from "@opengsync/core/annotation/annotation-draft";
import { z } from "zod";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, idInPath, type Route } from "../../framework/route.ts";
import { fieldValues, rawSheet } from "./raw-sheet.ts";
import { authorizeRequest } from "./run-access.tsx";

const editor = onObject("request", "id", "EDIT");
const ofStep = z.object({ id: idInPath, run: z.string().max(36), step: z.string().max(64) });

const draft = z.object({
	version: z.int().min(0).max(2_147_483_647),
	sheet: rawSheet.nullish(),
	values: fieldValues.default({}),
});

/** Answers a script of the page, in plain text where it fails. */
const save = defineRoute({
	method: "POST",
	path: "/seq_requests/:id/annotation/:run/:step/draft/",
	kind: "api",
	policy: editor,
	summary: "Keep what is typed into a step of an annotation",
	params: ofStep,
	handler: async (exchange) => {
		await authorizeRequest(exchange);
		const { id, run, step } = exchange.params;
		const { version, sheet, values } = await exchange.readJson(draft);
		const input = { values, ...(sheet ? { sheet } : {}) };
		return exchange.json({
			version: await exchange.command((context) => saveAnnotationDraft(context, id, run, step, version, input)),
		});
	},
});

const discard = defineRoute({
	method: "DELETE",
	path: "/seq_requests/:id/annotation/:run/:step/draft/",
	kind: "api",
	policy: editor,
	summary: "Put aside what was typed into a step of an annotation",
	params: ofStep,
	handler: async (exchange) => {
		await authorizeRequest(exchange);
		const { id, run, step } = exchange.params;
		await exchange.command((context) => discardAnnotationDraft(context, id, run, step));
		return exchange.json({ version: 0 });
	},
});

/** Drafts of sheets, saved as they are typed. */
export const draftRoutes: readonly Route[] = [save, discard];
