/** What can be done with a lab prep by whom and when (lab-workflows.md §7.4, §10), read by buttons, commands and tests. */
import { type AccessLevel, hasLevel } from "./access-level.ts";
import { type Action, type ActionRules, type Answer, decideAction, notPermitted, notPossible, outOfPlace } from "./actions.ts";
import { AccessType, memberById, PrepStatus } from "./catalog.ts";
import { type PrepMuxKind, prepMuxKind } from "./library-edits/prep-mux.ts";

/** Facts of a prep and its viewer that decide what can be done. */
export interface LabPrepFacts {
	/** Catalog prepStatus. */
	readonly statusId: number;
	/** Access level of the viewer. */
	readonly level: AccessLevel;
	/** Its multiplexed libraries that hold samples. */
	readonly muxLibraries: readonly {
		readonly muxTypeId: number | null;
		readonly typeId: number;
		readonly sampleName: string;
	}[];
}

/** Actions on a prep: the sheets of its multiplexing. */
export type LabPrepActionName = "samplePools" | "oligoMux" | "flexMux" | "flexAntibodyMux" | "onChipMux";

function answerForStaff({ level }: LabPrepFacts): Answer {
	return hasLevel(level, AccessType.INSIDER.id) ? null : notPermitted;
}

function answerWhilePreparing(facts: LabPrepFacts): Answer {
	const refused = answerForStaff(facts);
	if (refused !== null || facts.statusId === PrepStatus.PREPARING.id) return refused;
	return notPossible(`The prep is ${memberById(PrepStatus, facts.statusId).label.toLowerCase()}.`);
}

const hasKind = (facts: LabPrepFacts, kind: PrepMuxKind) => facts.muxLibraries.some((library) => prepMuxKind(library) === kind);

/** Possible while the prep has libraries of this kind. */
function answerFor(kind: PrepMuxKind, what: string) {
	return (facts: LabPrepFacts): Answer =>
		answerWhilePreparing(facts) ?? (hasKind(facts, kind) ? null : notPossible(`No library of this prep is multiplexed ${what}.`));
}

const rules: ActionRules<LabPrepActionName, LabPrepFacts> = {
	samplePools: {
		label: "Sample pools",
		answer: (facts) =>
			answerWhilePreparing(facts) ??
			(facts.muxLibraries.length > 0 ? null : notPossible("No library of this prep is multiplexed.")),
	},
	oligoMux: { label: "Oligo multiplexing", answer: answerFor("oligo", "by oligos or hashtags") },
	flexMux: { label: "Flex multiplexing", answer: answerFor("flex", "by Flex probes") },
	flexAntibodyMux: {
		label: "Flex antibodies",
		answer: (facts) => {
			if (hasKind(facts, "flexAntibody")) return answerWhilePreparing(facts);
			return answerForStaff(facts) ?? outOfPlace("The prep has no antibody libraries that are multiplexed by Flex probes.");
		},
	},
	onChipMux: { label: "On-chip multiplexing", answer: answerFor("onChip", "on the chip") },
};

/** One action on a prep for its viewer. */
export function labPrepAction(action: LabPrepActionName, facts: LabPrepFacts): Action<LabPrepActionName> {
	return decideAction(rules, action, facts);
}
