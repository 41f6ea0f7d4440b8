import { AccessType, LibraryStatus, memberById, PoolStatus, RequestResponse, SampleStatus } from "@opengsync/domain/catalog";
import { type ReviewOutcome, reviewComment, reviewOutcome, validateProcessForm } from "@opengsync/domain/process-form";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { InvalidInputError } from "../errors.ts";
import { readFacilityMailParts } from "../mail/facility-parts.ts";
import { enqueueMail } from "../mail/outbox.ts";
import { writeRequestReviewedMail } from "../mail/project-data-mail.ts";
import { notifyRequestReviewed } from "../notifications/notify-requests.ts";
import { addRequestComment } from "./comments.ts";
import { loadRequestForChange, type RequestForChange } from "./load-for-change.ts";
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
 * Answers a submitted request: statuses of the request, its samples, libraries, pools and projects, comment, assignee, mail;
 * requestor and contact person are told as they chose, unless the mail goes to them.
 * @throws NotPossibleError when it is not submitted, InvalidInputError
 */
export async function processRequest(context: CommandContext, requestId: number, input: ProcessRequestInput): Promise<void> {
	const { tx, viewer } = context;
	const request = await loadRequestForChange(tx, viewer, requestId, AccessType.INSIDER.id);
	requireRequestAction("process", request);
	const problems = validateProcessForm({ ...input, isAssignedToMe: input.assignToMe });
	if (problems.length > 0) throw new InvalidInputError(problems);
	const response = memberById(RequestResponse, input.responseId);
	await applyOutcome(context, request, reviewOutcome(response));
	await addRequestComment(context, requestId, reviewComment(response, input.comment));
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
			response: response.label,
			comment: input.comment,
		});
		await enqueueMail(tx, { ...message, to: [input.notificationEmail] });
	}
	const review = { requestId, responseId: response.id, comment: input.comment };
	await notifyRequestReviewed(context, review, input.notificationEmail ? [input.notificationEmail] : []);
}

/** Writes what an answer does; material in any other status than the one it leaves is left alone. */
async function applyOutcome({ tx }: CommandContext, request: RequestForChange, outcome: ReviewOutcome): Promise<void> {
	await tx
		.updateTable("seq_request")
		.set({
			status_id: outcome.requestStatusId,
			...(outcome.keepsSubmission ? {} : { timestamp_submitted_utc: null, sample_submission_event_id: null }),
		})
		.where("id", "=", request.id)
		.execute();
	if (!outcome.keepsSubmission && request.sample_submission_event_id) {
		await tx.deleteFrom("event").where("id", "=", request.sample_submission_event_id).execute();
	}
	if (outcome.sampleStatusId !== null) {
		await sql`UPDATE sample SET status_id = ${outcome.sampleStatusId}
			WHERE status_id = ${SampleStatus.DRAFT.id} AND id IN (${samplesOf(request.id)})`.execute(tx);
	}
	await sql`UPDATE library SET status_id =
			CASE WHEN pool_id IS NULL THEN ${outcome.libraryStatusId}::smallint ELSE ${outcome.pooledLibraryStatusId}::smallint END
		WHERE seq_request_id = ${request.id} AND status_id = ${LibraryStatus.SUBMITTED.id}`.execute(tx);
	await tx
		.updateTable("pool")
		.set({ status_id: outcome.poolStatusId })
		.where("seq_request_id", "=", request.id)
		.where("status_id", "=", PoolStatus.SUBMITTED.id)
		.execute();
	if (outcome.projectStatusId !== null) {
		await sql`UPDATE project SET status_id = ${outcome.projectStatusId}
			WHERE id IN (SELECT s.project_id FROM sample s WHERE s.id IN (${samplesOf(request.id)}))
				AND status_id <> ${outcome.projectStatusId}`.execute(tx);
	}
}

const samplesOf = (requestId: number) => sql`SELECT k.sample_id FROM sample_library_link k
	JOIN library l ON l.id = k.library_id WHERE l.seq_request_id = ${requestId}`;
