import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ExperimentWorkflow, FlowCellType, memberById } from "./catalog.ts";
import {
	automaticFlowCellType,
	doCyclesMatch,
	effectiveLane,
	type LaneValues,
	readsPerCombinedLane,
	readsPerSeparateLane,
	requiredCycles,
} from "./lanes.ts";

describe("reads per lane", () => {
	it("F7: 1200 M on S4 Standard are 300 M per lane", () => {
		const { numLanes } = memberById(FlowCellType, ExperimentWorkflow.NOVASEQ_6K_S4_STD.flowCellTypeId);
		expect(readsPerCombinedLane(1200, numLanes)).toBe(300);
		expect(readsPerCombinedLane(null, numLanes)).toBeNull();
	});
	it("F8: 1000 M on lanes 1 and 2, then lane 2 removed", () => {
		expect(readsPerSeparateLane(1000, [null], 2)).toBe(500);
		expect(readsPerSeparateLane(1000, [1000], 2)).toBe(500);
		expect(readsPerSeparateLane(1000, [500, 500], 1)).toBe(1000);
	});
	it("F8 keeps the sum of reads entered by hand", () => {
		expect(readsPerSeparateLane(1000, [300, 500], 4)).toBe(200);
		expect(readsPerSeparateLane(null, [300, 500], 1)).toBe(800);
		expect(readsPerSeparateLane(1000, [300, null], 1)).toBe(300);
	});
	it("F8 does not take a rounding error for an entry by hand", () =>
		expect(readsPerSeparateLane(1000, [1000 / 3, 1000 / 3, 1000 / 3], 2)).toBe(500));
	it("is blank when nothing is requested or no lane is left", () => {
		expect(readsPerSeparateLane(null, [], 2)).toBeNull();
		expect(readsPerSeparateLane(1000, [1000], 0)).toBeNull();
	});
	it("loses no reads over any sequence of lane changes", () =>
		fc.assert(
			fc.property(fc.double({ min: 0, max: 1e5, noNaN: true }), fc.array(fc.integer({ min: 1, max: 8 })), (requested, steps) => {
				let links: (number | null)[] = [];
				for (const count of steps) {
					links = new Array<number | null>(count).fill(readsPerSeparateLane(requested, links, count));
					const sum = links.reduce<number>((total, reads) => total + (reads ?? 0), 0);
					expect(sum).toBeCloseTo(requested, 4);
				}
			}),
		));
});

const emptyLane: LaneValues = {
	avgFragmentSizeBp: null,
	originalConcentrationNgPerUl: null,
	sequencingConcentrationNgPerUl: null,
	totalVolumeUl: null,
	libraryVolumeUl: null,
	targetMolarityNm: null,
	phiXPercent: null,
	baReportId: null,
};
const pool = { avgFragmentSizeBp: 400, concentrationNgPerUl: 2, baReportId: 9 };
const loadedLane: LaneValues = {
	...emptyLane,
	avgFragmentSizeBp: 350,
	originalConcentrationNgPerUl: 1,
	sequencingConcentrationNgPerUl: 0.2,
	totalVolumeUl: 120,
	libraryVolumeUl: 18,
	targetMolarityNm: 0.9,
	phiXPercent: 0,
};

describe("values of a lane", () => {
	it("come from its only pool, and say so", () => {
		const lane = effectiveLane({ ...emptyLane, sequencingConcentrationNgPerUl: 1 }, [pool]);
		expect(lane).toMatchObject({
			avgFragmentSizeBp: 400,
			originalConcentrationNgPerUl: 2,
			baReportId: 9,
			isQced: true,
			isLoaded: false,
		});
		expect(lane.fromSinglePool).toEqual(["avgFragmentSizeBp", "originalConcentrationNgPerUl", "baReportId"]);
		expect(lane.originalMolarityNm).toBeCloseTo(7.5758, 4);
		expect(lane.sequencingMolarityNm).toBeCloseTo(3.7879, 4);
		expect(lane.molarityNm).toBe(lane.sequencingMolarityNm);
	});
	it("are blank with two pools or none", () => {
		for (const pools of [[], [pool, pool]])
			expect(effectiveLane(emptyLane, pools)).toMatchObject({
				avgFragmentSizeBp: null,
				molarityNm: null,
				isQced: false,
				fromSinglePool: [],
			});
	});
	it("of the lane itself win", () => {
		const lane = effectiveLane(loadedLane, [pool]);
		expect(lane.avgFragmentSizeBp).toBe(350);
		expect(lane.fromSinglePool).toEqual(["baReportId"]);
	});
	it("make a lane loaded when all are set, PhiX 0 included", () => {
		expect(effectiveLane(loadedLane, []).isLoaded).toBe(true);
		for (const name of Object.keys(loadedLane).filter((key) => key !== "baReportId"))
			expect(effectiveLane({ ...loadedLane, [name]: null }, []).isLoaded).toBe(false);
	});
	it("use the original concentration until the final dilution is measured", () => {
		const lane = effectiveLane({ ...loadedLane, sequencingConcentrationNgPerUl: null }, []);
		expect(lane.concentrationNgPerUl).toBe(1);
		expect(lane.molarityNm).toBe(lane.originalMolarityNm);
	});
});

describe("automatic flow cell", () => {
	it.each([
		[3500, "NOVASEQ_6K_S2"],
		[3700, "NOVASEQ_X_5B_ILLUMINA"],
		[0, "MISEQ_NANO_V2"],
		[22, "MISEQ_V3"],
		[26000, "NOVASEQ_X_25B_ILLUMINA"],
		[100000, "NOVASEQ_X_25B_ILLUMINA"],
	])("%d M planned: %s", (planned, key) => expect(automaticFlowCellType(planned).key).toBe(key));
	it("an overload of exactly 10 % does not fit", () => expect(automaticFlowCellType(715).key).not.toBe("NOVASEQ_6K_SP"));
});

describe("cycles", () => {
	const planned = { r1Cycles: 101, i1Cycles: 10, i2Cycles: 10, r2Cycles: null };
	it.each<[string, Parameters<typeof doCyclesMatch>[1], boolean | null]>([
		["no run", null, null],
		["equal", planned, true],
		["0 in the run for an empty plan", { ...planned, r2Cycles: 0 }, true],
		["a read that was not planned", { ...planned, r2Cycles: 101 }, false],
		["a planned read that is missing", { ...planned, i2Cycles: null }, false],
	])("%s: %s", (_case, run, expected) => expect(doCyclesMatch(planned, run)).toBe(expected));
	it("a plan of 0 agrees with a run that has none", () =>
		expect(doCyclesMatch({ ...planned, r2Cycles: 0 }, { ...planned, r2Cycles: null })).toBe(true));
	it("a design needs the maximum per read", () =>
		expect(requiredCycles([planned, { r1Cycles: 28, i1Cycles: 10, i2Cycles: null, r2Cycles: 90 }])).toEqual({
			r1Cycles: 101,
			i1Cycles: 10,
			i2Cycles: 10,
			r2Cycles: 90,
		}));
});
