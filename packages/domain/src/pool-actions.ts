/** What can be done with a pool by whom and when (access-and-web.md §3.1, §3.4, §8.6), read by buttons, commands and tests. */
import { type AccessLevel, hasLevel } from "./access-level.ts";
import {
	type Action,
	type ActionRules,
	type Answer,
	decideAction,
	editInDraft,
	needsLevel,
	noLongerPermitted,
	notPermitted,
	notPossible,
} from "./actions.ts";
import { AccessType, isBelow, memberById, PoolStatus, PoolType } from "./catalog.ts";

/** Facts of a pool and its viewer that decide what can be done. */
export interface PoolFacts {
	readonly statusId: number;
	/** Access level of the viewer to the pool. */
	readonly level: AccessLevel;
	readonly numLibraries: number;
	readonly isOnExperiment: boolean;
}

/** Actions on a pool. */
export type PoolActionName =
	| "edit"
	| "changeStatus"
	| "clone"
	| "delete"
	| "addLibraries"
	| "dilute"
	| "measure"
	| "removeLibrary"
	| "removeAllLibraries";

const isDraft = (facts: PoolFacts) => facts.statusId === PoolStatus.DRAFT.id;
const staff = (facts: PoolFacts): Answer => needsLevel(facts.level, AccessType.INSIDER.id);

/** Insiders while `isEarly`, admins always; others never know of it. */
function staffWhile(level: AccessLevel, isEarly: boolean, reason: string): Answer {
	if (!hasLevel(level, AccessType.INSIDER.id)) return notPermitted;
	return isEarly || hasLevel(level, AccessType.ADMIN.id) ? null : noLongerPermitted(reason);
}

const rules: ActionRules<PoolActionName, PoolFacts> = {
	edit: {
		label: "Edit",
		answer: (facts) => editInDraft(facts.level, isDraft(facts), "The pool is no longer a draft: ask the facility for changes."),
	},
	changeStatus: { label: "Change status", answer: staff },
	clone: { label: "Clone", answer: staff },
	delete: {
		label: "Delete",
		answer: (facts) => {
			const { numLibraries: count } = facts;
			if (staff(facts) !== null) return notPermitted;
			if (count > 0) return notPossible(`It has ${count} ${count === 1 ? "library" : "libraries"}.`);
			return facts.isOnExperiment ? notPossible("It is on an experiment.") : null;
		},
	},
	addLibraries: { label: "Add Libraries", answer: staff },
	dilute: { label: "Add Dilution", answer: staff },
	measure: { label: "Measure", answer: staff },
	removeLibrary: {
		label: "Remove from Pool",
		answer: ({ level, statusId }) =>
			staffWhile(
				level,
				isBelow(memberById(PoolStatus, statusId), PoolStatus.SEQUENCED),
				"Only an admin can take a library out of a pool that has been sequenced.",
			),
	},
	removeAllLibraries: {
		label: "Remove Libraries",
		answer: (facts) => {
			const refused = staffWhile(facts.level, isDraft(facts), "Only an admin can empty a pool that is no longer a draft.");
			return refused ?? (facts.numLibraries === 0 ? notPossible("The pool has no libraries.") : null);
		},
	},
};

/** One action on a pool for its viewer. */
export function poolAction(action: PoolActionName, facts: PoolFacts): Action<PoolActionName> {
	return decideAction(rules, action, facts);
}

/** Whether libraries and requests link to the page of a pool: for insiders, and for others if it is EXTERNAL (access-and-web.md §3.4). */
export function isPoolLinked(isInsider: boolean, poolTypeId: number | null): boolean {
	return isInsider || poolTypeId === PoolType.EXTERNAL.id;
}
