import { describe, expect, it } from "vitest";
import { ExperimentStatus } from "./catalog.ts";
import {
	type ChecklistLane,
	countSteps,
	type ExperimentFacts,
	type ExperimentStepName,
	experimentChecklist,
} from "./experiment-checklist.ts";

const lane: ChecklistLane = {
	number: 1,
	links: [],
	avgFragmentSizeBp: null,
	originalConcentrationNgPerUl: null,
	sequencingConcentrationNgPerUl: null,
	totalVolumeUl: null,
	libraryVolumeUl: null,
	targetMolarityNm: null,
	phiXPercent: null,
	baReportId: null,
};
const noCycles = { r1Cycles: null, i1Cycles: null, i2Cycles: null, r2Cycles: null };
const pool = (id: number) => ({ id, name: `pool_${id}`, avgFragmentSizeBp: 400, concentrationNgPerUl: 2, baReportId: null });

function check(facts: Partial<ExperimentFacts>) {
	const steps = experimentChecklist({
		statusId: ExperimentStatus.DRAFT.id,
		isAdmin: false,
		combinedLanes: false,
		hasLoadingChecklistTemplate: true,
		pools: [],
		lanes: [lane, { ...lane, number: 2 }],
		cycles: noCycles,
		hasLanePoolingTable: false,
		hasLoadingChecklist: false,
		...facts,
	});
	const find = (name: ExperimentStepName) => {
		const step = steps.find((candidate) => candidate.step === name);
		if (!step) throw new Error(`no step ${name}`);
		return step;
	};
	return { steps, find };
}

describe("checklist of an experiment", () => {
	it("begins with pools and cycles; the rest waits", () => {
		const { steps } = check({});
		expect(steps.map((step) => step.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
		expect(steps.filter((step) => step.enabled).map((step) => step.step)).toEqual(["addPools", "setCycles"]);
		expect(countSteps(steps)).toEqual({ done: 0, total: 11 });
	});
	it("names the pools that have no lane", () => {
		const lanes = [
			{ ...lane, links: [{ poolId: 1, mReads: null }] },
			{ ...lane, number: 2 },
		];
		const { find } = check({ pools: [pool(1), pool(2)], lanes });
		expect(find("assignLanes")).toMatchObject({ state: "todo", missing: ["pool_2"] });
		expect(find("lanePools")).toMatchObject({ state: "todo", missing: ["pool_2"] });
	});
	it("asks for reads only where pools share a lane", () => {
		const single = [{ ...lane, links: [{ poolId: 1, mReads: null }] }];
		expect(check({ pools: [pool(1)], lanes: single }).find("assignReads").state).toBe("done");
		const shared = [
			{
				...lane,
				links: [
					{ poolId: 1, mReads: 0 },
					{ poolId: 2, mReads: null },
				],
			},
		];
		expect(check({ pools: [pool(1), pool(2)], lanes: shared }).find("assignReads")).toMatchObject({
			state: "todo",
			missing: ["pool_2 on lane 1"],
		});
	});
	it("takes the measurements of a lane from its only pool, so that only loading is left", () => {
		const lanes = [1, 2].map((number) => ({ ...lane, number, links: [{ poolId: number, mReads: null }] }));
		const { find } = check({ pools: [pool(1), pool(2)], lanes });
		for (const step of ["lanePools", "measureLaneConcentration", "measureLaneSize"] as const)
			expect(find(step).state).toBe("done");
		expect(find("loadFlowCell")).toMatchObject({ state: "todo", enabled: true, missing: ["Lane 1", "Lane 2"] });
	});
	it("needs a lane pooling table where pools share a lane, before the lane is measured", () => {
		const lanes = [
			{
				...lane,
				links: [
					{ poolId: 1, mReads: 5 },
					{ poolId: 2, mReads: 5 },
				],
			},
		];
		const before = check({ pools: [pool(1), pool(2)], lanes });
		expect(before.find("lanePools").state).toBe("todo");
		expect(before.find("measureLaneSize")).toMatchObject({ state: "blocked", enabled: false });
		const after = check({ pools: [pool(1), pool(2)], lanes, hasLanePoolingTable: true });
		expect(after.find("lanePools").state).toBe("done");
		expect(after.find("measureLaneSize").state).toBe("todo");
	});
	it("is complete when all lanes are loaded, PhiX 0 and cycles 0 included", () => {
		const loaded = {
			...lane,
			avgFragmentSizeBp: 400,
			originalConcentrationNgPerUl: 2,
			sequencingConcentrationNgPerUl: 1,
			totalVolumeUl: 120,
			libraryVolumeUl: 18,
			targetMolarityNm: 0.9,
			phiXPercent: 0,
		};
		const { steps } = check({
			combinedLanes: true,
			pools: [pool(1), pool(2)],
			lanes: [1, 2].map((number) => ({
				...loaded,
				number,
				links: [
					{ poolId: 1, mReads: 5 },
					{ poolId: 2, mReads: 5 },
				],
			})),
			cycles: { r1Cycles: 101, i1Cycles: 10, i2Cycles: 0, r2Cycles: 0 },
			hasLanePoolingTable: true,
			hasLoadingChecklist: true,
		});
		expect(countSteps(steps)).toEqual({ done: 11, total: 11 });
	});
	it("does not count a loading checklist that the workflow does not have", () => {
		const { steps, find } = check({ hasLoadingChecklistTemplate: false });
		expect(find("createLoadingChecklist")).toMatchObject({ state: "notApplicable", enabled: false });
		expect(countSteps(steps).total).toBe(10);
	});
	it("is closed for all but admins once sequencing has begun, except the clash check", () => {
		const begun = { statusId: ExperimentStatus.SEQUENCING.id, pools: [pool(1)] };
		expect(
			check(begun)
				.steps.filter((step) => step.enabled)
				.map((step) => step.step),
		).toEqual(["checkClashes"]);
		expect(check({ ...begun, isAdmin: true }).find("addPools").enabled).toBe(true);
		expect(check({ statusId: ExperimentStatus.CANCELED.id }).find("addPools").enabled).toBe(false);
	});
});
