import type { Db } from "@opengsync/db/connection";
import { findMember, UserRole } from "@opengsync/domain/catalog";

/** What somebody still owes after the first factor: nothing, a code, or to set up a second factor because the role demands one. */
export type SecondFactorNeed = "none" | "code" | "set_up";

/** Whether a role has to use a second factor; `roleKeys` as configured. */
export function isSecondFactorEnforced(roleKeys: readonly string[], roleId: number): boolean {
	const key = findMember(UserRole, roleId)?.key;
	return key !== undefined && roleKeys.includes(key);
}

/** What a user owes after the first factor (extensions.md §1). */
export async function secondFactorNeed(db: Db, enforcedRoleKeys: readonly string[], userId: number): Promise<SecondFactorNeed> {
	const row = await db
		.selectFrom("lims_user")
		.leftJoin("two_factor", "two_factor.user_id", "lims_user.id")
		.select(["lims_user.role_id", "two_factor.confirmed_at"])
		.where("lims_user.id", "=", userId)
		.executeTakeFirstOrThrow();
	if (row.confirmed_at) return "code";
	return isSecondFactorEnforced(enforcedRoleKeys, row.role_id) ? "set_up" : "none";
}
