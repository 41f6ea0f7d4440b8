import { describe, expect, it, test } from "vitest";
import { analyseLibraries, groupByPool, worstFirst } from "./clash-groups.ts";
import { parseLibraryIds } from "./library-ids.ts";

const library = (id: number, i7: string | null, poolId: number | null = 1) => ({
	id,
	name: `library_${id}`,
	poolId,
	poolName: poolId === null ? null : `pool_${poolId}`,
	indices: i7 === null ? [] : [{ sequenceI7: i7, sequenceI5: null }],
});

test("libraries without pool form a group of their own, after the pools", () => {
	const groups = groupByPool([library(1, "A", null), library(2, "A", 9), library(3, "A", 4), library(4, "A", 9)]);
	expect(groups.map(({ title, libraries }) => [title, libraries.map(({ id }) => id)])).toEqual([
		["pool_4", [3]],
		["pool_9", [2, 4]],
		["No pool", [1]],
	]);
});

test("the worst rows are shown first, and all are counted", () => {
	const analysis = analyseLibraries([
		library(1, "AAAAAAAA"),
		library(2, "CCCCCCCC"),
		library(3, "CCCCCCCC"),
		library(4, "AAAAAAAG"),
		library(5, null),
		library(6, "GTGTGTGT"),
	]);
	const shown = worstFirst(analysis, 5);
	expect(shown.rows.map((row) => row.libraryId)).toEqual([5, 2, 3, 1, 4]);
	expect(shown).toMatchObject({ counts: { error: 3, warning: 2, ok: 1 }, hidden: 1 });
});

describe("numbers of libraries as people write them", () => {
	it.each<[string, number[] | null]>([
		["12, 15-17;20", [12, 15, 16, 17, 20]],
		["3 3\n2", [3, 2]],
		["", []],
		["5-3", null],
		["0", null],
		["-1", null],
		["1 or 2", null],
		["1-5001", null],
		["99999999999", null],
		["1-5000", Array.from({ length: 5000 }, (_, position) => position + 1)],
	])("%j", (text, ids) => {
		expect(parseLibraryIds(text)).toEqual(ids);
	});
});
