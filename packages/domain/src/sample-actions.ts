/** What can be done with a sample by whom and when (access-and-web.md §3.4), read by buttons, commands and tests. */
import type { AccessLevel } from "./access-level.ts";
import { type Action, type ActionRules, type Answer, decideAction, editInDraft, needsLevel, notPossible } from "./actions.ts";
import { AccessType, SampleStatus } from "./catalog.ts";

/** Facts of a sample and its viewer that decide what can be done. */
export interface SampleFacts {
	/** Null for samples that came inside ready-made pools: never a draft. */
	readonly statusId: number | null;
	/** Access level of the viewer to the sample. */
	readonly level: AccessLevel;
	/** Names of libraries that would be left without a sample. */
	readonly onlySampleOf: readonly string[];
}

/** Actions on a sample. */
export type SampleActionName = "edit" | "changeStatus" | "delete";

const editor = (facts: SampleFacts): Answer =>
	editInDraft(
		facts.level,
		facts.statusId === SampleStatus.DRAFT.id,
		"The sample is no longer a draft: ask the facility for changes.",
	);

/** Up to three names, and how many more there are. */
function namesInShort(names: readonly string[]): string {
	const shown = names.slice(0, 3).join(", ");
	return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

const rules: ActionRules<SampleActionName, SampleFacts> = {
	edit: { label: "Edit", answer: editor },
	changeStatus: { label: "Change status", answer: (facts) => needsLevel(facts.level, AccessType.INSIDER.id) },
	delete: {
		label: "Delete",
		answer: (facts) => {
			const { onlySampleOf } = facts;
			return (
				editor(facts) ?? (onlySampleOf.length > 0 ? notPossible(`It is the only sample of ${namesInShort(onlySampleOf)}.`) : null)
			);
		},
	},
};

/** One action on a sample for its viewer. */
export function sampleAction(action: SampleActionName, facts: SampleFacts): Action<SampleActionName> {
	return decideAction(rules, action, facts);
}
