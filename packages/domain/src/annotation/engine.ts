import type { FieldError } from "../field-error.ts";
import type { Problem } from "../sheets/types.ts";
import { emptyState, isSameJson, type StepInput, type StepRecord, type WorkflowState } from "./state.ts";
import type { Step, StepView, Workflow } from "./step.ts";

/** Why a call to a step was refused; `code` is stable. A refused call changes nothing. */
export class WorkflowError extends Error {
	readonly code: "step_unknown" | "step_not_applicable" | "step_not_reached" | "step_not_current" | "no_step_before";

	constructor(code: WorkflowError["code"], message: string) {
		super(message);
		this.name = "WorkflowError";
		this.code = code;
	}
}

/** Result of {@link submitStep}: `next` is the step to open now, null when the workflow is ready to be completed. */
export type SubmitResult<Facts> =
	| { readonly accepted: true; readonly state: WorkflowState; readonly next: Step<Facts> | null }
	| {
			readonly accepted: false;
			readonly state: WorkflowState;
			readonly problems: readonly Problem[];
			readonly fieldErrors: readonly FieldError[];
	  };

function findStep<Facts>(workflow: Workflow<Facts>, name: string): Step<Facts> {
	const step = workflow.steps.find((candidate) => candidate.name === name);
	if (!step) throw new WorkflowError("step_unknown", `The workflow ${workflow.name} has no step "${name}".`);
	return step;
}

/** The history before this step; unchanged when the step is not part of it. */
function stateBefore(state: WorkflowState, name: string): WorkflowState {
	const index = state.history.findIndex((record) => record.step === name);
	return index === -1 ? state : { history: state.history.slice(0, index) };
}

/** Name of the step that the run stands at: the newest of its history, or null before the first. */
export function currentStepName(state: WorkflowState): string | null {
	return state.history.at(-1)?.step ?? null;
}

/**
 * The step after the newest one of the history: the first later step of the workflow that applies; null after the last one. While the
 * newest step is not submitted there is no next step: it is the current one.
 */
export function nextStep<Facts>(workflow: Workflow<Facts>, state: WorkflowState, facts: Facts): Step<Facts> | null {
	const newest = state.history.at(-1);
	if (newest && !newest.submitted) return null;
	const from = newest ? workflow.steps.findIndex((step) => step.name === newest.step) + 1 : 0;
	return workflow.steps.slice(from).find((step) => step.applies(state, facts)) ?? null;
}

/** Whether every applicable step has been submitted. */
export function isReadyToComplete<Facts>(workflow: Workflow<Facts>, state: WorkflowState, facts: Facts): boolean {
	return state.history.at(-1)?.submitted === true && nextStep(workflow, state, facts) === null;
}

/** Refuses a step that is not the newest one; tells apart why. */
function refuseOtherStep<Facts>(state: WorkflowState, step: Step<Facts>, facts: Facts): never {
	if (state.history.some((record) => record.step === step.name)) {
		throw new WorkflowError("step_not_current", `"${step.title}" has already been submitted; go back to change it.`);
	}
	if (!step.applies(state, facts)) throw new WorkflowError("step_not_applicable", `"${step.title}" is not part of this run.`);
	throw new WorkflowError("step_not_reached", `"${step.title}" has not been reached yet.`);
}

/** Shows a step of the history; `input` overrides what is shown as the user's own (after a refused submission). */
export function presentStep<Facts>(
	workflow: Workflow<Facts>,
	state: WorkflowState,
	name: string,
	facts: Facts,
	input?: StepInput,
): StepView {
	const step = findStep(workflow, name);
	const record = state.history.find((candidate) => candidate.step === name);
	if (!record) refuseOtherStep(state, step, facts);
	const own: StepRecord = { step: name, input: input ?? record.input, tables: {}, metadata: {}, submitted: false };
	return step.present({ history: [...stateBefore(state, name).history, own] }, facts);
}

/**
 * Opens a step: the newest one again, or the next one, which is appended to the history.
 * @throws WorkflowError for a step that is unknown, does not apply or is not reached.
 */
export function openStep<Facts>(
	workflow: Workflow<Facts>,
	state: WorkflowState,
	name: string,
	facts: Facts,
): { readonly state: WorkflowState; readonly view: StepView } {
	const step = findStep(workflow, name);
	if (currentStepName(state) === name) return { state, view: presentStep(workflow, state, name, facts) };
	if (nextStep(workflow, state, facts)?.name !== name) refuseOtherStep(state, step, facts);
	const opened: WorkflowState = {
		history: [...state.history, { step: name, input: null, tables: {}, metadata: {}, submitted: false }],
	};
	return { state: opened, view: presentStep(workflow, opened, name, facts) };
}

/** Opens the first step of a new run. */
export function startWorkflow<Facts>(
	workflow: Workflow<Facts>,
	facts: Facts,
): { readonly state: WorkflowState; readonly view: StepView; readonly step: string } {
	const first = nextStep(workflow, emptyState, facts);
	if (!first) throw new WorkflowError("step_not_applicable", `The workflow ${workflow.name} has no step for this object.`);
	return { ...openStep(workflow, emptyState, first.name, facts), step: first.name };
}

/**
 * Submits the newest step. Accepted: its outputs are stored under its name (replacing former ones) together with the input; refused: the
 * state is unchanged. The very same input for the step just left (double click) is accepted again and changes nothing; any other
 * submission of an earlier step is refused, so that nothing typed later is lost.
 * @throws WorkflowError for a step that is unknown, does not apply, is not reached or was left.
 */
export function submitStep<Facts>(
	workflow: Workflow<Facts>,
	state: WorkflowState,
	name: string,
	input: StepInput,
	facts: Facts,
): SubmitResult<Facts> {
	const step = findStep(workflow, name);
	if (currentStepName(state) !== name) {
		const left = state.history.at(-2);
		const newest = state.history.at(-1);
		if (left?.step === name && left.submitted && newest?.input === null && isSameJson(left.input, input)) {
			return { accepted: true, state, next: findStep(workflow, newest.step) };
		}
		refuseOtherStep(state, step, facts);
	}
	const before = stateBefore(state, name);
	const result = step.accept(input, before, facts);
	if (!result.accepted) return { ...result, state };
	const record: StepRecord = {
		step: name,
		input,
		tables: result.output.tables ?? {},
		metadata: result.output.metadata ?? {},
		submitted: true,
	};
	const accepted: WorkflowState = { history: [...before.history, record] };
	return { accepted: true, state: accepted, next: nextStep(workflow, accepted, facts) };
}

/**
 * Goes back: removes the newest step with all that it stored; the step before it becomes the current one, shown with what the user had
 * submitted there.
 * @throws WorkflowError with code `no_step_before` on the first step.
 */
export function goBack(state: WorkflowState): WorkflowState {
	const history = state.history.slice(0, -1);
	const newest = history.at(-1);
	if (!newest) throw new WorkflowError("no_step_before", "This is the first step.");
	return { history: [...history.slice(0, -1), { ...newest, submitted: false }] };
}

/** A step whose stored input would not be accepted as it was. */
export interface StaleStep {
	readonly step: string;
	readonly problems: readonly Problem[];
	readonly fieldErrors: readonly FieldError[];
	/** For people: why the step has to be looked at again. */
	readonly message: string;
}

/**
 * Checks before completion (requests-and-annotation.md §5.18): submits every step of the history again with the facts of now and returns
 * the first one that is refused, does not apply any more or leads to another output; null when all is as it was. Writes nothing.
 */
export function findStaleStep<Facts>(workflow: Workflow<Facts>, state: WorkflowState, facts: Facts): StaleStep | null {
	let replayed: WorkflowState = emptyState;
	for (const record of state.history) {
		const step = findStep(workflow, record.step);
		const stale = { step: step.name, problems: [], fieldErrors: [] };
		const next = nextStep(workflow, replayed, facts);
		if (next?.name !== record.step || record.input === null) {
			return { ...stale, step: next?.name ?? record.step, message: `"${next?.title ?? step.title}" has to be filled in.` };
		}
		const result = step.accept(record.input, replayed, facts);
		if (!result.accepted) return { ...stale, ...result, message: `"${step.title}" is not valid any more.` };
		const { tables = {}, metadata = {} } = result.output;
		if (!isSameJson([tables, metadata], [record.tables, record.metadata])) {
			return {
				...stale,
				message: `What "${step.title}" is based on has changed meanwhile; please look at it and submit it again.`,
			};
		}
		replayed = { history: [...replayed.history, record] };
	}
	return null;
}
