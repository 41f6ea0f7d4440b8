import { UserRole } from "@opengsync/domain/catalog";
import type { CommandContext } from "../context.ts";
import { recipientOf, sendAccountMail } from "./account-mails.ts";
import { loadUserForChange, requireUserAction } from "./load-user-for-change.ts";
import { createLink } from "./one-time-links.ts";

/**
 * Staff activates a DEACTIVATED account: it becomes a CLIENT and gets a mail with a link to choose a password (access-and-web.md §4.6).
 * @throws ForbiddenError, NotFoundError; NotPossibleError when it is active already
 */
export async function activateUser(context: CommandContext, input: { readonly userId: number }): Promise<void> {
	const { tx, services } = context;
	const user = await loadUserForChange(context, input.userId);
	requireUserAction("activate", user.facts);
	await tx.updateTable("lims_user").set({ role_id: UserRole.CLIENT.id }).where("id", "=", user.id).execute();
	const token = await createLink(tx, services.now(), { purpose: "activation", email: user.email, user });
	await sendAccountMail(tx, services.config, recipientOf(user), { kind: "activation", token });
}
