import type { NeededScope } from "@opengsync/core/api-tokens/scopes";
import { recordEventAlone } from "@opengsync/core/audit/record-event";
import type { Viewer } from "@opengsync/core/context";
import { ForbiddenError, SignInRequiredError } from "@opengsync/core/errors";
import { hashToken } from "@opengsync/core/shared/token-hash";
import type { Db } from "@opengsync/db/connection";
import { transact } from "@opengsync/db/transaction";
import { isInsider } from "@opengsync/domain/roles";

const usedAgainAfterMs = 60_000;

/** An accepted API token and its owner, for whom the request acts. */
export interface ApiCaller {
	readonly tokenId: number;
	readonly viewer: Viewer;
}

/** What a call needs, and where it comes from. */
export interface ApiCall {
	/** Scope that the route asks for. */
	readonly scope: NeededScope;
	readonly requestId: string;
	/** Address of the caller. */
	readonly address: string;
	readonly now: Date;
}

/** The token of a request: header `Authorization: Bearer`, else member `api_token` of the JSON body. */
export function sentApiToken(request: Request, body: unknown): string | null {
	const header = /^Bearer\s+(\S+)\s*$/i.exec(request.headers.get("authorization") ?? "");
	if (header?.[1]) return header[1];
	if (typeof body !== "object" || body === null || !("api_token" in body)) return null;
	return typeof body.api_token === "string" ? body.api_token : "";
}

/**
 * Who calls with this token: background-and-ops.md §5.1. Its use is noted to the minute; a refused token is an event of the audit
 * trail.
 * @throws SignInRequiredError without a token; ForbiddenError when it is unknown, over, revoked, its owner no insider, or its
 * scopes do not include the needed one
 */
export async function findApiCaller(db: Db, token: string | null, call: ApiCall): Promise<ApiCaller> {
	if (token === null) throw new SignInRequiredError();
	const row = await findToken(db, token);
	const refusal = row ? refusalOf(row, call.now) : "unknown";
	if (!row || refusal) {
		await recordEventAlone(db, actorOf(row?.id ?? null, call), {
			kind: "api_token_refused",
			object: row ? { table: "api_token", id: row.token_id } : null,
			details: { reason: refusal, address: call.address },
		});
		throw new ForbiddenError("The API token is not valid.");
	}
	if (call.scope !== "any" && !row.scopes.includes(call.scope)) {
		throw new ForbiddenError(`This API token may not do that: it lacks the scope "${call.scope}".`);
	}
	if (!row.last_used_at || call.now.getTime() - row.last_used_at.getTime() >= usedAgainAfterMs) {
		await transact(db, actorOf(row.id, call), (tx) =>
			tx.updateTable("api_token").set({ last_used_at: call.now }).where("id", "=", row.token_id).execute(),
		);
	}
	return {
		tokenId: row.token_id,
		viewer: { id: row.id, email: row.email, firstName: row.first_name, lastName: row.last_name, roleId: row.role_id },
	};
}

function findToken(db: Db, token: string) {
	return db
		.selectFrom("api_token")
		.innerJoin("lims_user", "lims_user.id", "api_token.owner_id")
		.select([
			"api_token.id as token_id",
			"api_token.created_utc",
			"api_token.time_valid_min",
			"api_token.expired",
			"api_token.scopes",
			"api_token.last_used_at",
			"lims_user.id",
			"lims_user.email",
			"lims_user.first_name",
			"lims_user.last_name",
			"lims_user.role_id",
		])
		.where("api_token.token_hash", "=", hashToken(token))
		.executeTakeFirst();
}

type FoundToken = NonNullable<Awaited<ReturnType<typeof findToken>>>;

/** Why a known token is refused, or null. */
function refusalOf(row: FoundToken, now: Date): string | null {
	if (row.expired) return "revoked";
	if (row.created_utc.getTime() + row.time_valid_min * 60_000 <= now.getTime()) return "expired";
	return isInsider(row.role_id) ? null : "owner is not staff";
}

function actorOf(userId: number | null, { requestId }: ApiCall) {
	return { userId, impersonatorId: null, via: "api", requestId } as const;
}
