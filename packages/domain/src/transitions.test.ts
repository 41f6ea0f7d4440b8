import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	ExperimentStatus,
	LibraryStatus,
	membersOf,
	orderOf,
	PoolStatus,
	PrepStatus,
	ProjectStatus,
	RunStatus,
	SampleStatus,
	SeqRequestStatus,
} from "./catalog.ts";
import {
	mayTransition,
	raise,
	requireTransition,
	type StatusEntity,
	statusEnumerations,
	TransitionError,
	transitions,
	transitionsFrom,
} from "./transitions.ts";

const entities = Object.keys(statusEnumerations) as StatusEntity[];

describe("the table", () => {
	it("names only statuses that exist", () => {
		for (const transition of transitions) {
			const keys = Object.keys(statusEnumerations[transition.entity]);
			if (Array.isArray(transition.from)) expect(keys).toEqual(expect.arrayContaining([...transition.from]));
			if (transition.to !== "any") expect(keys).toEqual(expect.arrayContaining(transition.to.filter((key) => key !== null)));
		}
	});
	it("tells for each row who may and where it is specified", () => {
		for (const transition of transitions) expect(transition.specifiedIn).toMatch(/\.md §/);
	});
	it.each(entities)("a %s comes into being somehow", (entity) =>
		expect(transitionsFrom(entity, "new").length).toBeGreaterThan(0),
	);
	it("lets a customer move a status only forwards", () => {
		for (const transition of transitions) {
			if (transition.from === "any" || transition.from === "new" || transition.to === "any") continue;
			if (transition.who !== "editor") continue;
			for (const from of transition.from)
				for (const to of transition.to) {
					const [before, after] = [from, to].map((key) => statusEnumerations[transition.entity][key ?? ""]);
					if (before && after) expect(orderOf(after)).toBeGreaterThan(orderOf(before));
				}
		}
	});
	it("nothing sets a request to FAILED, which is reserved", () => {
		for (const status of membersOf(SeqRequestStatus))
			for (const transition of transitionsFrom("request", status.id)) expect(transition.to).not.toContain("FAILED");
	});
});

describe("mayTransition", () => {
	const R = SeqRequestStatus;
	const L = LibraryStatus;
	const E = ExperimentStatus;
	it.each<[StatusEntity, number | null | "new", number | null, Parameters<typeof mayTransition>[3], boolean]>([
		["request", R.DRAFT.id, R.SUBMITTED.id, "submission", true],
		["request", R.SUBMITTED.id, R.SUBMITTED.id, "submission", false],
		["request", R.ACCEPTED.id, R.SUBMITTED.id, "submission", false],
		["request", R.SUBMITTED.id, R.REJECTED.id, "review", true],
		["request", R.DRAFT.id, R.ACCEPTED.id, "review", false],
		["request", R.ARCHIVED.id, R.DRAFT.id, "unarchiving", true],
		["request", R.ARCHIVED.id, R.ARCHIVED.id, "archiving", false],
		["request", R.REJECTED.id, R.ARCHIVED.id, "archiving", true],
		["request", R.DATA_PROCESSING.id, R.SAMPLES_RECEIVED.id, "progress", false],
		["request", "new", R.DRAFT.id, "creation", true],
		["request", "new", R.SUBMITTED.id, "creation", false],
		["request", null, R.DRAFT.id, "unarchiving", false],
		["sample", "new", null, "annotation", true],
		["sample", null, SampleStatus.STORED.id, "form", true],
		["sample", null, SampleStatus.STORED.id, "storing", false],
		["sample", SampleStatus.DEPLETED.id, SampleStatus.STORED.id, "storing", false],
		["library", L.POOLED.id, L.STORED.id, "storing", false],
		["library", L.POOLED.id, L.STORED.id, "leavingPool", true],
		["library", L.PREPARING.id, L.ACCEPTED.id, "leavingPrep", true],
		["library", L.POOLED.id, L.ACCEPTED.id, "leavingPrep", false],
		["library", L.SEQUENCED.id, L.FAILED.id, "crossingOut", true],
		["library", L.REMOVED.id, L.SEQUENCED.id, "scan", false],
		["library", L.QC_PENDING.id, L.SEQUENCED.id, "reads", false],
		["library", L.SHARED.id, L.SEQUENCED.id, "form", true],
		["library", L.SHARED.id, 99, "form", false],
		["library", L.SHARED.id, null, "form", false],
		["pool", PoolStatus.REPOOLED.id, PoolStatus.SEQUENCED.id, "job", false],
		["pool", PoolStatus.ACCEPTED.id, PoolStatus.STORED.id, "measurement", true],
		["pool", PoolStatus.DRAFT.id, PoolStatus.STORED.id, "measurement", false],
		["project", ProjectStatus.DELIVERED.id, ProjectStatus.PROCESSING.id, "review", true],
		["project", ProjectStatus.ARCHIVED.id, ProjectStatus.DELIVERED.id, "release", false],
		["prep", PrepStatus.COMPLETED.id, PrepStatus.PREPARING.id, "reopeningPrep", true],
		["prep", PrepStatus.PREPARING.id, PrepStatus.ARCHIVED.id, "form", false],
		["experiment", E.CANCELED.id, E.ARCHIVED.id, "scan", false],
		["experiment", E.FAILED.id, E.DEMULTIPLEXED.id, "reads", false],
		["experiment", E.ARCHIVED.id, E.SEQUENCED.id, "scan", true],
		["experiment", E.ARCHIVED.id, E.SEQUENCED.id, "job", false],
		["run", RunStatus.FAILED.id, RunStatus.ARCHIVED.id, "scan", false],
		["run", RunStatus.RUNNING.id, RunStatus.FAILED.id, "scan", false],
		["run", RunStatus.RUNNING.id, RunStatus.FAILED.id, "script", true],
	])("%s %s → %s by %s: %s", (entity, from, to, cause, expected) => {
		expect(mayTransition(entity, from, to, cause)).toBe(expected);
		if (expected) requireTransition(entity, from, to, cause);
		else expect(() => requireTransition(entity, from, to, cause)).toThrow(TransitionError);
	});
	it("a reopened prep needs an admin", () =>
		expect(transitionsFrom("prep", PrepStatus.COMPLETED.id).map((transition) => transition.who)).toEqual(["admin"]));
});

describe("raise", () => {
	it("never lowers a status and leaves final ones alone", () => {
		expect(raise(LibraryStatus.ACCEPTED, LibraryStatus.SEQUENCED)).toBe(LibraryStatus.SEQUENCED);
		expect(raise(LibraryStatus.SHARED, LibraryStatus.SEQUENCED)).toBe(LibraryStatus.SHARED);
		expect(raise(LibraryStatus.FAILED, LibraryStatus.SEQUENCED)).toBe(LibraryStatus.FAILED);
		expect(raise(LibraryStatus.QC_PENDING, LibraryStatus.STORED)).toBe(LibraryStatus.QC_PENDING);
	});
	it("gives at least what was there and at least the target", () => {
		const status = fc.constantFrom(...membersOf(LibraryStatus));
		fc.assert(
			fc.property(status, status, (current, target) => {
				const result = orderOf(raise(current, target));
				expect(result).toBe(Math.max(orderOf(current), orderOf(target)));
			}),
		);
	});
});
