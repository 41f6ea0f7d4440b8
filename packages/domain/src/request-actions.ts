/** What can be done with a request by whom and when (requests-and-annotation.md §2.2, §2.8), read by buttons, commands and tests. */
import type { AccessLevel } from "./access-level.ts";
import {
	type Action,
	type ActionRules,
	type Answer,
	decideAction,
	decideActions,
	editInDraft,
	needsLevel,
	noLongerPermitted,
	notPermitted,
	notPossible,
	outOfPlace,
} from "./actions.ts";
import { AccessType, SeqRequestStatus, SubmissionType } from "./catalog.ts";
import { answerFileAction, type FileActionName } from "./file-actions.ts";
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
	| "measure"
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
	| "attachAuthorization"
	| "deleteFile"
	| "comment"
	| "changeDeliveryEmails"
	| "assign"
	| "assignToMe"
	| "review"
	| "exportLibraries"
	| "exportEverything";

/** An action on a request as its page shows it. */
export type RequestAction = Action<RequestActionName>;

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
	if (!isEditor(facts)) return notPermitted;
	if (transitionsFrom("request", facts.statusId, "submission").length === 0) return outOfPlace("Only a draft can be submitted.");
	if (isSubmittable(facts) || isStaff(facts)) return null;
	if (facts.numLibraries === 0) return notPossible("Add samples and libraries first.");
	return notPossible("Upload the signed authorization form first.");
}

/** QC-only requests (extensions.md §2); some samples may have arrived while others are awaited, and values are corrected afterwards. */
function answerMeasure(facts: RequestFacts): Answer {
	if (!isStaff(facts)) return notPermitted;
	if (facts.submissionTypeId !== SubmissionType.QC_ONLY.id) return outOfPlace("Only QC-only requests have a QC sheet.");
	const { ACCEPTED, SAMPLES_RECEIVED, FINISHED } = SeqRequestStatus;
	const hasArrived = [ACCEPTED.id, SAMPLES_RECEIVED.id, FINISHED.id].some((id) => id === facts.statusId);
	return hasArrived ? null : outOfPlace("Samples are measured after they have arrived.");
}

function answerStaff(facts: RequestFacts): Answer {
	return needsLevel(facts.level, AccessType.INSIDER.id);
}

function answerEditInDraft(facts: RequestFacts): Answer {
	return editInDraft(facts.level, isDraft(facts), afterSubmission);
}

/** Files and comments have a table of their own (access-and-web.md §3.6). */
function answerFile(action: FileActionName): (facts: RequestFacts) => Answer {
	return ({ level, statusId }) => answerFileAction(action, { kind: "request", level, statusId });
}

const rules: ActionRules<RequestActionName, RequestFacts> = {
	submit: { label: "Submit", answer: answerSubmit },
	process: {
		label: "Process",
		answer: (facts) => {
			if (!isStaff(facts)) return notPermitted;
			return transitionsFrom("request", facts.statusId, "review").length > 0
				? null
				: outOfPlace("Only a submitted request can be processed.");
		},
	},
	store: {
		label: "Store Samples",
		answer: (facts) => {
			if (!isStaff(facts)) return notPermitted;
			return facts.statusId === SeqRequestStatus.ACCEPTED.id
				? null
				: outOfPlace("Samples are stored from an accepted request; use Store Samples of the dashboard otherwise.");
		},
	},
	measure: { label: "Enter Measurements", answer: answerMeasure },
	edit: { label: "Edit", answer: answerEditInDraft },
	annotate: { label: "Add Samples", answer: answerEditInDraft },
	reindex: {
		label: "Re-index",
		answer: (facts) => {
			if (!isEditor(facts)) return notPermitted;
			const hasIndices =
				facts.submissionTypeId === SubmissionType.POOLED_LIBRARIES.id ||
				facts.submissionTypeId === SubmissionType.UNPOOLED_LIBRARIES.id;
			return hasIndices ? answerEditInDraft(facts) : outOfPlace("Only libraries that the customer prepared are indexed here.");
		},
	},
	resequence: {
		label: "Re-sequence",
		answer: (facts) => {
			if (!isStaff(facts)) return notPermitted;
			return facts.submissionTypeId === SubmissionType.QC_ONLY.id
				? notPossible("A QC-only request cannot be re-sequenced.")
				: null;
		},
	},
	clone: { label: "Clone", answer: answerStaff },
	removeAllLibraries: {
		label: "Remove All Libraries",
		answer: (facts) =>
			answerEditInDraft(facts) ?? (facts.numLibraries === 0 ? notPossible("The request has no libraries.") : null),
	},
	archive: {
		label: "Archive",
		answer: (facts) => {
			if (!isEditor(facts)) return notPermitted;
			if (facts.statusId === SeqRequestStatus.ARCHIVED.id) return outOfPlace("The request is archived already.");
			return answerEditInDraft(facts);
		},
	},
	unarchive: {
		label: "Unarchive",
		answer: (facts) => {
			if (!isStaff(facts)) return notPermitted;
			return facts.statusId === SeqRequestStatus.ARCHIVED.id ? null : outOfPlace("The request is not archived.");
		},
	},
	delete: {
		label: "Delete",
		answer: (facts) =>
			editInDraft(
				facts.level,
				isDraft(facts),
				"Only an admin can delete a request that is no longer a draft.",
				AccessType.ADMIN.id,
			),
	},
	attachFile: { label: "Attach File", answer: answerFile("attach") },
	attachAuthorization: {
		label: "Upload Authorization Form",
		answer: (facts) =>
			answerFile("attach")(facts) ??
			(facts.isAuthorized ? notPossible("There is an authorization form already: delete it first.") : null),
	},
	deleteFile: { label: "Delete File", answer: answerFile("delete") },
	comment: { label: "Comment", answer: answerFile("comment") },
	changeDeliveryEmails: {
		label: "Change Recipients",
		answer: (facts) => {
			if (!isEditor(facts)) return notPermitted;
			if (isStaff(facts) || facts.statusId < SeqRequestStatus.FINISHED.id) return null;
			return noLongerPermitted("The request is finished: ask the facility to add recipients.");
		},
	},
	assign: { label: "Add Assignee", answer: answerStaff },
	assignToMe: { label: "Assign to me", answer: answerStaff },
	review: {
		label: "Review",
		answer: (facts) =>
			answerStaff(facts) ??
			(facts.statusId === SeqRequestStatus.SUBMITTED.id ? null : outOfPlace("Only a submitted request is reviewed.")),
	},
	exportLibraries: { label: "Libraries (tsv)", answer: (facts) => needsLevel(facts.level, AccessType.EDIT.id) },
	exportEverything: { label: "Everything (xlsx)", answer: (facts) => needsLevel(facts.level, AccessType.VIEW.id) },
};

/** One action on a request for its viewer. */
export function requestAction(action: RequestActionName, facts: RequestFacts): RequestAction {
	return decideAction(rules, action, facts);
}

/** All actions on a request for its viewer, in the order of the page. */
export function requestActions(facts: RequestFacts): readonly RequestAction[] {
	return decideActions(rules, facts);
}
