/** What can be done with an account by whom (access-and-web.md §3.7, §4), read by buttons, commands and tests. */
import { findMember, membersOf, UserRole } from "./catalog.ts";
import { normalizeEmail } from "./email.ts";
import { isAdmin, isInsider } from "./roles.ts";

/** Facts of an account and its viewer that decide what can be done. */
export interface UserFacts {
	/** Role of the account (catalog userRole). */
	readonly roleId: number;
	/** The viewer's own account. */
	readonly isSelf: boolean;
	/** Role of the viewer. */
	readonly viewerRoleId: number;
	/** The viewer is an admin who works in this account (§4.8). */
	readonly isWorkingAs: boolean;
	/** There is an admin besides this account. */
	readonly hasOtherAdmin: boolean;
}

/** Actions on an account. */
export type UserActionName =
	| "edit"
	| "changeRole"
	| "changeEmail"
	| "changePassword"
	| "sendResetMail"
	| "signOutEverywhere"
	| "activate";

/** An action as the page shows it; a command refuses with `reason` unless `enabled`. */
export interface UserAction {
	readonly action: UserActionName;
	readonly label: string;
	/** False = not for this viewer, or it has no place in this state. */
	readonly shown: boolean;
	readonly enabled: boolean;
	/** Why it is not possible; null while enabled. */
	readonly reason: string | null;
	/** Not this viewer's to do in any state. */
	readonly forbidden: boolean;
}

/** null = possible; a text = shown, but not possible now. */
type Answer = null | string | { readonly hidden: string; readonly forbidden?: true };

const noPermission: Answer = { hidden: "You do not have permission to do this.", forbidden: true };
const whileWorkingAs = "Not while you work as another user: end that session first.";
const activateFirst = "The account is deactivated: activate it first.";

const isOfSelfOrAdmin = (facts: UserFacts) => facts.isSelf || isAdmin(facts.viewerRoleId);
const isDeactivated = (facts: UserFacts) => facts.roleId === UserRole.DEACTIVATED.id;

const rules: Readonly<Record<UserActionName, { readonly label: string; readonly answer: (facts: UserFacts) => Answer }>> = {
	edit: { label: "Edit User", answer: (facts) => (isOfSelfOrAdmin(facts) ? null : noPermission) },
	changeRole: {
		label: "Change Role",
		answer: (facts) => {
			if (!isAdmin(facts.viewerRoleId)) return noPermission;
			if (facts.roleId === UserRole.TEMPORARY.id) return "An admin works in this account at present.";
			if (facts.isSelf && !facts.hasOtherAdmin) return "You are the only admin: make somebody else admin first.";
			return null;
		},
	},
	changeEmail: {
		label: "Change E-mail",
		answer: (facts) => {
			if (!isOfSelfOrAdmin(facts)) return noPermission;
			return facts.isWorkingAs ? whileWorkingAs : null;
		},
	},
	changePassword: {
		label: "Change Password",
		answer: (facts) => {
			if (!facts.isSelf) return noPermission;
			return facts.isWorkingAs ? whileWorkingAs : null;
		},
	},
	sendResetMail: {
		label: "Reset Password",
		answer: (facts) => {
			if (!isOfSelfOrAdmin(facts)) return noPermission;
			return isDeactivated(facts) ? activateFirst : null;
		},
	},
	signOutEverywhere: {
		label: "Sign Out Everywhere",
		answer: (facts) => {
			if (!isOfSelfOrAdmin(facts)) return noPermission;
			if (isDeactivated(facts)) return "Nobody is signed in to a deactivated account.";
			return facts.isWorkingAs ? whileWorkingAs : null;
		},
	},
	activate: {
		label: "Activate Account",
		answer: (facts) => {
			if (!isInsider(facts.viewerRoleId)) return noPermission;
			return isDeactivated(facts) ? null : { hidden: "The account is active already." };
		},
	},
};

/** One action on an account for its viewer. */
export function userAction(action: UserActionName, facts: UserFacts): UserAction {
	const { label, answer } = rules[action];
	const result = answer(facts);
	if (result === null) return { action, label, shown: true, enabled: true, reason: null, forbidden: false };
	if (typeof result === "string") return { action, label, shown: true, enabled: false, reason: result, forbidden: false };
	return { action, label, shown: false, enabled: false, reason: result.hidden, forbidden: result.forbidden ?? false };
}

/** All actions on an account for its viewer, in the order of the page. */
export function userActions(facts: UserFacts): readonly UserAction[] {
	return (Object.keys(rules) as UserActionName[]).map((action) => userAction(action, facts));
}

/** Roles that somebody may give to a new account (§4.1); null = nobody is signed in. The first is preset. */
export function rolesForNewUser(viewerRoleId: number | null): readonly number[] {
	if (viewerRoleId !== null && isAdmin(viewerRoleId))
		return [UserRole.CLIENT.id, ...assignableRoles.filter((id) => id !== UserRole.CLIENT.id)];
	if (viewerRoleId !== null && isInsider(viewerRoleId)) return [UserRole.CLIENT.id, UserRole.DEACTIVATED.id];
	return [UserRole.CLIENT.id];
}

/** Roles that an admin may give: all but TEMPORARY, which belongs to working as another user. */
export const assignableRoles: readonly number[] = membersOf(UserRole)
	.map((role) => role.id as number)
	.filter((id) => id !== UserRole.TEMPORARY.id);

/** Whether a role may be given by hand. */
export function isAssignableRole(roleId: number): boolean {
	return findMember(UserRole, roleId) !== null && assignableRoles.includes(roleId);
}

/**
 * Whether an address may register itself: the part after `@`, any case, is on the list; subdomains are not included (§4.1).
 * @param domains lower-case domains; null = all
 */
export function isPermittedDomain(email: string, domains: readonly string[] | null): boolean {
	const domain = normalizeEmail(email).split("@").at(-1) ?? "";
	return domains === null || domains.includes(domain);
}
