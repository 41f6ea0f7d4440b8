/**
 * Levels of access of a user to an object (access-and-web.md §2.2). What a client may do with an object is computed by the query that loads
 * it (db/access.ts); here is what the role alone gives. A level is an id of the catalog's `accessType` and compared as a number; nothing
 * about it is ever stored.
 */
import { AccessType, type IdOf } from "./catalog.ts";
import { isActive, isAdmin, isInsider } from "./roles.ts";

/** NONE 0 < VIEW 10 < EDIT 20 < OWNER 50 < INSIDER 90 < ADMIN 100. */
export type AccessLevel = IdOf<typeof AccessType>;

/** Whoever looks, by their role (catalog userRole). */
interface WithRole {
	readonly roleId: number;
}

/** Whether a level includes what is needed. */
export function hasLevel(level: AccessLevel, needed: AccessLevel): boolean {
	return level >= needed;
}

/** The level that the role gives to every object: ADMIN, INSIDER, NONE for the deactivated; null for a client, whose level depends on the object. */
export function roleLevel(viewer: WithRole): AccessLevel | null {
	if (!isActive(viewer.roleId)) return AccessType.NONE.id;
	if (isAdmin(viewer.roleId)) return AccessType.ADMIN.id;
	return isInsider(viewer.roleId) ? AccessType.INSIDER.id : null;
}

/** Level to what only staff sees: experiment, lane, lab prep, plate, run, protocol, design, event. */
export function staffOnlyLevel(viewer: WithRole): AccessLevel {
	return roleLevel(viewer) ?? AccessType.NONE.id;
}
