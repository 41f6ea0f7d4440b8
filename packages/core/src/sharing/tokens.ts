import type { Db } from "@opengsync/db/connection";
import type { Tx } from "@opengsync/db/transaction";
import { sql } from "kysely";
import { openSealed, seal } from "../shared/seal.ts";
import { hashToken, randomToken } from "../shared/token-hash.ts";

/** What a link is good for at this moment (access-and-web.md §15.3). */
export type FoundShare =
	| { readonly state: "valid"; readonly id: number; readonly sharedPaths: readonly string[]; readonly expires: Date }
	| { readonly state: "expired" }
	| { readonly state: "unknown" };

/** Encrypts a token so that insiders can see the link again (data-model.md §12). */
export function sealShareToken(secretKey: string, token: string): string {
	return seal(secretKey, "share-link", token);
}

/** Opens a sealed token; null when it was sealed under another key or altered: the link can then only be replaced. */
export function openSealedToken(secretKey: string, sealed: string): string | null {
	return openSealed(secretKey, "share-link", sealed);
}

/** A link to be made. */
export interface NewShare {
	readonly ownerId: number;
	readonly timeValidMin: number;
	/** Below the share root, already reduced (access-and-web.md §15.1). */
	readonly paths: readonly string[];
}

/**
 * Makes a link: stores hash, sealed token and a copy of the paths.
 * @returns the id of the row and the token, which appears nowhere in clear but in the mail and the answer
 */
export async function createShareToken(
	tx: Tx,
	settings: { readonly secretKey: string; readonly now: Date },
	share: NewShare,
): Promise<{ id: number; token: string; expires: Date }> {
	const token = randomToken();
	const { rows } = await sql<{ id: number }>`
		INSERT INTO share_token (token_hash, token_sealed, time_valid_min, created_utc, owner_id)
		VALUES (${hashToken(token)}, ${sealShareToken(settings.secretKey, token)}, ${share.timeValidMin}, ${settings.now}, ${share.ownerId})
		RETURNING id`.execute(tx);
	const id = rows[0]?.id;
	if (id === undefined) throw new Error("The share token was not stored");
	await sql`
		INSERT INTO share_path (share_token_id, path)
		SELECT ${id}, path FROM unnest(${share.paths}::text[]) AS path`.execute(tx);
	return { id, token, expires: new Date(settings.now.getTime() + share.timeValidMin * 60_000) };
}

/**
 * What a token opens now, in one statement. Asked anew on every request, so that a link ends the moment it is revoked.
 * @param now time to compare with; that of the services
 */
export async function findShare(db: Db | Tx, token: string, now: Date = new Date()): Promise<FoundShare> {
	if (token.length < 16 || token.length > 128) return { state: "unknown" };
	const { rows } = await sql<{ id: number; expired: boolean; expires: Date; paths: string[] }>`
		SELECT share_token.id, share_token.expired,
			share_token.created_utc + make_interval(mins => share_token.time_valid_min) AS expires,
			ARRAY(SELECT path::text FROM share_path WHERE share_token_id = share_token.id ORDER BY path) AS paths
		FROM share_token WHERE token_hash = ${hashToken(token)}`.execute(db);
	const row = rows[0];
	if (!row) return { state: "unknown" };
	if (row.expired || row.expires <= now) return { state: "expired" };
	return { state: "valid", id: row.id, sharedPaths: row.paths, expires: row.expires };
}
