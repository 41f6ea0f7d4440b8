import type { Reader, Tx } from "@opengsync/db/transaction";
import { normalizeEmail } from "@opengsync/domain/email";
import { isActive } from "@opengsync/domain/roles";
import { sql } from "kysely";
import { hashToken, randomToken } from "../shared/token-hash.ts";

/** Life of a link sent by mail: 24 hours (access-and-web.md §4.2, §4.6). */
const linkLifeMs = 24 * 3_600_000;

/** Links that are over are kept for a week, to look into complaints. */
const keptMs = 7 * 24 * 3_600_000;

/** What links sent by mail are good for. */
export type LinkPurpose = "registration" | "password_reset" | "activation" | "email_change";

/** An account as links are bound to it. */
export interface LinkedUser {
	readonly id: number;
	readonly email: string;
	readonly password: string;
}

/** A link to be made. */
export interface NewLink {
	readonly purpose: LinkPurpose;
	/** Address to which it is sent. */
	readonly email: string;
	/** Existing account: the link is void as soon as its e-mail or password changes. */
	readonly user?: LinkedUser;
	/** Role of the account that a registration makes. */
	readonly roleId?: number;
}

/**
 * Makes a link of 24 hours and a single use; only a hash is kept. That of a link for an account covers its e-mail and its stored
 * password, so that the link dies with either.
 * @returns the token for the address
 */
export async function createLink(tx: Tx, now: Date, link: NewLink): Promise<string> {
	const token = link.user ? `${link.user.id}-${randomToken()}` : randomToken();
	await insertLink(tx, now, link, link.user ? boundHash(token, link.user) : hashToken(token), now.getTime() + linkLifeMs);
	return token;
}

/**
 * Writes a link that nobody has and that never worked: where an answer must not tell whether an address has an account, both
 * cases do the same work.
 */
export async function createDecoyLink(tx: Tx, now: Date, purpose: LinkPurpose): Promise<string> {
	const token = randomToken();
	await insertLink(tx, now, { purpose, email: "" }, hashToken(token), now.getTime());
	return token;
}

/** Stores a link. Links that have long been over are removed on the way, a few at a time. */
async function insertLink(tx: Tx, now: Date, link: NewLink, tokenHash: string, expiresMs: number): Promise<void> {
	await sql`
		DELETE FROM one_time_link WHERE id IN (
			SELECT id FROM one_time_link WHERE expires_at <= ${new Date(now.getTime() - keptMs)}
			ORDER BY expires_at LIMIT 100 FOR UPDATE SKIP LOCKED
		)`.execute(tx);
	await tx
		.insertInto("one_time_link")
		.values({
			purpose: link.purpose,
			token_hash: tokenHash,
			email: normalizeEmail(link.email),
			role_id: link.roleId ?? null,
			user_id: link.user?.id ?? null,
			created_at: now,
			expires_at: new Date(expiresMs),
		})
		.execute();
}

function boundHash(token: string, user: LinkedUser): string {
	return hashToken([token, normalizeEmail(user.email), user.password].join("\0"));
}

/** A registration that can be completed. */
export interface OpenRegistration {
	readonly linkId: number;
	readonly email: string;
	readonly roleId: number;
}

/** The registration of a link; null when it is unknown, used or over, or when the address has an account by now. */
export async function findRegistration(db: Reader, token: string, now: Date): Promise<OpenRegistration | null> {
	const { rows } = await sql<OpenRegistration>`
		SELECT id AS "linkId", email, role_id AS "roleId" FROM one_time_link
		WHERE token_hash = ${hashToken(token)} AND purpose = 'registration' AND used_at IS NULL AND expires_at > ${now}
			AND role_id IS NOT NULL AND NOT EXISTS (SELECT FROM lims_user u WHERE lower(u.email) = lower(one_time_link.email))`.execute(
		db,
	);
	return rows[0] ?? null;
}

/** A link of an existing account that works. */
export interface OpenUserLink {
	readonly linkId: number;
	readonly purpose: string;
	/** Address to which it was sent. */
	readonly email: string;
	readonly user: LinkedUser & { readonly first_name: string; readonly last_name: string };
}

/**
 * The link of an account; null when it is unknown, used or over, when e-mail or password have changed since, or when the account is
 * deactivated.
 * @param options `lock`: holds the account, so that of two uses at once only one finds it
 */
export async function findUserLink(
	db: Reader,
	token: string,
	purposes: readonly LinkPurpose[],
	now: Date,
	options: { readonly lock: boolean } = { lock: false },
): Promise<OpenUserLink | null> {
	const userId = Number(/^([1-9]\d{0,8})-/.exec(token)?.[1]);
	if (!userId) return null;
	const user = await db
		.selectFrom("lims_user")
		.select(["id", "email", "password", "role_id", "first_name", "last_name"])
		.where("id", "=", userId)
		.$if(options.lock, (query) => query.forUpdate())
		.executeTakeFirst();
	if (!user || !isActive(user.role_id)) return null;
	const link = await db
		.selectFrom("one_time_link")
		.select(["id", "purpose", "email"])
		.where("token_hash", "=", boundHash(token, user))
		.where("user_id", "=", user.id)
		.where("purpose", "in", [...purposes])
		.where("used_at", "is", null)
		.where("expires_at", ">", now)
		.executeTakeFirst();
	return link ? { linkId: link.id, purpose: link.purpose, email: link.email, user } : null;
}

/** Notes the use of a link. @returns false when somebody was faster */
export async function markLinkUsed(tx: Tx, linkId: number, now: Date): Promise<boolean> {
	const used = await tx
		.updateTable("one_time_link")
		.set({ used_at: now })
		.where("id", "=", linkId)
		.where("used_at", "is", null)
		.returning("id")
		.executeTakeFirst();
	return used !== undefined;
}

/** Ends all open links of an account. */
export async function voidLinksOf(tx: Tx, userId: number, now: Date): Promise<void> {
	await tx
		.updateTable("one_time_link")
		.set({ used_at: now })
		.where("user_id", "=", userId)
		.where("used_at", "is", null)
		.execute();
}
