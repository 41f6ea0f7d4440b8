// The open sessions of a user (access-and-web.md §4.4).
import { sql } from "kysely";
import type { Reader } from "../transaction.ts";

/** An open session; never its secrets. */
export interface UserSessionRow {
	readonly id: number;
	/** Account in which the session acts. */
	readonly user_id: number;
	readonly created_at: Date;
	/** Time of the last request, to the minute. */
	readonly last_seen_at: Date;
	/** Name that the browser gives itself. */
	readonly user_agent: string | null;
	/** Network address at sign-in. */
	readonly address: string | null;
	/** How it was begun: password, passkey, openid, link, other account. */
	readonly method: string;
	/** Admin who works in the account, and its name. */
	readonly impersonator_id: number | null;
	readonly impersonator_name: string | null;
	readonly user_name: string;
}

/** Open sessions in an account, and those in which the user works in other accounts; the last used first. */
export async function listUserSessions(reader: Reader, userId: number, now: Date): Promise<UserSessionRow[]> {
	const { rows } = await sql<UserSessionRow>`
		SELECT s.id, s.user_id, s.created_at, s.last_seen_at, s.user_agent, s.address, s.method, s.impersonator_id,
			u.first_name || ' ' || u.last_name AS user_name, a.first_name || ' ' || a.last_name AS impersonator_name
		FROM session s JOIN lims_user u ON u.id = s.user_id LEFT JOIN lims_user a ON a.id = s.impersonator_id
		WHERE (s.user_id = ${userId} OR s.impersonator_id = ${userId}) AND s.expires_at > ${now}
		ORDER BY s.last_seen_at DESC, s.id DESC`.execute(reader);
	return rows;
}
