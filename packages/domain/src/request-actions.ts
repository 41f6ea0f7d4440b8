/** What can be done with a request by whom and when (requests-and-annotation.md §2.2, §2.8), read by buttons, commands and tests. */
import type { AccessLevel } from "./access-level.ts";
import { AccessType, SeqRequestStatus, SubmissionType } from "./catalog.ts";
import { transitionsFrom } from "./transitions.ts";

/** Facts of a request and its viewer that decide what can be done. */
export interface RequestFacts {
	readonly statusId: number;
	readonly submissionTypeId: number;
	/** Access level of the viewer to the request. */
	readonly level: AccessLevel;
	readonly numLibraries: number;
	/** Has an authorization form. */
	readonly isAuthorized: boolean;
}

/** Actions on a request. */
export type RequestActionName =
	| "submit"
	| "process"
	| "store"
	| "edit"
	| "annotate"
	| "reindex"
	| "resequence"
	| "clone"
	| "removeAllLibraries"
	| "archive"
	| "unarchive"
	| "delete"
	| "attachFile"
	| "deleteFile"
	| "comment"
	| "changeDeliveryEmails"
	| "assign";

/** An action as a page shows it; a command refuses with `reason` unless `enabled`. */
export interface RequestAction {
	readonly action: RequestActionName;
	readonly label: string;
	/** False = the viewer may not know of it, or it has no place in this status. */
	readonly shown: boolean;
	readonly enabled: boolean;
	/** Why it is not possible; null while enabled. */
	readonly reason: string | null;
}

/** null = possible; a text = shown, but not possible; "hidden" with the reason for a command that is called all the same. */
type Answer = null | string | { readonly hidden: string };

const noPermission: Answer = { hidden: "You do not have permission to do this." };
const afterSubmission = "The request has been submitted: ask the facility for changes.";

function isDraft(facts: RequestFacts): boolean {
	return facts.statusId === SeqRequestStatus.DRAFT.id;
}

function isEditor(facts: RequestFacts): boolean {
	return facts.level >= AccessType.EDIT.id;
}

function isStaff(facts: RequestFacts): boolean {
	return facts.level >= AccessType.INSIDER.id;
}

/** *Submittable* (data-model.md §4): DRAFT, at least one library, authorization form uploaded. */
export function isSubmittable(facts: Pick<RequestFacts, "statusId" | "numLibraries" | "isAuthorized">): boolean {
	return facts.statusId === SeqRequestStatus.DRAFT.id && facts.numLibraries > 0 && facts.isAuthorized;
}

function answerSubmit(facts: RequestFacts): Answer {
	if (!isEditor(facts)) return noPermission;
	if (transitionsFrom("request", facts.statusId, "submission").length === 0) return { hidden: "Only a draft can be submitted." };
	if (isSubmittable(facts) || isStaff(facts)) return null;
	if (facts.numLibraries === 0) return "Add samples and libraries first.";
	return "Upload the signed authorization form first.";
}

function answerStaff(facts: RequestFacts): Answer {
	return isStaff(facts) ? null : noPermission;
}

function answerEditInDraft(facts: RequestFacts): Answer {
	if (!isEditor(facts)) return noPermission;
	return isDraft(facts) || isStaff(facts) ? null : afterSubmission;
}

function answerEditor(facts: RequestFacts): Answer {
	return isEditor(facts) ? null : noPermission;
}

const rules: Readonly<Record<RequestActionName, { readonly label: string; readonly answer: (facts: RequestFacts) => Answer }>> = {
	submit: { label: "Submit", answer: answerSubmit },
	process: {
		label: "Process",
		answer: (facts) => {
			if (!isStaff(facts)) return noPermission;
			return transitionsFrom("request", facts.statusId, "review").length > 0
				? null
				: { hidden: "Only a submitted request can be processed." };
		},
	},
	store: {
		label: "Store Samples",
		answer: (facts) => {
			if (!isStaff(facts)) return noPermission;
			return facts.statusId === SeqRequestStatus.ACCEPTED.id
				? null
				: { hidden: "Samples are stored from an accepted request; use Store Samples of the dashboard otherwise." };
		},
	},
	edit: { label: "Edit", answer: answerEditInDraft },
	annotate: { label: "Add Samples", answer: answerEditInDraft },
	reindex: {
		label: "Re-index",
		answer: (facts) => {
			if (!isEditor(facts)) return noPermission;
			const hasIndices =
				facts.submissionTypeId === SubmissionType.POOLED_LIBRARIES.id ||
				facts.submissionTypeId === SubmissionType.UNPOOLED_LIBRARIES.id;
			if (!hasIndices) return { hidden: "Only libraries that the customer prepared are indexed here." };
			return isDraft(facts) || isStaff(facts) ? null : afterSubmission;
		},
	},
	resequence: {
		label: "Re-sequence",
		answer: (facts) => {
			if (!isStaff(facts)) return noPermission;
			return facts.submissionTypeId === SubmissionType.QC_ONLY.id ? "A QC-only request cannot be re-sequenced." : null;
		},
	},
	clone: { label: "Clone", answer: answerStaff },
	removeAllLibraries: {
		label: "Remove All Libraries",
		answer: (facts) => answerEditInDraft(facts) ?? (facts.numLibraries === 0 ? "The request has no libraries." : null),
	},
	archive: {
		label: "Archive",
		answer: (facts) => {
			if (facts.statusId === SeqRequestStatus.ARCHIVED.id) return { hidden: "The request is archived already." };
			return answerEditInDraft(facts);
		},
	},
	unarchive: {
		label: "Unarchive",
		answer: (facts) => {
			if (!isStaff(facts)) return noPermission;
			return facts.statusId === SeqRequestStatus.ARCHIVED.id ? null : { hidden: "The request is not archived." };
		},
	},
	delete: {
		label: "Delete",
		answer: (facts) => {
			if (!isEditor(facts)) return noPermission;
			if (isDraft(facts) || facts.level >= AccessType.ADMIN.id) return null;
			return "Only an admin can delete a request that is no longer a draft.";
		},
	},
	attachFile: { label: "Attach File", answer: answerEditor },
	deleteFile: { label: "Delete File", answer: answerEditInDraft },
	comment: { label: "Comment", answer: answerEditor },
	changeDeliveryEmails: {
		label: "Change Recipients",
		answer: (facts) => {
			if (!isEditor(facts)) return noPermission;
			if (isStaff(facts) || facts.statusId < SeqRequestStatus.FINISHED.id) return null;
			return "The request is finished: ask the facility to add recipients.";
		},
	},
	assign: { label: "Add Assignee", answer: answerStaff },
};

/** One action on a request for its viewer. */
export function requestAction(action: RequestActionName, facts: RequestFacts): RequestAction {
	const { label, answer } = rules[action];
	const result = answer(facts);
	if (result === null) return { action, label, shown: true, enabled: true, reason: null };
	if (typeof result === "string") return { action, label, shown: true, enabled: false, reason: result };
	return { action, label, shown: false, enabled: false, reason: result.hidden };
}

/** All actions on a request for its viewer, in the order of the page. */
export function requestActions(facts: RequestFacts): readonly RequestAction[] {
	return (Object.keys(rules) as RequestActionName[]).map((action) => requestAction(action, facts));
}
