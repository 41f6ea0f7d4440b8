import { describe, expect, it } from "vitest";
import { findMentions } from "./mentions.ts";

const ann = { email: "ann@example.org", name: "Ann Example" };
const annLong = { email: "ann.long@example.org", name: "Ann Example Long" };
const twin = { email: "ann2@example.org", name: "Ann Example" };
const jose = { email: "jose@example.org", name: "José Muñoz" };
const people = [ann, annLong, jose];

describe("whoever is mentioned in a comment is told, and nobody else", () => {
	it.each([
		["by address", "Please look, @ann@example.org.", [ann]],
		["by name", "@Ann Example: please look", [ann]],
		["whatever the case and blanks", "hi (@ann   EXAMPLE), thanks", [ann]],
		["across lines", "see @Ann\nExample", [ann]],
		["composed letters", "@Jose\u0301 Mun\u0303oz?", [jose]],
		["the longer name where both fit", "@Ann Example Long knows", [annLong]],
		["several", "@jose@example.org @Ann Example", [jose, ann]],
		["once, however often", "@Ann Example @ann@example.org", [ann]],
		["not inside an address", "write to core@ann@example.org or x@Ann Example", []],
		["not a longer name", "@Ann Examples", []],
		["not a longer address", "@ann@example.org.evil.com and @ann@example.organic", []],
		["not without the sign", "Ann Example ann@example.org", []],
		["not a first name alone", "@Ann please", []],
		["an @ alone", "@ @@ @", []],
	])("%s", (_, text, expected) => expect(findMentions(text, people)).toEqual(expected));

	it("tells all people of one name, since nobody knows who is meant", () =>
		expect(findMentions("@Ann Example", [ann, twin])).toEqual([ann, twin]));

	it("stops at twenty people, so that a comment cannot write to a whole building", () => {
		const many = Array.from({ length: 50 }, (_, n) => ({ email: `p${n}@example.org`, name: `P ${n}` }));
		expect(findMentions(many.map((person) => `@${person.email}`).join(" "), many)).toHaveLength(20);
	});

	it("takes a person without a name for nobody's mention", () =>
		expect(findMentions("@ hello", [{ email: "x@example.org", name: " " }])).toEqual([]));
});
