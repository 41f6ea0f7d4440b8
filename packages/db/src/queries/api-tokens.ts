import { sql } from "kysely";
import type { Reader } from "../transaction.ts";

/** An API token; never the secret. */
export interface ApiTokenRow {
	readonly id: number;
	readonly created_utc: Date;
	readonly expires: Date;
	readonly time_valid_min: number;
	/** Revoked. */
	readonly expired: boolean;
}

/** API tokens of a user, newest first. */
export async function listApiTokens(reader: Reader, ownerId: number): Promise<ApiTokenRow[]> {
	const { rows } = await sql<ApiTokenRow>`
		SELECT id, created_utc, created_utc + make_interval(mins => time_valid_min) AS expires, time_valid_min, expired
		FROM api_token WHERE owner_id = ${ownerId} ORDER BY id DESC`.execute(reader);
	return rows;
}
