/** What can be done with a library by whom and when (access-and-web.md §3.4, requests-and-annotation.md §2.8, §11). */
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
	outOfPlace,
} from "./actions.ts";
import { isInGroup } from "./annotation/library-set.ts";
import { AccessType, isBelow, LibraryStatus, memberById, SeqRequestStatus, SubmissionType } from "./catalog.ts";

/** Facts of a library and its viewer that decide what can be done. */
export interface LibraryFacts {
	readonly statusId: number;
	readonly typeId: number;
	/** Status of its request. */
	readonly requestStatusId: number;
	/** Catalog submissionType of its request, where it is known. */
	readonly submissionTypeId?: number;
	/** Access level of the viewer to the library. */
	readonly level: AccessLevel;
	readonly numSamples: number;
}

/** Actions on a library. */
export type LibraryActionName =
	| "edit"
	| "changeStatus"
	| "editTable"
	| "editProperties"
	| "editFeatures"
	| "editMux"
	| "removeSample"
	| "remove"
	| "resequence";

const editor = (facts: LibraryFacts): Answer =>
	editInDraft(
		facts.level,
		facts.statusId === LibraryStatus.DRAFT.id,
		"The library is no longer a draft: ask the facility for changes.",
	);
const staff = (facts: LibraryFacts): Answer => needsLevel(facts.level, AccessType.INSIDER.id);

/** Removal from the request: EDIT while that is a draft, insiders while the library is below SEQUENCED, else admins. */
function answerRemove({ level, statusId, requestStatusId }: LibraryFacts): Answer {
	if (!hasLevel(level, AccessType.EDIT.id)) return notPermitted;
	if (requestStatusId === SeqRequestStatus.DRAFT.id || hasLevel(level, AccessType.ADMIN.id)) return null;
	if (!hasLevel(level, AccessType.INSIDER.id))
		return noLongerPermitted("The request has been submitted: ask the facility for changes.");
	const isWaiting = isBelow(memberById(LibraryStatus, statusId), LibraryStatus.SEQUENCED);
	return isWaiting ? null : noLongerPermitted("Only an admin can remove a library that has been sequenced.");
}

const rules: ActionRules<LibraryActionName, LibraryFacts> = {
	edit: { label: "Edit", answer: editor },
	changeStatus: { label: "Change status", answer: staff },
	editTable: { label: "Edit Libraries", answer: staff },
	editProperties: { label: "Edit Properties", answer: editor },
	editFeatures: {
		label: "Edit Features",
		answer: (facts) =>
			editor(facts) ?? (isInGroup(facts.typeId, "antibodyCapture") ? null : outOfPlace("Only antibody libraries have features.")),
	},
	editMux: { label: "Edit Multiplexing", answer: editor },
	removeSample: {
		label: "Remove Sample",
		answer: (facts) =>
			editor(facts) ?? (facts.numSamples > 1 ? null : notPossible("The last sample of a library cannot be removed.")),
	},
	remove: { label: "Remove Library", answer: answerRemove },
	resequence: {
		label: "Re-Sequence Library",
		answer: (facts) => {
			const isQcOnly = facts.submissionTypeId === SubmissionType.QC_ONLY.id;
			return staff(facts) ?? (isQcOnly ? notPossible("Libraries of a QC-only request cannot be re-sequenced.") : null);
		},
	},
};

/** One action on a library for its viewer. */
export function libraryAction(action: LibraryActionName, facts: LibraryFacts): Action<LibraryActionName> {
	return decideAction(rules, action, facts);
}
