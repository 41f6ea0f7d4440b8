import type { Db } from "@opengsync/db/connection";
import { type Actor, type Tx, transact } from "@opengsync/db/transaction";
import { sql } from "kysely";

/** What happened, besides changes of rows, that the audit trail remembers. */
export type AuditEventKind =
	| "sign_in"
	| "sign_in_failed"
	| "sign_out"
	| "sessions_ended"
	| "second_factor_failed"
	| "working_as_began"
	| "working_as_ended"
	| "link_sent"
	| "link_refused"
	| "api_token_refused"
	| "share_download"
	| "workflow_taken_over";

/** An event as it is kept. */
export interface AuditEvent {
	readonly kind: AuditEventKind;
	/** Object concerned. */
	readonly object: { readonly table: string; readonly id: number } | null;
	/** Details by name, e.g. the client's address. Never a secret. */
	readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Adds an event to the audit trail within a transaction; it is there only if that commits. */
export async function recordEvent(tx: Tx, event: AuditEvent): Promise<void> {
	const key = event.object ? `${event.object.table}/${event.object.id}` : "";
	await sql`SELECT record_audit_event(${event.kind}, ${key}, ${JSON.stringify(event.details ?? {})}::jsonb)`.execute(tx);
}

/** The same in a transaction of its own, for what happens without a command, e.g. a failed sign-in. */
export async function recordEventAlone(db: Db, actor: Actor, event: AuditEvent): Promise<void> {
	await transact(db, actor, (tx) => recordEvent(tx, event));
}
