import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LabChecklistType, LibraryType, membersOf } from "./catalog.ts";
import {
	dilutionLetter,
	dilutionOrdinal,
	labPrepDisplayName,
	labPrepIdentifier,
	libraryName,
	parseIdentifierDigits,
	prepPlateName,
	prepPoolName,
	projectDisplayIdentifier,
	readConfiguration,
	requestIdentifier,
} from "./identifiers.ts";

describe("request identifiers", () => {
	it.each([
		[42, "BSR_0042"],
		[12345, "BSR_12345"],
	])("%i → %s", (id, identifier) => expect(requestIdentifier(id)).toBe(identifier));
	it.each<[string, number | null]>([
		["BSR_0042", 42],
		["bsr 42", 42],
		["42", 42],
		["BSR_", null],
		["", null],
		["99999999999", null],
	])("a search for %s finds %s", (text, id) => expect(parseIdentifierDigits(text)).toBe(id));
	it("are found by what is shown", () =>
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 2_147_483_647 }), (id) => {
				expect(parseIdentifierDigits(requestIdentifier(id))).toBe(id);
			}),
		));
});

it("a project without identifier is shown by its id", () => {
	expect(projectDisplayIdentifier({ id: 7, identifier: null })).toBe("P7");
	expect(projectDisplayIdentifier({ id: 7, identifier: "BSA_0001" })).toBe("BSA_0001");
});

describe("names of libraries", () => {
	it("tell sample and type", () => expect(libraryName("lung_1", LibraryType.BULK_RNA_SEQ)).toBe("lung_1_BULKRNA"));
	it("always fit the field", () => {
		for (const type of membersOf(LibraryType)) expect(libraryName("x".repeat(64), type).length).toBeLessThanOrEqual(86);
	});
});

describe("names of the laboratory", () => {
	it("number preps per checklist type", () => {
		for (const type of membersOf(LabChecklistType)) expect(labPrepIdentifier(type, 7)).toBe(`${type.identifier}0007`);
		expect(labPrepDisplayName("R0007", "R0007")).toBe("R0007");
		expect(labPrepDisplayName("mouse atlas", "R0007")).toBe("mouse atlas [R0007]");
	});
	it("derive pools and plates from the prep", () => {
		expect([prepPoolName("Q0042", null), prepPoolName("Q0042", "2")]).toEqual(["Q0042", "Q0042_2"]);
		expect([prepPlateName("Q0042", null), prepPlateName("Q0042", "2")]).toEqual(["P-Q0042", "P-Q0042-2"]);
	});
	it("letter dilutions A … Z, AA …", () =>
		expect([1, 2, 26, 27, 28, 52, 53, 702, 703].map(dilutionLetter)).toEqual([
			"A",
			"B",
			"Z",
			"AA",
			"AB",
			"AZ",
			"BA",
			"ZZ",
			"AAA",
		]));
	it("read the letters back", () => {
		expect(["", "a", "A1", "AAAAA"].map(dilutionOrdinal)).toEqual([null, null, null, null]);
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 475_254 }), (ordinal) => {
				expect(dilutionOrdinal(dilutionLetter(ordinal))).toBe(ordinal);
			}),
		);
	});
	it("show cycles", () => {
		const cycles = { r1Cycles: 101, i1Cycles: 10, i2Cycles: 0, r2Cycles: null };
		expect(readConfiguration(cycles)).toBe("101-10-0-X");
		expect(readConfiguration(cycles, "0")).toBe("101-10-0-0");
	});
});
