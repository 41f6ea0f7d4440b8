import type { Tx } from "@opengsync/db/transaction";
import { recordEvent } from "../audit/record-event.ts";

/** Why sessions end, for the audit trail. */
export type SessionsEndedBecause = "signed out everywhere" | "password changed" | "password reset" | "account deactivated";

/**
 * Ends the sessions of a user, those too in which the user works as somebody else (access-and-web.md §4.4).
 * @param exceptSessionId session that stays
 */
export async function endSessions(
	tx: Tx,
	userId: number,
	because: SessionsEndedBecause,
	exceptSessionId: number | null = null,
): Promise<void> {
	const ended = await tx
		.deleteFrom("session")
		.where(({ eb, or }) => or([eb("user_id", "=", userId), eb("impersonator_id", "=", userId)]))
		.$if(exceptSessionId !== null, (query) => query.where("id", "!=", exceptSessionId))
		.returning("id")
		.execute();
	const details = { because, sessions: ended.length };
	await recordEvent(tx, { kind: "sessions_ended", object: { table: "lims_user", id: userId }, details });
}

/** Revokes all API tokens of a user (extensions.md §1). @returns how many lost their force */
export async function revokeApiTokensOf(tx: Tx, userId: number): Promise<number> {
	const revoked = await tx
		.updateTable("api_token")
		.set({ expired: true })
		.where("owner_id", "=", userId)
		.where("expired", "=", false)
		.returning("id")
		.execute();
	return revoked.length;
}

/** Removes all passkeys of a user (extensions.md §1). @returns how many there were */
export async function removePasskeysOf(tx: Tx, userId: number): Promise<number> {
	const removed = await tx.deleteFrom("passkey").where("user_id", "=", userId).returning("id").execute();
	return removed.length;
}
