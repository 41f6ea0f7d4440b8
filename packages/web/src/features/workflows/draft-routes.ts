import { discardStepDraft, saveStepDraft } from "@opengsync/core/workflow-runs/step-draft";
import { z } from "zod";
import { defineRoute, type Route } from "../../framework/route.ts";
import { fieldValues, rawSheet } from "./raw-sheet.ts";
import { ofStep, type StepExchange, type WorkflowPages } from "./workflow-pages.ts";

const draft = z.object({
	version: z.int().min(0).max(2_147_483_647),
	sheet: rawSheet.nullish(),
	values: fieldValues.default({}),
});

function addressOf({ params }: StepExchange) {
	return { objectId: params.id, uuid: params.run, step: params.step };
}

/** Drafts of sheets, saved as they are typed. They answer a script of the page, in plain text where it fails. */
export function draftRoutes<Facts, Completed>(pages: WorkflowPages<Facts, Completed>): readonly Route[] {
	const path = `${pages.path}:run/:step/draft/`;
	return [
		defineRoute({
			method: "POST",
			path,
			kind: "api",
			policy: pages.policy,
			summary: `Keep what is typed into a step of ${article(pages.run.noun)}`,
			params: ofStep,
			handler: async (exchange) => {
				await pages.load(exchange);
				const { version, sheet, values } = await exchange.readJson(draft);
				const input = { values, ...(sheet ? { sheet } : {}) };
				return exchange.json({
					version: await exchange.command((context) => saveStepDraft(context, pages.run, addressOf(exchange), version, input)),
				});
			},
		}),
		defineRoute({
			method: "DELETE",
			path,
			kind: "api",
			policy: pages.policy,
			summary: `Put aside what was typed into a step of ${article(pages.run.noun)}`,
			params: ofStep,
			handler: async (exchange) => {
				await pages.load(exchange);
				await exchange.command((context) => discardStepDraft(context, pages.run, addressOf(exchange)));
				return exchange.json({ version: 0 });
			},
		}),
	];
}

/** "an annotation", "a re-indexing". */
export function article(noun: string): string {
	return `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`;
}
