import { describe, expect, it } from "vitest";
import { indexBadge, type StoredIndex } from "./index-badge.ts";
import { indexTypeOf } from "./index-type.ts";
import { orientationOfSet } from "./orientation.ts";

const dual: StoredIndex = {
	kitI7Id: 1,
	kitI5Id: 1,
	nameI7: "UDP0001",
	nameI5: "UDP0001",
	sequenceI7: "ACGT",
	sequenceI5: "TTTT",
	orientationId: 1,
};
const custom: StoredIndex = { ...dual, kitI7Id: null, kitI5Id: null, nameI7: null, nameI5: null };

describe("index badges", () => {
	it.each<[string, StoredIndex, string, string, string]>([
		["kit, equal names", dual, "DI:", "UDP0001", "green"],
		["kit, different names", { ...dual, nameI5: "S502" }, "DI:", "UDP0001+S502", "green"],
		["kit for i7 only, i5 typed", { ...dual, kitI5Id: null, nameI5: null, orientationId: null }, "DI:", "ACGT+TTTT", "red"],
		["single from a kit", { ...dual, kitI5Id: null, nameI5: null, sequenceI5: null }, "SI:", "UDP0001", "green"],
		["kit without name", { ...dual, nameI7: null }, "DI:", "ACGT+TTTT", "blue"],
		["typed, validated", { ...custom, orientationId: 2 }, "DI:", "ACGT+TTTT", "blue"],
		["typed, not validated", { ...custom, orientationId: 3 }, "DI:", "ACGT+TTTT", "yellow"],
		["typed, reverse complement not validated", { ...custom, orientationId: 4 }, "DI:", "ACGT+TTTT", "yellow"],
		["typed, unknown", { ...custom, sequenceI5: null, orientationId: null }, "SI:", "ACGT", "red"],
	])("%s", (_title, index, prefix, nameText, colour) => {
		expect(indexBadge(index)).toMatchObject({ prefix, nameText, colour });
	});

	it("shows the sequences when the table is switched to them", () => {
		expect(indexBadge(dual).sequenceText).toBe("ACGT+TTTT");
	});
});

describe("what is stored with a library", () => {
	it("is dual also from a combinatorial kit, single without i5, ATAC by the library", () => {
		expect(indexTypeOf([{ sequenceI5: "ACGT" }], false)).toBe(1);
		expect(indexTypeOf([{ sequenceI5: null }], false)).toBe(2);
		expect(indexTypeOf(Array(4).fill({ sequenceI5: null }), true)).toBe(3);
		expect(indexTypeOf([], false)).toBeNull();
	});

	it.each([
		[1, undefined, 1],
		[1, 1, 1],
		[1, 3, 3],
		[3, 1, 3],
		[null, 1, null],
		[3, null, null],
	] as const)("is the weaker orientation: %s and %s give %s", (i7, i5, expected) => {
		expect(orientationOfSet({ orientationId: i7 }, i5 === undefined ? null : { orientationId: i5 })).toBe(expected);
	});
});
