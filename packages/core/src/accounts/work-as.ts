import { UserRole } from "@opengsync/domain/catalog";
import { isAdmin } from "@opengsync/domain/roles";
import type { CommandContext } from "../context.ts";
import { ForbiddenError, NotFoundError, NotPossibleError } from "../errors.ts";

/**
 * An admin begins to work in the account of another user: access-and-web.md §4.8. A deactivated user becomes TEMPORARY for the
 * duration. The session itself is the caller's matter.
 * @throws ForbiddenError unless the viewer is an admin; NotPossibleError for admins' accounts
 */
export async function beginWorkingAs({ tx, viewer }: CommandContext, input: { readonly userId: number }): Promise<void> {
	if (!isAdmin(viewer.roleId)) throw new ForbiddenError();
	const user = await tx
		.selectFrom("lims_user")
		.select(["id", "role_id"])
		.where("id", "=", input.userId)
		.forUpdate()
		.executeTakeFirst();
	if (!user) throw new NotFoundError("The user");
	if (isAdmin(user.role_id)) throw new NotPossibleError("Nobody can work in the account of an admin.");
	if (user.role_id === UserRole.DEACTIVATED.id) {
		await tx.updateTable("lims_user").set({ role_id: UserRole.TEMPORARY.id }).where("id", "=", user.id).execute();
	}
}

/** The admin is done: a temporary account is deactivated again, once no other admin works in it. */
export async function endWorkingAs({ tx }: CommandContext, input: { readonly userId: number }): Promise<void> {
	await tx
		.updateTable("lims_user")
		.set({ role_id: UserRole.DEACTIVATED.id })
		.where("id", "=", input.userId)
		.where("role_id", "=", UserRole.TEMPORARY.id)
		.where(({ not, exists, selectFrom }) => not(exists(selectFrom("session").select("id").where("user_id", "=", input.userId))))
		.execute();
}
