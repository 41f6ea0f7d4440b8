import { describe, expect, it } from "vitest";
import source from "./catalog/catalog.json" with { type: "json" };
import * as catalog from "./catalog.ts";
import {
	enumerations,
	findMember,
	isAtLeast,
	isBelow,
	LibraryStatus,
	memberById,
	membersOf,
	orderOf,
	SeqRequestStatus,
	UnknownMemberError,
} from "./catalog.ts";

const generated: Readonly<Record<string, Readonly<Record<string, unknown>>>> = enumerations;
const exported: Readonly<Record<string, unknown>> = { ...catalog };

describe("the generated vocabulary is the catalog, so that imported databases keep their meaning", () => {
	it("has exactly the enumerations of the catalog", () =>
		expect(Object.keys(enumerations)).toEqual(source.enumerations.map((enumeration) => enumeration.name)));

	it.each(source.enumerations)("$name has the catalog's values with all their attributes", (enumeration) => {
		expect(Object.values(generated[enumeration.name] ?? {})).toEqual(enumeration.values);
	});

	it.each(source.enumerations)("$name keeps each value under its key and uses no id twice", (enumeration) => {
		const members = Object.entries(generated[enumeration.name] ?? {});
		for (const [key, member] of members) expect(member).toMatchObject({ key });
		expect(new Set(enumeration.values.map((value) => value.id)).size).toBe(members.length);
	});

	it.each([...source.constants, ...source.groupings])("$name equals the catalog's", (constant) => {
		expect(exported[constant.name]).toEqual(constant.values);
	});
});

describe("order of statuses", () => {
	it("a failed library does not hold up its request", () =>
		expect(isAtLeast(LibraryStatus.FAILED, LibraryStatus.SEQUENCED)).toBe(true));
	it("a library in quality control counts as stored and no further", () => {
		expect(orderOf(LibraryStatus.QC_PENDING)).toBe(LibraryStatus.STORED.id);
		expect(isAtLeast(LibraryStatus.QC_COMPLETED, LibraryStatus.STORED)).toBe(true);
		expect(isBelow(LibraryStatus.QC_COMPLETED, LibraryStatus.POOLED)).toBe(true);
	});
	it("regular statuses compare by id", () => {
		expect(isBelow(SeqRequestStatus.DRAFT, SeqRequestStatus.SUBMITTED)).toBe(true);
		expect(isAtLeast(SeqRequestStatus.SUBMITTED, SeqRequestStatus.SUBMITTED)).toBe(true);
		expect(isBelow(SeqRequestStatus.FINISHED, SeqRequestStatus.DRAFT)).toBe(false);
	});
});

describe("looking members up", () => {
	it("finds by id, and says null for nothing and for the unknown", () => {
		expect(findMember(SeqRequestStatus, 12)?.key).toBe("ARCHIVED");
		expect(findMember(SeqRequestStatus, 0)?.key).toBe("DRAFT");
		expect(findMember(SeqRequestStatus, null)).toBeNull();
		expect(findMember(SeqRequestStatus, 7)).toBeNull();
	});
	it("refuses an unknown id where one is needed", () =>
		expect(() => memberById(SeqRequestStatus, 99)).toThrow(UnknownMemberError));
	it("lists in the order of the catalog", () =>
		expect(
			membersOf(LibraryStatus)
				.map((member) => member.id)
				.slice(-3),
		).toEqual([13, 14, 15]));
});
