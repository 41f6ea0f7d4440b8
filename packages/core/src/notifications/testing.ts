import type { Db } from "@opengsync/db/connection";
import { createContact, createRequest, createUser } from "@opengsync/db/testing/factories";
import { UserRole } from "@opengsync/domain/catalog";
import type { NotificationMode } from "@opengsync/domain/notifications";
import { sql } from "kysely";
import type { Viewer } from "../context.ts";

/** A mail of the outbox. */
export interface SentMail {
	readonly recipients: string[];
	readonly subject: string;
	readonly html: string;
	readonly text: string;
	readonly headers: Record<string, string>;
}

/** Takes all mails out of the outbox, oldest first; for tests. */
export async function takeMails(db: Db): Promise<SentMail[]> {
	const { rows } = await sql<SentMail & { id: number }>`
		WITH taken AS (DELETE FROM mail RETURNING *) SELECT id, recipients, subject, html, text, headers FROM taken ORDER BY id`.execute(
		db,
	);
	return rows;
}

/** A user of a role as the one who acts; for tests. */
export async function createViewer(db: Db, roleId: number): Promise<Viewer> {
	const user = await createUser(db, { role_id: roleId });
	return { id: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, roleId };
}

/** A request with a requestor, a contact person without account and an assignee of staff; for tests. */
export async function createStaffedRequest(db: Db, values: Parameters<typeof createRequest>[1] = {}) {
	const requestor = await createViewer(db, UserRole.CLIENT.id);
	const assignee = await createViewer(db, UserRole.TECHNICIAN.id);
	const contactEmail = `contact-of-${requestor.id}@example.org`;
	const contact = await createContact(db, { name: "Contact <b>Person", email: contactEmail });
	const request = await createRequest(db, {
		requestor_id: requestor.id,
		contact_person_id: contact.id,
		name: "Mice <script>&",
		...values,
	});
	await db.insertInto("seq_request_assignee_link").values({ seq_request_id: request.id, user_id: assignee.id }).execute();
	return { request, requestor, assignee, contactEmail };
}

/** Chooses how a user is told of a kind; for tests. */
export async function chooseMode(db: Db, userId: number, kind: string, mode: NotificationMode): Promise<void> {
	await sql`INSERT INTO notification_preference (user_id, kind, mode) VALUES (${userId}, ${kind}, ${mode})
		ON CONFLICT (user_id, kind) DO UPDATE SET mode = excluded.mode`.execute(db);
}
