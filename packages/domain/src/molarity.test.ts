import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	colourOfClashDistance,
	colourOfMolarity,
	colourOfPipettingVolume,
	dilute,
	mergePools,
	mixLane,
	molarityNm,
	percentageOf,
	poolingFactors,
	sharesOfReads,
} from "./molarity.ts";

describe("molarity (F1)", () => {
	it.each([
		[2, 400, 7.5758, "yellow"],
		[1, 350, 4.329, "green"],
		[0, 350, 0, "red"],
	])("%d ng/µL at %d bp is %d nM, %s", (concentration, size, expected, colour) => {
		const value = molarityNm(concentration, size);
		expect(value).toBeCloseTo(expected, 4);
		expect(colourOfMolarity(value)).toBe(colour);
	});
	it.each([
		[null, 400],
		[2, null],
		[2, 0],
		[Number.NaN, 400],
	])("is blank for %s ng/µL and %s bp", (concentration, size) => expect(molarityNm(concentration, size)).toBeNull());
});

describe("colours: the limits belong to the better colour", () => {
	it.each<[number | null, string | null]>([
		[null, null],
		[0.49, "red"],
		[0.5, "yellow"],
		[0.99, "yellow"],
		[1, "green"],
		[5, "green"],
		[5.01, "yellow"],
		[10, "yellow"],
		[10.01, "red"],
	])("molarity %s is %s", (value, colour) => expect(colourOfMolarity(value)).toBe(colour));
	it.each<[number | null, string | null]>([
		[null, null],
		[2.01, "green"],
		[2, "yellow"],
		[1.01, "yellow"],
		[1, "red"],
	])("pipetting %s µL is %s", (value, colour) => expect(colourOfPipettingVolume(value)).toBe(colour));
	it.each([
		[0, "red"],
		[1, "yellow"],
		[2, "yellow"],
		[3, "green"],
	])("distance %d is %s", (distance, colour) => expect(colourOfClashDistance(distance)).toBe(colour));
});

describe("dilution", () => {
	it("F2: 7.5758 nM to 3 nM in 50 µL", () => {
		const result = dilute({ stockNm: 7.5758, targetNm: 3, totalVolumeUl: 50 });
		expect(result?.sampleVolumeUl).toBeCloseTo(19.8, 2);
		expect(result?.bufferVolumeUl).toBeCloseTo(30.2, 2);
	});
	it("F5: 6 nM to 0.9 nM in 120 µL", () => {
		const result = dilute({ stockNm: 6, targetNm: 0.9, totalVolumeUl: 120 });
		expect(result?.sampleVolumeUl).toBeCloseTo(18, 10);
		expect(result?.bufferVolumeUl).toBeCloseTo(102, 10);
		expect(result?.isTargetReachable).toBe(true);
	});
	it("says when the stock is weaker than the target", () =>
		expect(dilute({ stockNm: 2, targetNm: 3, totalVolumeUl: 50 })).toMatchObject({
			bufferVolumeUl: -25,
			isTargetReachable: false,
		}));
	it("is blank without stock", () => {
		expect(dilute({ stockNm: 0, targetNm: 3, totalVolumeUl: 50 })).toBeNull();
		expect(dilute({ stockNm: null, targetNm: 3, totalVolumeUl: 50 })).toBeNull();
		expect(dilute({ stockNm: 6, targetNm: 3, totalVolumeUl: null })).toBeNull();
	});
});

describe("mixing a lane (F3, F4)", () => {
	const pools = [
		{ mReads: 300, molarityNm: 6 },
		{ mReads: 100, molarityNm: 12 },
	];
	it("gives shares, volumes and buffer of the reference case", () =>
		expect(mixLane({ pools, targetNm: 3, totalVolumeUl: 50 })).toEqual({
			pools: [
				{ share: 0.75, pipetVolumeUl: 18.75 },
				{ share: 0.25, pipetVolumeUl: 3.125 },
			],
			libraryVolumeUl: 21.875,
			bufferVolumeUl: 28.125,
			isTargetReachable: true,
		}));
	it("has no volumes while one pool is not measured, but still the shares", () => {
		const mixture = mixLane({ pools: [...pools, { mReads: 100, molarityNm: null }], targetNm: 3, totalVolumeUl: 50 });
		expect(mixture.libraryVolumeUl).toBeNull();
		expect(mixture.pools.map((pool) => pool.share)).toEqual([0.6, 0.2, 0.2]);
	});
	it("of no pools is blank", () => expect(mixLane({ pools: [], targetNm: 3, totalVolumeUl: 50 }).libraryVolumeUl).toBeNull());
	it("reaches the target molarity whatever is mixed", () => {
		const number = fc.double({ min: 1, max: 1000, noNaN: true });
		fc.assert(
			fc.property(
				fc.array(fc.record({ mReads: number, molarityNm: number }), { minLength: 1 }),
				number,
				number,
				(anyPools, targetNm, totalVolumeUl) => {
					const mixture = mixLane({ pools: anyPools, targetNm, totalVolumeUl });
					const amount = mixture.pools.reduce(
						(sum, pool, index) => sum + (pool.pipetVolumeUl ?? 0) * (anyPools[index]?.molarityNm ?? 0),
						0,
					);
					expect(amount / totalVolumeUl / targetNm).toBeCloseTo(1, 6);
				},
			),
		);
	});
	it("shares of nothing are blank", () => {
		expect(sharesOfReads([0, 0])).toEqual([null, null]);
		expect(sharesOfReads([null, 5])).toEqual([null, 1]);
	});
});

describe("merging pools (F9)", () => {
	it("gives ratios and volumes of the reference case", () =>
		expect(
			mergePools({
				pools: [
					{ mReads: 100, molarityNm: 5 },
					{ mReads: 300, molarityNm: 10 },
				],
				totalVolumeUl: 40,
			}),
		).toEqual([
			{ ratio: 0.5, pipetVolumeUl: 16 },
			{ ratio: 0.75, pipetVolumeUl: 24 },
		]));
	it("has no volumes while a pool is not measured", () =>
		expect(
			mergePools({
				pools: [
					{ mReads: 1, molarityNm: null },
					{ mReads: 1, molarityNm: 2 },
				],
				totalVolumeUl: 40,
			}).map((pool) => pool.pipetVolumeUl),
		).toEqual([null, null]));
});

it("equal masses are pooled by the largest concentration (F10)", () =>
	expect(poolingFactors([10, 5, null, 0])).toEqual([1, 2, null, null]));
it("percentages are blank without a whole", () => {
	expect(percentageOf(50, 200)).toBe(25);
	expect(percentageOf(50, 0)).toBeNull();
	expect(percentageOf(null, 100)).toBeNull();
});
