import { describe, expect, test } from "vitest";
import { membersOf, ProjectStatus, SeqRequestStatus } from "../catalog.ts";
import { describeEvent, describeMany, predicateText, referencesOf, type TrailEvent } from "./describe.ts";
import { narrowEvent } from "./history-scope.ts";

const names: Readonly<Record<string, string>> = {
	"library/5": "liver_1",
	"sample/3": "liver",
	"lims_user/2": "Anna Müller",
	"kit/9": "Kit of nine",
};
const nameOf = ({ table, id }: { table: string; id: number }) => names[`${table}/${id}`] ?? `${table} ${id}`;

function inWords(event: TrailEvent, isOwn = false): string[] {
	return describeEvent(event, isOwn).map((predicate) => predicateText(predicate, nameOf));
}

const event = (table: string, action: TrailEvent["action"], changes: TrailEvent["changes"], key = "5"): TrailEvent => ({
	table,
	action,
	changes,
	key,
});

describe("changes in words", () => {
	test.each([
		["seq_request", { status_id: [1, 2] }, "changed status from Submitted to Accepted"],
		["seq_request", { read_length: [null, 150] }, "set read length to 150"],
		["seq_request", { description: ["long", null] }, "cleared description (was long)"],
		["seq_request", { group_id: [null, 4] }, "set group to group 4"],
		["library", { nuclei_isolation: [false, true] }, "changed nuclei isolation from no to yes"],
		["library", { properties: [{ a: 1 }, { a: 2 }] }, "changed properties"],
		["lims_user", { password: ["***", "***"] }, "changed the password"],
		["lims_user", { role_id: [4, 1] }, "changed role from Client to Admin"],
		["sample", { avg_fragment_size: [300, 450] }, "changed fragment size (bp) from 300 to 450"],
		["pool", { timestamp_stored_utc: [null, "2026-01-02T10:00:00+00:00"] }, "set time of storing to 2026-01-02T10:00:00+00:00"],
	])("%s %j", (table, changes, expected) => {
		expect(inWords(event(table, "U", changes), true)).toEqual([expected]);
	});

	test("each changed column is a sentence of its own", () => {
		expect(inWords(event("seq_request", "U", { name: ["Old name", "New name"], status_id: [0, 1] }), true)).toEqual([
			"changed name from Old name to New name",
			"changed status from Draft to Submitted",
		]);
	});

	test.each([
		["seq_request", "I", { name: "Liver" }, true, "created the request"],
		["project", "D", { title: "Liver" }, true, "deleted the project"],
		["library", "I", { name: "liver_1" }, false, "added library liver_1"],
		["comment", "D", { text: "Too little material" }, false, "removed comment Too little material"],
		["library_index", "I", { name_i7: "D701", name_i5: "D501" }, false, "added index D701, D501"],
		["media_file", "I", { name: "form", type_id: 1 }, false, "added file form"],
	] as const)("%s %s %j", (table, action, changes, isOwn, expected) => {
		expect(inWords(event(table, action, changes), isOwn)).toEqual([expected]);
	});

	test("rows without a number are named by what they join", () => {
		expect(inWords(event("sample_library_link", "I", { sample_id: 3, library_id: 5 }, "3/5"))).toEqual([
			"added link of liver, liver_1",
		]);
		const address = event("seq_request_delivery_email_link", "U", { status_id: [0, 1] }, "12/lab@example.org");
		expect(inWords(address)).toEqual(["changed status of delivery address lab@example.org from Pending to Dispatched"]);
		expect(inWords(event("user_affiliation", "D", { user_id: 2, group_id: 4 }, "2/4"))).toEqual([
			"removed member Anna Müller, group 4",
		]);
	});

	test("a change of a part says of which", () => {
		expect(inWords(event("library", "U", { name: ["a", "b"] }))).toEqual(["changed name of library liver_1 from a to b"]);
	});

	test.each([
		["sign_in", { method: "password", address: "192.0.2.1" }, "signed in (method password, address 192.0.2.1)"],
		["share_download", { path: "run/a.fastq.gz", address: "192.0.2.1" }, "downloaded run/a.fastq.gz (address 192.0.2.1)"],
		["working_as_began", {}, "began to work in the account of Anna Müller"],
		[
			"workflow_taken_over",
			{ workflow: "annotation", from_user_id: 2 },
			"took over the work of Anna Müller (workflow annotation)",
		],
		["something_new", {}, "something new"],
	])("what happened: %s", (kind, changes, expected) => {
		expect(inWords(event(kind, "E", changes, "lims_user/2"))).toEqual([expected]);
	});

	test("many rows are a number, and long values are cut", () => {
		expect(predicateText(describeMany("library", "I", 1536), nameOf)).toBe("added 1,536 libraries");
		expect(inWords(event("project", "U", { description: [null, "x".repeat(500)] }), true)[0]?.length).toBeLessThan(160);
	});

	test("every transition of a request and a project is said with both labels", () => {
		for (const [table, statuses] of [
			["seq_request", membersOf(SeqRequestStatus)],
			["project", membersOf(ProjectStatus)],
		] as const) {
			for (const from of statuses) {
				for (const to of statuses) {
					const [sentence] = inWords(event(table, "U", { status_id: [from.id, to.id] }), true);
					expect(sentence).toBe(`changed status from ${from.label} to ${to.label}`);
				}
			}
		}
	});

	test("names to look up are asked for once", () => {
		const predicates = [...describeEvent(event("library", "U", { name: ["a", "b"], pool_id: [1, 2] }), false)];
		expect(referencesOf(predicates)).toEqual([
			{ table: "library", id: 5 },
			{ table: "pool", id: 1 },
			{ table: "pool", id: 2 },
		]);
	});
});

describe("what a history shows", () => {
	test("a client does not see columns that are not open", () => {
		const change = event("seq_request", "U", { status_id: [1, 2], review_checklist: [null, {}] });
		expect(narrowEvent(change, "request", 5, false).changes).toEqual({ status_id: [1, 2] });
		expect(narrowEvent(change, "request", 5, true)).toBe(change);
	});

	test("a library that comes to a pool or leaves it is added or removed there", () => {
		const came = narrowEvent(event("library", "U", { pool_id: [null, 8], status_id: [1, 2] }), "pool", 8, true);
		const left = narrowEvent(event("library", "U", { pool_id: [8, 9] }), "pool", 8, true);
		expect(inWords(came)).toEqual(["added library liver_1"]);
		expect(inWords(left)).toEqual(["removed library liver_1"]);
	});
});
