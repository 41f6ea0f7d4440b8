// Signed-in browsers (access-and-web.md §4.4).
import { UserRole } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import type { Db } from "../connection.ts";

/** Life of a session after its last request, days. */
export const SESSION_LIFE_DAYS = 7;

/** A live session and who is signed in, read anew on every request. */
export interface SessionUser {
	session_id: number;
	csrf_secret: string;
	created_at: Date;
	expires_at: Date;
	/** Admin who works in the account. */
	impersonator_id: number | null;
	user_id: number;
	first_name: string;
	last_name: string;
	email: string;
	role_id: number;
}

/**
 * The live session of a token, with its user, in one statement; or null. Deactivated users have none. Its life is prolonged at most once a
 * minute, so that reading pages does not write.
 * @param tokenHash SHA-256 of the id in the cookie, 64 hex digits
 */
export async function findSession(db: Db, tokenHash: string): Promise<SessionUser | null> {
	const { rows } = await sql<SessionUser>`
		with found as (
			select s.id as session_id, s.csrf_secret, s.created_at, s.expires_at, s.impersonator_id,
				u.id as user_id, u.first_name, u.last_name, u.email, u.role_id
			from session as s join lims_user as u on u.id = s.user_id
			where s.token_hash = ${tokenHash} and s.expires_at > now() and u.role_id <> ${sql.lit(UserRole.DEACTIVATED.id)}
		), prolonged as (
			update session set last_seen_at = now(), expires_at = now() + make_interval(days => ${sql.lit(SESSION_LIFE_DAYS)})
			where id = (select session_id from found) and last_seen_at < now() - interval '1 minute'
		)
		select * from found`.execute(db);
	return rows[0] ?? null;
}

/** What is stored of a new session. */
export interface NewSession {
	tokenHash: string;
	userId: number;
	csrfSecret: string;
	userAgent: string | null;
	address: string | null;
	impersonatorId: number | null;
}

/** Stores a session and gives its number. */
export async function createSession(db: Db, session: NewSession): Promise<number> {
	const { id } = await db
		.insertInto("session")
		.values({
			token_hash: session.tokenHash,
			user_id: session.userId,
			csrf_secret: session.csrfSecret,
			user_agent: session.userAgent?.slice(0, 512) ?? null,
			address: session.address,
			impersonator_id: session.impersonatorId,
			expires_at: sql<Date>`now() + make_interval(days => ${sql.lit(SESSION_LIFE_DAYS)})`,
		})
		.returning("id")
		.executeTakeFirstOrThrow();
	return id;
}

/** Ends one session. */
export async function endSession(db: Db, sessionId: number): Promise<void> {
	await db.deleteFrom("session").where("id", "=", sessionId).execute();
}

/** Ends all sessions of a user, or all but one; gives how many. */
export async function endSessionsOfUser(db: Db, userId: number, exceptSessionId: number | null = null): Promise<number> {
	const result = await db
		.deleteFrom("session")
		.where("user_id", "=", userId)
		.$if(exceptSessionId !== null, (query) => query.where("id", "!=", exceptSessionId))
		.executeTakeFirst();
	return Number(result.numDeletedRows);
}
