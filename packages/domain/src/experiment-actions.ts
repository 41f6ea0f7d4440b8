/** What can be done with an experiment by whom and when (access-and-web.md §3.1; lab-workflows.md §17.1, §17.4). */
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
import { AccessType, ExperimentStatus } from "./catalog.ts";
import { isExperimentEditable } from "./experiment-checklist.ts";

/** Facts of an experiment and its viewer that decide what can be done. */
export interface ExperimentFactsOfViewer {
	readonly statusId: number;
	/** Access level of the viewer: experiments have no owners, so NONE, INSIDER or ADMIN. */
	readonly level: AccessLevel;
}

/** Actions on an experiment. `arrange`: lanes and reads; `prepare`: pools, dilutions and what else the checklist drives. */
export type ExperimentActionName = "open" | "edit" | "prepare" | "arrange" | "delete" | "attachFile" | "comment";

const staff = (facts: ExperimentFactsOfViewer): Answer => needsLevel(facts.level, AccessType.INSIDER.id);
const isAdmin = (facts: ExperimentFactsOfViewer) => hasLevel(facts.level, AccessType.ADMIN.id);

const rules: ActionRules<ExperimentActionName, ExperimentFactsOfViewer> = {
	open: { label: "Open", answer: staff },
	edit: { label: "Edit", answer: staff },
	prepare: {
		label: "Prepare",
		answer: (facts) => {
			if (staff(facts) !== null) return notPermitted;
			if (isExperimentEditable(facts.statusId, isAdmin(facts))) return null;
			return notPossible("Sequencing has begun: only an admin can change this.");
		},
	},
	arrange: {
		label: "Arrange lanes",
		answer: (facts) => {
			if (staff(facts) !== null) return notPermitted;
			if (facts.statusId === ExperimentStatus.DRAFT.id || isAdmin(facts)) return null;
			return notPossible("Only admin can edit non-draft experiments.");
		},
	},
	delete: {
		label: "Delete",
		answer: (facts) => {
			if (staff(facts) !== null) return notPermitted;
			return facts.statusId === ExperimentStatus.DRAFT.id ? null : outOfPlace("Only a draft can be deleted.");
		},
	},
	attachFile: { label: "Attach File", answer: staff },
	comment: { label: "Comment", answer: staff },
};

/** One action on an experiment for its viewer. */
export function experimentAction(action: ExperimentActionName, facts: ExperimentFactsOfViewer): Action<ExperimentActionName> {
	return decideAction(rules, action, facts);
}
