import { isSecondFactorEnforced } from "@opengsync/core/accounts/second-factor-need";
import type { Viewer } from "@opengsync/core/context";
import { hashToken, randomToken } from "@opengsync/core/shared/token-hash";
import type { Db } from "@opengsync/db/connection";
import { UserRole } from "@opengsync/domain/catalog";
import { isActive, isAdmin } from "@opengsync/domain/roles";
import type { Flash, FlashCategory } from "./exchange.ts";
import type { SignInMethod } from "./session.ts";

/** Life of a session from its last request: 7 days (access-and-web.md §4.4). */
export const sessionLifeSeconds = 7 * 86_400;

const renewAfterSeconds = 60;
const flashLifeSeconds = 3600;

/** A living session with the people it stands for, as they are now. */
export interface Session {
	readonly id: number;
	readonly csrfSecret: string;
	/** Time of the sign-in. */
	readonly createdAt: Date;
	readonly viewer: Viewer;
	/** Admin who works in the viewer's account. */
	readonly impersonator: Viewer | null;
	readonly hasFlashes: boolean;
}

/** Where a sign-in came from. */
export interface SessionOrigin {
	readonly userAgent: string | null;
	readonly address: string;
	/** A password unless told otherwise. */
	readonly method?: SignInMethod;
}

/**
 * The session of a cookie, prolonged when it was last seen more than a minute ago. Null when it is unknown or over, when the
 * account is deactivated, when a temporary account is opened by nobody, when the admin behind it is none any more, or when the
 * role demands a second factor that was not shown (a role given later, or a second factor removed).
 * @param secondFactorRoles keys of the roles that have to use a second factor
 */
export async function findSession(
	db: Db,
	token: string,
	now: Date,
	secondFactorRoles: readonly string[] = [],
): Promise<Session | null> {
	const row = await db
		.selectFrom("session")
		.innerJoin("lims_user", "lims_user.id", "session.user_id")
		.leftJoin("lims_user as behind", "behind.id", "session.impersonator_id")
		.select((builder) => [
			"session.id",
			"session.csrf_secret",
			"session.created_at",
			"session.last_seen_at",
			"session.method",
			"session.impersonator_id",
			"lims_user.id as user_id",
			"lims_user.email",
			"lims_user.first_name",
			"lims_user.last_name",
			"lims_user.role_id",
			"behind.id as behind_id",
			"behind.email as behind_email",
			"behind.first_name as behind_first_name",
			"behind.last_name as behind_last_name",
			"behind.role_id as behind_role_id",
			builder
				.exists(
					builder.selectFrom("flash_message").select("flash_message.id").whereRef("flash_message.session_id", "=", "session.id"),
				)
				.as("has_flashes"),
			builder
				.exists(
					builder
						.selectFrom("two_factor")
						.select("two_factor.user_id")
						.whereRef("two_factor.user_id", "=", "session.user_id")
						.where("two_factor.confirmed_at", "is not", null),
				)
				.as("has_second_factor"),
		])
		.where("session.token_hash", "=", hashToken(token))
		.where("session.expires_at", ">", now)
		.executeTakeFirst();
	if (!row || !isActive(row.role_id)) return null;
	const viewer = {
		id: row.user_id,
		email: row.email,
		firstName: row.first_name,
		lastName: row.last_name,
		roleId: row.role_id,
	};
	const impersonator =
		row.behind_id === null || row.behind_role_id === null
			? null
			: {
					id: row.behind_id,
					email: row.behind_email ?? "",
					firstName: row.behind_first_name ?? "",
					lastName: row.behind_last_name ?? "",
					roleId: row.behind_role_id,
				};
	if (impersonator && !isAdmin(impersonator.roleId)) return null;
	if (!impersonator && viewer.roleId === UserRole.TEMPORARY.id) return null;
	// A passkey is both factors; where an institution is believed to have asked for two was decided at the sign-in.
	const shown = impersonator !== null || Boolean(row.has_second_factor) || row.method === "passkey" || row.method === "openid";
	if (!shown && isSecondFactorEnforced(secondFactorRoles, viewer.roleId)) return null;
	if (now.getTime() - row.last_seen_at.getTime() > renewAfterSeconds * 1000) await prolong(db, row.id, now);
	const { id, csrf_secret: csrfSecret, created_at: createdAt } = row;
	return { id, csrfSecret, createdAt, viewer, impersonator, hasFlashes: Boolean(row.has_flashes) };
}

async function prolong(db: Db, sessionId: number, now: Date): Promise<void> {
	await db
		.updateTable("session")
		.set({ last_seen_at: now, expires_at: new Date(now.getTime() + sessionLifeSeconds * 1000) })
		.where("id", "=", sessionId)
		.execute();
}

/** Begins a session and gives the token for its cookie; only the hash is kept. */
export async function createSession(
	db: Db,
	userId: number,
	origin: SessionOrigin,
	now: Date,
	impersonatorId: number | null = null,
): Promise<{ id: number; token: string }> {
	const token = randomToken();
	const { id } = await db
		.insertInto("session")
		.values({
			token_hash: hashToken(token),
			user_id: userId,
			created_at: now,
			last_seen_at: now,
			expires_at: new Date(now.getTime() + sessionLifeSeconds * 1000),
			csrf_secret: randomToken(),
			user_agent: origin.userAgent?.slice(0, 512) ?? null,
			address: origin.address.slice(0, 64),
			impersonator_id: impersonatorId,
			method: origin.method ?? "password",
		})
		.returning("id")
		.executeTakeFirstOrThrow();
	return { id, token };
}

/** Keeps notices for the next page of a session. */
export async function keepFlashes(db: Db, sessionId: number, flashes: readonly Flash[]): Promise<void> {
	if (flashes.length === 0) return;
	await db
		.insertInto("flash_message")
		.values(flashes.map((flash) => ({ session_id: sessionId, category: flash.category, text: flash.message })))
		.execute();
}

/** Takes the notices of a session out; older than an hour are dropped. */
export async function takeFlashes(db: Db, sessionId: number, now: Date): Promise<Flash[]> {
	const rows = await db
		.deleteFrom("flash_message")
		.where("session_id", "=", sessionId)
		.returning(["id", "category", "text", "created_at"])
		.execute();
	return rows
		.filter((row) => now.getTime() - row.created_at.getTime() < flashLifeSeconds * 1000)
		.sort((a, b) => a.id - b.id)
		.map((row) => ({ category: asCategory(row.category), message: row.text }));
}

function asCategory(text: string): FlashCategory {
	return text === "success" || text === "warning" || text === "error" ? text : "info";
}
