import { requestLevel } from "@opengsync/db/access";
import type { Tx } from "@opengsync/db/transaction";
import { sql } from "kysely";
import type { Viewer } from "../context.ts";
import { ForbiddenError, NotFoundError } from "../errors.ts";

/** A request locked for a change, with what its rules look at. */
export interface RequestForChange {
	readonly id: number;
	readonly name: string;
	readonly status_id: number;
	readonly submission_type_id: number;
	readonly requestor_id: number;
	readonly group_id: number | null;
	readonly contact_person_id: number;
	readonly billing_contact_id: number;
	readonly organization_contact_id: number;
	readonly bioinformatician_contact_id: number | null;
	readonly principal_investigator_contact_id: number | null;
	readonly sample_submission_event_id: number | null;
	readonly has_authorization_form: boolean;
	readonly num_libraries: number;
	readonly access_level: number;
}

/**
 * Loads a request with the viewer's level in one statement and locks it, so that two people cannot change it at once.
 * @throws NotFoundError, ForbiddenError when the level is below `level`
 */
export async function loadRequestForChange(tx: Tx, viewer: Viewer, requestId: number, level: number): Promise<RequestForChange> {
	const { rows } = await sql<RequestForChange>`
		SELECT r.id, r.name, r.status_id, r.submission_type_id, r.requestor_id, r.group_id, r.contact_person_id, r.billing_contact_id,
			r.organization_contact_id, r.bioinformatician_contact_id, r.principal_investigator_contact_id, r.sample_submission_event_id,
			EXISTS (SELECT 1 FROM media_file f WHERE f.seq_request_id = r.id AND f.type_id = 1) AS has_authorization_form,
			(SELECT count(*)::int FROM library l WHERE l.seq_request_id = r.id) AS num_libraries,
			${requestLevel(viewer, "r")} AS access_level
		FROM seq_request r WHERE r.id = ${requestId} FOR UPDATE OF r`.execute(tx);
	const request = rows[0];
	if (!request) throw new NotFoundError("This request");
	if (request.access_level < level) throw new ForbiddenError();
	return request;
}
