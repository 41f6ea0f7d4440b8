import type { Db } from "@opengsync/db/connection";
import { type Tx, transact } from "@opengsync/db/transaction";
import { UserRole } from "@opengsync/domain/catalog";
import { ConflictError, InvalidInputError, NotFoundError } from "../errors.ts";
import { hashToken } from "../shared/token-hash.ts";
import { hashPassword, newPasswordErrors } from "./passwords.ts";

/** Value of `one_time_link.purpose` for the link that the set-up prints. */
export const firstAdminPurpose = "first_admin";

/** Who the first admin is. */
export interface FirstAdminInput {
	/** Text of the link. */
	readonly token: string;
	readonly email: string;
	readonly firstName: string;
	readonly lastName: string;
	readonly password: string;
	readonly repetition: string;
}

/** Whether the link to create the first admin works: known, unused, not over, and there is no admin yet. */
export async function isFirstAdminLinkOpen(db: Db | Tx, token: string, now: Date): Promise<boolean> {
	const link = await db
		.selectFrom("one_time_link")
		.select("id")
		.where("token_hash", "=", hashToken(token))
		.where("purpose", "=", firstAdminPurpose)
		.where("used_at", "is", null)
		.where("expires_at", ">", now)
		.where(({ not, exists, selectFrom }) =>
			not(exists(selectFrom("lims_user").select("lims_user.id").where("lims_user.role_id", "=", UserRole.ADMIN.id))),
		)
		.executeTakeFirst();
	return link !== undefined;
}

/**
 * Creates the first ADMIN by the link that the set-up printed. The link works once, and only while there is no admin.
 * @returns id of the new user
 * @throws NotFoundError for a link that does not work; InvalidInputError; ConflictError when the address is taken
 */
export async function createFirstAdmin(
	context: { readonly db: Db; readonly requestId: string; readonly now: Date },
	input: FirstAdminInput,
): Promise<number> {
	const errors = newPasswordErrors(input);
	if (errors.length > 0) throw new InvalidInputError(errors);
	const password = await hashPassword(input.password);
	const actor = { userId: null, impersonatorId: null, via: "setup", requestId: context.requestId } as const;
	return transact(context.db, actor, async (tx) => {
		const link = await tx
			.updateTable("one_time_link")
			.set({ used_at: context.now })
			.where("token_hash", "=", hashToken(input.token))
			.where("purpose", "=", firstAdminPurpose)
			.where("used_at", "is", null)
			.where("expires_at", ">", context.now)
			.returning("id")
			.executeTakeFirst();
		const admin = await tx.selectFrom("lims_user").select("id").where("role_id", "=", UserRole.ADMIN.id).executeTakeFirst();
		if (!link || admin) throw new NotFoundError("The link");
		const email = input.email.trim().toLowerCase();
		const taken = await tx
			.selectFrom("lims_user")
			.select("id")
			.where(({ eb, fn }) => eb(fn<string>("lower", ["email"]), "=", email))
			.executeTakeFirst();
		if (taken) throw new ConflictError("There is already an account with this e-mail address.");
		const user = await tx
			.insertInto("lims_user")
			.values({
				first_name: input.firstName.trim(),
				last_name: input.lastName.trim(),
				email,
				password,
				role_id: UserRole.ADMIN.id,
			})
			.returning("id")
			.executeTakeFirstOrThrow();
		return user.id;
	});
}
