import { AccessType, LibraryStatus, PoolStatus, SampleStatus, SeqRequestStatus } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { loadRequestForChange } from "./load-for-change.ts";
import { requireRequestAction } from "./require-action.ts";

/** Puts a request aside (requests-and-annotation.md §2.2). */
export async function archiveRequest(context: CommandContext, requestId: number): Promise<void> {
	const { tx, viewer } = context;
	requireRequestAction("archive", await loadRequestForChange(tx, viewer, requestId, AccessType.EDIT.id));
	await tx.updateTable("seq_request").set({ status_id: SeqRequestStatus.ARCHIVED.id }).where("id", "=", requestId).execute();
}

/** Brings an archived request back as a draft: submission time and event go, submitted and rejected material is DRAFT again. */
export async function unarchiveRequest(context: CommandContext, requestId: number): Promise<void> {
	const { tx, viewer } = context;
	const request = await loadRequestForChange(tx, viewer, requestId, AccessType.INSIDER.id);
	requireRequestAction("unarchive", request);
	await tx
		.updateTable("seq_request")
		.set({ status_id: SeqRequestStatus.DRAFT.id, timestamp_submitted_utc: null, sample_submission_event_id: null })
		.where("id", "=", requestId)
		.execute();
	if (request.sample_submission_event_id !== null) {
		await tx.deleteFrom("event").where("id", "=", request.sample_submission_event_id).execute();
	}
	await sql`UPDATE library SET status_id = ${LibraryStatus.DRAFT.id} WHERE seq_request_id = ${requestId}
		AND status_id IN (${LibraryStatus.SUBMITTED.id}, ${LibraryStatus.REJECTED.id})`.execute(tx);
	await sql`UPDATE pool SET status_id = ${PoolStatus.DRAFT.id} WHERE seq_request_id = ${requestId}
		AND status_id IN (${PoolStatus.SUBMITTED.id}, ${PoolStatus.REJECTED.id})`.execute(tx);
	await sql`UPDATE sample SET status_id = ${SampleStatus.DRAFT.id} WHERE status_id = ${SampleStatus.REJECTED.id}
		AND id IN (SELECT k.sample_id FROM sample_library_link k JOIN library l ON l.id = k.library_id WHERE l.seq_request_id = ${requestId})`.execute(
		tx,
	);
}
