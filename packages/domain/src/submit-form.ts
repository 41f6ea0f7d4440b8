/** The form that submits a request (requests-and-annotation.md §2.3). */
import type { FieldError } from "./field-error.ts";
import { describeSubmissionWindow, isInSubmissionWindow, type SubmissionWindow } from "./submission-window.ts";

/** What was entered, parsed. */
export interface SubmitFormValues {
	readonly isByMail: boolean;
	/** Agreed time of delivery; null = not given. */
	readonly submissionTime: Date | null;
	/** The facility confirmed a time outside its windows. */
	readonly isCustomTimeAgreed: boolean;
	readonly comment: string | null;
}

/** What the check needs to know. */
export interface SubmitFormFacts {
	readonly now: Date;
	readonly windows: readonly SubmissionWindow[];
	readonly timeZone: string;
}

/** Problems of the form, and whether the switch *custom time agreed* is offered from now on: the time was refused. */
export interface SubmitFormResult {
	readonly problems: readonly FieldError[];
	readonly isCustomTimeOffered: boolean;
}

const maxCommentLength = 4096;
const minuteMs = 60_000;

function refusalOfTime(time: Date, facts: SubmitFormFacts): string | null {
	const thisMinute = Math.floor(facts.now.getTime() / minuteMs) * minuteMs;
	if (time.getTime() < thisMinute) return "This time has passed.";
	if (isInSubmissionWindow(time, facts.windows, facts.timeZone)) return null;
	return `Samples are taken in: ${facts.windows.map(describeSubmissionWindow).join(", ")}.`;
}

/** Checks the form: exactly one of time and mail; the time in the future and in a window, unless another was agreed. */
export function validateSubmitForm(values: SubmitFormValues, facts: SubmitFormFacts): SubmitFormResult {
	const problems: FieldError[] = [];
	if (values.comment !== null && values.comment.length > maxCommentLength) {
		problems.push({ field: "comment", message: `At most ${maxCommentLength} characters.` });
	}
	if (values.isByMail === (values.submissionTime !== null)) {
		const message = values.isByMail
			? "Choose either a time or delivery by mail, not both."
			: "Choose a time or delivery by mail.";
		problems.push({ field: "submissionTime", message }, { field: "isByMail", message });
		return { problems, isCustomTimeOffered: values.isCustomTimeAgreed };
	}
	if (values.submissionTime === null) return { problems, isCustomTimeOffered: false };
	const refusal = refusalOfTime(values.submissionTime, facts);
	if (refusal !== null && !values.isCustomTimeAgreed) problems.push({ field: "submissionTime", message: refusal });
	return { problems, isCustomTimeOffered: refusal !== null };
}

/** Title of the calendar event of a submission: the request's name, cut to 64. */
export function submissionEventTitle(requestName: string): string {
	return requestName.slice(0, 64);
}
