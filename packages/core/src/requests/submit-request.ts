import { AccessType, EventType, LibraryStatus, PoolStatus, SeqRequestStatus } from "@opengsync/domain/catalog";
import { submissionEventTitle, validateSubmitForm } from "@opengsync/domain/submit-form";
import type { CommandContext } from "../context.ts";
import { InvalidInputError } from "../errors.ts";
import { notifyRequestSubmitted } from "../notifications/notify-requests.ts";
import { addRequestComment } from "./comments.ts";
import { loadRequestForChange } from "./load-for-change.ts";
import { requireRequestAction } from "./require-action.ts";

/** What the submission dialog says (requests-and-annotation.md §2.3). */
export interface SubmitRequestInput {
	readonly byMail: boolean;
	/** Agreed time of delivery; null when the samples come by mail. */
	readonly submissionTime: Date | null;
	/** The user states that the facility confirmed a time outside the windows. */
	readonly customTimeAgreed: boolean;
	readonly comment: string | null;
}

/**
 * Hands a draft in: event, comment, statuses (requests-and-annotation.md §2.3).
 * @throws NotPossibleError when it is not a draft, or not submittable and the viewer is a client
 * @throws InvalidInputError for the time
 */
export async function submitRequest(context: CommandContext, requestId: number, input: SubmitRequestInput): Promise<void> {
	const { tx, viewer, services } = context;
	const request = await loadRequestForChange(tx, viewer, requestId, AccessType.VIEW.id);
	requireRequestAction("submit", request);
	const now = services.now();
	const { problems } = validateSubmitForm(
		{
			isByMail: input.byMail,
			submissionTime: input.submissionTime,
			isCustomTimeAgreed: input.customTimeAgreed,
			comment: input.comment,
		},
		{ now, timeZone: services.config.timeZone, windows: services.config.submissionWindows },
	);
	if (problems.length > 0) throw new InvalidInputError(problems);

	const eventId = input.submissionTime
		? await placeEvent(context, request.sample_submission_event_id, request.name, input.submissionTime)
		: null;
	await tx
		.updateTable("seq_request")
		.set({
			status_id: SeqRequestStatus.SUBMITTED.id,
			timestamp_submitted_utc: now,
			review_checklist: null,
			sample_submission_event_id: eventId,
		})
		.where("id", "=", requestId)
		.execute();
	if (!eventId && request.sample_submission_event_id) {
		await tx.deleteFrom("event").where("id", "=", request.sample_submission_event_id).execute();
	}
	if (input.comment) await addRequestComment(context, requestId, `Sample submission comment: ${input.comment}`);
	await tx
		.updateTable("library")
		.set({ status_id: LibraryStatus.SUBMITTED.id })
		.where("seq_request_id", "=", requestId)
		.where("status_id", "=", LibraryStatus.DRAFT.id)
		.execute();
	await tx
		.updateTable("pool")
		.set({ status_id: PoolStatus.SUBMITTED.id })
		.where("seq_request_id", "=", requestId)
		.where("status_id", "=", PoolStatus.DRAFT.id)
		.execute();
	await notifyRequestSubmitted(context, requestId, input.comment);
}

async function placeEvent(context: CommandContext, eventId: number | null, requestName: string, time: Date): Promise<number> {
	const values = { title: submissionEventTitle(requestName), timestamp_utc: time, creator_id: context.viewer.id };
	if (eventId) {
		await context.tx.updateTable("event").set(values).where("id", "=", eventId).execute();
		return eventId;
	}
	const event = await context.tx
		.insertInto("event")
		.values({ ...values, type_id: EventType.SAMPLE_SUBMISSION.id })
		.returning("id")
		.executeTakeFirstOrThrow();
	return event.id;
}
