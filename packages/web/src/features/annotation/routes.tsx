import {
	completeAnnotation,
	discardAnnotation,
	findOwnAnnotation,
	goBackInAnnotation,
	presentAnnotation,
	startAnnotation,
	submitAnnotationStep,
} from "@opengsync/core/annotation/annotation-run";
import { listColleagueRuns } from "@opengsync/core/annotation/take-over";
import type { StepInput } from "@opengsync/domain/annotation/state";
import type { FieldError } from "@opengsync/domain/annotation/step";
import { requestIdentifier } from "@opengsync/domain/identifiers";
import type { Problem } from "@opengsync/domain/sheets/types";
import { z } from "zod";
import type { Exchange } from "../../framework/exchange.ts";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, idInPath, type Route, withId } from "../../framework/route.ts";
import { draftRoutes } from "./draft-routes.ts";
import { authorizeRequest, withOwnRun } from "./run-access.tsx";
import { readStepInput } from "./step-form.ts";
import { runUrl, StepPage } from "./step-page.tsx";
import { takeOverRoutes } from "./take-over-routes.tsx";

const ofRun = z.object({ id: idInPath, run: z.string().max(36) });
const ofStep = ofRun.extend({ step: z.string().max(64) });
const editor = onObject("request", "id", "EDIT");

interface Refusal {
	readonly problems: readonly Problem[];
	readonly fieldErrors: readonly FieldError[];
	readonly input: StepInput;
}

async function showStep(exchange: Exchange<{ id: number; run: string }>, refusal: Refusal | null = null): Promise<Response> {
	const { id, run: uuid } = exchange.params;
	const shown = await presentAnnotation(exchange.db, exchange.viewer, id, uuid, refusal?.input ?? null);
	return exchange.page(
		{
			title: shown.view.title,
			subtitle: `${requestIdentifier(id)} · ${shown.requestName}`,
			active: "requests",
			breadcrumbs: [
				{ label: "Requests", href: "/seq_requests/" },
				{ label: requestIdentifier(id), href: `/seq_requests/${id}/` },
				{ label: "Add samples" },
			],
			...(refusal ? { httpStatus: 422 } : {}),
		},
		<StepPage
			requestId={id}
			uuid={uuid}
			step={shown.step}
			visited={shown.run.state.history.map((record) => record.step)}
			view={shown.view}
			isFirst={shown.isFirst}
			refused={refusal !== null}
			problems={refusal?.problems ?? []}
			fieldErrors={refusal?.fieldErrors ?? []}
			savedAt={shown.run.changedAt}
			draft={shown.draft}
		/>,
	);
}

const start = defineRoute({
	method: "POST",
	path: "/seq_requests/:id/annotation/",
	kind: "action",
	policy: editor,
	summary: "Start or resume the annotation of samples",
	params: withId,
	handler: async (exchange) => {
		await authorizeRequest(exchange);
		const { id } = exchange.params;
		const isDecided = (await exchange.readFields()).has("anew");
		const own = await findOwnAnnotation(exchange.db, exchange.viewer, id);
		if (!own && !isDecided && (await listColleagueRuns(exchange.db, exchange.viewer, id)).length > 0) {
			return exchange.redirect(`/seq_requests/${id}/annotation/`);
		}
		const { uuid, resumed } = await exchange.command((context) => startAnnotation(context, id));
		if (resumed) exchange.flash("info", "You continue where you stopped. Discard it to begin anew.");
		return exchange.redirect(runUrl(id, uuid));
	},
});

const show = defineRoute({
	method: "GET",
	path: "/seq_requests/:id/annotation/:run/",
	kind: "page",
	policy: editor,
	summary: "Current step of an annotation",
	params: ofRun,
	handler: async (exchange) => {
		await authorizeRequest(exchange);
		return withOwnRun(exchange, () => showStep(exchange));
	},
});

/** A refused step is shown at its own address: loading it anew, or coming back after signing in, leads to where the run stands. */
const showFromStep = defineRoute({
	method: "GET",
	path: "/seq_requests/:id/annotation/:run/:step/",
	kind: "page",
	policy: editor,
	summary: "Lead to the current step of an annotation",
	params: ofStep,
	handler: async (exchange) => {
		await authorizeRequest(exchange);
		return exchange.redirect(runUrl(exchange.params.id, exchange.params.run));
	},
});

const submit = defineRoute({
	method: "POST",
	path: "/seq_requests/:id/annotation/:run/:step/",
	kind: "action",
	policy: editor,
	summary: "Submit a step of an annotation, or complete it",
	params: ofStep,
	handler: async (exchange) => {
		await authorizeRequest(exchange);
		return withOwnRun(exchange, () => submitStep(exchange));
	},
});

async function submitStep(exchange: Exchange<z.output<typeof ofStep>>): Promise<Response> {
	const { id, run, step } = exchange.params;
	const shown = await presentAnnotation(exchange.db, exchange.viewer, id, run, null);
	if (shown.step !== step) {
		exchange.flash("warning", "This step was already left, maybe in another tab. Here is where the annotation stands.");
		return exchange.redirect(runUrl(id, run));
	}
	const fields = shown.view.kind === "sheet" ? (shown.view.fields ?? []) : shown.view.fields;
	const input = readStepInput(await exchange.readFields(), fields, shown.view.kind === "sheet");
	if (shown.view.kind !== "review") {
		const outcome = await exchange.command((context) => submitAnnotationStep(context, id, run, step, input));
		return outcome.accepted ? exchange.redirect(runUrl(id, run)) : showStep(exchange, { ...outcome, input });
	}
	const outcome = await exchange.command((context) => completeAnnotation(context, id, run, input));
	if (!outcome.accepted && outcome.returnedTo) {
		exchange.flash("error", outcome.returnedTo.message);
		return exchange.redirect(runUrl(id, run));
	}
	if (!outcome.accepted) return showStep(exchange, { ...outcome, input });
	exchange.flash("success", `${outcome.created.libraries.length} libraries added.`);
	return exchange.redirect(`/seq_requests/${id}/`);
}

const back = defineRoute({
	method: "POST",
	path: "/seq_requests/:id/annotation/:run/back/",
	kind: "action",
	policy: editor,
	summary: "Go back one step of an annotation",
	params: ofRun,
	handler: async (exchange) => {
		await authorizeRequest(exchange);
		const { id, run } = exchange.params;
		return withOwnRun(exchange, async () => {
			await exchange.command((context) => goBackInAnnotation(context, id, run));
			return exchange.redirect(runUrl(id, run));
		});
	},
});

const discard = defineRoute({
	method: "POST",
	path: "/seq_requests/:id/annotation/:run/discard/",
	kind: "action",
	policy: editor,
	summary: "Discard an annotation",
	params: ofRun,
	handler: async (exchange) => {
		await authorizeRequest(exchange);
		const { id, run } = exchange.params;
		return withOwnRun(exchange, async () => {
			await exchange.command((context) => discardAnnotation(context, id, run));
			exchange.flash("success", "Annotation discarded.");
			return exchange.redirect(`/seq_requests/${id}/`);
		});
	},
});

/** The annotation of samples, step by step. */
export const annotationRoutes: readonly Route[] = [
	start,
	show,
	showFromStep,
	submit,
	back,
	discard,
	...draftRoutes,
	...takeOverRoutes,
];
