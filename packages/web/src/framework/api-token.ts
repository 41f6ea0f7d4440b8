import type { Viewer } from "@opengsync/core/context";
import { ForbiddenError, SignInRequiredError } from "@opengsync/core/errors";
import type { Db } from "@opengsync/db/connection";
import { isInsider } from "@opengsync/domain/roles";
import { hashToken } from "./secrets.ts";

/** An accepted API token and its owner, for whom the request acts. */
export interface ApiCaller {
	readonly tokenId: number;
	readonly viewer: Viewer;
}

/** The token of a request: header `Authorization: Bearer`, else member `api_token` of the JSON body. */
export function sentApiToken(request: Request, body: unknown): string | null {
	const header = /^Bearer\s+(\S+)\s*$/i.exec(request.headers.get("authorization") ?? "");
	if (header?.[1]) return header[1];
	if (typeof body !== "object" || body === null || !("api_token" in body)) return null;
	return typeof body.api_token === "string" ? body.api_token : "";
}

/**
 * Who calls with this token: background-and-ops.md §5.1.
 * @throws SignInRequiredError without a token; ForbiddenError when it is unknown, over, revoked, or its owner no insider
 */
export async function findApiCaller(db: Db, token: string | null, now: Date): Promise<ApiCaller> {
	if (token === null) throw new SignInRequiredError();
	const row = await db
		.selectFrom("api_token")
		.innerJoin("lims_user", "lims_user.id", "api_token.owner_id")
		.select([
			"api_token.id as token_id",
			"api_token.created_utc",
			"api_token.time_valid_min",
			"api_token.expired",
			"lims_user.id",
			"lims_user.email",
			"lims_user.first_name",
			"lims_user.last_name",
			"lims_user.role_id",
		])
		.where("api_token.token_hash", "=", hashToken(token))
		.executeTakeFirst();
	const endsAtMs = row ? row.created_utc.getTime() + row.time_valid_min * 60_000 : 0;
	if (!row || row.expired || endsAtMs <= now.getTime() || !isInsider(row.role_id)) {
		throw new ForbiddenError("The API token is not valid.");
	}
	return {
		tokenId: row.token_id,
		viewer: { id: row.id, email: row.email, firstName: row.first_name, lastName: row.last_name, roleId: row.role_id },
	};
}
