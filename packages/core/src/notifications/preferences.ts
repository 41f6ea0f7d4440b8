import type { Tx } from "@opengsync/db/transaction";
import { normalizeEmail } from "@opengsync/domain/email";
import type { NotificationKindKey, NotificationMode } from "@opengsync/domain/notifications";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { ForbiddenError } from "../errors.ts";
import type { UnsubscribeTarget } from "./unsubscribe-token.ts";

/** Keeps how the viewer wants to be told of the kinds that are given. @throws ForbiddenError for the account of somebody else */
export async function saveNotificationPreferences(
	context: CommandContext,
	input: { readonly userId: number; readonly modes: ReadonlyMap<NotificationKindKey, NotificationMode> },
): Promise<void> {
	if (context.viewer.id !== input.userId) throw new ForbiddenError("Only the owner of an account chooses what mails it gets.");
	for (const mode of new Set(input.modes.values())) {
		const kinds = [...input.modes].filter(([, chosen]) => chosen === mode).map(([kind]) => kind);
		await setModes(context.tx, input.userId, kinds, mode);
	}
}

/**
 * Declines the kinds of a mail by its link, for the account or else for the address; doing so again changes nothing. What waits for the
 * digest is dropped.
 */
export async function unsubscribe(tx: Tx, target: UnsubscribeTarget, now: Date): Promise<void> {
	const email = normalizeEmail(target.email);
	const { rows } = await sql<{ id: number }>`SELECT id FROM lims_user
		WHERE CASE WHEN ${target.userId}::int IS NULL THEN lower(email) = ${email} ELSE id = ${target.userId}::int END`.execute(tx);
	const user = rows[0];
	if (user) {
		await setModes(tx, user.id, target.kinds, "never");
		await tx
			.deleteFrom("notification_digest_item")
			.where("user_id", "=", user.id)
			.where("kind", "in", [...target.kinds])
			.execute();
		return;
	}
	await sql`INSERT INTO notification_opt_out (email, kind, created_utc)
		SELECT ${email}, kind, ${now} FROM unnest(${[...target.kinds]}::text[]) AS kind ON CONFLICT DO NOTHING`.execute(tx);
}

/** Rows that would stay the same are not written, so that the audit trail tells of changes alone. */
async function setModes(tx: Tx, userId: number, kinds: readonly NotificationKindKey[], mode: NotificationMode): Promise<void> {
	await sql`INSERT INTO notification_preference (user_id, kind, mode)
		SELECT ${userId}::int, kind, ${mode} FROM unnest(${[...kinds]}::text[]) AS kind
		ON CONFLICT (user_id, kind) DO UPDATE SET mode = excluded.mode WHERE notification_preference.mode <> excluded.mode`.execute(
		tx,
	);
}
