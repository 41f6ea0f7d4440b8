import { sql } from "kysely";
import type { Reader } from "../transaction.ts";

/** An API token; never the secret. */
export interface ApiTokenRow {
	readonly id: number;
	/** What it is for; empty for tokens made before names were asked. */
	readonly name: string;
	/** What it may do: read, write, pipeline. */
	readonly scopes: string[];
	readonly created_utc: Date;
	readonly expires: Date;
	readonly time_valid_min: number;
	/** Revoked. */
	readonly expired: boolean;
	/** Time of the last accepted call, to the minute. */
	readonly last_used_at: Date | null;
}

/** API tokens of a user, newest first. */
export async function listApiTokens(reader: Reader, ownerId: number): Promise<ApiTokenRow[]> {
	const { rows } = await sql<ApiTokenRow>`
		SELECT id, name, scopes, created_utc, created_utc + make_interval(mins => time_valid_min) AS expires, time_valid_min, expired, last_used_at
		FROM api_token WHERE owner_id = ${ownerId} ORDER BY id DESC`.execute(reader);
	return rows;
}
