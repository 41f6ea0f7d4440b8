/** The form with which staff answers a submitted request, and what the answer does (requests-and-annotation.md §2.5). */
import { findMember, LibraryStatus, type MemberOf, PoolStatus, ProjectStatus, RequestResponse, SampleStatus } from "./catalog.ts";
import { isEmail } from "./email.ts";
import type { FieldError } from "./field-error.ts";

/** What was entered, parsed. */
export interface ProcessFormValues {
	readonly responseId: number | null;
	readonly notificationEmail: string | null;
	readonly comment: string | null;
	readonly isAssignedToMe: boolean;
}

const maxCommentLength = 4096;

/** Checks the form; empty = fine. */
export function validateProcessForm(values: ProcessFormValues): readonly FieldError[] {
	const problems: FieldError[] = [];
	const response = findMember(RequestResponse, values.responseId);
	if (response === null) problems.push({ field: "responseId", message: "Choose a response." });
	if (values.notificationEmail !== null && !isEmail(values.notificationEmail)) {
		problems.push({ field: "notificationEmail", message: "This is not an e-mail address." });
	}
	if (values.comment === null) {
		if (response?.commentRequired) problems.push({ field: "comment", message: "Tell the requestor why." });
		return problems;
	}
	if (values.comment.length > maxCommentLength)
		problems.push({ field: "comment", message: `At most ${maxCommentLength} characters.` });
	if (values.notificationEmail === null) {
		problems.push({ field: "notificationEmail", message: "Give the address to which the comment is sent." });
	}
	return problems;
}

/** What an answer does; statuses as ids, null = unchanged. What has any other status than named is left alone. */
export interface ReviewOutcome {
	readonly requestStatusId: number;
	/** False = submission time cleared, event deleted. */
	readonly keepsSubmission: boolean;
	/** Of samples in DRAFT. */
	readonly sampleStatusId: number | null;
	/** Of libraries in SUBMITTED that are in no pool. */
	readonly libraryStatusId: number;
	/** Of libraries in SUBMITTED that are in a pool. */
	readonly pooledLibraryStatusId: number;
	/** Of pools in SUBMITTED. */
	readonly poolStatusId: number;
	/** Of the projects of its samples. */
	readonly projectStatusId: number | null;
}

/** Effects of a response. */
export function reviewOutcome(response: MemberOf<typeof RequestResponse>): ReviewOutcome {
	const requestStatusId = response.resultingSeqRequestStatusId;
	switch (response.key) {
		case "ACCEPTED":
			return {
				requestStatusId,
				keepsSubmission: true,
				sampleStatusId: SampleStatus.WAITING_DELIVERY.id,
				libraryStatusId: LibraryStatus.ACCEPTED.id,
				pooledLibraryStatusId: LibraryStatus.POOLED.id,
				poolStatusId: PoolStatus.ACCEPTED.id,
				projectStatusId: ProjectStatus.PROCESSING.id,
			};
		case "PENDING_REVISION":
			return {
				requestStatusId,
				keepsSubmission: false,
				sampleStatusId: null,
				libraryStatusId: LibraryStatus.DRAFT.id,
				pooledLibraryStatusId: LibraryStatus.DRAFT.id,
				poolStatusId: PoolStatus.DRAFT.id,
				projectStatusId: null,
			};
		case "REJECTED":
			return {
				requestStatusId,
				keepsSubmission: false,
				sampleStatusId: SampleStatus.REJECTED.id,
				libraryStatusId: LibraryStatus.REJECTED.id,
				pooledLibraryStatusId: LibraryStatus.REJECTED.id,
				poolStatusId: PoolStatus.REJECTED.id,
				projectStatusId: null,
			};
	}
}

/** Text of the comment that is left on the request. */
export function reviewComment(response: MemberOf<typeof RequestResponse>, comment: string | null): string {
	return comment === null ? `Request ${response.label}` : `Request ${response.label}. Comment: ${comment}`;
}
