import { describe, expect, test } from "vitest";
import { type Draft, fingerprintOf, isUnsaved } from "./draft-store.ts";

const shown = { columns: ["Name"], rows: [["old"]] };
const typed = { columns: ["Name"], rows: [["new"]] };

function draftOf(change: Partial<Draft>): Draft {
	return { sheet: typed, base: fingerprintOf(JSON.stringify(shown)), savedAt: 0, submitted: false, ...change };
}

describe("a draft is brought back", () => {
	test("when it was typed and never sent", () => {
		expect(isUnsaved(draftOf({}), shown)).toBe(true);
	});

	test("when it was sent but the session had expired: the server shows what it had shown before", () => {
		expect(isUnsaved(draftOf({ submitted: true }), shown)).toBe(true);
	});

	test("not when the server shows the very same", () => {
		expect(isUnsaved(draftOf({}), typed)).toBe(false);
	});

	test("not when it was sent and the server has accepted something since", () => {
		expect(isUnsaved(draftOf({ submitted: true }), { columns: ["Name"], rows: [["cleaned"]] })).toBe(false);
	});
});
