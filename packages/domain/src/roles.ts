import { findMember, UserRole } from "./catalog.ts";

/** Whether the role is that of facility staff: ADMIN, BIOINFORMATICIAN or TECHNICIAN (access-and-web.md §1). */
export function isInsider(roleId: number): boolean {
	return findMember(UserRole, roleId)?.insider === true;
}

/** Whether the role is ADMIN. */
export function isAdmin(roleId: number): boolean {
	return roleId === UserRole.ADMIN.id;
}

/** Whether the account may do anything at all: every known role but DEACTIVATED (access-and-web.md §2.1). */
export function isActive(roleId: number): boolean {
	return findMember(UserRole, roleId) !== null && roleId !== UserRole.DEACTIVATED.id;
}
