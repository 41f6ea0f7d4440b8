import { UserRole } from "@opengsync/domain/catalog";
import { isAdmin } from "@opengsync/domain/roles";
import { type UserActionName, type UserFacts, userAction } from "@opengsync/domain/user-actions";
import type { CommandContext } from "../context.ts";
import { ForbiddenError, NotFoundError, NotPossibleError } from "../errors.ts";

/** An account as commands see it; its row is held until the transaction ends. */
export interface UserForChange {
	readonly id: number;
	readonly first_name: string;
	readonly last_name: string;
	readonly email: string;
	readonly password: string;
	readonly role_id: number;
	readonly facts: UserFacts;
}

/**
 * Loads and holds an account. All admins are held before it, in the order of their numbers, so that two admins who demote each
 * other one after the other cannot both succeed; an admin who is none any more is refused.
 * @throws NotFoundError, ForbiddenError
 */
export async function loadUserForChange({ tx, viewer, actor }: CommandContext, userId: number): Promise<UserForChange> {
	const admins = isAdmin(viewer.roleId)
		? await tx.selectFrom("lims_user").select("id").where("role_id", "=", UserRole.ADMIN.id).orderBy("id").forUpdate().execute()
		: [];
	if (isAdmin(viewer.roleId) && !admins.some((admin) => admin.id === viewer.id)) throw new ForbiddenError();
	const user = await tx
		.selectFrom("lims_user")
		.select(["id", "first_name", "last_name", "email", "password", "role_id"])
		.where("id", "=", userId)
		.forUpdate()
		.executeTakeFirst();
	if (!user) throw new NotFoundError("The user");
	const facts = {
		roleId: user.role_id,
		isSelf: user.id === viewer.id,
		viewerRoleId: viewer.roleId,
		isWorkingAs: actor.impersonatorId !== null,
		hasOtherAdmin: admins.some((admin) => admin.id !== user.id),
	};
	return { ...user, facts };
}

/**
 * Refuses an action that the table of actions does not offer: the same table decides which buttons are shown.
 * @throws ForbiddenError when it is not this viewer's to do, NotPossibleError when only the state stands against it
 */
export function requireUserAction(action: UserActionName, facts: UserFacts): void {
	const answer = userAction(action, facts);
	if (answer.enabled) return;
	if (answer.forbidden) throw new ForbiddenError();
	throw new NotPossibleError(answer.reason ?? "This is not possible now.");
}
