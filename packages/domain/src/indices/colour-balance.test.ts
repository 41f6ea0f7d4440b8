import { describe, expect, it } from "vitest";
import { atacKit, combinatorialKit, dualKit, singleKit } from "../../fixtures/index-kits/load-kits.ts";
import { checkColourBalance, findLackingPositions } from "./colour-balance.ts";
import { type IndexKit, kitLabel } from "./kit.ts";

function singleKitOf(...sequences: string[]): IndexKit {
	const adapters = sequences.map((sequence, number) => ({
		id: number,
		well: `A${number + 1}`,
		i7: [{ name: `N${number}`, sequence }],
		i5: [],
	}));
	return { id: 99, identifier: "TEST", name: "Test", typeId: 2, adapters };
}

describe("colour balance", () => {
	it("finds the position where no index gives a signal", () => {
		expect(findLackingPositions(["ACGA", "GTAA"])).toEqual([0, 2, 3]);
		expect(findLackingPositions(["ACGT", "TGCA"])).toEqual([]);
		expect(checkColourBalance({ kit: null, i7: ["ACGA", "GTAA"], i5: [] })).toMatchObject({
			isMet: false,
			errors: ["Index constraints not met. Select another kit."],
		});
	});

	it("compares i7 and i5 joined when both are typed", () => {
		const result = checkColourBalance({ kit: null, i7: ["TA", "AT"], i5: ["CA", "AC"] });
		expect(result).toMatchObject({ sequences: ["TACA", "ATAC"], isMet: true, errors: [] });
	});

	it.each<[string, Parameters<typeof checkColourBalance>[0], string]>([
		["nothing", { kit: null, i7: [], i5: [] }, "Select an index kit or provide some barcodes"],
		["10x ATAC kits", { kit: atacKit, i7: [], i5: [] }, "10x ATAC index kits are not supported. They are balanced by design."],
		[
			"kits of mixed lengths",
			{ kit: singleKitOf("ACGT", "AC"), i7: [], i5: [] },
			"The selected kit '[TEST] Test' has i7 index sequences of different lengths and cannot be used.",
		],
		[
			"typed indices of mixed lengths",
			{ kit: null, i7: ["ACGT", "AC"], i5: [] },
			"All i7 index sequences must be the same length",
		],
		["a length other than the kit's", { kit: dualKit, i7: [], i5: ["ACGT"] }, "All i5 index sequences must be the same length"],
		["different numbers", { kit: null, i7: ["AC", "CA"], i5: ["AC"] }, "The number of i7 and i5 sequences must be the same"],
		[
			"both sides with a single kit",
			{ kit: singleKit, i7: ["ACGTAC"], i5: ["ACGTAC"] },
			`The selected kit '${kitLabel(singleKit)}' is not a dual index kit.`,
		],
		[
			"both sides with a combinatorial kit",
			{ kit: combinatorialKit, i7: ["ACGTACGT"], i5: ["ACGTACGT"] },
			`The selected kit '${kitLabel(combinatorialKit)}' is not a dual index kit.`,
		],
	])("refuses %s", (_title, input, message) => {
		expect(checkColourBalance(input).errors).toContain(message);
	});

	it("suggests the smallest combinations that make the set balanced, without adapters that were typed", () => {
		const kit = singleKitOf("AAAA", "TTAA", "AATT", "TTTT");
		const result = checkColourBalance({ kit, i7: ["TTAA"], i5: [] });
		const wells = result.suggestions.map((adapters) => adapters.map(({ well }) => well));
		expect(wells.slice(0, 2)).toEqual([["A3"], ["A4"]]);
		expect(wells.flat()).not.toContain("A2");
		expect(result.isSearchCapped).toBe(false);
	});

	it("starts at the least number of samples less those typed", () => {
		const kit = singleKitOf("AAAA", "TTAA", "AATT", "TTTT");
		const { suggestions } = checkColourBalance({ kit, i7: ["AAGG"], i5: [], minimumSamples: 4 });
		expect(suggestions[0]).toHaveLength(3);
	});

	it("stops at 20 suggestions of a real kit, each of which fulfils the rule on i7 and i5", () => {
		const { suggestions } = checkColourBalance({ kit: dualKit, i7: [], i5: [], minimumSamples: 8 });
		expect(suggestions).toHaveLength(20);
		for (const adapters of suggestions) {
			expect(findLackingPositions(adapters.map(({ i7, i5 }) => `${i7[0]?.sequence}${i5[0]?.sequence}`))).toEqual([]);
		}
	});

	it("says when the limit of examined combinations ended the search", () => {
		const kit = singleKitOf(
			...Array.from({ length: 40 }, (_, number) => number.toString(2).padStart(6, "0").replaceAll("0", "A").replaceAll("1", "G")),
		);
		expect(checkColourBalance({ kit, i7: [], i5: [] })).toMatchObject({ suggestions: [], isSearchCapped: true });
	});
});
