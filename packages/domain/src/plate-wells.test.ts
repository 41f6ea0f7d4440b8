import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plate } from "./catalog.ts";
import { parseWell, WellOutsidePlateError, wellInOrder, wellName } from "./plate-wells.ts";

describe("wells", () => {
	it("position 12 is B1 by rows and E2 by columns", () => {
		expect(wellName(wellInOrder(12, plate, "rows"), plate)).toBe("B1");
		expect(wellName(wellInOrder(12, plate, "columns"), plate)).toBe("E2");
	});
	it.each<[string, number | null]>([
		["A01", 0],
		["a1", 0],
		[" H12 ", 95],
		["A13", null],
		["I1", null],
		["A0", null],
		["A", null],
		["1A", null],
		["", null],
	])("%s is index %s", (name, index) => expect(parseWell(name, plate)).toBe(index));
	it("beyond the plate there is none", () => {
		expect(() => wellName(96, plate)).toThrow(WellOutsidePlateError);
		expect(() => wellInOrder(96, plate, "columns")).toThrow(WellOutsidePlateError);
		expect(() => wellInOrder(-1, plate, "rows")).toThrow(WellOutsidePlateError);
	});
	it("every order uses each well of any plate once, and names read back", () =>
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 48 }), fc.integer({ min: 1, max: 26 }), (numCols, numRows) => {
				const size = { numCols, numRows };
				const positions = Array.from({ length: numCols * numRows }, (_unused, index) => index);
				const wells = positions.map((position) => wellInOrder(position, size, "columns"));
				expect([...wells].sort((a, b) => a - b)).toEqual(positions);
				expect(wells.map((well) => parseWell(wellName(well, size), size))).toEqual(wells);
			}),
			{ numRuns: 20 },
		));
});
