import { findAnnotatedRequest } from "@opengsync/core/annotation/annotated-request";
import {
	completeAnnotation,
	discardAnnotation,
	goBackInAnnotation,
	listColleagueAnnotations,
	presentAnnotation,
	startAnnotation,
	submitAnnotationStep,
	takeOverAnnotation,
} from "@opengsync/core/annotation/annotation-run";
import { BadRequestError } from "@opengsync/core/errors";
import type { StepInput } from "@opengsync/domain/annotation/state";
import type { StepView } from "@opengsync/domain/annotation/step";
import { annotationWorkflow } from "@opengsync/domain/annotation/workflow";
import { z } from "zod";
import type { Exchange } from "../../framework/exchange.ts";
import { apiTokenWith } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { sheetTooLarge } from "../workflows/raw-sheet.ts";
import { asExpected } from "../workflows/run-access.tsx";
import { presentCreated, presentRefusal, presentStepDefinition, sheetOf } from "./annotation-answers.ts";
import * as schemas from "./annotation-schemas.ts";

const ofRun = z.object({ run: z.string().max(36) });
const ofStep = ofRun.extend({ step: z.string().max(64) });

type RunExchange = Exchange<z.output<typeof ofRun>>;

/** The request of the run in the address; the commands check whose run it is and what its owner may do. */
function requestOf(exchange: RunExchange): Promise<number> {
	return findAnnotatedRequest(exchange.db, exchange.params.run);
}

const start = defineRoute({
	method: "POST",
	path: "/api/v1/requests/:id/annotation/",
	kind: "api",
	policy: apiTokenWith("write"),
	summary: "Start the annotation of a request, or resume your unfinished one",
	params: withId,
	answer: schemas.startedRun,
	handler: async (exchange) => {
		const { id } = exchange.params;
		const { uuid, step, resumed } = await exchange.command((context) => startAnnotation(context, id));
		const colleagues = await listColleagueAnnotations(exchange.db, exchange.viewer, id);
		return exchange.json({
			run: uuid,
			step,
			resumed,
			colleagues: colleagues.map((run) => ({
				run: run.uuid,
				owner_id: run.ownerId,
				owner: run.ownerName,
				step: run.step,
				changed_utc: run.changedAt.toISOString(),
			})),
		});
	},
});

const show = defineRoute({
	method: "GET",
	path: "/api/v1/workflow-runs/:run/",
	kind: "api",
	policy: apiTokenWith("read"),
	summary: "History of a workflow run, and its open step with fields or columns",
	params: ofRun,
	answer: schemas.runState,
	handler: async (exchange) => {
		const requestId = await requestOf(exchange);
		const { run, step, view } = await asExpected(() =>
			presentAnnotation(exchange.db, exchange.viewer, requestId, exchange.params.run, { withDraft: false }),
		);
		return exchange.json({
			run: run.uuid,
			request_id: requestId,
			changed_utc: run.changedAt.toISOString(),
			history: run.state.history.map((record) => ({
				step: record.step,
				title: annotationWorkflow.steps.find((candidate) => candidate.name === record.step)?.title ?? record.step,
				submitted: record.submitted,
			})),
			current: presentStepDefinition(step, view),
		});
	},
});

/** Reads the body of a submission; a sheet needs both members. */
async function readInput(exchange: Exchange): Promise<StepInput> {
	const { values, columns, rows } = await exchange.readJson(schemas.stepBody).catch((error: unknown) => {
		const isTooLarge = error instanceof BadRequestError && /Too big/u.test(error.message);
		throw isTooLarge ? new BadRequestError(`${error.message}. ${sheetTooLarge}`) : error;
	});
	if ((columns === undefined) !== (rows === undefined)) {
		throw new BadRequestError(`${columns ? "rows" : "columns"}: is missing; a sheet is sent as columns and rows.`);
	}
	return { values: values ?? {}, ...(columns && rows ? { sheet: { columns, rows } } : {}) };
}

/** @throws BadRequestError for a field that the step does not have: a name typed wrongly must not be lost silently */
function refuseUnknownFields(input: StepInput, view: StepView): void {
	const known = new Set((view.fields ?? []).map((field) => field.name));
	const unknown = Object.keys(input.values ?? {}).filter((name) => !known.has(name));
	if (unknown.length === 0) return;
	const offered = known.size > 0 ? `it has ${[...known].join(", ")}` : "it has none";
	throw new BadRequestError(`values: the step has no field "${unknown[0]}"; ${offered}.`);
}

const submit = defineRoute({
	method: "POST",
	path: "/api/v1/workflow-runs/:run/steps/:step/",
	kind: "api",
	policy: apiTokenWith("write"),
	summary: "Submit the open step of a workflow run: values of a form, columns and rows of a sheet",
	params: ofStep,
	body: schemas.stepBody,
	answer: schemas.stepAnswer,
	handler: async (exchange) => {
		const { run, step } = exchange.params;
		const requestId = await requestOf(exchange);
		const input = await readInput(exchange);
		return asExpected(async () => {
			const shown = await presentAnnotation(exchange.db, exchange.viewer, requestId, run, { withDraft: false });
			const isOpen = shown.step === step;
			if (isOpen) refuseUnknownFields(input, shown.view);
			const outcome = await exchange.command((context) => submitAnnotationStep(context, requestId, run, step, input));
			return exchange.json(
				outcome.accepted ? outcome : presentRefusal(outcome, isOpen ? sheetOf(shown.view) : null, input.sheet),
			);
		});
	},
});

const back = defineRoute({
	method: "POST",
	path: "/api/v1/workflow-runs/:run/back/",
	kind: "api",
	policy: apiTokenWith("write"),
	summary: "Go back one step of a workflow run; what the newest step stored is removed",
	params: ofRun,
	answer: schemas.currentStep,
	handler: async (exchange) => {
		const requestId = await requestOf(exchange);
		const { run } = exchange.params;
		const step = await asExpected(() => exchange.command((context) => goBackInAnnotation(context, requestId, run)));
		return exchange.json({ step });
	},
});

const discard = defineRoute({
	method: "POST",
	path: "/api/v1/workflow-runs/:run/discard/",
	kind: "api",
	policy: apiTokenWith("write"),
	summary: "Discard a workflow run with all that was entered",
	params: ofRun,
	answer: schemas.discarded,
	handler: async (exchange) => {
		const requestId = await requestOf(exchange);
		await exchange.command((context) => discardAnnotation(context, requestId, exchange.params.run));
		return exchange.json({ discarded: true });
	},
});

const complete = defineRoute({
	method: "POST",
	path: "/api/v1/workflow-runs/:run/complete/",
	kind: "api",
	policy: apiTokenWith("write"),
	summary: "Complete a workflow run: everything is created at once, exactly once",
	params: ofRun,
	body: schemas.completeBody,
	answer: schemas.completeAnswer,
	handler: async (exchange) => {
		const requestId = await requestOf(exchange);
		const body = (await exchange.readJson(schemas.completeBody.nullable())) ?? {};
		const input = body.values ? { values: body.values } : null;
		const outcome = await asExpected(() =>
			exchange.command((context) => completeAnnotation(context, requestId, exchange.params.run, input)),
		);
		return exchange.json(outcome.accepted ? presentCreated(outcome.created) : presentRefusal(outcome, null, undefined));
	},
});

const takeOver = defineRoute({
	method: "POST",
	path: "/api/v1/workflow-runs/:run/take-over/",
	kind: "api",
	policy: apiTokenWith("write"),
	summary: "Take over a colleague's unfinished workflow run; owner_id says whose, as the start told",
	params: ofRun,
	body: schemas.takeOverBody,
	answer: schemas.currentStep,
	handler: async (exchange) => {
		const requestId = await requestOf(exchange);
		const { owner_id } = await exchange.readJson(schemas.takeOverBody);
		const step = await exchange.command((context) => takeOverAnnotation(context, requestId, exchange.params.run, owner_id));
		return exchange.json({ step });
	},
});

/** The annotation of samples by scripts (issue 4, 6): the same commands as the pages'. */
export const annotationApiRoutes: readonly Route[] = [start, show, submit, back, discard, complete, takeOver];
