import { findUserByEmail } from "@opengsync/db/queries/users";
import { transact } from "@opengsync/db/transaction";
import { normalizeEmail } from "@opengsync/domain/email";
import { isInsider } from "@opengsync/domain/roles";
import type { CommandContext } from "../context.ts";
import { ForbiddenError, InvalidInputError, NotFoundError } from "../errors.ts";
import type { AccountContext } from "./account-context.ts";
import { recipientOf, sendAccountMail } from "./account-mails.ts";
import { refuseWrongPassword } from "./change-password.ts";
import { loadUserForChange, requireUserAction } from "./load-user-for-change.ts";
import { createDecoyLink, createLink, findUserLink, markLinkUsed } from "./one-time-links.ts";
import { refuseForeignDomain } from "./sign-up.ts";

/**
 * An admin changes the address of somebody else; both addresses are told (access-and-web.md §3.7). Links mailed before die with the
 * old address.
 * @throws ForbiddenError, NotFoundError; InvalidInputError when the address is taken
 */
export async function changeUserEmail(
	context: CommandContext,
	input: { readonly userId: number; readonly email: string },
): Promise<void> {
	const { tx, services } = context;
	const user = await loadUserForChange(context, input.userId);
	requireUserAction("changeEmail", user.facts);
	if (user.facts.isSelf) throw new ForbiddenError("One's own address is changed by a link to the new one.");
	const newEmail = normalizeEmail(input.email);
	const owner = await findUserByEmail(tx, newEmail);
	if (owner && owner.id !== user.id) {
		throw new InvalidInputError([{ field: "email", message: "There is already an account with this e-mail address." }]);
	}
	if (newEmail === user.email) return;
	await tx.updateTable("lims_user").set({ email: newEmail }).where("id", "=", user.id).execute();
	for (const email of [user.email, newEmail]) {
		const mail = { kind: "address changed", oldEmail: user.email, newEmail } as const;
		await sendAccountMail(tx, services.config, { ...recipientOf(user), email }, mail);
	}
}

/**
 * Asks for another address of one's own: a link goes to the new one. A taken address gets the mail "welcome back" instead, and the
 * same answer, so that nobody can find out who has an account.
 * @throws InvalidInputError when the present password is wrong or the domain is not on the white list (staff: any domain)
 */
export async function requestEmailChange(
	context: CommandContext,
	input: { readonly email: string; readonly currentPassword: string },
): Promise<void> {
	const { tx, services, viewer } = context;
	const user = await loadUserForChange(context, viewer.id);
	requireUserAction("changeEmail", user.facts);
	const email = normalizeEmail(input.email);
	if (!isInsider(viewer.roleId)) refuseForeignDomain(email, services.config);
	if (email === user.email) throw new InvalidInputError([{ field: "email", message: "This is your address already." }]);
	await refuseWrongPassword(user.password, input.currentPassword);
	const owner = await findUserByEmail(tx, email);
	if (owner) {
		await createDecoyLink(tx, services.now(), "email_change");
		await sendAccountMail(tx, services.config, recipientOf(owner), { kind: "welcome back" });
		return;
	}
	const token = await createLink(tx, services.now(), { purpose: "email_change", email, user });
	await sendAccountMail(tx, services.config, { ...recipientOf(user), email }, { kind: "new address", token });
}

/**
 * Makes an address one's own by the link that was sent to it; the old address is told.
 * @throws NotFoundError for a link that does not work, or when the address got an account meanwhile
 */
export async function confirmEmailChange(context: AccountContext, input: { readonly token: string }): Promise<void> {
	const { config } = context.services;
	const now = context.services.now();
	await transact(context.db, context.actor, async (tx) => {
		const link = await findUserLink(tx, input.token, ["email_change"], now, { lock: true });
		if (!link || (await findUserByEmail(tx, link.email)) || !(await markLinkUsed(tx, link.linkId, now))) {
			throw new NotFoundError("The link");
		}
		await tx.updateTable("lims_user").set({ email: link.email }).where("id", "=", link.user.id).execute();
		const mail = { kind: "address changed", oldEmail: link.user.email, newEmail: link.email } as const;
		await sendAccountMail(tx, config, recipientOf(link.user), mail);
	});
}
