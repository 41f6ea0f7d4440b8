import { expect, it } from "vitest";
import { AccessType, LibraryType, MuxType, PrepStatus } from "./catalog.ts";
import { type LabPrepActionName, type LabPrepFacts, labPrepAction } from "./lab-prep-actions.ts";

const flexAntibody = { muxTypeId: MuxType.TENX_FLEX_PROBE.id, typeId: LibraryType.TENX_SC_ABC_FLEX.id, sampleName: "pool_1" };
const hashed = { muxTypeId: MuxType.TENX_ABC_HASH.id, typeId: LibraryType.TENX_SC_GEX_5PRIME.id, sampleName: "pool_2" };
const facts: LabPrepFacts = {
	statusId: PrepStatus.PREPARING.id,
	level: AccessType.INSIDER.id,
	muxLibraries: [flexAntibody, hashed],
};

it.each<[string, LabPrepActionName, Partial<LabPrepFacts>, string | null]>([
	["what the prep has can be edited", "oligoMux", {}, null],
	["antibodies, too", "flexAntibodyMux", {}, null],
	["what it does not have cannot", "flexMux", {}, "No library of this prep is multiplexed by Flex probes."],
	["nor on the chip", "onChipMux", {}, "No library of this prep is multiplexed on the chip."],
	["pools can be, whatever the way", "samplePools", { muxLibraries: [{ ...hashed, muxTypeId: MuxType.CUSTOM.id }] }, null],
	["not without multiplexed libraries", "samplePools", { muxLibraries: [] }, "No library of this prep is multiplexed."],
	[
		"given up samples need no oligo",
		"oligoMux",
		{ muxLibraries: [{ ...hashed, sampleName: "canceled_samples" }] },
		"No library of this prep is multiplexed by oligos or hashtags.",
	],
	["a completed prep stays as it is", "oligoMux", { statusId: PrepStatus.COMPLETED.id }, "The prep is completed."],
	["an archived one, too", "samplePools", { statusId: PrepStatus.ARCHIVED.id }, "The prep is archived."],
	["customers know nothing of it", "oligoMux", { level: AccessType.OWNER.id }, "You do not have permission to do this."],
])("%s", (_, action, change, reason) => expect(labPrepAction(action, { ...facts, ...change }).reason).toBe(reason));

it("the second Flex sheet is offered only to preps with antibody libraries", () => {
	expect(labPrepAction("flexAntibodyMux", { ...facts, muxLibraries: [hashed] }).shown).toBe(false);
	expect(labPrepAction("flexMux", facts).shown).toBe(true);
});
