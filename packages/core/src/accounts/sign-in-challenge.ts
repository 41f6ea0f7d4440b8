import type { Db } from "@opengsync/db/connection";
import { sql } from "kysely";
import { hashToken } from "../shared/token-hash.ts";

/** Life of an open step of a sign-in: 10 minutes (extensions.md §1). */
export const challengeLifeSeconds = 600;

/** Which step is open. */
export type ChallengePurpose = "passkey_registration" | "passkey_sign_in" | "second_factor" | "openid";

/** An open step, known to the browser by a random token that only its cookie holds. */
export interface NewChallenge {
	readonly purpose: ChallengePurpose;
	/** At least 256 random bits; only the hash is kept. */
	readonly token: string;
	/** User to whom it is bound; null where nobody is known yet. */
	readonly userId: number | null;
	/** What the next step has to compare with. */
	readonly data: Readonly<Record<string, unknown>>;
}

/** An open step as it was found. */
export interface OpenChallenge {
	readonly id: number;
	readonly userId: number | null;
	/** As it was given; the reader checks its shape. */
	readonly data: unknown;
}

/** Opens a step. Steps that are over are removed on the way, a few at a time. */
export async function openChallenge(db: Db, challenge: NewChallenge, now: Date): Promise<void> {
	await sql`
		DELETE FROM sign_in_challenge WHERE id IN (
			SELECT id FROM sign_in_challenge WHERE expires_at <= ${now} ORDER BY expires_at LIMIT 100 FOR UPDATE SKIP LOCKED
		)`.execute(db);
	await db
		.insertInto("sign_in_challenge")
		.values({
			purpose: challenge.purpose,
			token_hash: hashToken(challenge.token),
			user_id: challenge.userId,
			data: JSON.stringify(challenge.data),
			created_at: now,
			expires_at: new Date(now.getTime() + challengeLifeSeconds * 1000),
		})
		.execute();
}

/** The open step of a token, to be shown; null when there is none or it is over. */
export async function findChallenge(db: Db, purpose: ChallengePurpose, token: string, now: Date): Promise<OpenChallenge | null> {
	const row = await db
		.selectFrom("sign_in_challenge")
		.select(["id", "user_id", "data"])
		.where("token_hash", "=", hashToken(token))
		.where("purpose", "=", purpose)
		.where("expires_at", ">", now)
		.executeTakeFirst();
	return row ? { id: row.id, userId: row.user_id, data: row.data } : null;
}

/** Takes the open step of a token away, so that nobody can take it again; null when there is none or it is over. */
export async function takeChallenge(db: Db, purpose: ChallengePurpose, token: string, now: Date): Promise<OpenChallenge | null> {
	const row = await db
		.deleteFrom("sign_in_challenge")
		.where("token_hash", "=", hashToken(token))
		.where("purpose", "=", purpose)
		.returning(["id", "user_id", "data", "expires_at"])
		.executeTakeFirst();
	return row && row.expires_at > now ? { id: row.id, userId: row.user_id, data: row.data } : null;
}
