import { describe, expect, it } from "vitest";
import { allKits, atacKit, dualKit, singleKit } from "../../fixtures/index-kits/load-kits.ts";
import { reverseComplement } from "../text-rules.ts";
import type { ResolvedBarcodeRow, ResolvedIndex } from "./index-set.ts";
import { kitLabel } from "./kit.ts";
import {
	applyMatchAnswers,
	checkMatchAnswers,
	customChoice,
	describeMatchAnswers,
	findKitMatches,
	MatchAnswerError,
	type SideAnswer,
} from "./kit-match.ts";

function typed(sequence: string): ResolvedIndex {
	return { kitId: null, name: null, sequence, orientationId: null };
}

function row(number: number, i7: string, i5: string | null = null, more: Partial<ResolvedBarcodeRow> = {}): ResolvedBarcodeRow {
	const identity = { row: number, libraryId: null, libraryName: `library_${number}` };
	const flags = { isDeleted: false, isKept: false, namesKit: false };
	return { ...identity, ...flags, i7: typed(i7), i5: i5 === null ? null : typed(i5), ...more };
}

const [first, second] = [
	{ i7: "GAACTGAGCG", i5: "TCGTGGAGCG" },
	{ i7: "AGGTCAGATA", i5: "CTACAAGATA" },
];
const forward = `${dualKit.id}:forward`;
const reversed = `${dualKit.id}:reverseComplement`;

describe("finding kits for typed sequences", () => {
	it("offers kits that have every sequence of a side, per orientation", () => {
		const rows = [row(1, first.i7, reverseComplement(first.i5)), row(2, second.i7, reverseComplement(second.i5))];
		const matches = findKitMatches(rows, allKits);
		expect(matches.rows).toEqual([1, 2]);
		expect(matches.i7).toEqual([{ kitId: dualKit.id, isReverseComplement: false, choice: forward, label: kitLabel(dualKit) }]);
		expect(matches.i5?.map(({ label }) => label)).toEqual([`${kitLabel(dualKit)} (Reverse Complement)`]);
	});

	it("offers no kit that lacks one sequence, has it on the other side, or is for ATAC", () => {
		expect(findKitMatches([row(1, first.i7), row(2, "ACGTACGTAC")], allKits).i7).toEqual([]);
		expect(findKitMatches([row(1, first.i5)], [dualKit]).i7).toEqual([]);
		expect(findKitMatches([row(1, "AAACGGCG")], [atacKit]).i7).toEqual([]);
	});

	it("leaves out rows with kits, deleted rows and rows kept with a known orientation", () => {
		const rows = [
			row(1, "AAAA", null, { namesKit: true }),
			row(2, "CCCC", null, { isDeleted: true, i7: null }),
			row(3, "GGGG", null, { isKept: true }),
		];
		expect(findKitMatches(rows, allKits)).toEqual({ rows: [], i7: null, i5: null });
		expect(applyMatchAnswers(rows, {}, allKits)).toEqual(rows);
	});

	it("asks for i5 only if a row has one, also if another has none", () => {
		expect(findKitMatches([row(1, first.i7)], allKits).i5).toBeNull();
		expect(findKitMatches([row(1, first.i7), row(2, second.i7, second.i5)], allKits).i5).toHaveLength(1);
	});
});

describe("answers", () => {
	it.each<[string, SideAnswer, string, ResolvedIndex]>([
		["kit", { choice: forward }, first.i7, { kitId: dualKit.id, name: "UDP0001", sequence: first.i7, orientationId: 1 }],
		[
			"kit, reverse complement",
			{ choice: reversed },
			reverseComplement(first.i7),
			{ kitId: dualKit.id, name: "UDP0001", sequence: first.i7, orientationId: 1 },
		],
		[
			"custom, forward",
			{ choice: customChoice, orientation: "forward", primer: "P" },
			"AACC",
			{ ...typed("AACC"), orientationId: 3 },
		],
		[
			"custom, reverse complement",
			{ choice: customChoice, orientation: "reverseComplement", primer: "P" },
			"AACC",
			{ ...typed("GGTT"), orientationId: 3 },
		],
		["custom, unknown", { choice: customChoice, orientation: "unknown", primer: "P" }, "AACC", typed("AACC")],
	])("%s", (_title, answer, sequence, expected) => {
		expect(applyMatchAnswers([row(1, sequence)], { i7: answer }, allKits)[0]?.i7).toEqual(expected);
	});

	it.each<[string, SideAnswer | undefined, string[]]>([
		["nothing", undefined, ["kit"]],
		["the default option", { choice: "" }, ["kit"]],
		["a kit that is no candidate", { choice: `${singleKit.id}:forward` }, ["kit"]],
		["custom without orientation and primer", { choice: customChoice }, ["orientation", "primer"]],
		["a primer that is too long", { choice: customChoice, orientation: "forward", primer: "A".repeat(1025) }, ["primer"]],
	])("refuses %s", (_title, answer, fields) => {
		const rows = [row(1, first.i7)];
		const problems = checkMatchAnswers(findKitMatches(rows, allKits), { i7: answer });
		expect(problems.map(({ field }) => field)).toEqual(fields);
		expect(() => applyMatchAnswers(rows, { i7: answer }, allKits)).toThrow(MatchAnswerError);
	});

	it("are recorded with the libraries concerned", () => {
		const rows = [row(1, first.i7, first.i5), row(2, second.i7)];
		const answers = { i7: { choice: forward }, i5: { choice: customChoice, orientation: "forward", primer: "ACGT" } } as const;
		expect(describeMatchAnswers(rows, answers, allKits)).toEqual([
			`i7 ${kitLabel(dualKit)}: library_1, library_2`,
			"i5 Custom, Forward: library_1",
			"i5 Primer Sequence: ACGT",
		]);
	});
});
