import { findUserByEmail } from "@opengsync/db/queries/users";
import { UserRole } from "@opengsync/domain/catalog";
import { normalizeEmail } from "@opengsync/domain/email";
import { isInsider } from "@opengsync/domain/roles";
import { rolesForNewUser } from "@opengsync/domain/user-actions";
import type { CommandContext } from "../context.ts";
import { ForbiddenError, InvalidInputError } from "../errors.ts";
import { sendAccountMail } from "./account-mails.ts";
import { createLink } from "./one-time-links.ts";
import { unusablePassword } from "./passwords.ts";

/** Whom to add; the names only for DEACTIVATED accounts. */
export interface NewUser {
	readonly email: string;
	readonly roleId: number;
	readonly firstName: string | null;
	readonly lastName: string | null;
}

/**
 * Staff adds a user (access-and-web.md §4.1): by a mail with a link that carries the role, or, for somebody who will never sign in, as
 * a DEACTIVATED account without mail.
 * @returns the id of the account, or null when the person was invited
 * @throws ForbiddenError for a role that the viewer may not give; InvalidInputError when the address is taken or a name is missing
 */
export async function inviteUser(context: CommandContext, input: NewUser): Promise<number | null> {
	const { tx, viewer, services } = context;
	if (!isInsider(viewer.roleId)) throw new ForbiddenError();
	if (!rolesForNewUser(viewer.roleId).includes(input.roleId)) throw new ForbiddenError("You may not give this role.");
	const email = normalizeEmail(input.email);
	if (await findUserByEmail(tx, email)) refuseTakenAddress();
	if (input.roleId !== UserRole.DEACTIVATED.id) {
		const token = await createLink(tx, services.now(), { purpose: "registration", email, roleId: input.roleId });
		await sendAccountMail(tx, services.config, { email, userId: null }, { kind: "registration", token });
		return null;
	}
	const missing = (["firstName", "lastName"] as const).filter((name) => !input[name]);
	if (missing.length > 0) {
		throw new InvalidInputError(missing.map((field) => ({ field, message: "Required for a deactivated account." })));
	}
	const created = await tx
		.insertInto("lims_user")
		.values({
			first_name: input.firstName ?? "",
			last_name: input.lastName ?? "",
			email,
			password: unusablePassword(),
			role_id: input.roleId,
		})
		.onConflict((conflict) => conflict.doNothing())
		.returning("id")
		.executeTakeFirst();
	return created?.id ?? refuseTakenAddress();
}

/** Insiders are told openly. */
function refuseTakenAddress(): never {
	throw new InvalidInputError([{ field: "email", message: "There is already an account with this e-mail address." }]);
}
