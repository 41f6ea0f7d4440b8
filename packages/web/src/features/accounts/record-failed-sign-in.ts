import { recordEventAlone } from "@opengsync/core/audit/record-event";
import type { Exchange } from "../../framework/exchange.ts";
import type { SignInMethod } from "../../framework/session.ts";

/** Remembers a sign-in that was refused: the account where it is known, the way and the address; never what was typed. */
export async function recordFailedSignIn(exchange: Exchange, userId: number | null, method: SignInMethod): Promise<void> {
	const actor = { userId: null, impersonatorId: null, via: "web", requestId: exchange.requestId } as const;
	const object = userId === null ? null : { table: "lims_user", id: userId };
	await recordEventAlone(exchange.db, actor, {
		kind: "sign_in_failed",
		object,
		details: { method, address: exchange.clientAddress },
	});
}
