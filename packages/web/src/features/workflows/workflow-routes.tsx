import { findOwnRun } from "@opengsync/core/workflow-runs/own-run";
import {
	completeRun,
	discardRun,
	goBackInRun,
	presentRun,
	startRun,
	submitRunStep,
} from "@opengsync/core/workflow-runs/run-workflow";
import { listColleagueRuns } from "@opengsync/core/workflow-runs/take-over";
import type { StepInput } from "@opengsync/domain/annotation/state";
import type { FieldError } from "@opengsync/domain/field-error";
import type { Problem } from "@opengsync/domain/sheets/types";
import { defineRoute, type Route } from "../../framework/route.ts";
import { article, draftRoutes } from "./draft-routes.ts";
import { withOwnRun } from "./run-access.tsx";
import { stepFileRoutes } from "./sheet-files.ts";
import { readStepInput } from "./step-form.ts";
import { StepPage } from "./step-page.tsx";
import { takeOverRoutes } from "./take-over-routes.tsx";
import {
	ofObject,
	ofRun,
	ofStep,
	type RunExchange,
	runsUrl,
	runUrl,
	type StepExchange,
	type WorkflowPages,
	type WorkflowSubject,
} from "./workflow-pages.ts";

interface Refusal {
	readonly problems: readonly Problem[];
	readonly fieldErrors: readonly FieldError[];
	readonly input: StepInput;
}

async function showStep<Facts, Completed>(
	exchange: RunExchange,
	pages: WorkflowPages<Facts, Completed>,
	subject: WorkflowSubject,
	refusal: Refusal | null = null,
): Promise<Response> {
	const { id, run: uuid } = exchange.params;
	const shown = await presentRun(exchange.db, exchange.viewer, pages.run, id, uuid, { input: refusal?.input ?? null });
	return exchange.page(
		{
			title: shown.view.title,
			...(subject.subtitle === null ? {} : { subtitle: subject.subtitle }),
			active: subject.active,
			breadcrumbs: [...subject.breadcrumbs, { label: pages.title }],
			...(refusal ? { httpStatus: 422 } : {}),
		},
		<StepPage
			pages={pages}
			subject={subject}
			url={runUrl(pages, id, uuid)}
			uuid={uuid}
			step={shown.step}
			visited={shown.run.state.history.map((record) => record.step)}
			view={shown.view}
			isFirst={shown.isFirst}
			refused={refusal !== null}
			problems={refusal?.problems ?? []}
			fieldErrors={refusal?.fieldErrors ?? []}
			draft={shown.draft}
		/>,
	);
}

async function submit<Facts, Completed>(
	exchange: StepExchange,
	pages: WorkflowPages<Facts, Completed>,
	subject: WorkflowSubject,
): Promise<Response> {
	const { id, run, step } = exchange.params;
	const url = runUrl(pages, id, run);
	const shown = await presentRun(exchange.db, exchange.viewer, pages.run, id, run);
	if (shown.step !== step) {
		exchange.flash("warning", `This step was already left, maybe in another tab. Here is where the ${pages.run.noun} stands.`);
		return exchange.redirect(url);
	}
	const fields = shown.view.kind === "sheet" ? (shown.view.fields ?? []) : shown.view.fields;
	const input = readStepInput(await exchange.readFields(), fields, shown.view.kind === "sheet");
	if (shown.view.kind !== "review") {
		const outcome = await exchange.command((context) => submitRunStep(context, pages.run, id, run, step, input));
		return outcome.accepted ? exchange.redirect(url) : showStep(exchange, pages, subject, { ...outcome, input });
	}
	const outcome = await exchange.command((context) => completeRun(context, pages.run, id, run, input));
	if (!outcome.accepted && outcome.returnedTo) {
		exchange.flash("error", outcome.returnedTo.message);
		return exchange.redirect(url);
	}
	if (!outcome.accepted) return showStep(exchange, pages, subject, { ...outcome, input });
	exchange.flash("success", pages.describeCompletion(outcome.created));
	return exchange.redirect(subject.home);
}

/** All routes of a multi-step workflow, made from its definition: start, steps, back, discard, drafts, workbooks, take-over. */
export function workflowRoutes<Facts, Completed>(pages: WorkflowPages<Facts, Completed>): readonly Route[] {
	const { policy, path } = pages;
	const { noun } = pages.run;
	const start = defineRoute({
		method: "POST",
		path,
		kind: "action",
		policy,
		summary: `Start or resume ${article(noun)}`,
		params: ofObject,
		handler: async (exchange) => {
			await pages.load(exchange);
			const { id } = exchange.params;
			const { db, viewer } = exchange;
			const isDecided = (await exchange.readFields()).has("anew");
			const own = await findOwnRun(db, viewer, pages.run, id);
			if (!own && !isDecided && (await listColleagueRuns(db, viewer, pages.run, id)).length > 0) {
				return exchange.redirect(runsUrl(pages, id));
			}
			const { uuid, resumed } = await exchange.command((context) => startRun(context, pages.run, id));
			if (resumed) exchange.flash("info", "You continue where you stopped. Discard it to begin anew.");
			return exchange.redirect(runUrl(pages, id, uuid));
		},
	});
	const show = defineRoute({
		method: "GET",
		path: `${path}:run/`,
		kind: "page",
		policy,
		summary: `Current step of ${article(noun)}`,
		params: ofRun,
		handler: async (exchange) => {
			const subject = await pages.load(exchange);
			return withOwnRun(exchange, pages, subject, () => showStep(exchange, pages, subject));
		},
	});
	/** A refused step is shown at its own address: loading it anew, or coming back after signing in, leads to where the run stands. */
	const showFromStep = defineRoute({
		method: "GET",
		path: `${path}:run/:step/`,
		kind: "page",
		policy,
		summary: `Lead to the current step of ${article(noun)}`,
		params: ofStep,
		handler: async (exchange) => {
			await pages.load(exchange);
			return exchange.redirect(runUrl(pages, exchange.params.id, exchange.params.run));
		},
	});
	const submitStep = defineRoute({
		method: "POST",
		path: `${path}:run/:step/`,
		kind: "action",
		policy,
		summary: `Submit a step of ${article(noun)}, or complete it`,
		params: ofStep,
		handler: async (exchange) => {
			const subject = await pages.load(exchange);
			return withOwnRun(exchange, pages, subject, () => submit(exchange, pages, subject));
		},
	});
	const back = defineRoute({
		method: "POST",
		path: `${path}:run/back/`,
		kind: "action",
		policy,
		summary: `Go back one step of ${article(noun)}`,
		params: ofRun,
		handler: async (exchange) => {
			const subject = await pages.load(exchange);
			const { id, run } = exchange.params;
			return withOwnRun(exchange, pages, subject, async () => {
				await exchange.command((context) => goBackInRun(context, pages.run, id, run));
				return exchange.redirect(runUrl(pages, id, run));
			});
		},
	});
	const discard = defineRoute({
		method: "POST",
		path: `${path}:run/discard/`,
		kind: "action",
		policy,
		summary: `Discard ${article(noun)}`,
		params: ofRun,
		handler: async (exchange) => {
			const subject = await pages.load(exchange);
			const { id, run } = exchange.params;
			return withOwnRun(exchange, pages, subject, async () => {
				await exchange.command((context) => discardRun(context, pages.run, id, run));
				exchange.flash("success", `${noun.charAt(0).toUpperCase()}${noun.slice(1)} discarded.`);
				return exchange.redirect(subject.home);
			});
		},
	});
	return [
		start,
		show,
		showFromStep,
		submitStep,
		back,
		discard,
		...draftRoutes(pages),
		...takeOverRoutes(pages),
		...stepFileRoutes(pages),
	];
}
