import { recordEventAlone } from "../audit/record-event.ts";
import { checkPassword } from "./passwords.ts";
import type { SignInContext } from "./sign-in.ts";

/**
 * Whether a signed-in person knows the password of the account, before something that a stolen session must not do. Wrong ones
 * count as at the sign-in, and close the account alike.
 * @param address of the client, for the audit trail
 */
export async function isOwnPassword(context: SignInContext & { readonly address: string }, userId: number, password: string) {
	const user = await context.db
		.selectFrom("lims_user")
		.select(["email", "password"])
		.where("id", "=", userId)
		.executeTakeFirstOrThrow();
	const account = user.email.toLowerCase();
	const closed = await context.throttle.isClosed(account);
	const { right } = await checkPassword(password, user.password);
	if (right && !closed) return true;
	if (!closed) await context.throttle.countWrong(account);
	const actor = { userId, impersonatorId: null, via: "web", requestId: context.requestId } as const;
	const details = { method: "password", address: context.address, closed };
	await recordEventAlone(context.db, actor, { kind: "sign_in_failed", object: { table: "lims_user", id: userId }, details });
	return false;
}
