/**
 * The checklist with which staff reviews a submitted request (requests-and-annotation.md §2.4; index check: extensions.md §3). It is guidance:
 * a request can be processed whatever it says.
 */
import { isBelow, memberById, SeqRequestStatus, SubmissionType } from "./catalog.ts";

/** Steps in the order of the page, with what they show. */
const reviewSteps = [
	{ step: "technical_requirements", label: "Technical requirements" },
	{ step: "check_contacts", label: "Contacts" },
	{ step: "auth_form_checked", label: "Authorization form" },
	{ step: "check_comments", label: "Comments" },
	{ step: "check_submission_date", label: "Submission date" },
	{ step: "check_overview", label: "Overview" },
	{ step: "samples_checked", label: "Samples" },
	{ step: "check_libraries", label: "Libraries" },
	{ step: "check_multiplexing", label: "Multiplexing" },
	{ step: "index_check", label: "Index check" },
	{ step: "check_barcodes", label: "Barcodes" },
	{ step: "submission_processed", label: "Process the request" },
] as const;

/** Name of a step, as stored. */
export type ReviewStepName = (typeof reviewSteps)[number]["step"];

/** Steps that follow from facts or are ticked by a workflow, never by hand. */
const notByHand: ReadonlySet<string> = new Set<ReviewStepName>(["index_check", "check_barcodes", "submission_processed"]);

/** What the checklist depends on. */
export interface ReviewFacts {
	readonly statusId: number;
	readonly submissionTypeId: number;
	/** Stored map step → ticked; what is not stored is not ticked. */
	readonly stored: Readonly<Record<string, boolean>> | null;
	readonly hasAuthorizationForm: boolean;
	/** A library carries the multiplexing data of its type (data-model.md §6, `carriesMux`). */
	readonly hasMultiplexedLibrary: boolean;
	/** There are indices, and every one is FORWARD or from a kit. */
	readonly areIndicesForward: boolean;
}

/** A step as the page shows it. */
export interface ReviewStep {
	readonly step: ReviewStepName;
	readonly label: string;
	readonly state: "done" | "todo" | "missingPrerequisite" | "notRelevant";
	/** May be ticked by hand. */
	readonly isToggleable: boolean;
}

/** Whether this is the name of a step that staff ticks by hand: the only names that a toggle accepts. */
export function isToggleableReviewStep(name: string): name is ReviewStepName {
	return reviewSteps.some(({ step }) => step === name) && !notByHand.has(name);
}

function hasOwnIndices(facts: ReviewFacts): boolean {
	return (
		facts.submissionTypeId === SubmissionType.POOLED_LIBRARIES.id ||
		facts.submissionTypeId === SubmissionType.UNPOOLED_LIBRARIES.id
	);
}

function isRelevant(step: ReviewStepName, facts: ReviewFacts): boolean {
	if (step === "check_multiplexing") return facts.hasMultiplexedLibrary;
	return step === "index_check" || step === "check_barcodes" ? hasOwnIndices(facts) : true;
}

function isDone(step: ReviewStepName, facts: ReviewFacts): boolean {
	if (step === "submission_processed") return isBelow(SeqRequestStatus.SUBMITTED, memberById(SeqRequestStatus, facts.statusId));
	return step === "check_barcodes" ? facts.areIndicesForward : facts.stored?.[step] === true;
}

function stateOf(step: ReviewStepName, facts: ReviewFacts): ReviewStep["state"] {
	if (!isRelevant(step, facts)) return "notRelevant";
	if (step === "auth_form_checked" && !facts.hasAuthorizationForm) return "missingPrerequisite";
	return isDone(step, facts) ? "done" : "todo";
}

/** All steps with their states. */
export function reviewChecklist(facts: ReviewFacts): readonly ReviewStep[] {
	return reviewSteps.map(({ step, label }) => {
		const state = stateOf(step, facts);
		return { step, label, state, isToggleable: isToggleableReviewStep(step) && state !== "notRelevant" };
	});
}

/** Figures of the tab title: done, and all steps without those that are not relevant. */
export function countReviewSteps(steps: readonly ReviewStep[]): { readonly done: number; readonly total: number } {
	const relevant = steps.filter((step) => step.state !== "notRelevant");
	return { done: relevant.filter((step) => step.state === "done").length, total: relevant.length };
}
