import { describe, expect, test } from "vitest";
import { type Draft, fingerprintOfTyped, isUnsaved } from "./draft-store.ts";

const shown = { sheet: { columns: ["Name"], rows: [["old"]] }, values: { instructions: "" } };
const typed = { sheet: { columns: ["Name"], rows: [["new"]] }, values: { instructions: "" } };

function draftOf(change: Partial<Draft>): Draft {
	return { ...typed, serverVersion: 0, base: fingerprintOfTyped(shown), savedAt: 0, submitted: false, ...change };
}

describe("a draft is brought back", () => {
	test("when it was typed and never sent", () => {
		expect(isUnsaved(draftOf({}), shown)).toBe(true);
	});

	test("when it was sent but the session had expired: the server shows what it had shown before", () => {
		expect(isUnsaved(draftOf({ submitted: true }), shown)).toBe(true);
	});

	test("when only a field beside the sheet was typed", () => {
		expect(isUnsaved(draftOf({ ...shown, values: { instructions: "https://example.org" } }), shown)).toBe(true);
	});

	test("not when the server shows the very same", () => {
		expect(isUnsaved(draftOf({}), typed)).toBe(false);
	});

	test("not when it was sent and the server has accepted something since", () => {
		expect(isUnsaved(draftOf({ submitted: true }), { ...typed, sheet: { columns: ["Name"], rows: [["cleaned"]] } })).toBe(false);
	});
});
