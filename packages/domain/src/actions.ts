/**
 * How a feature says what can be done: per action a label and a pure rule over facts. Buttons, menus, commands and tests read the same table
 * (access-and-web.md §1, §3): what the viewer may not know of is hidden, what the status forbids is shown disabled with the reason.
 */
import { type AccessLevel, hasLevel } from "./access-level.ts";
import { AccessType } from "./catalog.ts";

/** Why an action is refused: the level is too low (answered with 403), or the state of the object stands against it (400). */
export type RefusalKind = "forbidden" | "notPossible";

/** An action as a page shows it; a command refuses with `reason` unless `enabled`. */
export interface Action<Name extends string = string> {
	readonly action: Name;
	readonly label: string;
	/** False = the viewer may not know of it, or it has no place in this state. */
	readonly shown: boolean;
	readonly enabled: boolean;
	/** Why it is not possible; null while enabled. */
	readonly reason: string | null;
	/** Null while enabled. */
	readonly refusal: RefusalKind | null;
}

/** Why an action cannot be done, and whether it is shown all the same. */
export interface Refusal {
	readonly reason: string;
	readonly shown: boolean;
	readonly kind: RefusalKind;
}

/** Answer of a rule: null = possible. */
export type Answer = Refusal | null;

/** What every action has, by its name. */
export type ActionRules<Name extends string, Facts> = Readonly<
	Record<Name, { readonly label: string; readonly answer: (facts: Facts) => Answer }>
>;

/** The level never permits it: hidden. */
export const notPermitted: Refusal = { reason: "You do not have permission to do this.", shown: false, kind: "forbidden" };

/** The level permitted it in another status: shown with the reason. */
export function noLongerPermitted(reason: string): Refusal {
	return { reason, shown: true, kind: "forbidden" };
}

/** Permitted to this person, but not now: shown with the reason. */
export function notPossible(reason: string): Refusal {
	return { reason, shown: true, kind: "notPossible" };
}

/** Permitted to this person, but without a place in this state: hidden; the reason is for whoever calls the command all the same. */
export function outOfPlace(reason: string): Refusal {
	return { reason, shown: false, kind: "notPossible" };
}

/** Possible with at least this level, hidden otherwise. */
export function needsLevel(level: AccessLevel, needed: AccessLevel): Answer {
	return hasLevel(level, needed) ? null : notPermitted;
}

/**
 * The rule "E in DRAFT, else I" (access-and-web.md §1): hidden below EDIT; shown with `reason` where EDIT has ceased to suffice.
 * @param otherwise level that is needed once it is no draft; ADMIN where the rule says "else A"
 */
export function editInDraft(
	level: AccessLevel,
	isDraft: boolean,
	reason: string,
	otherwise: AccessLevel = AccessType.INSIDER.id,
): Answer {
	if (!hasLevel(level, AccessType.EDIT.id)) return notPermitted;
	return isDraft || hasLevel(level, otherwise) ? null : noLongerPermitted(reason);
}

/** One action of a table for its viewer. */
export function decideAction<Name extends string, Facts>(
	rules: ActionRules<Name, Facts>,
	action: Name,
	facts: Facts,
): Action<Name> {
	const { label, answer } = rules[action];
	const refused = answer(facts);
	if (refused === null) return { action, label, shown: true, enabled: true, reason: null, refusal: null };
	return { action, label, shown: refused.shown, enabled: false, reason: refused.reason, refusal: refused.kind };
}

/** All actions of a table for their viewer, in the order of the table. */
export function decideActions<Name extends string, Facts>(
	rules: ActionRules<Name, Facts>,
	facts: Facts,
): readonly Action<Name>[] {
	return (Object.keys(rules) as Name[]).map((action) => decideAction(rules, action, facts));
}
