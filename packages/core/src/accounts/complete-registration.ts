import { transact } from "@opengsync/db/transaction";
import { InvalidInputError, NotFoundError } from "../errors.ts";
import type { AccountContext } from "./account-context.ts";
import { findRegistration, markLinkUsed } from "./one-time-links.ts";
import { hashPassword, type NewPassword, newPasswordErrors } from "./passwords.ts";

/** What the page of a registration asks for. */
export interface RegistrationInput extends NewPassword {
	readonly token: string;
	readonly firstName: string;
	readonly lastName: string;
}

/**
 * Makes the account of a registration link, with address and role of the link (access-and-web.md §4.2). The link works once.
 * @returns id of the new user
 * @throws InvalidInputError for the password; NotFoundError for a link that does not work or an address registered meanwhile
 */
export async function completeRegistration(context: AccountContext, input: RegistrationInput): Promise<number> {
	const errors = newPasswordErrors(input);
	if (errors.length > 0) throw new InvalidInputError(errors);
	const password = await hashPassword(input.password);
	const now = context.services.now();
	return transact(context.db, context.actor, async (tx) => {
		const registration = await findRegistration(tx, input.token, now);
		if (!registration || !(await markLinkUsed(tx, registration.linkId, now))) throw new NotFoundError("The link");
		const user = await tx
			.insertInto("lims_user")
			.values({
				first_name: input.firstName,
				last_name: input.lastName,
				email: registration.email,
				password,
				role_id: registration.roleId,
			})
			.onConflict((conflict) => conflict.doNothing())
			.returning("id")
			.executeTakeFirst();
		if (!user) throw new NotFoundError("The link");
		return user.id;
	});
}
