import {
	AccessType,
	LibraryStatus,
	memberById,
	PoolStatus,
	ProjectStatus,
	RequestResponse,
	SampleStatus,
	SeqRequestStatus,
} from "@opengsync/domain/catalog";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { InvalidInputError } from "../errors.ts";
import { readFacilityMailParts } from "../mail/facility-parts.ts";
import { enqueueMail } from "../mail/outbox.ts";
import { writeRequestReviewedMail } from "../mail/project-data-mail.ts";
import { addRequestComment } from "./comments.ts";
import { loadRequestForChange } from "./load-for-change.ts";
import { requireRequestAction } from "./require-action.ts";

/** What the reviewer decided (requests-and-annotation.md §2.5). */
export interface ProcessRequestInput {
	/** Id of *requestResponse*. */
	readonly responseId: number;
	readonly notificationEmail: string | null;
	readonly comment: string | null;
	readonly assignToMe: boolean;
}

/**
 * Answers a submitted request: statuses of the request, its samples, libraries, pools and projects, comment, assignee, mail.
 * @throws NotPossibleError when it is not submitted, InvalidInputError
 */
export async function processRequest(context: CommandContext, requestId: number, input: ProcessRequestInput): Promise<void> {
	const { tx, viewer } = context;
	const request = await loadRequestForChange(tx, viewer, requestId, AccessType.INSIDER.id);
	requireRequestAction("process", request);
	const accepted = input.responseId === RequestResponse.ACCEPTED.id;
	if (!accepted && !input.comment) {
		throw new InvalidInputError([{ field: "comment", message: "Tell the requestor why, or what has to be changed." }]);
	}
	if (input.comment && !input.notificationEmail) {
		throw new InvalidInputError([{ field: "notificationEmail", message: "To whom is the comment to be sent?" }]);
	}

	if (accepted) await accept(context, requestId);
	else await turnBack(context, requestId, request.sample_submission_event_id, input.responseId === RequestResponse.REJECTED.id);

	const response = memberById(RequestResponse, input.responseId).label;
	await addRequestComment(context, requestId, `Request ${response}${input.comment ? `. Comment: ${input.comment}` : ""}`);
	if (input.assignToMe) {
		await sql`INSERT INTO seq_request_assignee_link (seq_request_id, user_id) VALUES (${requestId}, ${viewer.id}) ON CONFLICT DO NOTHING`.execute(
			tx,
		);
	}
	if (input.notificationEmail) {
		const { config } = context.services;
		const message = await writeRequestReviewedMail(config, await readFacilityMailParts(config), {
			requestId,
			requestName: request.name,
			response,
			comment: input.comment,
		});
		await enqueueMail(tx, { ...message, to: [input.notificationEmail] });
	}
}

async function accept({ tx }: CommandContext, requestId: number): Promise<void> {
	await tx.updateTable("seq_request").set({ status_id: SeqRequestStatus.ACCEPTED.id }).where("id", "=", requestId).execute();
	await sql`UPDATE sample SET status_id = ${SampleStatus.WAITING_DELIVERY.id}
		WHERE status_id = ${SampleStatus.DRAFT.id} AND id IN (${samplesOf(requestId)})`.execute(tx);
	await sql`UPDATE library SET status_id = CASE WHEN pool_id IS NULL THEN ${LibraryStatus.ACCEPTED.id}::smallint ELSE ${LibraryStatus.POOLED.id}::smallint END
		WHERE seq_request_id = ${requestId} AND status_id = ${LibraryStatus.SUBMITTED.id}`.execute(tx);
	await movePools(tx, requestId, PoolStatus.ACCEPTED.id);
	await sql`UPDATE project SET status_id = ${ProjectStatus.PROCESSING.id}
		WHERE id IN (SELECT s.project_id FROM sample s WHERE s.id IN (${samplesOf(requestId)})) AND status_id <> ${ProjectStatus.PROCESSING.id}`.execute(
		tx,
	);
}

/** Back to the requestor for a revision, or rejected for good. */
async function turnBack({ tx }: CommandContext, requestId: number, eventId: number | null, rejected: boolean): Promise<void> {
	await tx
		.updateTable("seq_request")
		.set({
			status_id: rejected ? SeqRequestStatus.REJECTED.id : SeqRequestStatus.DRAFT.id,
			timestamp_submitted_utc: null,
			sample_submission_event_id: null,
		})
		.where("id", "=", requestId)
		.execute();
	if (eventId) await tx.deleteFrom("event").where("id", "=", eventId).execute();
	if (rejected) {
		await sql`UPDATE sample SET status_id = ${SampleStatus.REJECTED.id}
			WHERE status_id = ${SampleStatus.DRAFT.id} AND id IN (${samplesOf(requestId)})`.execute(tx);
	}
	await tx
		.updateTable("library")
		.set({ status_id: rejected ? LibraryStatus.REJECTED.id : LibraryStatus.DRAFT.id })
		.where("seq_request_id", "=", requestId)
		.where("status_id", "=", LibraryStatus.SUBMITTED.id)
		.execute();
	await movePools(tx, requestId, rejected ? PoolStatus.REJECTED.id : PoolStatus.DRAFT.id);
}

const samplesOf = (requestId: number) => sql`SELECT k.sample_id FROM sample_library_link k
	JOIN library l ON l.id = k.library_id WHERE l.seq_request_id = ${requestId}`;

async function movePools(tx: CommandContext["tx"], requestId: number, statusId: number): Promise<void> {
	await tx
		.updateTable("pool")
		.set({ status_id: statusId })
		.where("seq_request_id", "=", requestId)
		.where("status_id", "=", PoolStatus.SUBMITTED.id)
		.execute();
}
