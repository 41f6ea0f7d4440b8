/**
 * Levels of access of a user to an object, as pure functions of facts that the query has loaded (access-and-web.md §2.2).
 * A level is an id of the catalog's `accessType` and compared as a number; nothing about it is ever stored.
 */
import { AccessType, AffiliationType, type IdOf } from "./catalog.ts";
import { isActive, isAdmin, isInsider } from "./roles.ts";

/** NONE 0 < VIEW 10 < EDIT 20 < OWNER 50 < INSIDER 90 < ADMIN 100. */
export type AccessLevel = IdOf<typeof AccessType>;

/** Who looks. */
export interface Viewer {
	readonly id: number;
	readonly roleId: number;
}

const { NONE, VIEW, EDIT, OWNER, INSIDER, ADMIN } = AccessType;

/** Whether a level includes what is needed. */
export function hasLevel(level: AccessLevel, needed: AccessLevel): boolean {
	return level >= needed;
}

/** The higher of levels that reach an object in several ways; NONE without any. */
export function highestLevel(...levels: readonly AccessLevel[]): AccessLevel {
	return levels.reduce((highest, level) => (level > highest ? level : highest), NONE.id);
}

/** The level that comes with the role alone: NONE for nobody and the deactivated, ADMIN, INSIDER; null for a client, whose level depends on the object. */
export function roleLevel(viewer: Viewer | null): AccessLevel | null {
	if (viewer === null || !isActive(viewer.roleId)) return NONE.id;
	if (isAdmin(viewer.roleId)) return ADMIN.id;
	return isInsider(viewer.roleId) ? INSIDER.id : null;
}

function isViewer(viewer: Viewer | null, userId: number | null): boolean {
	return viewer !== null && userId !== null && viewer.id === userId;
}

/** Level to a request: requestor OWNER; any affiliation with the request's group EDIT. `affiliationWithGroup` is null without group or affiliation. */
export function requestLevel(facts: {
	readonly viewer: Viewer | null;
	readonly requestorId: number;
	readonly affiliationWithGroup: number | null;
}): AccessLevel {
	return ownedByGroupLevel(facts.viewer, facts.requestorId, facts.affiliationWithGroup);
}

/** Level to a project: owner OWNER; any affiliation with the project's group EDIT. */
export function projectLevel(facts: {
	readonly viewer: Viewer | null;
	readonly ownerId: number;
	readonly affiliationWithGroup: number | null;
}): AccessLevel {
	return ownedByGroupLevel(facts.viewer, facts.ownerId, facts.affiliationWithGroup);
}

function ownedByGroupLevel(viewer: Viewer | null, ownerId: number, affiliationWithGroup: number | null): AccessLevel {
	const byRole = roleLevel(viewer);
	if (byRole !== null) return byRole;
	if (isViewer(viewer, ownerId)) return OWNER.id;
	return affiliationWithGroup === null ? NONE.id : EDIT.id;
}

/**
 * Level to a sample (parent: project), library or pool (parent: request), media file (owner = uploader, parent: request) or comment
 * (no owner, parent: request): the owner has OWNER, everybody else the level to the parent.
 * @param facts.parentLevel null = no parent that a client may see (pool without request; file or comment of an experiment or lab prep)
 */
export function childLevel(facts: {
	readonly viewer: Viewer | null;
	readonly ownerId: number | null;
	readonly parentLevel: AccessLevel | null;
}): AccessLevel {
	const byRole = roleLevel(facts.viewer);
	if (byRole !== null) return byRole;
	if (isViewer(facts.viewer, facts.ownerId)) return OWNER.id;
	return facts.parentLevel ?? NONE.id;
}

/** Level to a data path: VIEW for a client with at least VIEW on its project, request or library; null = path of an experiment. */
export function dataPathLevel(facts: { readonly viewer: Viewer | null; readonly targetLevel: AccessLevel | null }): AccessLevel {
	const byRole = roleLevel(facts.viewer);
	if (byRole !== null) return byRole;
	return facts.targetLevel !== null && hasLevel(facts.targetLevel, VIEW.id) ? VIEW.id : NONE.id;
}

/** Level to a group: affiliation OWNER → OWNER, MANAGER → EDIT, MEMBER → VIEW, none → NONE. */
export function groupLevel(facts: { readonly viewer: Viewer | null; readonly affiliation: number | null }): AccessLevel {
	const byRole = roleLevel(facts.viewer);
	if (byRole !== null) return byRole;
	switch (facts.affiliation) {
		case AffiliationType.OWNER.id:
			return OWNER.id;
		case AffiliationType.MANAGER.id:
			return EDIT.id;
		case AffiliationType.MEMBER.id:
			return VIEW.id;
		default:
			return NONE.id;
	}
}

/** Level to a user: oneself OWNER. */
export function userLevel(facts: { readonly viewer: Viewer | null; readonly userId: number }): AccessLevel {
	return roleLevel(facts.viewer) ?? (isViewer(facts.viewer, facts.userId) ? OWNER.id : NONE.id);
}

/** Level to what only staff sees: experiment, lane, lab prep, plate, run, protocol, design, event. */
export function staffOnlyLevel(viewer: Viewer | null): AccessLevel {
	return roleLevel(viewer) ?? NONE.id;
}

/** Level to kits, adapters, barcodes and features of kits: every active user may look. */
export function kitLevel(viewer: Viewer | null): AccessLevel {
	return roleLevel(viewer) ?? VIEW.id;
}

/** Level to a workflow run: who began it OWNER; insiders may take it over (requests-and-annotation.md §4). */
export function workflowRunLevel(facts: { readonly viewer: Viewer | null; readonly userId: number }): AccessLevel {
	return roleLevel(facts.viewer) ?? (isViewer(facts.viewer, facts.userId) ? OWNER.id : NONE.id);
}

/** The rule "E in DRAFT, else I" (access-and-web.md §1); `otherwise` replaces INSIDER where the rule says "else A". */
export function mayInDraft(level: AccessLevel, isDraft: boolean, otherwise: AccessLevel = INSIDER.id): boolean {
	return hasLevel(level, isDraft ? EDIT.id : otherwise);
}
