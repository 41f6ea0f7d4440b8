import { describe, expect, it } from "vitest";
import type { AccessLevel } from "./access-level.ts";
import type { Action } from "./actions.ts";
import {
	AffiliationType,
	ExperimentStatus,
	LibraryStatus,
	LibraryType,
	PoolStatus,
	PoolType,
	ProjectStatus,
	SampleStatus,
	SeqRequestStatus,
	SubmissionType,
} from "./catalog.ts";
import { experimentAction } from "./experiment-actions.ts";
import { fileAction } from "./file-actions.ts";
import { groupAction, memberAction } from "./group-actions.ts";
import { libraryAction } from "./library-actions.ts";
import { isPoolLinked, poolAction } from "./pool-actions.ts";
import { projectAction } from "./project-actions.ts";
import { sampleAction } from "./sample-actions.ts";

// One letter per level, in the order NONE, VIEW, EDIT, OWNER, INSIDER, ADMIN:
// "+" possible, "-" disabled with a reason (400), "x" disabled because the level no longer suffices (403), "." hidden (403), "o" hidden (400).
const levels: readonly AccessLevel[] = [0, 10, 20, 50, 90, 100];

function lettersOf(decide: (level: AccessLevel) => Action): string {
	return levels.map((level) => letterOf(decide(level))).join("");
}

function letterOf(action: Action): string {
	expect(action.reason === null, `${action.action} says why not`).toBe(action.enabled);
	if (action.enabled) return "+";
	if (action.refusal === "forbidden") return action.shown ? "x" : ".";
	return action.shown ? "-" : "o";
}

describe("projects (access-and-web.md §3.1, §3.3)", () => {
	const { DRAFT, PROCESSING, SEQUENCED, DELIVERED, ARCHIVED } = ProjectStatus;
	it.each([
		["edit", DRAFT, 0, "..++++"],
		["edit", PROCESSING, 0, "..xx++"],
		["edit", ARCHIVED, 0, "..xx++"],
		["changeOwnerAndStatus", DRAFT, 0, "....++"],
		["delete", DRAFT, 0, "..++++"],
		["delete", DRAFT, 1, "..----"],
		["delete", PROCESSING, 0, "..xx++"],
		["export", DELIVERED, 9, ".+++++"],
		["editAttributes", SEQUENCED, 1, "..++++"],
		["editAttributes", SEQUENCED, 0, "..----"],
		["editAttributes", DRAFT, 5000, "..++++"],
		["editAttributes", DRAFT, 5001, "..----"],
		["editAttributes", DELIVERED, 1, "..xx++"],
		["complete", DRAFT, 1, "....oo"],
		["complete", PROCESSING, 1, "....++"],
		["complete", SEQUENCED, 1, "....++"],
		["complete", DELIVERED, 1, "....oo"],
		["assign", DRAFT, 0, "....++"],
		["assignToMe", DRAFT, 0, "....++"],
		["shareData", SEQUENCED, 1, "....++"],
		["changeDataPaths", SEQUENCED, 1, "....++"],
	] as const)("%s in $key with %i samples: %s", (action, status, numSamples, expected) => {
		expect(lettersOf((level) => projectAction(action, { statusId: status.id, level, numSamples }))).toBe(expected);
	});
});

describe("samples (§3.4)", () => {
	const { DRAFT, STORED } = SampleStatus;
	it.each([
		["edit", DRAFT.id, [], "..++++"],
		["edit", STORED.id, [], "..xx++"],
		["edit", null, [], "..xx++"],
		["changeStatus", DRAFT.id, [], "....++"],
		["delete", DRAFT.id, [], "..++++"],
		["delete", DRAFT.id, ["lib_a"], "..----"],
		["delete", STORED.id, [], "..xx++"],
	] as const)("%s at status %s, only sample of %s: %s", (action, statusId, onlySampleOf, expected) => {
		expect(lettersOf((level) => sampleAction(action, { statusId, level, onlySampleOf }))).toBe(expected);
	});
	it("names the libraries that would be left without sample", () => {
		const onlySampleOf = ["lib_a", "lib_b", "lib_c", "lib_d", "lib_e"];
		const { reason } = sampleAction("delete", { statusId: DRAFT.id, level: 20, onlySampleOf });
		expect(reason).toBe("It is the only sample of lib_a, lib_b, lib_c and 2 more.");
	});
});

describe("libraries (§3.4, requests-and-annotation.md §2.8, §11)", () => {
	const { DRAFT, SUBMITTED, POOLED, SEQUENCED } = LibraryStatus;
	const plain = {
		typeId: LibraryType.BULK_RNA_SEQ.id as number,
		requestStatusId: SeqRequestStatus.DRAFT.id as number,
		numSamples: 2,
	};
	const submitted = { ...plain, requestStatusId: SeqRequestStatus.SUBMITTED.id };
	const antibody = { ...plain, typeId: LibraryType.TENX_ANTIBODY_CAPTURE.id };
	it.each([
		["edit", DRAFT, plain, "..++++"],
		["edit", SUBMITTED, plain, "..xx++"],
		["changeStatus", DRAFT, plain, "....++"],
		["editProperties", SUBMITTED, plain, "..xx++"],
		["editFeatures", DRAFT, plain, "..oooo"],
		["editFeatures", DRAFT, antibody, "..++++"],
		["editMux", DRAFT, plain, "..++++"],
		["removeSample", DRAFT, plain, "..++++"],
		["removeSample", DRAFT, { ...plain, numSamples: 1 }, "..----"],
		["remove", DRAFT, plain, "..++++"],
		["remove", POOLED, submitted, "..xx++"],
		["remove", SEQUENCED, submitted, "..xxx+"],
		["resequence", SEQUENCED, submitted, "....++"],
		["resequence", SEQUENCED, { ...submitted, submissionTypeId: SubmissionType.QC_ONLY.id }, "....--"],
		["editTable", SEQUENCED, submitted, "....++"],
		["editProperties", DRAFT, plain, "..++++"],
		["editProperties", POOLED, submitted, "..xx++"],
		["editMux", POOLED, submitted, "..xx++"],
	] as const)("%s in $key (%o): %s", (action, status, facts, expected) => {
		expect(lettersOf((level) => libraryAction(action, { ...facts, statusId: status.id, level }))).toBe(expected);
	});
});

describe("pools (§3.1, §3.4)", () => {
	const { DRAFT, STORED, SEQUENCED, ARCHIVED } = PoolStatus;
	it.each([
		["edit", DRAFT, 2, false, "..++++"],
		["edit", STORED, 2, false, "..xx++"],
		["changeStatus", DRAFT, 2, false, "....++"],
		["clone", SEQUENCED, 2, false, "....++"],
		["delete", DRAFT, 0, false, "....++"],
		["delete", DRAFT, 2, false, "....--"],
		["delete", DRAFT, 0, true, "....--"],
		["addLibraries", STORED, 0, false, "....++"],
		["dilute", STORED, 0, false, "....++"],
		["measure", STORED, 0, false, "....++"],
		["removeLibrary", STORED, 2, false, "....++"],
		["removeLibrary", SEQUENCED, 2, false, "....x+"],
		["removeLibrary", ARCHIVED, 2, false, "....x+"],
		["removeAllLibraries", DRAFT, 2, false, "....++"],
		["removeAllLibraries", DRAFT, 0, false, "....--"],
		["removeAllLibraries", STORED, 2, false, "....x+"],
	] as const)(
		"%s in $key with %i libraries, on an experiment %s: %s",
		(action, status, numLibraries, isOnExperiment, expected) => {
			const facts = { statusId: status.id, numLibraries, isOnExperiment };
			expect(lettersOf((level) => poolAction(action, { ...facts, level }))).toBe(expected);
		},
	);
	it("link their page for staff, and for customers only if they brought the pool themselves", () => {
		expect(isPoolLinked(true, PoolType.INTERNAL.id)).toBe(true);
		expect(isPoolLinked(false, PoolType.INTERNAL.id)).toBe(false);
		expect(isPoolLinked(false, PoolType.EXTERNAL.id)).toBe(true);
		expect(isPoolLinked(false, null)).toBe(false);
	});
});

describe("groups (§3.5)", () => {
	it.each([
		// outsider, MEMBER, MANAGER, OWNER, insider, admin
		["edit", "...+++"],
		["addMember", "..++++"],
		["handOver", "...+++"],
	] as const)("%s: %s", (action, expected) => {
		expect(lettersOf((level) => groupAction(action, { level }))).toBe(expected);
	});
	const { OWNER, MANAGER, MEMBER } = AffiliationType;
	it.each([
		["remove", MEMBER, false, "..++++"],
		["remove", MANAGER, false, "..++++"],
		["remove", OWNER, false, "..----"],
		["remove", MEMBER, true, "++++++"],
		["leave", MEMBER, true, "++++++"],
		["leave", MEMBER, false, "oooooo"],
		["leave", OWNER, true, "------"],
		["makeOwner", MEMBER, false, "...+++"],
		["makeOwner", MANAGER, true, "...+++"],
		["makeOwner", OWNER, false, "...ooo"],
	] as const)("%s of a $key, oneself %s: %s", (action, affiliation, isViewer, expected) => {
		expect(lettersOf((level) => memberAction(action, { level, affiliationTypeId: affiliation.id, isViewer }))).toBe(expected);
	});
});

describe("experiments (§3.1, lab-workflows.md §17.1, §17.4): nothing for customers", () => {
	const { DRAFT, LOADED, SEQUENCING } = ExperimentStatus;
	it.each([
		["open", SEQUENCING, "....++"],
		["edit", SEQUENCING, "....++"],
		["prepare", LOADED, "....++"],
		["prepare", SEQUENCING, "....-+"],
		["arrange", DRAFT, "....++"],
		["arrange", LOADED, "....-+"],
		["delete", DRAFT, "....++"],
		["delete", LOADED, "....oo"],
		["attachFile", LOADED, "....++"],
		["comment", LOADED, "....++"],
	] as const)("%s in $key: %s", (action, status, expected) => {
		expect(lettersOf((level) => experimentAction(action, { statusId: status.id, level }))).toBe(expected);
	});
});

describe("files and comments (§3.6)", () => {
	const { DRAFT, SUBMITTED } = SeqRequestStatus;
	it.each([
		["open", ".+++++", ".+++++", "....++"],
		["attach", "..++++", "..++++", "....++"],
		["delete", "..++++", "..xx++", "....++"],
		["comment", "..++++", "..++++", "....++"],
	] as const)("%s: request in draft %s, submitted %s, experiment and prep %s", (action, draft, submitted, lab) => {
		expect(lettersOf((level) => fileAction(action, { kind: "request", statusId: DRAFT.id, level }))).toBe(draft);
		expect(lettersOf((level) => fileAction(action, { kind: "request", statusId: SUBMITTED.id, level }))).toBe(submitted);
		expect(lettersOf((level) => fileAction(action, { kind: "experiment", level }))).toBe(lab);
		expect(lettersOf((level) => fileAction(action, { kind: "labPrep", level }))).toBe(lab);
	});
});
