import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isHiddenName, isInside, reduceSharePaths, relationToShared, splitSubpath } from "./share-paths.ts";

const partsOf = (path: string) => splitSubpath(path) ?? [];
const isWithin = (path: string, folder: string) => isInside(partsOf(path), partsOf(folder));

const part = fc.string({ unit: fc.constantFrom("a", "b", "c", "-", " ", "ä"), minLength: 1, maxLength: 3 });
const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));

describe("requested paths", () => {
	it.each<[string, string | null]>([
		["", ""],
		["a", "a"],
		["a/", "a"],
		["a/b c/ü.txt", "a/b c/ü.txt"],
		["..a/b..", "..a/b.."],
		["/", null],
		["/etc/passwd", null],
		["a//b", null],
		["a/..", null],
		["../a", null],
		["a/./b", null],
		["a//", null],
		["a\\b", null],
		["a\u0000b", null],
		["a\nb", "a\nb"],
	])("%j is read as %j", (subpath, expected) => expect(splitSubpath(subpath)?.join("/") ?? null).toBe(expected));
	it("never keeps a part that climbs", () =>
		fc.assert(
			fc.property(fc.array(fc.constantFrom("a", "..", ".", "", "\\", "b"), { maxLength: 5 }), (parts) => {
				const parsed = splitSubpath(parts.join("/")) ?? [];
				expect(parsed.every((name) => ["a", "b"].includes(name))).toBe(true);
			}),
		));
});

describe("shared paths", () => {
	it("of a share leave out what is inside others, by parts", () => {
		expect(reduceSharePaths(["a", "a/b", "ab"])).toEqual(["a", "ab"]);
		expect(reduceSharePaths(["a/b/c", "a/bc", "a/b", "a/b"])).toEqual(["a/bc", "a/b"]);
	});
	it("cover after reduction exactly what they covered before", () =>
		fc.assert(
			fc.property(fc.array(path), path, (paths, probe) => {
				const reduced = reduceSharePaths(paths);
				expect(reduced.some((shared) => isWithin(probe, shared))).toBe(paths.some((shared) => isWithin(probe, shared)));
				for (const one of reduced) for (const other of reduced) if (one !== other) expect(isWithin(one, other)).toBe(false);
			}),
		));
	it.each([
		["runs/p1/x", "inside"],
		["runs/p1", "inside"],
		["runs", "ancestor"],
		["", "ancestor"],
		["runs/p", "outside"],
		["runs/p10", "outside"],
		["run", "outside"],
		["other", "outside"],
	])("%j is %s", (requested, relation) =>
		expect(relationToShared(partsOf(requested), [partsOf("runs/p1"), partsOf("runs/p2/data")])).toBe(relation),
	);
	it("that there are none of open nothing", () => expect(relationToShared([], [])).toBe("outside"));
});

describe("hidden names", () => {
	it.each([
		"._a",
		".DS_Store",
		".ds_store",
		"THUMBS.DB",
		"desktop.ini",
		".Spotlight-V100",
		".Trashes",
		".metadata_never_index",
		".com.apple.timemachine.x",
		".hidden",
		".ignored",
		"Network Trash Folder",
		"Temporary Items",
	])("%s is hidden", (name) => {
		expect(isHiddenName(name)).toBe(true);
	});
	it.each([".ngs", "a._b", "DS_Store", "hidden", "metadata_x", ""])("%j is not", (name) =>
		expect(isHiddenName(name)).toBe(false),
	);
});
