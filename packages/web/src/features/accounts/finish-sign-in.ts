import { openPendingSignIn } from "@opengsync/core/accounts/pending-sign-in";
import { type SecondFactorNeed, secondFactorNeed } from "@opengsync/core/accounts/second-factor-need";
import { challengeLifeSeconds } from "@opengsync/core/accounts/sign-in-challenge";
import { recordEventAlone } from "@opengsync/core/audit/record-event";
import { NotFoundError } from "@opengsync/core/errors";
import { randomToken } from "@opengsync/core/shared/token-hash";
import { UserRole } from "@opengsync/domain/catalog";
import { isActive } from "@opengsync/domain/roles";
import type { Exchange } from "../../framework/exchange.ts";
import type { SignInMethod } from "../../framework/session.ts";
import { throttleOf } from "./throttle.ts";

/** Cookie of the browser in which a sign-in waits for its second factor. */
export const pendingSignInCookie = "opengsync_sign_in";

/** How somebody showed who they are. */
export interface FirstFactor {
	readonly method: SignInMethod;
	/** The second factor is shown already: a passkey with user verification, or an institution that says so. */
	readonly secondFactorDone: boolean;
	/** Path of this site to go to; the dashboard otherwise. */
	readonly next?: string | null;
}

/**
 * The one way to a session (access-and-web.md §4.3, extensions.md §1). Who still owes a second factor is led to that page and has
 * no session yet; a deactivated account is refused; everybody else gets a session and is led on. The caller has established that
 * the browser belongs to the user.
 */
export async function finishSignIn(exchange: Exchange, userId: number, factor: FirstFactor): Promise<Response> {
	const { secondFactorRoles } = exchange.services.config.signIn;
	const user = await exchange.db
		.selectFrom("lims_user")
		.select(["id", "first_name", "email", "role_id"])
		.where("id", "=", userId)
		.executeTakeFirst();
	if (!user) throw new NotFoundError("The user");
	if (!isActive(user.role_id) || user.role_id === UserRole.TEMPORARY.id) {
		exchange.flash("error", `This account is deactivated. Please contact us: ${exchange.services.config.email}`);
		return exchange.redirect("/auth/auth/");
	}
	const need = factor.secondFactorDone ? "none" : await secondFactorNeed(exchange.db, secondFactorRoles, user.id);
	if (need !== "none") return askForSecondFactor(exchange, user.id, need, factor);
	await beginSession(exchange, { id: user.id, email: user.email }, factor.method);
	exchange.flash("success", `Welcome, ${user.first_name}!`);
	return exchange.redirect(factor.next ?? "/");
}

/** Records the event, forgets the wrong tries of the account and begins the session under a new id. */
async function beginSession(exchange: Exchange, user: { id: number; email: string }, method: SignInMethod): Promise<void> {
	const actor = { userId: user.id, impersonatorId: null, via: "web", requestId: exchange.requestId } as const;
	const object = { table: "lims_user", id: user.id };
	await recordEventAlone(exchange.db, actor, { kind: "sign_in", object, details: { method, address: exchange.clientAddress } });
	await exchange.session.signIn(user.id, method);
	await throttleOf(exchange.services).clear(user.email.toLowerCase());
	exchange.cookies.remove(pendingSignInCookie);
}

/** Keeps the first factor on the server and leads to the page of the second. */
async function askForSecondFactor(
	exchange: Exchange,
	userId: number,
	need: SecondFactorNeed,
	factor: FirstFactor,
): Promise<Response> {
	const token = randomToken();
	const signIn = { userId, method: factor.method, next: factor.next ?? null };
	await openPendingSignIn(exchange.db, token, signIn, exchange.services.now());
	exchange.cookies.set(pendingSignInCookie, token, challengeLifeSeconds);
	return exchange.redirect(need === "set_up" ? "/auth/second_factor/set_up/" : "/auth/second_factor/");
}
