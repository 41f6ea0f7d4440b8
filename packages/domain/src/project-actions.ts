/** What can be done with a project by whom and when (access-and-web.md §3.1, §3.3, §8.2), read by buttons, commands and tests. */
import type { AccessLevel } from "./access-level.ts";
import {
	type Action,
	type ActionRules,
	type Answer,
	decideAction,
	editInDraft,
	needsLevel,
	notPermitted,
	notPossible,
	outOfPlace,
} from "./actions.ts";
import { AccessType, isBelow, memberById, ProjectStatus } from "./catalog.ts";
import { maxSheetRows } from "./sheets/limits.ts";

/** Facts of a project and its viewer that decide what can be done. */
export interface ProjectFacts {
	readonly statusId: number;
	/** Access level of the viewer to the project. */
	readonly level: AccessLevel;
	readonly numSamples: number;
}

/** Actions on a project. */
export type ProjectActionName =
	| "edit"
	| "changeOwnerAndStatus"
	| "delete"
	| "export"
	| "editAttributes"
	| "complete"
	| "assign"
	| "assignToMe"
	| "shareData"
	| "changeDataPaths";

const underWay = "Work on this project has begun: ask the facility for changes.";

const isDraft = (facts: ProjectFacts) => facts.statusId === ProjectStatus.DRAFT.id;
const staff = (facts: ProjectFacts): Answer => needsLevel(facts.level, AccessType.INSIDER.id);
const editor = (facts: ProjectFacts): Answer => editInDraft(facts.level, isDraft(facts), underWay);

const rules: ActionRules<ProjectActionName, ProjectFacts> = {
	edit: { label: "Edit", answer: editor },
	changeOwnerAndStatus: { label: "Change owner or status", answer: staff },
	delete: {
		label: "Delete",
		answer: (facts) => {
			const { numSamples } = facts;
			return (
				editor(facts) ?? (numSamples > 0 ? notPossible(`It has ${numSamples} ${numSamples === 1 ? "sample" : "samples"}.`) : null)
			);
		},
	},
	export: { label: "Export", answer: (facts) => needsLevel(facts.level, AccessType.VIEW.id) },
	editAttributes: {
		label: "Edit attributes",
		answer: (facts) => {
			const isOpen = !isBelow(ProjectStatus.SEQUENCED, memberById(ProjectStatus, facts.statusId));
			const refused = editInDraft(facts.level, isOpen, "The project is delivered: ask the facility for changes.");
			if (refused) return refused;
			if (facts.numSamples === 0) return notPossible("It has no samples yet.");
			return facts.numSamples > maxSheetRows ? notPossible(`A sheet has at most ${maxSheetRows} rows.`) : null;
		},
	},
	complete: {
		label: "Complete",
		answer: (facts) => {
			if (staff(facts) !== null) return notPermitted;
			const isUnderWay = facts.statusId === ProjectStatus.PROCESSING.id || facts.statusId === ProjectStatus.SEQUENCED.id;
			return isUnderWay ? null : outOfPlace("Only a project in Processing or Sequenced can be completed.");
		},
	},
	assign: { label: "Add Assignee", answer: staff },
	assignToMe: { label: "Assign to me", answer: staff },
	shareData: { label: "Share Data", answer: staff },
	changeDataPaths: { label: "Change Data Paths", answer: staff },
};

/** One action on a project for its viewer. */
export function projectAction(action: ProjectActionName, facts: ProjectFacts): Action<ProjectActionName> {
	return decideAction(rules, action, facts);
}
