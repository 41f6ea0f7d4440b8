import { describe, expect, it } from "vitest";
import type { AccessLevel } from "./access-level.ts";
import { membersOf, SeqRequestStatus, SubmissionType } from "./catalog.ts";
import { isSubmittable, type RequestActionName, type RequestFacts, requestAction, requestActions } from "./request-actions.ts";
import { type TransitionCause, transitionsFrom } from "./transitions.ts";

const S = SeqRequestStatus;
const complete = { submissionTypeId: SubmissionType.POOLED_LIBRARIES.id, numLibraries: 2, isAuthorized: true };

function facts(statusId: number, level: AccessLevel, others: Partial<RequestFacts> = {}): RequestFacts {
	return { ...complete, statusId, level, ...others };
}

function enabled(action: RequestActionName, level: AccessLevel): string[] {
	return membersOf(S)
		.filter((status) => requestAction(action, facts(status.id, level)).enabled)
		.map((status) => status.key);
}

const all = membersOf(S).map((status) => status.key);
const notArchived = all.filter((key) => key !== "ARCHIVED");

describe("who may do what in which status", () => {
	it.each<[RequestActionName, string[], string[], string[]]>([
		// action, editor, insider, admin
		["submit", ["DRAFT"], ["DRAFT"], ["DRAFT"]],
		["process", [], ["SUBMITTED"], ["SUBMITTED"]],
		["store", [], ["ACCEPTED"], ["ACCEPTED"]],
		["edit", ["DRAFT"], all, all],
		["annotate", ["DRAFT"], all, all],
		["reindex", ["DRAFT"], all, all],
		["resequence", [], all, all],
		["clone", [], all, all],
		["removeAllLibraries", ["DRAFT"], all, all],
		["archive", ["DRAFT"], notArchived, notArchived],
		["unarchive", [], ["ARCHIVED"], ["ARCHIVED"]],
		["delete", ["DRAFT"], ["DRAFT"], all],
		["attachFile", all, all, all],
		["deleteFile", ["DRAFT"], all, all],
		["comment", all, all, all],
		["changeDeliveryEmails", ["DRAFT", "SUBMITTED", "ACCEPTED", "SAMPLES_RECEIVED", "PREPARED", "DATA_PROCESSING"], all, all],
		["assign", [], all, all],
		["attachAuthorization", [], [], []],
		["review", [], ["SUBMITTED"], ["SUBMITTED"]],
		["exportLibraries", all, all, all],
		["exportEverything", all, all, all],
	])("%s", (action, editor, insider, admin) => {
		expect(enabled(action, 20)).toEqual(editor);
		expect(enabled(action, 50)).toEqual(editor);
		expect(enabled(action, 90)).toEqual(insider);
		expect(enabled(action, 100)).toEqual(admin);
	});

	it("a second authorization form is refused with the reason, a first one taken in any status", () => {
		const first = (statusId: number) => requestAction("attachAuthorization", facts(statusId, 20, { isAuthorized: false }));
		expect(membersOf(S).every((status) => first(status.id).enabled)).toBe(true);
		expect(requestAction("attachAuthorization", facts(S.DRAFT.id, 20))).toMatchObject({
			shown: true,
			reason: "There is an authorization form already: delete it first.",
		});
	});

	it.each<AccessLevel>([0, 10])("level %i can do nothing but download what it sees, and is shown nothing else", (level) => {
		for (const status of membersOf(S))
			for (const action of requestActions(facts(status.id, level))) {
				const enabled = action.action === "exportEverything" && level === 10;
				expect(action).toMatchObject({ enabled, shown: enabled });
			}
	});

	it("a client is never shown what only staff does", () => {
		for (const status of membersOf(S))
			for (const action of ["process", "store", "unarchive", "clone", "assign", "resequence"] as const)
				expect(requestAction(action, facts(status.id, 50)).shown).toBe(false);
	});

	it("whatever is not possible says why", () => {
		for (const status of membersOf(S))
			for (const level of [0, 20, 90, 100] as const)
				for (const action of requestActions(facts(status.id, level))) expect(action.reason === null).toBe(action.enabled);
	});

	it("agrees with the table of transitions", () => {
		const causes: [RequestActionName, TransitionCause][] = [
			["submit", "submission"],
			["process", "review"],
			["archive", "archiving"],
			["unarchive", "unarchiving"],
		];
		for (const [action, cause] of causes)
			for (const status of membersOf(S))
				expect(requestAction(action, facts(status.id, 100)).enabled).toBe(
					transitionsFrom("request", status.id, cause).length > 0,
				);
	});
});

describe("submitting", () => {
	it("needs libraries, then the authorization form, and says which is missing", () => {
		expect(requestAction("submit", facts(0, 20, { numLibraries: 0 }))).toMatchObject({
			shown: true,
			enabled: false,
			reason: expect.stringContaining("samples"),
		});
		expect(requestAction("submit", facts(0, 20, { isAuthorized: false }))).toMatchObject({
			shown: true,
			enabled: false,
			reason: expect.stringContaining("authorization form"),
		});
	});
	it("staff may submit a draft that is not submittable", () =>
		expect(requestAction("submit", facts(0, 90, { numLibraries: 0, isAuthorized: false })).enabled).toBe(true));
	it("isSubmittable is a draft with library and form", () => {
		expect(isSubmittable(facts(0, 20))).toBe(true);
		expect(isSubmittable(facts(S.SUBMITTED.id, 20))).toBe(false);
		expect(isSubmittable(facts(0, 20, { numLibraries: 0 }))).toBe(false);
		expect(isSubmittable(facts(0, 20, { isAuthorized: false }))).toBe(false);
	});
});

it("re-indexing has no place in a request of raw samples", () =>
	expect(requestAction("reindex", facts(0, 90, { submissionTypeId: SubmissionType.RAW_SAMPLES.id })).shown).toBe(false));
it("a QC-only request cannot be re-sequenced", () =>
	expect(requestAction("resequence", facts(6, 90, { submissionTypeId: SubmissionType.QC_ONLY.id })).enabled).toBe(false));
it("removing all libraries needs one", () =>
	expect(requestAction("removeAllLibraries", facts(0, 20, { numLibraries: 0 })).enabled).toBe(false));
