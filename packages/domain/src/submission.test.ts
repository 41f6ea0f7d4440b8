import { describe, expect, it } from "vitest";
import { RequestResponse } from "./catalog.ts";
import { isEmail, uniqueEmails } from "./email.ts";
import { reviewComment, reviewOutcome, validateProcessForm } from "./process-form.ts";
import {
	countReviewSteps,
	isToggleableReviewStep,
	type ReviewFacts,
	type ReviewStepName,
	reviewChecklist,
} from "./review-checklist.ts";
import { checkSubmissionWindow, describeSubmissionWindow, isInSubmissionWindow } from "./submission-window.ts";
import { countSubmitChecklist, submitChecklist } from "./submit-checklist.ts";
import { type SubmitFormValues, submissionEventTitle, validateSubmitForm } from "./submit-form.ts";
import { parseLocalDateTime } from "./time.ts";

const timeZone = "Europe/Vienna";
const monday = { weekday: 0, startTime: "09:00", endTime: "12:00" };

function at(text: string): Date {
	const instant = parseLocalDateTime(text, timeZone);
	if (!instant) throw new Error(text);
	return instant;
}

describe("submission windows", () => {
	it.each([
		["2026-11-23 09:00", true],
		["2026-11-23 12:00", true],
		["2026-11-23 08:59", false],
		["2026-11-23 12:01", false],
		["2026-11-24 10:00", false],
		["2026-07-06 09:00", true],
		["2026-07-06 12:01", false],
	])("%s, winter and summer: %s", (text, expected) => expect(isInSubmissionWindow(at(text), [monday], timeZone)).toBe(expected));
	it("without any, every time is fine", () => expect(isInSubmissionWindow(at("2026-11-24 03:00"), [], timeZone)).toBe(true));
	it.each([
		[monday, null],
		[{ ...monday, weekday: 7 }, "weekday 7"],
		[{ ...monday, weekday: 0.5 }, "weekday"],
		[{ ...monday, endTime: "24:00" }, "24:00"],
		[{ ...monday, startTime: "9:00" }, "9:00"],
		[{ ...monday, startTime: "12:00" }, "not before"],
	])("a bad entry is found at start-up", (window, part) => {
		const message = checkSubmissionWindow(window);
		if (part === null) expect(message).toBeNull();
		else expect(message).toContain(part);
	});
	it("are told to people", () => expect(describeSubmissionWindow(monday)).toBe("Monday 09:00–12:00"));
});

describe("submit form", () => {
	const facts = { now: at("2026-11-22 18:00"), windows: [monday], timeZone };
	const entered: SubmitFormValues = {
		isByMail: false,
		submissionTime: at("2026-11-23 10:00"),
		isCustomTimeAgreed: false,
		comment: null,
	};
	const check = (changed: Partial<SubmitFormValues>, changedFacts: Partial<typeof facts> = {}) => {
		const result = validateSubmitForm({ ...entered, ...changed }, { ...facts, ...changedFacts });
		return [result.problems.map((problem) => problem.field), result.isCustomTimeOffered];
	};
	it("takes a time in a window, or mail", () => {
		expect(check({})).toEqual([[], false]);
		expect(check({ isByMail: true, submissionTime: null })).toEqual([[], false]);
	});
	it("refuses both and neither, at both fields", () => {
		expect(check({ isByMail: true })[0]).toEqual(["submissionTime", "isByMail"]);
		expect(check({ submissionTime: null })[0]).toEqual(["submissionTime", "isByMail"]);
	});
	it("refuses a past time and one outside the windows, then offers to confirm an agreement", () => {
		expect(check({ submissionTime: at("2026-11-16 10:00") })).toEqual([["submissionTime"], true]);
		expect(check({ submissionTime: at("2026-11-24 10:00") })).toEqual([["submissionTime"], true]);
		expect(check({ submissionTime: at("2026-11-24 10:00"), isCustomTimeAgreed: true })).toEqual([[], true]);
	});
	it("takes any future time without windows", () =>
		expect(check({ submissionTime: at("2026-11-24 03:00") }, { windows: [] })).toEqual([[], false]));
	it("limits the comment", () => expect(check({ comment: "x".repeat(4097) })[0]).toEqual(["comment"]));
	it("titles the event with the name, cut to 64", () => expect(submissionEventTitle("x".repeat(100))).toHaveLength(64));
});

describe("process form", () => {
	const entered = { responseId: 1, notificationEmail: "a@example.org", comment: null, isAssignedToMe: true };
	it.each([
		["accepting without comment", {}, []],
		["accepting without e-mail", { notificationEmail: null }, []],
		["no response", { responseId: null }, ["responseId"]],
		["unknown response", { responseId: 9 }, ["responseId"]],
		["revision without comment", { responseId: 2 }, ["comment"]],
		["rejection without comment", { responseId: 3 }, ["comment"]],
		["comment without e-mail", { comment: "why", notificationEmail: null }, ["notificationEmail"]],
		["no address", { notificationEmail: "a@b" }, ["notificationEmail"]],
		["long comment", { comment: "x".repeat(4097) }, ["comment"]],
	])("%s", (_case, changed, expected) =>
		expect(validateProcessForm({ ...entered, ...changed }).map((problem) => problem.field)).toEqual(expected),
	);
	it("accepting lets the material come, revision gives the draft back, rejection ends it", () => {
		expect(reviewOutcome(RequestResponse.ACCEPTED)).toEqual({
			requestStatusId: 2,
			keepsSubmission: true,
			sampleStatusId: 1,
			libraryStatusId: 2,
			pooledLibraryStatusId: 5,
			poolStatusId: 2,
			projectStatusId: 1,
		});
		expect(reviewOutcome(RequestResponse.PENDING_REVISION)).toMatchObject({
			requestStatusId: 0,
			sampleStatusId: null,
			libraryStatusId: 0,
			poolStatusId: 0,
		});
		expect(reviewOutcome(RequestResponse.REJECTED)).toMatchObject({
			requestStatusId: 11,
			sampleStatusId: 11,
			libraryStatusId: 11,
			poolStatusId: 10,
		});
	});
	it("leaves a comment", () => {
		expect(reviewComment(RequestResponse.ACCEPTED, null)).toBe("Request Accepted");
		expect(reviewComment(RequestResponse.REJECTED, "too little")).toBe("Request Rejected. Comment: too little");
	});
});

describe("review checklist", () => {
	const facts: ReviewFacts = {
		statusId: 1,
		submissionTypeId: 2,
		stored: null,
		hasAuthorizationForm: true,
		hasMultiplexedLibrary: true,
		areIndicesForward: false,
	};
	const state = (step: ReviewStepName, changed: Partial<ReviewFacts>) =>
		reviewChecklist({ ...facts, ...changed }).find((candidate) => candidate.step === step)?.state;
	it("starts with nothing done", () => expect(countReviewSteps(reviewChecklist(facts))).toEqual({ done: 0, total: 12 }));
	it("counts what was ticked and leaves out what is not relevant", () => {
		const raw = {
			...facts,
			submissionTypeId: 1,
			hasMultiplexedLibrary: false,
			stored: { check_contacts: true, check_barcodes: true, index_check: true },
		};
		expect(countReviewSteps(reviewChecklist(raw))).toEqual({ done: 1, total: 9 });
		expect(state("check_barcodes", raw)).toBe("notRelevant");
	});
	it("derives barcodes and processing, whatever is stored", () => {
		expect(state("check_barcodes", { stored: { check_barcodes: true } })).toBe("todo");
		expect(state("check_barcodes", { areIndicesForward: true })).toBe("done");
		expect(state("submission_processed", { stored: { submission_processed: true } })).toBe("todo");
		expect(state("submission_processed", { statusId: 2 })).toBe("done");
	});
	it("says that the authorization form is missing", () =>
		expect(state("auth_form_checked", { hasAuthorizationForm: false, stored: { auth_form_checked: true } })).toBe(
			"missingPrerequisite",
		));
	it("lets only known steps be ticked by hand", () => {
		expect(
			["check_contacts", "submission_processed", "check_barcodes", "index_check", "__proto__"].map(isToggleableReviewStep),
		).toEqual([true, false, false, false, false]);
	});
});

describe("submit checklist", () => {
	const facts = { statusId: 0, numSamples: 0, numLibraries: 0, isAuthorized: false };
	const states = (changed: Partial<typeof facts>) => submitChecklist({ ...facts, ...changed }).map((item) => item.state);
	it("leads from samples to submission", () => {
		expect(states({})).toEqual(["todo", "todo", "unavailable"]);
		expect(states({ numSamples: 1 })).toEqual(["todo", "todo", "unavailable"]);
		expect(states({ numSamples: 1, numLibraries: 1 })).toEqual(["done", "todo", "todo"]);
	});
	it("explains afterwards what happens next, without counting it", () => {
		const items = submitChecklist({ statusId: 1, numSamples: 1, numLibraries: 1, isAuthorized: true });
		expect(items.map((item) => item.item)).toEqual(["samples", "authorization", "submission", "next"]);
		expect(countSubmitChecklist(items)).toEqual({ done: 3, total: 3 });
	});
});

describe("e-mail addresses", () => {
	it.each([
		["a.b+c@example.org", true],
		["ä@exämple.org", true],
		["a@b", false],
		["a b@example.org", false],
		["a@example.org, b@example.org", false],
		["a@example..org", false],
		["a\n@example.org", false],
		["<a@example.org>", false],
		[`${"x".repeat(120)}@example.org`, false],
	])("%s: %s", (text, expected) => expect(isEmail(text)).toBe(expected));
	it("are used once each without regard to case", () =>
		expect(uniqueEmails(["A@example.org", " a@example.org", "", "b@example.org"])).toEqual(["A@example.org", "b@example.org"]));
});
