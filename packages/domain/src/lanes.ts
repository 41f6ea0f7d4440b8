/** Values of lanes, reads on them, and the flow cell that fits (lab-workflows.md §4, §16, §17.4; data-model.md §10). */
import { FlowCellType, type MemberOf, membersOf } from "./catalog.ts";
import type { Cycles } from "./identifiers.ts";
import { molarityNm } from "./molarity.ts";

/** F7, combined lanes: million reads of each link of a pool, its total over the lanes of the flow cell; null = nothing planned. */
export function readsPerCombinedLane(poolMReads: number | null, numLanes: number): number | null {
	return poolMReads === null || numLanes < 1 ? null : poolMReads / numLanes;
}

/**
 * F8, separate lanes, after a lane was added or removed: million reads of each of the pool's links. Reads entered by hand (their sum
 * differs from what was requested) keep their sum, spread evenly; otherwise what was requested is spread. Null = blank.
 * @param requestedMReads requested for the pool; null = nothing requested
 * @param formerLinkMReads reads of the links as they were before the change; null = blank
 * @param numLinks links after the change
 */
export function readsPerSeparateLane(
	requestedMReads: number | null,
	formerLinkMReads: readonly (number | null)[],
	numLinks: number,
): number | null {
	if (numLinks < 1) return null;
	const entered = formerLinkMReads.filter((reads) => reads !== null);
	const sum = entered.reduce((total, reads) => total + reads, 0);
	const isByHand = entered.length > 0 && (requestedMReads === null || Math.abs(sum - requestedMReads) > 1e-6 * Math.max(1, sum));
	const total = isByHand ? sum : requestedMReads;
	return total === null ? null : total / numLinks;
}

/** Stored values of a lane; null = not given. */
export interface LaneValues {
	readonly avgFragmentSizeBp: number | null;
	readonly originalConcentrationNgPerUl: number | null;
	readonly sequencingConcentrationNgPerUl: number | null;
	readonly totalVolumeUl: number | null;
	readonly libraryVolumeUl: number | null;
	readonly targetMolarityNm: number | null;
	readonly phiXPercent: number | null;
	readonly baReportId: number | null;
}

/** Measurements of a pool on the lane. */
export interface LanePoolValues {
	readonly avgFragmentSizeBp: number | null;
	readonly concentrationNgPerUl: number | null;
	readonly baReportId: number | null;
}

/** What formulas, lists and data frames use of a lane. */
export interface EffectiveLane {
	readonly avgFragmentSizeBp: number | null;
	readonly originalConcentrationNgPerUl: number | null;
	readonly baReportId: number | null;
	/** Which of these stand in from the only pool of the lane: shown with the tag *single pool*. */
	readonly fromSinglePool: readonly ("avgFragmentSizeBp" | "originalConcentrationNgPerUl" | "baReportId")[];
	readonly originalMolarityNm: number | null;
	readonly sequencingMolarityNm: number | null;
	/** Sequencing, else original. */
	readonly concentrationNgPerUl: number | null;
	/** Sequencing if measured, else original. */
	readonly molarityNm: number | null;
	readonly isQced: boolean;
	readonly isLoaded: boolean;
}

/** Effective and derived values of a lane (data-model.md §10, Lane). Zero is a value: PhiX 0 counts as set. */
export function effectiveLane(lane: LaneValues, pools: readonly LanePoolValues[]): EffectiveLane {
	const pool = pools.length === 1 ? pools[0] : undefined;
	const avgFragmentSizeBp = lane.avgFragmentSizeBp ?? pool?.avgFragmentSizeBp ?? null;
	const originalConcentrationNgPerUl = lane.originalConcentrationNgPerUl ?? pool?.concentrationNgPerUl ?? null;
	const baReportId = lane.baReportId ?? pool?.baReportId ?? null;
	const effective = { avgFragmentSizeBp, originalConcentrationNgPerUl, baReportId };
	const names = ["avgFragmentSizeBp", "originalConcentrationNgPerUl", "baReportId"] as const;
	const originalMolarityNm = molarityNm(originalConcentrationNgPerUl, avgFragmentSizeBp);
	const sequencingMolarityNm = molarityNm(lane.sequencingConcentrationNgPerUl, avgFragmentSizeBp);
	const isMeasured = lane.sequencingConcentrationNgPerUl !== null;
	const isQced = avgFragmentSizeBp !== null && originalConcentrationNgPerUl !== null;
	return {
		...effective,
		fromSinglePool: names.filter((name) => lane[name] === null && effective[name] !== null),
		originalMolarityNm,
		sequencingMolarityNm,
		concentrationNgPerUl: lane.sequencingConcentrationNgPerUl ?? originalConcentrationNgPerUl,
		molarityNm: isMeasured ? sequencingMolarityNm : originalMolarityNm,
		isQced,
		isLoaded:
			isQced &&
			isMeasured &&
			lane.totalVolumeUl !== null &&
			lane.libraryVolumeUl !== null &&
			lane.targetMolarityNm !== null &&
			lane.phiXPercent !== null,
	};
}

/**
 * The flow cell type chosen by *Automatic* on the design board (lab-workflows.md §16): the smallest that holds what is planned, an overload
 * below 10 % included; the largest if none does.
 */
export function automaticFlowCellType(plannedMReads: number): MemberOf<typeof FlowCellType> {
	const bySize = membersOf(FlowCellType).sort((a, b) => a.maxMReads - b.maxMReads);
	const fitting = bySize.find((type) => (plannedMReads - type.maxMReads) / type.maxMReads < 0.1);
	return fitting ?? bySize.at(-1) ?? FlowCellType.NOVASEQ_X_25B_ILLUMINA;
}

/**
 * Cycle check (background-and-ops.md §2.5): per read, planned and real cycles are equal, or the run has none and the plan is empty or 0.
 * Null without a run: no statement.
 */
export function doCyclesMatch(planned: Cycles, run: Cycles | null): boolean | null {
	if (run === null) return null;
	return (["r1Cycles", "i1Cycles", "i2Cycles", "r2Cycles"] as const).every(
		(read) => planned[read] === run[read] || ((run[read] ?? 0) === 0 && (planned[read] ?? 0) === 0),
	);
}

/** Cycles needed by a flow cell design: the maximum per read over its pools; null where no pool says. */
export function requiredCycles(pools: readonly Cycles[]): Cycles {
	const largest = (read: keyof Cycles): number | null =>
		pools.reduce<number | null>((max, pool) => {
			const count = pool[read];
			return count === null ? max : Math.max(max ?? 0, count);
		}, null);
	return {
		r1Cycles: largest("r1Cycles"),
		i1Cycles: largest("i1Cycles"),
		i2Cycles: largest("i2Cycles"),
		r2Cycles: largest("r2Cycles"),
	};
}
