import { isOwnPassword } from "@opengsync/core/accounts/check-own-password";
import { ForbiddenError } from "@opengsync/core/errors";
import type { Exchange } from "../../framework/exchange.ts";
import { secondFactorContext } from "./second-factor-context.ts";

/** For so long after a sign-in the way of signing in may be changed without the password: 5 minutes (extensions.md §1). */
const recentMs = 5 * 60_000;

/** Why nobody changes how another signs in. */
export const notForOthers = "Only the owner of the account can do this.";

/** Whether the present session began at most 5 minutes ago. */
export function isSignInRecent(exchange: Exchange): boolean {
	const { beganAt } = exchange.session;
	return beganAt !== null && exchange.services.now().getTime() - beganAt.getTime() <= recentMs;
}

/** Whether the viewer has just shown to be the owner of the account: a recent sign-in, or the password. */
export async function isViewerConfirmed(exchange: Exchange, password: string | null): Promise<boolean> {
	if (isSignInRecent(exchange)) return true;
	return password !== null && isOwnPassword(secondFactorContext(exchange), exchange.viewer.id, password);
}

/** @throws ForbiddenError on the account of another, and while working as another user */
export function requireOwnAccount(exchange: Exchange, userId: number): void {
	if (userId !== exchange.viewer.id || exchange.impersonator) throw new ForbiddenError(notForOthers);
}
