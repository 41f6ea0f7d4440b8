/** What can be done with files of and comments on an object by whom and when (access-and-web.md §3.6), read by buttons, commands and tests. */
import type { AccessLevel } from "./access-level.ts";
import { type Action, type ActionRules, type Answer, decideAction, editInDraft, needsLevel } from "./actions.ts";
import { AccessType, SeqRequestStatus } from "./catalog.ts";

/** The object to which files and comments belong, and the viewer's level to it. */
export type FileParentFacts =
	| { readonly kind: "request"; readonly level: AccessLevel; readonly statusId: number }
	| { readonly kind: "experiment" | "labPrep"; readonly level: AccessLevel };

/** Actions on the files and comments of an object. A single file is opened by its own level too: its uploader always may. */
export type FileActionName = "open" | "attach" | "delete" | "comment";

/** Requests: the level given; experiments and preps: insiders. */
function byParent(facts: FileParentFacts, neededOfRequest: AccessLevel): Answer {
	return needsLevel(facts.level, facts.kind === "request" ? neededOfRequest : AccessType.INSIDER.id);
}

const rules: ActionRules<FileActionName, FileParentFacts> = {
	open: { label: "Open", answer: (facts) => byParent(facts, AccessType.VIEW.id) },
	attach: { label: "Attach File", answer: (facts) => byParent(facts, AccessType.EDIT.id) },
	delete: {
		label: "Delete File",
		answer: (facts) => {
			if (facts.kind !== "request") return byParent(facts, AccessType.INSIDER.id);
			const isDraft = facts.statusId === SeqRequestStatus.DRAFT.id;
			return editInDraft(facts.level, isDraft, "The request has been submitted: ask the facility for changes.");
		},
	},
	comment: { label: "Comment", answer: (facts) => byParent(facts, AccessType.EDIT.id) },
};

/** The rule of an action alone, for the table of actions of the object itself. */
export function answerFileAction(action: FileActionName, facts: FileParentFacts): Answer {
	return rules[action].answer(facts);
}

/** One action on the files and comments of an object for its viewer. */
export function fileAction(action: FileActionName, facts: FileParentFacts): Action<FileActionName> {
	return decideAction(rules, action, facts);
}
