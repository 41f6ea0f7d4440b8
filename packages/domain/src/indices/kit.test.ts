import { describe, expect, it } from "vitest";
import { allKits, atacKit, combinatorialKit, dualKit, singleKit } from "../../fixtures/index-kits/load-kits.ts";
import { KitCsvError, kitLabelOfText, lookupOf, parseKitCsv } from "./kit.ts";

const empty = { id: 1, identifier: "K", name: "Kit" };

describe("tables of index kits", () => {
	it("reads the four layouts with their type and all adapters", () => {
		expect([dualKit, singleKit, atacKit, combinatorialKit].map((kit) => [kit.typeId, kit.adapters.length])).toEqual([
			[1, 96],
			[2, 12],
			[3, 96],
			[4, 40],
		]);
		expect(atacKit.adapters[0]?.i7.map(({ name }) => name)).toEqual(Array(4).fill("SI-NA-A1"));
		expect(lookupOf(combinatorialKit).byWell.size).toBe(0);
	});

	it("finds adapters by well and barcodes by name and sequence", () => {
		const lookup = lookupOf(dualKit);
		expect(lookup.byWell.get("A1")?.i7[0]?.name).toBe("UDP0001");
		expect(lookup.i7.byName.get("UDP0002")?.sequence).toBe("AGGTCAGATA");
		expect(lookup.i5.bySequence.get("CTACAAGATA")?.name).toBe("UDP0002");
	});

	it("takes the i7 name where the i5 has none, and drops zeros of wells", () => {
		const kit = parseKitCsv("well,name_i7,sequence_i7,name_i5,sequence_i5\r\nA01,N1,ACGT,,TTTT\r\n", empty);
		expect(kit.adapters).toEqual([
			{ id: 1, well: "A1", i7: [{ name: "N1", sequence: "ACGT" }], i5: [{ name: "N1", sequence: "TTTT" }] },
		]);
	});

	it.each([
		["an unknown header", "a,b\n1,2"],
		["a sequence that is none", "well,name_i7,sequence_i7\nA1,N1,ACGX"],
		["a missing cell", "well,name_i7,sequence_i7\nA1,N1"],
		["an empty name", "well,name_i7,sequence_i7\nA1,,ACGT"],
		["an unknown read", "read,name,sequence\ni6,N1,ACGT"],
	])("refuses %s", (_title, text) => {
		expect(() => parseKitCsv(text, empty)).toThrow(KitCsvError);
	});

	it("understands an identifier as Excel spoils it", () => {
		const kit = { ...dualKit, identifier: "191.96", name: "Some" };
		expect(kitLabelOfText("#191,96", [kit])).toBe("[191.96] Some");
		expect(kitLabelOfText("unknown", allKits)).toBe("unknown");
	});
});
