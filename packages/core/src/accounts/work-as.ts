import { UserRole } from "@opengsync/domain/catalog";
import { isAdmin } from "@opengsync/domain/roles";
import { recordEvent } from "../audit/record-event.ts";
import type { CommandContext } from "../context.ts";
import { ForbiddenError, NotFoundError, NotPossibleError } from "../errors.ts";

/**
 * An admin begins to work in the account of another user: access-and-web.md §4.8. A deactivated user becomes TEMPORARY for the
 * duration. The session itself is the caller's matter; its end is that of `end-sessions.ts`.
 * @throws ForbiddenError unless the viewer is an admin who is not working as another user already; NotPossibleError for admins'
 * accounts
 */
export async function beginWorkingAs({ tx, actor, viewer }: CommandContext, input: { readonly userId: number }): Promise<void> {
	if (actor.impersonatorId !== null) throw new ForbiddenError("End the present session as another user first.");
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
	await recordEvent(tx, {
		kind: "working_as_began",
		object: { table: "lims_user", id: user.id },
		details: { admin_id: viewer.id, user_id: user.id },
	});
}
