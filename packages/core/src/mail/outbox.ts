import type { Db } from "@opengsync/db/connection";
import type { Tx } from "@opengsync/db/transaction";
import { sql } from "kysely";
import { MailRefusedError } from "../errors.ts";
import type { MailMessage, MailTransport } from "./transport.ts";

/** After so many refusals a message is given up. */
const maxAttempts = 5;

/** Puts a message into the outbox: it goes out only if the transaction commits. @returns the id of its row */
export async function enqueueMail(tx: Tx, message: MailMessage): Promise<number> {
	const { rows } = await sql<{ id: number }>`
		INSERT INTO mail (recipients, subject, html, text, headers)
		VALUES (${message.to}::text[], ${message.subject}, ${message.html}, ${message.text}, ${JSON.stringify(message.headers ?? {})}::jsonb)
		RETURNING id`.execute(tx);
	const id = rows[0]?.id;
	if (id === undefined) throw new Error("The mail was not stored");
	return id;
}

/**
 * Sends a message now, inside the transaction, for commands that must not take effect without it, and notes it in the outbox.
 * @throws MailRefusedError when the server refuses; the transaction is to be rolled back
 */
export async function deliverMailNow(tx: Tx, transport: MailTransport, message: MailMessage): Promise<void> {
	const id = await enqueueMail(tx, message);
	await markSent(tx, id, transport);
	try {
		await transport.deliver(message);
	} catch {
		throw new MailRefusedError();
	}
}

/**
 * Sends what waits in the outbox, oldest first; used by the worker. Several workers may do so at once. Each message is one
 * transaction, so that one refusal holds nothing up; a refused message is tried again with the next call, five times in all.
 * @returns how many were sent and refused
 */
export async function sendPendingMail(db: Db, transport: MailTransport): Promise<{ sent: number; refused: number }> {
	const result = { sent: 0, refused: 0 };
	let afterId = 0;
	for (;;) {
		const outcome = await db.transaction().execute((tx) => sendNext(tx, transport, afterId));
		if (!outcome) return result;
		afterId = outcome.id;
		result[outcome.isSent ? "sent" : "refused"] += 1;
	}
}

async function sendNext(tx: Tx, transport: MailTransport, afterId: number): Promise<{ id: number; isSent: boolean } | null> {
	const { rows } = await sql<{
		id: number;
		recipients: string[];
		subject: string;
		html: string;
		text: string;
		headers: Record<string, string>;
	}>`
		SELECT id, recipients, subject, html, text, headers FROM mail
		WHERE status = 'pending' AND id > ${afterId} ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`.execute(tx);
	const mail = rows[0];
	if (!mail) return null;
	try {
		const { recipients, subject, html, text, headers } = mail;
		await transport.deliver({ to: recipients, subject, html, text, ...(Object.keys(headers).length > 0 && { headers }) });
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		await sql`
			UPDATE mail SET attempts = attempts + 1, error = ${reason.slice(0, 1000)},
				status = CASE WHEN attempts + 1 >= ${maxAttempts} THEN 'failed' ELSE 'pending' END
			WHERE id = ${mail.id}`.execute(tx);
		return { id: mail.id, isSent: false };
	}
	await markSent(tx, mail.id, transport);
	return { id: mail.id, isSent: true };
}

/** Mails hold secret links: once handed over, body and headers are dropped, unless the outbox is the only place where they can be read. */
async function markSent(tx: Tx, id: number, transport: MailTransport): Promise<void> {
	const headers = transport.captures ? { "X-Captured": "yes" } : {};
	await sql`
		UPDATE mail SET status = 'sent', sent_at = now(), attempts = attempts + 1, error = NULL, 
			headers = CASE WHEN ${transport.captures ?? false} THEN headers ELSE '{}'::jsonb END || ${JSON.stringify(headers)}::jsonb,
			html = CASE WHEN ${transport.captures ?? false} THEN html ELSE '' END,
			text = CASE WHEN ${transport.captures ?? false} THEN text ELSE '' END
		WHERE id = ${id}`.execute(tx);
}
