/** What can be done with a group and its members by whom (access-and-web.md §3.5), read by buttons, menus, commands and tests. */
import { type AccessLevel, hasLevel } from "./access-level.ts";
import {
	type Action,
	type ActionRules,
	type Answer,
	decideAction,
	needsLevel,
	notPermitted,
	notPossible,
	outOfPlace,
} from "./actions.ts";
import { AccessType, AffiliationType } from "./catalog.ts";

/** Level of the viewer to the group: MEMBER VIEW, MANAGER EDIT, OWNER OWNER, insiders INSIDER or ADMIN. */
export interface GroupFacts {
	readonly level: AccessLevel;
}

/** A member of the group, too. */
export interface MemberFacts extends GroupFacts {
	/** Catalog affiliationType of the member. */
	readonly affiliationTypeId: number;
	/** The member is the viewer. */
	readonly isViewer: boolean;
}

/** Actions on a group. */
export type GroupActionName = "edit" | "addMember" | "handOver";

/** Actions on a member of a group. */
export type MemberActionName = "remove" | "leave" | "makeOwner";

const groupRules: ActionRules<GroupActionName, GroupFacts> = {
	edit: { label: "Edit", answer: ({ level }) => needsLevel(level, AccessType.OWNER.id) },
	addMember: { label: "Add Member", answer: ({ level }) => needsLevel(level, AccessType.EDIT.id) },
	handOver: { label: "Hand over", answer: ({ level }) => needsLevel(level, AccessType.OWNER.id) },
};

const ownerStays = "The owner cannot be removed: hand the group over first.";
const isOwner = (facts: MemberFacts) => facts.affiliationTypeId === AffiliationType.OWNER.id;

function answerRemove(facts: MemberFacts): Answer {
	if (!facts.isViewer && !hasLevel(facts.level, AccessType.EDIT.id)) return notPermitted;
	return isOwner(facts) ? notPossible(ownerStays) : null;
}

const memberRules: ActionRules<MemberActionName, MemberFacts> = {
	remove: { label: "Remove User", answer: answerRemove },
	leave: {
		label: "Leave Group",
		answer: (facts) => (facts.isViewer ? answerRemove(facts) : outOfPlace("Only members leave a group.")),
	},
	makeOwner: {
		label: "Make Owner",
		answer: (facts) =>
			needsLevel(facts.level, AccessType.OWNER.id) ?? (isOwner(facts) ? outOfPlace("This member owns the group already.") : null),
	},
};

/** One action on a group for its viewer. */
export function groupAction(action: GroupActionName, facts: GroupFacts): Action<GroupActionName> {
	return decideAction(groupRules, action, facts);
}

/** One action on a member of a group for the viewer. */
export function memberAction(action: MemberActionName, facts: MemberFacts): Action<MemberActionName> {
	return decideAction(memberRules, action, facts);
}
