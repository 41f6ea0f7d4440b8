/** The form that submits a request (requests-and-annotation.md §2.3). */
import type { FieldProblem } from "./field-problem.ts";
import { describeSubmissionWindow, isInSubmissionWindow, type SubmissionWindow } from "./submission-window.ts";

/** What was entered, parsed. */
export interface SubmitFormValues {
	readonly byMail: boolean;
	/** Agreed time of delivery; null = not given. */
	readonly submissionTime: Date | null;
	/** The facility confirmed a time outside its windows. */
	readonly customTimeAgreed: boolean;
	readonly comment: string | null;
}

/** What the check needs to know. */
export interface SubmitFormFacts {
	readonly now: Date;
	readonly windows: readonly SubmissionWindow[];
	readonly timeZone: string;
}

const maxCommentLength = 4096;
const minuteMs = 60_000;

/** Why a time is refused: past, or outside the windows; null when it is fine. Once refused, *custom time agreed* is offered. */
export function refusalOfSubmissionTime(time: Date, facts: SubmitFormFacts): string | null {
	const thisMinute = Math.floor(facts.now.getTime() / minuteMs) * minuteMs;
	if (time.getTime() < thisMinute) return "This time has passed.";
	if (isInSubmissionWindow(time, facts.windows, facts.timeZone)) return null;
	return `Samples are taken in: ${facts.windows.map(describeSubmissionWindow).join(", ")}.`;
}

/** Problems of the form: exactly one of time and mail; the time in the future and in a window, unless another was agreed. */
export function checkSubmission(values: SubmitFormValues, facts: SubmitFormFacts): FieldProblem[] {
	const problems: FieldProblem[] = [];
	if (values.comment !== null && values.comment.length > maxCommentLength) {
		problems.push({ field: "comment", message: `At most ${maxCommentLength} characters.` });
	}
	if (values.byMail === (values.submissionTime !== null)) {
		const message = values.byMail ? "Choose either a time or delivery by mail, not both." : "Choose a time or delivery by mail.";
		return [...problems, { field: "submissionTime", message }, { field: "byMail", message }];
	}
	if (values.submissionTime === null || values.customTimeAgreed) return problems;
	const refusal = refusalOfSubmissionTime(values.submissionTime, facts);
	return refusal === null ? problems : [...problems, { field: "submissionTime", message: refusal }];
}

/** Title of the calendar event of a submission: the request's name, cut to 64. */
export function submissionEventTitle(requestName: string): string {
	return requestName.slice(0, 64);
}
