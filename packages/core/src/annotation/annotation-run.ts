import type { Db } from "@opengsync/db/connection";
import type { Tx } from "@opengsync/db/transaction";
import { buildCompletionPlan } from "@opengsync/domain/annotation/completion-plan";
import {
	currentStepName,
	findStaleStep,
	goBack,
	isReadyToComplete,
	nextStep,
	openStep,
	presentStep,
	startWorkflow,
	submitStep,
} from "@opengsync/domain/annotation/engine";
import type { AnnotationFacts } from "@opengsync/domain/annotation/facts";
import { previousInput, type StepInput, type WorkflowState } from "@opengsync/domain/annotation/state";
import type { FieldError } from "@opengsync/domain/annotation/step";
import { annotationWorkflow } from "@opengsync/domain/annotation/workflow";
import { AccessType } from "@opengsync/domain/catalog";
import type { Problem } from "@opengsync/domain/sheets/types";
import type { CommandContext, Viewer } from "../context.ts";
import { NotPossibleError } from "../errors.ts";
import { loadRequestForChange } from "../requests/load-for-change.ts";
import { requireRequestAction } from "../requests/require-action.ts";
import { deleteDraft, findDraft } from "../workflow-runs/draft.ts";
import { createRun, deleteRun, findOpenRun, saveRun } from "../workflow-runs/workflow-run.ts";
import { type LoadedFacts, loadAnnotationFacts } from "./load-facts.ts";
import { annotationOf, checkAnnotatable, loadOwnRun } from "./own-run.ts";
import { type CreatedObjects, writePlan } from "./write-plan.ts";

/** Name of the last step of every run. */
const REVIEW_STEP = "complete";

/** What became of a submitted step. */
export type StepOutcome =
	| { readonly accepted: true /** Step to open now; null = only the completion is left. */; readonly next: string | null }
	| {
			readonly accepted: false;
			readonly problems: readonly Problem[];
			readonly fieldErrors: readonly FieldError[];
			/** The earlier step to which the run was taken back because something has changed meanwhile, and what. */
			readonly returnedTo?: { readonly step: string; readonly message: string };
	  };

/** The state in which this step is the current one again, with what was entered there. */
function returnTo(state: WorkflowState, step: string): WorkflowState {
	let earlier = state;
	while (currentStepName(earlier) !== step && earlier.history.length > 1) earlier = goBack(earlier);
	return earlier;
}

/** Checks access and status: who may annotate (requests-and-annotation.md §2.2), on reads as well as on writes. */
export function requireAnnotation(viewer: Viewer, loaded: LoadedFacts): AnnotationFacts {
	checkAnnotatable(viewer, { accessLevel: loaded.accessLevel, statusId: loaded.facts.requestStatusId });
	return loaded.facts;
}

/** The viewer's unfinished run for a request; null when there is none. */
export async function findOwnAnnotation(reader: Db | Tx, viewer: Viewer, requestId: number): Promise<{ uuid: string } | null> {
	return findOpenRun(reader, { ...annotationOf(requestId), userId: viewer.id });
}

/** Starts the annotation of a request, or resumes the viewer's unfinished run. Returns its id and the step that it stands at. */
export async function startAnnotation(
	context: CommandContext,
	requestId: number,
): Promise<{ uuid: string; step: string; resumed: boolean }> {
	const { tx, viewer, services } = context;
	const request = await loadRequestForChange(tx, viewer, requestId, AccessType.EDIT.id);
	requireRequestAction("annotate", request);
	const open = await findOpenRun(tx, { ...annotationOf(requestId), userId: viewer.id });
	const step = open ? currentStepName(open.state) : null;
	if (open && step) return { uuid: open.uuid, step, resumed: true };
	const facts = requireAnnotation(viewer, await loadAnnotationFacts(tx, viewer, requestId, { history: [] }, null));
	const started = startWorkflow(annotationWorkflow, facts);
	const uuid = await createRun(tx, { ...annotationOf(requestId), userId: viewer.id }, started.state, services.now());
	return { uuid, step: started.step, resumed: false };
}

/**
 * Submits the current step; accepted, the next one is opened. A refused attempt changes nothing.
 * @throws WorkflowExpiredError, WorkflowError for a step that does not apply, is not reached or was left
 */
export async function submitAnnotationStep(
	context: CommandContext,
	requestId: number,
	uuid: string,
	stepName: string,
	input: StepInput,
): Promise<StepOutcome> {
	const { tx, viewer } = context;
	const run = await loadOwnRun(tx, viewer, requestId, uuid, true);
	const facts = requireAnnotation(viewer, await loadAnnotationFacts(tx, viewer, requestId, run.state, input));
	const result = submitStep(annotationWorkflow, run.state, stepName, input, facts);
	if (!result.accepted) return { accepted: false, problems: result.problems, fieldErrors: result.fieldErrors };
	const state = await openNext(context, requestId, result.state);
	await saveRun(tx, uuid, state, context.services.now());
	await deleteDraft(tx, uuid, stepName);
	const current = currentStepName(state);
	return { accepted: true, next: result.next === null ? null : current };
}

async function openNext(context: CommandContext, requestId: number, state: WorkflowState): Promise<WorkflowState> {
	const { tx, viewer } = context;
	const facts = requireAnnotation(viewer, await loadAnnotationFacts(tx, viewer, requestId, state, null));
	const next = nextStep(annotationWorkflow, state, facts);
	return next ? openStep(annotationWorkflow, state, next.name, facts).state : state;
}

/** Goes back one step: what the newest step stored is removed. @throws WorkflowError on the first step */
export async function goBackInAnnotation(context: CommandContext, requestId: number, uuid: string): Promise<string> {
	const { tx, viewer, services } = context;
	const run = await loadOwnRun(tx, viewer, requestId, uuid, true);
	requireAnnotation(viewer, await loadAnnotationFacts(tx, viewer, requestId, run.state, null));
	const state = goBack(run.state);
	await saveRun(tx, uuid, state, services.now());
	return currentStepName(state) ?? "";
}

/** Discards a run with all that was entered. */
export async function discardAnnotation(context: CommandContext, requestId: number, uuid: string): Promise<void> {
	await loadOwnRun(context.tx, context.viewer, requestId, uuid, true);
	await deleteRun(context.tx, uuid);
}

/**
 * Completes a run: submits the review (without `input`: as it was submitted before), checks everything again, writes all in this transaction, removes the run. The lock on the
 * run lets exactly one of several simultaneous calls do it; the others find no run any more.
 */
export async function completeAnnotation(
	context: CommandContext,
	requestId: number,
	uuid: string,
	input: StepInput | null,
): Promise<{ accepted: true; created: CreatedObjects } | Extract<StepOutcome, { accepted: false }>> {
	const { tx, viewer } = context;
	const run = await loadOwnRun(tx, viewer, requestId, uuid, true);
	await loadRequestForChange(tx, viewer, requestId, AccessType.EDIT.id);
	const current = currentStepName(run.state) ?? "";
	if (current !== REVIEW_STEP) throw new NotPossibleError("There are steps left before the review.");
	const review = input ?? previousInput(run.state, REVIEW_STEP) ?? { values: {} };
	const facts = requireAnnotation(viewer, await loadAnnotationFacts(tx, viewer, requestId, run.state, review));
	const result = submitStep(annotationWorkflow, run.state, current, review, facts);
	if (!result.accepted) return { accepted: false, problems: result.problems, fieldErrors: result.fieldErrors };
	if (!isReadyToComplete(annotationWorkflow, result.state, facts))
		throw new NotPossibleError("There are steps left before the review.");
	const stale = findStaleStep(annotationWorkflow, result.state, facts);
	if (stale) {
		const { step, message, problems, fieldErrors } = stale;
		await saveRun(tx, uuid, returnTo(run.state, step), context.services.now());
		return { accepted: false, problems, fieldErrors, returnedTo: { step, message } };
	}
	const created = await writePlan(context, requestId, buildCompletionPlan(result.state, facts));
	await deleteRun(tx, uuid);
	return { accepted: true, created };
}

/**
 * The current step of a run as it is shown; `input` is what a refused submission held, so that it is shown unchanged. Without it
 * a draft is shown, if there is one and `withDraft`.
 */
export async function presentAnnotation(
	reader: Db | Tx,
	viewer: Viewer,
	requestId: number,
	uuid: string,
	input: StepInput | null,
	withDraft = true,
) {
	const run = await loadOwnRun(reader, viewer, requestId, uuid);
	const step = currentStepName(run.state) ?? "";
	const draft = withDraft ? await findDraft(reader, uuid, step) : null;
	const shown = input ?? draft?.input ?? null;
	const loaded = await loadAnnotationFacts(reader, viewer, requestId, run.state, shown);
	const facts = requireAnnotation(viewer, loaded);
	const view = presentStep(annotationWorkflow, run.state, step, facts, shown ?? undefined);
	return { run, step, view, facts, draft, requestName: loaded.requestName, isFirst: run.state.history.length <= 1 };
}
