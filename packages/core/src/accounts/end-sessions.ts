import type { Tx } from "@opengsync/db/transaction";
import { UserRole } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import { recordEvent } from "../audit/record-event.ts";
import { closePendingSignInsOf } from "./pending-sign-in.ts";

/** Why all sessions of a user end, for the audit trail. */
export type SessionsEndedBecause = "signed out everywhere" | "password changed" | "password reset" | "account deactivated";

/** A session as it was when it ended. */
interface EndedSession {
	readonly id: number;
	readonly user_id: number;
	readonly impersonator_id: number | null;
}

/** Ends one session. @returns whether there was one */
export async function endSession(tx: Tx, sessionId: number): Promise<boolean> {
	const ended = await tx
		.deleteFrom("session")
		.where("id", "=", sessionId)
		.returning(["id", "user_id", "impersonator_id"])
		.execute();
	await endWork(tx, ended);
	return ended.length > 0;
}

/**
 * Ends all sessions of a user, but one if asked, and records the event `sessions_ended` (access-and-web.md §4.4). Those in which an
 * admin works in the account, and those in which the user works in other accounts, are among them. Sign-ins that wait for a second
 * factor end too.
 * @returns how many
 */
export async function endSessionsOfUser(
	tx: Tx,
	userId: number,
	because: SessionsEndedBecause,
	exceptSessionId: number | null = null,
): Promise<number> {
	let query = tx
		.deleteFrom("session")
		.where(({ eb, or }) => or([eb("user_id", "=", userId), eb("impersonator_id", "=", userId)]));
	if (exceptSessionId !== null) query = query.where("id", "!=", exceptSessionId);
	const ended = await query.returning(["id", "user_id", "impersonator_id"]).execute();
	await endWork(tx, ended);
	await closePendingSignInsOf(tx, userId);
	await recordEvent(tx, {
		kind: "sessions_ended",
		object: { table: "lims_user", id: userId },
		details: { because, sessions: ended.length },
	});
	return ended.length;
}

/** Ends the sessions whose time is over, and those in which somebody works in another account who is no admin any more. */
export async function endLapsedSessions(tx: Tx, now: Date): Promise<number> {
	const { rows } = await sql<EndedSession>`
		DELETE FROM session s WHERE s.expires_at <= ${now}
			OR EXISTS (SELECT FROM lims_user u WHERE u.id = s.impersonator_id AND u.role_id <> ${UserRole.ADMIN.id})
		RETURNING s.id, s.user_id, s.impersonator_id`.execute(tx);
	await endWork(tx, rows);
	return rows.length;
}

/** Where an admin was working in the account: an event, and a temporary account is deactivated once nobody works in it. */
async function endWork(tx: Tx, ended: readonly EndedSession[]): Promise<void> {
	for (const session of ended) {
		if (session.impersonator_id === null) continue;
		await recordEvent(tx, {
			kind: "working_as_ended",
			object: { table: "lims_user", id: session.user_id },
			details: { admin_id: session.impersonator_id, user_id: session.user_id },
		});
		await tx
			.updateTable("lims_user")
			.set({ role_id: UserRole.DEACTIVATED.id })
			.where("id", "=", session.user_id)
			.where("role_id", "=", UserRole.TEMPORARY.id)
			.where(({ not, exists, selectFrom }) =>
				not(exists(selectFrom("session").select("id").where("user_id", "=", session.user_id))),
			)
			.execute();
	}
}
