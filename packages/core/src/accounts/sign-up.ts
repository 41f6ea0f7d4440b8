import { findUserByEmail } from "@opengsync/db/queries/users";
import { transact } from "@opengsync/db/transaction";
import { UserRole } from "@opengsync/domain/catalog";
import { normalizeEmail } from "@opengsync/domain/email";
import { isPermittedDomain } from "@opengsync/domain/user-actions";
import { InvalidInputError } from "../errors.ts";
import type { AccountContext } from "./account-context.ts";
import { recipientOf, sendAccountMail } from "./account-mails.ts";
import { createDecoyLink, createLink } from "./one-time-links.ts";

/**
 * Sign-up of a client by anybody (access-and-web.md §4.1): mails a link to an unknown address, "welcome back" to a known one. Both
 * cases do the same work, so that neither answer nor time tells who has an account.
 * @throws InvalidInputError when the domain is not on the white list
 */
export async function signUp(context: AccountContext, input: { readonly email: string }): Promise<void> {
	const { config } = context.services;
	const email = normalizeEmail(input.email);
	refuseForeignDomain(email, config);
	const now = context.services.now();
	await transact(context.db, context.actor, async (tx) => {
		const user = await findUserByEmail(tx, email);
		if (user) {
			await createDecoyLink(tx, now, "registration");
			await sendAccountMail(tx, config, recipientOf(user), { kind: "welcome back" });
			return;
		}
		const token = await createLink(tx, now, { purpose: "registration", email, roleId: UserRole.CLIENT.id });
		await sendAccountMail(tx, config, { email, userId: null }, { kind: "registration", token });
	});
}

/** @throws InvalidInputError at the field `email` */
export function refuseForeignDomain(
	email: string,
	config: { readonly emailDomainWhiteList: readonly string[] | null; readonly email: string },
): void {
	if (isPermittedDomain(email, config.emailDomainWhiteList)) return;
	const message = `This is not a permitted domain. Please contact us: ${config.email}`;
	throw new InvalidInputError([{ field: "email", message }]);
}
