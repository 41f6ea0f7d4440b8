import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	alphanumeric,
	asciiIdentifier,
	checkBases,
	checkName,
	cleanName,
	cleanSequence,
	cleanWell,
	kitIdentifier,
	reverseComplement,
} from "./text-rules.ts";

describe("cleanName mends what a customer typed without hiding what must be changed by hand", () => {
	it.each([
		["_ .", "lung ctrl-1", "lung_ctrl_1"],
		["_ .", "  lung_ctrl_1 ", "lung_ctrl_1"],
		["_ .", "day.3_rep1", "day.3_rep1"],
		["_ .", "Gewebe_ä", "Gewebe_ä"],
		["_ .", "Gewebe_a\u0308", "Gewebe_ä"],
		["_ .", "a - b", "a_b"],
		["_ .", "a (1) / 2", "a_1_2"],
		["_", "day.3", "day3"],
		["- _ .", "A-1 b", "A-1_b"],
	])("keeping %s: %s → %s", (keep, text, cleaned) => expect(cleanName(keep)(text)).toBe(cleaned));

	it("removes spaces in the variant without spaces", () => expect(cleanName("._-", "remove")("A 1 - b")).toBe("A1-b"));
	it("alphanumeric keeps point, dash and underscore", () => expect(alphanumeric(" x.1-2_3 (a)")).toBe("x.1-2_3_a"));
	it("changes nothing more when applied twice", () =>
		fc.assert(
			fc.property(fc.string({ unit: "grapheme" }), (text) => {
				const once = cleanName("_.")(text);
				expect(cleanName("_.")(once)).toBe(once);
			}),
		));
});

describe("checkName names the first bad character", () => {
	it.each([
		["_", "lung_ctrl_1", null],
		["_", "day.3_rep1", "“.”"],
		["_", "Gewebe_ä", "“ä”"],
		["- _ .", "day.3-a_b", null],
		["_", "a b", "A space is not permitted"],
	])("specials %s: %s", (specials, text, part) => {
		const message = checkName(specials)(text);
		if (part === null) expect(message).toBeNull();
		else expect(message).toContain(part);
	});
	it("permits - _ . when nothing is stated, and says what is permitted", () => {
		expect(checkName()("a-b_c.d")).toBeNull();
		expect(checkName("-_")("a/b")).toContain("“-” “_”");
	});
});

describe("sequences", () => {
	it.each([
		["gca cct-agc", "GCACCTAGC"],
		[" ACGT\tN ", "ACGTN"],
		["5'-ACG", "5ACG"],
	])("cleanSequence %s → %s", (text, cleaned) => expect(cleanSequence(text)).toBe(cleaned));
	it("checkBases names the character that is no base", () => {
		expect(checkBases("ACGTN")).toBeNull();
		expect(checkBases("ACGTXX")).toContain("“X”");
	});
	it.each([
		["ACGTN", "NACGT"],
		["CTCCGTCTAGAG", "CTCTAGACGGAG"],
		["AX", "XT"],
		["", ""],
	])("reverseComplement %s → %s", (sequence, other) => expect(reverseComplement(sequence)).toBe(other));
	it("reverseComplement twice gives the sequence back", () =>
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom("A", "C", "G", "T", "N") }), (sequence) => {
				expect(reverseComplement(reverseComplement(sequence))).toBe(sequence);
			}),
		));
});

describe("asciiIdentifier", () => {
	it.each([
		["IFN-γ", "IFN-g"],
		["TGFβ 1", "TGFb_1"],
		["Θ-Ψ-Χ", "Th-Ps-Ch"],
		["σας", "sas"],
		["Größe é", "Groe_e"],
		["ά", "a"],
		["a/b:c", "abc"],
		["ﬁx", "fix"],
	])("%s → %s", (text, identifier) => expect(asciiIdentifier(text)).toBe(identifier));
	it("is always ASCII", () =>
		fc.assert(
			fc.property(fc.string({ unit: "grapheme" }), (text) => {
				expect(asciiIdentifier(text)).toMatch(/^[A-Za-z0-9_.-]*$/);
			}),
		));
});

describe("cells that come from a spreadsheet", () => {
	it.each([
		["A01", "A1"],
		[" h12 ", "H12"],
		["A1", "A1"],
		["a10", "A10"],
		["AA007", "AA7"],
	])("well %s → %s", (text, well) => expect(cleanWell(text)).toBe(well));
	it.each<[string | number, string]>([
		["#E6609", "E6609"],
		[" 20091660 ", "20091660"],
		["191,96", "191.96"],
		[191.96000000000001, "191.96"],
		[0.1 + 0.2, "0.3"],
		["191.96000000000001", "191.96"],
		[20040553, "20040553"],
		["020", "020"],
		["1,2,3", "1,2,3"],
		["TOTALSEQC-MUX-Hu", "TOTALSEQC-MUX-Hu"],
	])("kit identifier %s → %s", (cell, identifier) => expect(kitIdentifier(cell)).toBe(identifier));
});
