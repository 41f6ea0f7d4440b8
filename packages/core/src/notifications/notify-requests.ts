import { RequestResponse } from "@opengsync/domain/catalog";
import { findMentions } from "@opengsync/domain/mentions";
import type { NotificationKindKey } from "@opengsync/domain/notifications";
import { loadRequestPeople, loadStaff, type RequestPeople } from "./load-recipients.ts";
import type { Notification, NotificationContext, Recipient } from "./notification.ts";
import { notifyPeople } from "./notify-people.ts";

const reviewKinds: Readonly<Record<number, { readonly kind: NotificationKindKey; readonly summary: string }>> = {
	[RequestResponse.ACCEPTED.id]: { kind: "request_accepted", summary: "The request is accepted." },
	[RequestResponse.PENDING_REVISION.id]: { kind: "revision_asked", summary: "The request needs a revision." },
	[RequestResponse.REJECTED.id]: { kind: "request_rejected", summary: "The request is rejected." },
};

const customersOf = (request: RequestPeople): readonly Recipient[] =>
	request.people.filter((person) => person.reason === "requestor" || person.reason === "contact");

const assigneesOf = (request: RequestPeople): readonly Recipient[] =>
	request.people.filter((person) => person.reason === "assignee");

const about = (request: RequestPeople, event: Omit<Notification, "requestId" | "requestName">): Notification => ({
	requestId: request.id,
	requestName: request.name,
	...event,
});

/** Tells requestor and contact person what the facility answered (requests-and-annotation.md §2.5). */
export async function notifyRequestReviewed(
	context: NotificationContext,
	review: { readonly requestId: number; readonly responseId: number; readonly comment: string | null },
	exceptEmails: readonly string[],
): Promise<void> {
	const event = reviewKinds[review.responseId];
	if (!event) return;
	for (const request of await loadRequestPeople(context.tx, [review.requestId])) {
		await notifyPeople(context, about(request, { ...event, detail: review.comment }), customersOf(request), exceptEmails);
	}
}

/** Tells requestors and contact persons that their samples have arrived. The caller names each request once: when it leaves ACCEPTED. */
export async function notifySamplesReceived(context: NotificationContext, requestIds: readonly number[]): Promise<void> {
	for (const request of await loadRequestPeople(context.tx, requestIds)) {
		const event = { kind: "samples_received", summary: "The samples have arrived at the facility.", detail: null } as const;
		await notifyPeople(context, about(request, event), customersOf(request));
	}
}

/** Tells requestors and contact persons that data of their project were released; each once. The link itself goes only to the chosen recipients. */
export async function notifyDataReleased(
	context: NotificationContext,
	release: { readonly projectIdentifier: string; readonly requestIds: readonly number[] },
	exceptEmails: readonly string[],
): Promise<void> {
	const told = [...exceptEmails];
	const requests = await loadRequestPeople(context.tx, release.requestIds);
	for (const request of requests.toSorted((a, b) => b.id - a.id)) {
		const event = {
			kind: "data_released",
			summary: `Data of the project ${release.projectIdentifier} are released.`,
			detail:
				"The link to the files was sent to the recipients who are named for the data. If you need it too, please ask them or the facility.",
			tab: "share",
		} as const;
		const recipients = await notifyPeople(context, about(request, event), customersOf(request), told);
		told.push(...recipients.map((recipient) => recipient.email));
	}
}

/** Tells requestor and contact person that a QC-only request is measured (extensions.md §2). */
export async function notifyQualityReport(context: NotificationContext, requestId: number, numLibraries: number): Promise<void> {
	for (const request of await loadRequestPeople(context.tx, [requestId])) {
		const event = {
			kind: "quality_report",
			summary: `${numLibraries === 1 ? "The sample is" : `All ${numLibraries} samples are`} measured; the report is ready.`,
			detail: null,
			tab: "qc",
		} as const;
		await notifyPeople(context, about(request, event), customersOf(request));
	}
}

/** Tells the assignees that a request was submitted (again). */
export async function notifyRequestSubmitted(
	context: NotificationContext,
	requestId: number,
	comment: string | null,
): Promise<void> {
	for (const request of await loadRequestPeople(context.tx, [requestId])) {
		const event = { kind: "request_submitted", summary: "The request is submitted.", detail: comment } as const;
		await notifyPeople(context, about(request, event), assigneesOf(request));
	}
}

/** Tells staff who are mentioned in a comment, and the assignees who are not. */
export async function notifyComment(
	context: NotificationContext,
	requestId: number,
	authorName: string,
	text: string,
): Promise<void> {
	const mentioned = text.includes("@") ? findMentions(text, await loadStaff(context.tx)) : [];
	for (const request of await loadRequestPeople(context.tx, [requestId])) {
		const mention = {
			kind: "mention",
			summary: `${authorName} mentions you in a comment.`,
			detail: text,
			tab: "comments",
		} as const;
		await notifyPeople(context, about(request, mention), mentioned);
		const comment = {
			kind: "request_comment",
			summary: `${authorName} wrote a comment.`,
			detail: text,
			tab: "comments",
		} as const;
		const names = mentioned.map((person) => person.email);
		await notifyPeople(context, about(request, comment), assigneesOf(request), names);
	}
}
