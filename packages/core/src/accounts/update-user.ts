import { UserRole } from "@opengsync/domain/catalog";
import { isAssignableRole, userAction } from "@opengsync/domain/user-actions";
import type { CommandContext } from "../context.ts";
import { BadRequestError, InvalidInputError } from "../errors.ts";
import { removePasskeysOf, revokeApiTokensOf } from "./end-access.ts";
import { endSessionsOfUser } from "./end-sessions.ts";
import { loadUserForChange, requireUserAction, type UserForChange } from "./load-user-for-change.ts";
import { voidLinksOf } from "./one-time-links.ts";

/** What can be edited; `roleId` null = as it is. */
export interface UserInput {
	readonly firstName: string;
	readonly lastName: string;
	readonly roleId: number | null;
}

/**
 * Changes names and, by an admin, the role (access-and-web.md §4.7); a role sent by anybody else is ignored. DEACTIVATED ends all
 * access at once: sessions, API tokens, passkeys and open links.
 * @throws ForbiddenError, NotFoundError; InvalidInputError when the only admin would stop being one
 */
export async function updateUser(context: CommandContext, userId: number, input: UserInput): Promise<void> {
	const user = await loadUserForChange(context, userId);
	requireUserAction("edit", user.facts);
	const roleId = newRole(user, input.roleId);
	await context.tx
		.updateTable("lims_user")
		.set({ first_name: input.firstName, last_name: input.lastName, role_id: roleId })
		.where("id", "=", userId)
		.execute();
	if (roleId === UserRole.DEACTIVATED.id && roleId !== user.role_id) await endAllAccess(context, userId);
}

function newRole(user: UserForChange, roleId: number | null): number {
	const change = userAction("changeRole", user.facts);
	if (roleId === null || roleId === user.role_id || change.forbidden) return user.role_id;
	if (change.reason) throw new InvalidInputError([{ field: "roleId", message: change.reason }]);
	if (!isAssignableRole(roleId)) throw new BadRequestError("This role is not offered.");
	return roleId;
}

async function endAllAccess({ tx, services }: CommandContext, userId: number): Promise<void> {
	await endSessionsOfUser(tx, userId, "account deactivated");
	await revokeApiTokensOf(tx, userId);
	await removePasskeysOf(tx, userId);
	await voidLinksOf(tx, userId, services.now());
}
