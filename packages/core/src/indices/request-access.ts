import { requestLevel } from "@opengsync/db/access";
import type { Db } from "@opengsync/db/connection";
import type { Tx } from "@opengsync/db/transaction";
import { AccessType } from "@opengsync/domain/catalog";
import type { RequestActionName } from "@opengsync/domain/request-actions";
import { sql } from "kysely";
import type { CommandContext, Viewer } from "../context.ts";
import { NotFoundError } from "../errors.ts";
import { loadRequestForChange } from "../requests/load-for-change.ts";
import { type RequestFactsRow, requireRequestAction } from "../requests/require-action.ts";

/** Reads what decides about a request, without locking it. @throws NotFoundError */
export async function loadRequestFacts(reader: Db | Tx, viewer: Viewer, requestId: number): Promise<RequestFactsRow> {
	const { rows } =
		await sql<RequestFactsRow>`SELECT r.status_id, r.submission_type_id, ${requestLevel(viewer, "r")} AS access_level,
			(SELECT count(*)::int FROM library l WHERE l.seq_request_id = r.id) AS num_libraries,
			EXISTS (SELECT 1 FROM media_file f WHERE f.seq_request_id = r.id AND f.type_id = 1) AS has_authorization_form
		FROM seq_request r WHERE r.id = ${requestId}`.execute(reader);
	const request = rows[0];
	if (!request) throw new NotFoundError("This request");
	return request;
}

/** Locks a request and refuses an action that its table does not offer now. */
export async function lockRequestFor(context: CommandContext, requestId: number, action: RequestActionName): Promise<void> {
	const request = await loadRequestForChange(context.tx, context.viewer, requestId, AccessType.EDIT.id);
	requireRequestAction(action, request);
}
