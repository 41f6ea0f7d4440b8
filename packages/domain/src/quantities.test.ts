import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	addQuantities,
	compactQuantity,
	convertQuantity,
	QuantityError,
	quantityOf,
	readQuantity,
	scaleQuantity,
	showQuantity,
	storeQuantity,
	subtractQuantities,
	unitOf,
} from "./quantities.ts";

describe("compact display", () => {
	it.each<[number, string, string, string, string | null]>([
		[1.234e9, "read_count", "read", "1.23 B", "reads"],
		[92.3456, "percentage", "percent", "92.346", "%"],
		[1000, "count", "count", "1000.000", null],
		[1001, "count", "count", "1.00 K", null],
		[0, "count", "count", "0.000", null],
		[0, "read_count", "m_read", "0.00 M", "reads"],
		[-1500, "count", "count", "-1.50 K", null],
		[999_999, "read_count", "read", "1000 K", "reads"],
		[5e15, "read_count", "read", "5000000 B", "reads"],
		[0.0005, "percentage", "percent", "0.005", "‰"],
		[0.00042, "count", "count", "420 μ", null],
		[12.345, "read_count", "m_read", "12.3 M", "reads"],
		[Number.NaN, "count", "count", "", null],
	])("%d %s %s is shown as %s %s", (value, dimension, unit, text, symbol) =>
		expect(showQuantity(quantityOf(value, dimension, unit))).toEqual({ text, symbol }),
	);
	it("never changes the amount", () =>
		fc.assert(
			fc.property(
				fc.double({ min: -1e15, max: 1e15, noNaN: true }),
				fc.constantFrom("read", "k_read", "m_read", "b_read"),
				(value, unit) => {
					const quantity = quantityOf(value, "read_count", unit);
					const before = storeQuantity(quantity).value;
					const after = storeQuantity(compactQuantity(quantity)).value;
					expect(Math.abs(after - before)).toBeLessThanOrEqual(Math.abs(before) * 1e-12);
				},
			),
		));
});

describe("arithmetic", () => {
	const three = quantityOf(3, "read_count", "m_read");
	const half = quantityOf(500, "read_count", "k_read");
	it("keeps the unit of the first", () => {
		expect(addQuantities(three, half)).toMatchObject({ value: 3.5, unit: { name: "m_read" } });
		expect(subtractQuantities(three, half).value).toBe(2.5);
		expect(scaleQuantity(half, 2)).toMatchObject({ value: 1000, unit: { name: "k_read" } });
		expect(convertQuantity(three, unitOf("read_count", "read")).value).toBe(3_000_000);
	});
	it("refuses other dimensions and names both", () =>
		expect(() => addQuantities(three, quantityOf(1, "percentage", "percent"))).toThrow(/percentage.*read_count/));
});

describe("stored form", () => {
	it("is in the base unit and reads back", () => {
		const stored = storeQuantity(quantityOf(3, "read_count", "g_read"));
		expect(stored).toEqual({ value: 3e9, unit: "read", dimension: "read_count" });
		expect(storeQuantity(readQuantity(stored))).toEqual(stored);
	});
	it.each([
		{ value: 1, unit: "read" },
		{ value: "1", unit: "read", dimension: "read_count" },
		{ value: 1, unit: "percent", dimension: "read_count" },
		{ value: 1, unit: "read", dimension: "length" },
		null,
	])("%j is refused", (stored) => expect(() => readQuantity(stored)).toThrow(QuantityError));
});
