import type { Tx } from "@opengsync/db/transaction";
import { AccessType, findMember, LibraryStatus, MediaFileType, PoolType } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import type { FileChanges } from "../files/file-changes.ts";
import { contactColumns } from "./contacts.ts";
import { deleteLibraries } from "./delete-libraries.ts";
import { loadRequestForChange } from "./load-for-change.ts";
import { requireRequestAction } from "./require-action.ts";

/**
 * Deletes a request with its libraries, external pools, contacts, event, files, comments, addresses and data paths; its other pools stay
 * (data-model.md §4). Run it in `withFileChanges`: the bytes go after the commit.
 * @throws NotFoundError, also for whoever is second; ForbiddenError
 */
export async function deleteRequest(context: CommandContext, requestId: number, changes: FileChanges): Promise<void> {
	const { tx, viewer } = context;
	const request = await loadRequestForChange(tx, viewer, requestId, AccessType.VIEW.id);
	requireRequestAction("delete", request);
	const { rows: libraries } = await sql<{ id: number }>`
		SELECT id FROM library WHERE seq_request_id = ${requestId}`.execute(tx);
	await deleteLibraries(
		tx,
		libraries.map((library) => library.id),
		"delete",
	);
	await deleteExternalPools(tx, requestId);
	await dropFiles(tx, requestId, changes);
	await sql`DELETE FROM workflow_run WHERE object_type = 'seq_request' AND object_id = ${requestId}`.execute(tx);
	await sql`DELETE FROM seq_request WHERE id = ${requestId}`.execute(tx);
	const contactIds = contactColumns.map((column) => request[column]).filter((id) => id !== null);
	await sql`DELETE FROM contact WHERE id = ANY(${contactIds}::int[])`.execute(tx);
	await sql`DELETE FROM event WHERE id = ${request.sample_submission_event_id}`.execute(tx);
}

/** Libraries of other requests that were put into such a pool leave it first, as they leave any pool. */
async function deleteExternalPools(tx: Tx, requestId: number): Promise<void> {
	const { rows } = await sql<{ id: number; contact_id: number }>`SELECT id, contact_id FROM pool
		WHERE seq_request_id = ${requestId} AND type_id = ${PoolType.EXTERNAL.id} ORDER BY id FOR UPDATE`.execute(tx);
	const ids = rows.map((row) => row.id);
	const { POOLED, STORED } = LibraryStatus;
	await sql`UPDATE library SET pool_id = NULL, experiment_id = NULL,
			status_id = CASE WHEN status_id = ${POOLED.id} THEN ${STORED.id} ELSE status_id END
		WHERE pool_id = ANY(${ids}::int[])`.execute(tx);
	await sql`DELETE FROM pool WHERE id = ANY(${ids}::int[])`.execute(tx);
	await sql`DELETE FROM contact WHERE id = ANY(${rows.map((row) => row.contact_id)}::int[])`.execute(tx);
}

async function dropFiles(tx: Tx, requestId: number, changes: FileChanges): Promise<void> {
	const { rows } = await sql<{ type_id: number; uuid: string; extension: string }>`
		DELETE FROM media_file WHERE seq_request_id = ${requestId} RETURNING type_id, uuid, extension`.execute(tx);
	for (const file of rows) {
		const type = findMember(MediaFileType, file.type_id);
		if (type) changes.dropped.push({ folder: type.folder, name: file.uuid + file.extension });
	}
}
