import type { CommentRow, RequestPageRow } from "@opengsync/db/queries/request-page";
import type { ReviewLibrary } from "@opengsync/db/queries/request-tabs";
import { carriesMux } from "@opengsync/domain/mux-library";
import { countReviewSteps, type ReviewStep, reviewChecklist } from "@opengsync/domain/review-checklist";
import { ActionButton } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { Card } from "../../components/parts.tsx";
import { ReviewStepContent } from "./review-steps.tsx";

/** The steps of the review of a request. */
function reviewOf(request: RequestPageRow): readonly ReviewStep[] {
	return reviewChecklist({
		statusId: request.status_id,
		submissionTypeId: request.submission_type_id,
		stored: request.review_checklist,
		hasAuthorizationForm: request.authorization_form_id !== null,
		hasMultiplexedLibrary: request.mux_libraries.some(carriesMux),
		areIndicesForward: request.are_indices_forward,
	});
}

/** `3/10`, for the title of the tab. */
export function reviewCount(request: RequestPageRow): string {
	const { done, total } = countReviewSteps(reviewOf(request));
	return `${done}/${total}`;
}

const stateWords: Record<ReviewStep["state"], string> = {
	done: "checked",
	todo: "to be checked",
	missingPrerequisite: "missing prerequisite",
	notRelevant: "not relevant",
};

/** What the review shows. */
export interface RequestReviewProps {
	readonly request: RequestPageRow;
	readonly libraries: readonly ReviewLibrary[];
	readonly comments: readonly CommentRow[];
}

/** Tab *Review*: what staff looks at before it decides; the first step to be checked is open (requests-and-annotation.md §2.4). */
export function RequestReview(props: RequestReviewProps) {
	const steps = reviewOf(props.request);
	const { done, total } = countReviewSteps(steps);
	const next = steps.find((step) => step.state === "todo" && step.isToggleable);
	return (
		<Card title={`${done} of ${total} checked`}>
			<ol class="review-steps">
				{steps.map((step) => (
					<li class={`review-step is-${step.state}`}>
						<details {...(step === next ? { open: true } : {})}>
							<summary>
								<StepSign state={step.state} />
								<span class="review-step-title">{step.label}</span>
								<span class="text-secondary">{step.step === "submission_processed" ? "to do" : stateWords[step.state]}</span>
							</summary>
							<div class="review-step-body">
								<ReviewStepContent step={step.step} {...props} />
								<TickButton request={props.request} step={step} />
							</div>
						</details>
					</li>
				))}
			</ol>
		</Card>
	);
}

function StepSign({ state }: { state: ReviewStep["state"] }) {
	if (state === "notRelevant") return <Icon name="minus" />;
	return (
		<Icon
			name={state === "done" ? "circle-check" : state === "todo" ? "circle-dashed" : "alert-triangle"}
			class={state === "done" ? "sign-present" : state === "todo" ? "" : "sign-missing"}
		/>
	);
}

function TickButton({ request, step }: { request: RequestPageRow; step: ReviewStep }) {
	if (!step.isToggleable) return null;
	const isDone = step.state === "done";
	return (
		<ActionButton
			action={`/seq_requests/${request.id}/review/`}
			values={{ step: step.step, done: isDone ? 0 : 1 }}
			icon={isDone ? "x" : "check"}
			look={isDone ? "quiet" : "primary"}
			disabledReason={step.state === "missingPrerequisite" ? "There is no authorization form yet." : null}
		>
			{isDone ? "Take the tick away" : "Mark as checked"}
		</ActionButton>
	);
}
