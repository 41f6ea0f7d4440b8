import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { atacKit } from "../../fixtures/index-kits/load-kits.ts";
import { reverseComplement } from "../text-rules.ts";
import { analyseClashes, type ClashRecord } from "./clash.ts";

function recordsOf(...pairs: (string | [i7: string, i5: string | null])[]): ClashRecord[] {
	return pairs.map((pair, number) => {
		const [i7, i5] = typeof pair === "string" ? [pair, null] : pair;
		return { libraryId: number, libraryName: `library_${number}`, i7, i5 };
	});
}

const distanceZero = "Hamming distance of 0 between barcode combination in two or more libraries.";
const distanceSmall = "Small hamming distance between barcode combination in two or more libraries.";

describe("reference cases of the clash check", () => {
	it("ACGTACGT vs ACGTACGA: distance 1, warning", () => {
		const { rows, severity, hasI5 } = analyseClashes({ records: recordsOf("ACGTACGT", "ACGTACGA") });
		expect(rows.map((row) => [row.distance, row.severity])).toEqual([
			[1, "warning"],
			[1, "warning"],
		]);
		expect(rows[0]?.messages.map(({ text }) => text)).toEqual([distanceSmall]);
		expect(rows[0]?.nearest).toEqual({ record: 1, libraryId: 1, libraryName: "library_1", differingPositions: [7] });
		expect(rows[0]?.hints).toMatchObject({ bothReversed: null, i5Reversed: null });
		expect([severity, hasI5]).toEqual(["warning", false]);
	});

	it("ACGTACGT+AAAA vs ACGTACGT without i5: padded, distance 0, error", () => {
		const { rows } = analyseClashes({ records: recordsOf(["ACGTACGT", "AAAA"], "ACGTACGT") });
		expect(rows.map((row) => row.combinedIndex)).toEqual(["ACGTACGT+AAAA", "ACGTACGT+NNNN"]);
		expect(rows.map((row) => [row.distance, row.severity])).toEqual([
			[0, "error"],
			[0, "error"],
		]);
		expect(rows[1]?.messages.map(({ text }) => text)).toEqual([distanceZero]);
	});

	it("8 nt vs 10 nt with equal first 8: distance 0, error", () => {
		const { rows, severity } = analyseClashes({ records: recordsOf("ACGTACGT", "ACGTACGTAC") });
		expect(rows.map((row) => row.combinedIndex)).toEqual(["ACGTACGTNN", "ACGTACGTAC"]);
		expect([rows[0]?.distance, severity]).toEqual([0, "error"]);
	});

	it("the four sequences of one 10x ATAC library alone: no error", () => {
		const records = (atacKit.adapters[0]?.i7 ?? []).map(({ sequence }) => ({
			libraryId: 1,
			libraryName: "a",
			i7: sequence,
			i5: null,
		}));
		const { rows, severity } = analyseClashes({ records });
		expect(rows.map((row) => [row.distance, row.hints, row.nearest])).toEqual(Array(4).fill([8, null, null]));
		expect(severity).toBe("ok");
	});

	it("single library ACGTACGT+TTTTAAAA: distance 16, fine", () => {
		const { rows, severity } = analyseClashes({ records: recordsOf(["ACGTACGT", "TTTTAAAA"]) });
		expect([rows[0]?.distance, rows[0]?.messages, severity]).toEqual([16, [], "ok"]);
	});

	it("distance 3 is fine", () => {
		expect(analyseClashes({ records: recordsOf("AAAAAA", "AAACCC") }).severity).toBe("ok");
	});
});

describe("what else the clash check tells", () => {
	it("lists several messages of a record, among them equal i7 and i5", () => {
		const { rows } = analyseClashes({ records: recordsOf(["ACGT", "ACGT"], ["ACGT", "ACGA"]) });
		expect(rows[0]?.messages.map(({ code }) => code)).toEqual(["clash.distance_small", "clash.same_i7_i5"]);
		expect(rows[1]?.messages.map(({ code }) => code)).toEqual(["clash.distance_small"]);
	});

	it("reports libraries without index, unless there is nobody else", () => {
		const librariesWithoutIndex = [{ libraryId: 9, libraryName: "bare", poolName: "p" }];
		const { rows, severity } = analyseClashes({ records: recordsOf("ACGT"), librariesWithoutIndex });
		expect(rows[1]).toMatchObject({ combinedIndex: null, poolName: "p", messages: [{ text: "Library has no index" }] });
		expect(rows[0]).toMatchObject({ distance: 4, severity: "ok" });
		expect(severity).toBe("error");
		expect(analyseClashes({ records: [], librariesWithoutIndex }).severity).toBe("ok");
	});

	it("hints at an i5 that was entered in the wrong direction", () => {
		const { rows } = analyseClashes({
			records: recordsOf(["ACGTACGA", "AACCGGTA"], ["ACGTACGA", reverseComplement("AACCGGTA")]),
		});
		expect(rows[0]?.hints?.i5Reversed).toBe(0);
		expect(rows[0]?.distance).toBeGreaterThan(0);
	});

	it("compares reversed sequences from the left, padded on the right", () => {
		const { rows } = analyseClashes({ records: recordsOf("AACC", "GGTTAC") });
		expect(rows[0]?.hints).toMatchObject({ i7Reversed: 0, wholeReversed: 0 });
		expect(rows[1]?.hints).toMatchObject({ i7Reversed: 4, wholeReversed: 4 });
	});

	it("counts the plus in the differing positions of a dual index", () => {
		const { rows } = analyseClashes({ records: recordsOf(["ACGT", "AAAA"], ["ACGA", "AAAC"]) });
		expect(rows[0]?.nearest?.differingPositions).toEqual([3, 8]);
	});
});

/** Positions where both have a base and the bases differ, written as the specification says it. */
function naiveDistance(a: string, b: string): number {
	let distance = 0;
	for (let position = 0; position < Math.min(a.length, b.length); position++) {
		if (a[position] !== "N" && b[position] !== "N" && a[position] !== b[position]) distance++;
	}
	return distance;
}

const sequence = fc.string({ unit: fc.constantFrom("A", "C", "G", "T", "N"), minLength: 1, maxLength: 40 });
const group = fc
	.array(fc.record({ libraryId: fc.integer({ min: 0, max: 5 }), i7: sequence, i5: fc.option(sequence) }), {
		minLength: 1,
		maxLength: 12,
	})
	.map((records): ClashRecord[] => records.map((record) => ({ ...record, libraryName: `library_${record.libraryId}` })));

describe("for any group", () => {
	it("packed distances in all orientations equal those counted base by base", () => {
		fc.assert(
			fc.property(group, (records) => {
				const { rows, hasI5 } = analyseClashes({ records });
				records.forEach((own, position) => {
					const others = records.filter((other) => other.libraryId !== own.libraryId);
					const smallest = (i7: string, i5: string): number =>
						Math.min(...others.map((other) => naiveDistance(i7, other.i7 ?? "") + naiveDistance(i5, other.i5 ?? "")));
					const [i7, i5] = [own.i7 ?? "", own.i5 ?? ""];
					const [turnedI7, turnedI5] = [reverseComplement(i7), reverseComplement(i5)];
					if (others.length === 0) {
						expect(rows[position]?.distance).toBe((i7 + i5).replaceAll("N", "").length);
						return;
					}
					expect(rows[position]?.distance).toBe(smallest(i7, i5));
					expect(rows[position]?.hints).toEqual({
						i7Reversed: smallest(turnedI7, i5),
						wholeReversed: i5 === "" ? smallest(turnedI7, "") : smallest(turnedI5, turnedI7),
						i5Reversed: hasI5 ? smallest(i7, turnedI5) : null,
						bothReversed: hasI5 ? smallest(turnedI7, turnedI5) : null,
					});
					expect(rows[position]?.nearest?.differingPositions).toHaveLength(rows[position]?.distance ?? -1);
				});
			}),
		);
	});

	it("two records are as far from each other in both directions", () => {
		fc.assert(
			fc.property(sequence, sequence, fc.option(sequence), fc.option(sequence), (a, b, c, d) => {
				const { rows } = analyseClashes({ records: recordsOf([a, c], [b, d]) });
				expect(rows[0]?.distance).toBe(rows[1]?.distance);
			}),
		);
	});

	it("the order of the records changes no distance and no message", () => {
		fc.assert(
			fc.property(group, (records) => {
				const summarize = (list: readonly ClashRecord[]) =>
					analyseClashes({ records: list }).rows.map(({ distance, hints, messages }) => ({ distance, hints, messages }));
				expect(summarize(records.toReversed()).toReversed()).toEqual(summarize(records));
			}),
		);
	});
});
