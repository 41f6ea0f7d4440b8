import { findUserByEmail } from "@opengsync/db/queries/users";
import { transact } from "@opengsync/db/transaction";
import { normalizeEmail } from "@opengsync/domain/email";
import { isActive } from "@opengsync/domain/roles";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { InvalidInputError, NotFoundError } from "../errors.ts";
import type { AccountContext } from "./account-context.ts";
import { enqueueAccountMail, recipientOf, recordAccountMail, sendAccountMail } from "./account-mails.ts";
import { removePasskeysOf, revokeApiTokensOf } from "./end-access.ts";
import { endSessionsOfUser } from "./end-sessions.ts";
import { loadUserForChange, requireUserAction } from "./load-user-for-change.ts";
import { createDecoyLink, createLink, findUserLink, type LinkPurpose, markLinkUsed } from "./one-time-links.ts";
import { hashPassword, type NewPassword, newPasswordErrors } from "./passwords.ts";

/** Links with which a password can be chosen. */
export const resetPurposes: readonly LinkPurpose[] = ["password_reset", "activation"];

/**
 * *Forgot password* by anybody (access-and-web.md §4.6): mails a link if the address has an active account. For any other address the
 * same work is done and its mail thrown away, so that neither answer nor time tells who has an account.
 */
export async function requestPasswordReset(context: AccountContext, input: { readonly email: string }): Promise<void> {
	const { config } = context.services;
	const email = normalizeEmail(input.email);
	const now = context.services.now();
	await transact(context.db, context.actor, async (tx) => {
		const found = await findUserByEmail(tx, email);
		const user = found && isActive(found.role_id) ? found : null;
		const token = user
			? await createLink(tx, now, { purpose: "password_reset", email: user.email, user })
			: await createDecoyLink(tx, now, "password_reset");
		const recipient = user ? recipientOf(user) : { email, userId: null };
		const mailId = await enqueueAccountMail(tx, config, recipient, { kind: "reset", token });
		await recordAccountMail(tx, user ? "link_sent" : "link_refused", recipient, { kind: "reset", token });
		await tx
			.deleteFrom("mail")
			.where("id", "=", mailId)
			.where(sql.lit(user === null))
			.execute();
	});
}

/** Mails a link to choose a new password, for oneself or by an admin. @throws ForbiddenError, NotFoundError, NotPossibleError */
export async function sendPasswordResetMail(context: CommandContext, input: { readonly userId: number }): Promise<void> {
	const user = await loadUserForChange(context, input.userId);
	requireUserAction("sendResetMail", user.facts);
	const { tx, services } = context;
	const token = await createLink(tx, services.now(), { purpose: "password_reset", email: user.email, user });
	await sendAccountMail(tx, services.config, recipientOf(user), { kind: "reset", token });
}

/**
 * Sets a new password by a link. All sessions end, API tokens made before are revoked and passkeys removed (extensions.md §1); every
 * other reset link dies with the old password.
 * @returns id of the user
 * @throws InvalidInputError for the password; NotFoundError for a link that does not work
 */
export async function resetPassword(
	context: AccountContext,
	input: NewPassword & { readonly token: string },
): Promise<{ userId: number; revokedTokens: number; removedPasskeys: number }> {
	const errors = newPasswordErrors(input);
	if (errors.length > 0) throw new InvalidInputError(errors);
	const password = await hashPassword(input.password);
	const now = context.services.now();
	return transact(context.db, context.actor, async (tx) => {
		const link = await findUserLink(tx, input.token, resetPurposes, now, { lock: true });
		if (!link || !(await markLinkUsed(tx, link.linkId, now))) throw new NotFoundError("The link");
		const userId = link.user.id;
		await tx.updateTable("lims_user").set({ password }).where("id", "=", userId).execute();
		await endSessionsOfUser(tx, userId, "password reset");
		return { userId, revokedTokens: await revokeApiTokensOf(tx, userId), removedPasskeys: await removePasskeysOf(tx, userId) };
	});
}
