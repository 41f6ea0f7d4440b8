import type { Tx } from "@opengsync/db/transaction";
import { AccessType, DeliveryStatus } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { InvalidInputError, NotFoundError, NotPossibleError } from "../errors.ts";
import { loadRequestForChange } from "./load-for-change.ts";
import { requireRequestAction } from "./require-action.ts";

/** The first addresses of a new request, PENDING (requests-and-annotation.md §2.1). */
export async function writeFirstDeliveryEmails(tx: Tx, requestId: number, emails: readonly string[]): Promise<void> {
	await sql`INSERT INTO seq_request_delivery_email_link (seq_request_id, email, status_id)
		SELECT ${requestId}, email, ${DeliveryStatus.PENDING.id} FROM unnest(${emails}::text[]) AS email`.execute(tx);
}

/** Adds an address to which data are announced (requests-and-annotation.md §2.8). @throws InvalidInputError when it is listed already */
export async function addDeliveryEmail(context: CommandContext, requestId: number, email: string): Promise<void> {
	const { tx, viewer } = context;
	requireRequestAction("changeDeliveryEmails", await loadRequestForChange(tx, viewer, requestId, AccessType.EDIT.id));
	const { rows } = await sql`INSERT INTO seq_request_delivery_email_link (seq_request_id, email, status_id)
		SELECT ${requestId}, ${email}, ${DeliveryStatus.PENDING.id} WHERE NOT EXISTS
			(SELECT 1 FROM seq_request_delivery_email_link WHERE seq_request_id = ${requestId} AND lower(email) = lower(${email}))
		RETURNING email`.execute(tx);
	if (rows.length === 0) throw new InvalidInputError([{ field: "email", message: "This address is already listed." }]);
}

/** Removes an address; the last one stays. */
export async function removeDeliveryEmail(context: CommandContext, requestId: number, email: string): Promise<void> {
	const { tx, viewer } = context;
	requireRequestAction("changeDeliveryEmails", await loadRequestForChange(tx, viewer, requestId, AccessType.EDIT.id));
	const { rows } = await sql<{
		email: string;
	}>`SELECT email FROM seq_request_delivery_email_link WHERE seq_request_id = ${requestId}`.execute(tx);
	if (!rows.some((row) => row.email === email)) throw new NotFoundError("This address");
	if (rows.length === 1) throw new NotPossibleError("The last address cannot be removed.");
	await sql`DELETE FROM seq_request_delivery_email_link WHERE seq_request_id = ${requestId} AND email = ${email}`.execute(tx);
}
