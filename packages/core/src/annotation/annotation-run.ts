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
import type { StepInput, WorkflowState } from "@opengsync/domain/annotation/state";
import type { FieldError } from "@opengsync/domain/annotation/step";
import { annotationWorkflow } from "@opengsync/domain/annotation/workflow";
import { AccessType, SeqRequestStatus } from "@opengsync/domain/catalog";
import type { Problem } from "@opengsync/domain/sheets/types";
import type { CommandContext, Viewer } from "../context.ts";
import { ForbiddenError, NotPossibleError } from "../errors.ts";
import { loadRequestForChange } from "../requests/load-for-change.ts";
import { requireRequestAction } from "../requests/require-action.ts";
import { createRun, deleteRun, findOpenRun, loadRun, saveRun } from "../workflow-runs/workflow-run.ts";
import { type LoadedFacts, loadAnnotationFacts } from "./load-facts.ts";
import { type CreatedObjects, writePlan } from "./write-plan.ts";

/** Name under which runs of the annotation are stored. */
export const ANNOTATION_WORKFLOW = "sample_annotation";

const ownedBy = (userId: number, requestId: number) =>
	({ workflow: ANNOTATION_WORKFLOW, userId, objectType: "seq_request", objectId: requestId }) as const;

/** What became of a submitted step. */
export type StepOutcome =
	| { readonly accepted: true /** Step to open now; null = only the completion is left. */; readonly next: string | null }
	| {
			readonly accepted: false;
			readonly problems: readonly Problem[];
			readonly fieldErrors: readonly FieldError[];
			/** What has changed meanwhile, when the run was taken back to an earlier step. */
			readonly returnedTo?: string;
	  };

/** The state in which this step is the current one again, with what was entered there. */
function returnTo(state: WorkflowState, step: string): WorkflowState {
	let earlier = state;
	while (currentStepName(earlier) !== step && earlier.history.length > 1) earlier = goBack(earlier);
	return earlier;
}

/** Checks access and status: who may annotate (requests-and-annotation.md §2.2), on reads as well as on writes. */
export function requireAnnotation(loaded: LoadedFacts): AnnotationFacts {
	if (loaded.accessLevel < AccessType.EDIT.id) throw new ForbiddenError();
	if (loaded.facts.requestStatusId !== SeqRequestStatus.DRAFT.id && !loaded.facts.isInsider) {
		throw new NotPossibleError("The request has been submitted: ask the facility for changes.");
	}
	return loaded.facts;
}

/** Starts the annotation of a request, or resumes the viewer's unfinished run. Returns its id and the step that it stands at. */
export async function startAnnotation(
	context: CommandContext,
	requestId: number,
): Promise<{ uuid: string; step: string; resumed: boolean }> {
	const { tx, viewer, services } = context;
	const request = await loadRequestForChange(tx, viewer, requestId, AccessType.EDIT.id);
	requireRequestAction("annotate", request);
	const open = await findOpenRun(tx, ownedBy(viewer.id, requestId));
	const step = open ? currentStepName(open.state) : null;
	if (open && step) return { uuid: open.uuid, step, resumed: true };
	const facts = requireAnnotation(await loadAnnotationFacts(tx, viewer, requestId, { history: [] }, null));
	const started = startWorkflow(annotationWorkflow, facts);
	const uuid = await createRun(tx, ownedBy(viewer.id, requestId), started.state, services.now());
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
	const run = await loadRun(tx, uuid, ownedBy(viewer.id, requestId), true);
	const facts = requireAnnotation(await loadAnnotationFacts(tx, viewer, requestId, run.state, input));
	const result = submitStep(annotationWorkflow, run.state, stepName, input, facts);
	if (!result.accepted) return { accepted: false, problems: result.problems, fieldErrors: result.fieldErrors };
	const state = await openNext(context, requestId, result.state);
	await saveRun(tx, uuid, state, context.services.now());
	const current = currentStepName(state);
	return { accepted: true, next: result.next === null ? null : current };
}

async function openNext(context: CommandContext, requestId: number, state: WorkflowState): Promise<WorkflowState> {
	const facts = requireAnnotation(await loadAnnotationFacts(context.tx, context.viewer, requestId, state, null));
	const next = nextStep(annotationWorkflow, state, facts);
	return next ? openStep(annotationWorkflow, state, next.name, facts).state : state;
}

/** Goes back one step: what the newest step stored is removed. @throws WorkflowError on the first step */
export async function goBackInAnnotation(context: CommandContext, requestId: number, uuid: string): Promise<string> {
	const { tx, viewer, services } = context;
	const run = await loadRun(tx, uuid, ownedBy(viewer.id, requestId), true);
	requireAnnotation(await loadAnnotationFacts(tx, viewer, requestId, run.state, null));
	const state = goBack(run.state);
	await saveRun(tx, uuid, state, services.now());
	return currentStepName(state) ?? "";
}

/** Discards a run with all that was entered. */
export async function discardAnnotation(context: CommandContext, requestId: number, uuid: string): Promise<void> {
	await loadRun(context.tx, uuid, ownedBy(context.viewer.id, requestId), true);
	await deleteRun(context.tx, uuid);
}

/**
 * Completes a run: submits the review, checks everything again, writes all in this transaction, removes the run. The lock on the
 * run lets exactly one of several simultaneous calls do it; the others find no run any more.
 */
export async function completeAnnotation(
	context: CommandContext,
	requestId: number,
	uuid: string,
	input: StepInput,
): Promise<{ accepted: true; created: CreatedObjects } | Extract<StepOutcome, { accepted: false }>> {
	const { tx, viewer } = context;
	const run = await loadRun(tx, uuid, ownedBy(viewer.id, requestId), true);
	await loadRequestForChange(tx, viewer, requestId, AccessType.EDIT.id);
	const facts = requireAnnotation(await loadAnnotationFacts(tx, viewer, requestId, run.state, input));
	const current = currentStepName(run.state) ?? "";
	const result = submitStep(annotationWorkflow, run.state, current, input, facts);
	if (!result.accepted) return { accepted: false, problems: result.problems, fieldErrors: result.fieldErrors };
	if (!isReadyToComplete(annotationWorkflow, result.state, facts))
		throw new NotPossibleError("There are steps left before the review.");
	const stale = findStaleStep(annotationWorkflow, result.state, facts);
	if (stale) {
		await saveRun(tx, uuid, returnTo(run.state, stale.step), context.services.now());
		return { accepted: false, problems: stale.problems, fieldErrors: stale.fieldErrors, returnedTo: stale.message };
	}
	const created = await writePlan(context, requestId, buildCompletionPlan(result.state, facts));
	await deleteRun(tx, uuid);
	return { accepted: true, created };
}

/** The current step of a run as it is shown; `input` is what a refused submission held, so that it is shown unchanged. */
export async function presentAnnotation(
	reader: Db | Tx,
	viewer: Viewer,
	requestId: number,
	uuid: string,
	input: StepInput | null,
) {
	const run = await loadRun(reader, uuid, ownedBy(viewer.id, requestId));
	const loaded = await loadAnnotationFacts(reader, viewer, requestId, run.state, input);
	const facts = requireAnnotation(loaded);
	const step = currentStepName(run.state) ?? "";
	const view = presentStep(annotationWorkflow, run.state, step, facts, input ?? undefined);
	return { run, step, view, facts, requestName: loaded.requestName, isFirst: run.state.history.length <= 1 };
}
