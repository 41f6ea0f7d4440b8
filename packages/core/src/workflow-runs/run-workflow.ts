import type { Db } from "@opengsync/db/connection";
import type { Tx } from "@opengsync/db/transaction";
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
import { emptyState, previousInput, type StepInput, type WorkflowState } from "@opengsync/domain/annotation/state";
import type { FieldError } from "@opengsync/domain/field-error";
import type { Problem } from "@opengsync/domain/sheets/types";
import type { CommandContext, Viewer } from "../context.ts";
import { NotPossibleError } from "../errors.ts";
import { type AnyRunDefinition, type RunDefinition, targetOf } from "./definition.ts";
import { deleteDraft, findDraft } from "./draft.ts";
import { findOwnRun, loadOwnRun, lockOwnRun } from "./own-run.ts";
import { createRun, deleteRun, saveRun } from "./workflow-run.ts";

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

/** What became of a completion. */
export type CompletionOutcome<Completed> =
	| { readonly accepted: true; readonly created: Completed }
	| Extract<StepOutcome, { accepted: false }>;

async function factsFor<Facts>(
	reader: Db | Tx,
	viewer: Viewer,
	definition: RunDefinition<Facts, unknown>,
	objectId: number,
	state: WorkflowState,
	input: StepInput | null,
): Promise<Facts> {
	await definition.authorize(reader, viewer, objectId);
	return definition.loadFacts(reader, viewer, objectId, state, input);
}

/** Starts a workflow for an object, or resumes the viewer's unfinished run. Returns its id and the step that it stands at. */
export async function startRun<Facts>(
	context: CommandContext,
	definition: RunDefinition<Facts, unknown>,
	objectId: number,
): Promise<{ uuid: string; step: string; resumed: boolean }> {
	const { tx, viewer, services } = context;
	await definition.lockObject(context, objectId);
	const open = await findOwnRun(tx, viewer, definition, objectId);
	const step = open ? currentStepName(open.state) : null;
	if (open && step) return { uuid: open.uuid, step, resumed: true };
	const facts = await factsFor(tx, viewer, definition, objectId, emptyState, null);
	const started = startWorkflow(definition.workflow, facts);
	const uuid = await createRun(tx, { ...targetOf(definition, objectId), userId: viewer.id }, started.state, services.now());
	return { uuid, step: started.step, resumed: false };
}

/**
 * Submits the current step; accepted, the next one is opened. A refused attempt changes nothing.
 * @throws WorkflowExpiredError, WorkflowError for a step that does not apply, is not reached or was left
 */
export async function submitRunStep<Facts>(
	context: CommandContext,
	definition: RunDefinition<Facts, unknown>,
	objectId: number,
	uuid: string,
	stepName: string,
	input: StepInput,
): Promise<StepOutcome> {
	const { tx, viewer } = context;
	const run = await lockOwnRun(context, definition, objectId, uuid);
	const facts = await factsFor(tx, viewer, definition, objectId, run.state, input);
	const result = submitStep(definition.workflow, run.state, stepName, input, facts);
	if (!result.accepted) return { accepted: false, problems: result.problems, fieldErrors: result.fieldErrors };
	const state = await openNext(context, definition, objectId, result.state);
	await saveRun(tx, uuid, state, context.services.now());
	await deleteDraft(tx, uuid, stepName);
	return { accepted: true, next: result.next === null ? null : currentStepName(state) };
}

async function openNext<Facts>(
	context: CommandContext,
	definition: RunDefinition<Facts, unknown>,
	objectId: number,
	state: WorkflowState,
): Promise<WorkflowState> {
	const facts = await definition.loadFacts(context.tx, context.viewer, objectId, state, null);
	const next = nextStep(definition.workflow, state, facts);
	return next ? openStep(definition.workflow, state, next.name, facts).state : state;
}

/** Goes back one step: what the newest step stored is removed. @throws WorkflowError on the first step */
export async function goBackInRun(
	context: CommandContext,
	definition: AnyRunDefinition,
	objectId: number,
	uuid: string,
): Promise<string> {
	const { tx, viewer, services } = context;
	const run = await lockOwnRun(context, definition, objectId, uuid);
	await definition.authorize(tx, viewer, objectId);
	const state = goBack(run.state);
	await saveRun(tx, uuid, state, services.now());
	return currentStepName(state) ?? "";
}

/** Discards a run with all that was entered. */
export async function discardRun(
	context: CommandContext,
	definition: AnyRunDefinition,
	objectId: number,
	uuid: string,
): Promise<void> {
	await lockOwnRun(context, definition, objectId, uuid);
	await deleteRun(context.tx, uuid);
}

/** The state in which this step is the current one again, with what was entered there. */
function returnTo(state: WorkflowState, step: string): WorkflowState {
	let earlier = state;
	while (currentStepName(earlier) !== step && earlier.history.length > 1) earlier = goBack(earlier);
	return earlier;
}

/**
 * Completes a run: submits the review (without `input`: as it was submitted before), checks everything again, writes all in this
 * transaction, removes the run. The lock on the run lets exactly one of several simultaneous calls do it; the others find no run any more.
 */
export async function completeRun<Facts, Completed>(
	context: CommandContext,
	definition: RunDefinition<Facts, Completed>,
	objectId: number,
	uuid: string,
	input: StepInput | null,
): Promise<CompletionOutcome<Completed>> {
	const { tx, viewer } = context;
	const { workflow } = definition;
	const run = await lockOwnRun(context, definition, objectId, uuid);
	await definition.lockObject(context, objectId);
	const current = currentStepName(run.state) ?? "";
	if (current !== workflow.steps.at(-1)?.name) throw new NotPossibleError("There are steps left before the review.");
	const review = input ?? previousInput(run.state, current) ?? { values: {} };
	const facts = await factsFor(tx, viewer, definition, objectId, run.state, review);
	const result = submitStep(workflow, run.state, current, review, facts);
	if (!result.accepted) return { accepted: false, problems: result.problems, fieldErrors: result.fieldErrors };
	if (!isReadyToComplete(workflow, result.state, facts)) throw new NotPossibleError("There are steps left before the review.");
	const stale = findStaleStep(workflow, result.state, facts);
	if (stale) {
		const { step, message, problems, fieldErrors } = stale;
		await saveRun(tx, uuid, returnTo(run.state, step), context.services.now());
		return { accepted: false, problems, fieldErrors, returnedTo: { step, message } };
	}
	const created = await definition.complete(context, objectId, result.state, facts);
	await deleteRun(tx, uuid);
	return { accepted: true, created };
}

/** What a step is shown with. */
export interface ShownWith {
	/** What a refused submission held, so that it is shown unchanged. */
	readonly input?: StepInput | null;
	/** Without input a draft is shown, if there is one, unless it is not wanted. */
	readonly withDraft?: boolean;
}

/** The current step of a run as it is shown. */
export async function presentRun<Facts>(
	reader: Db | Tx,
	viewer: Viewer,
	definition: RunDefinition<Facts, unknown>,
	objectId: number,
	uuid: string,
	{ input = null, withDraft = true }: ShownWith = {},
) {
	const run = await loadOwnRun(reader, viewer, definition, objectId, uuid);
	const step = currentStepName(run.state) ?? "";
	const draft = withDraft ? await findDraft(reader, uuid, step) : null;
	const shown = input ?? draft?.input ?? null;
	const facts = await factsFor(reader, viewer, definition, objectId, run.state, shown);
	const view = presentStep(definition.workflow, run.state, step, facts, shown ?? undefined);
	return { run, step, view, facts, draft, isFirst: run.state.history.length <= 1 };
}
