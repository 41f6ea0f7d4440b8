/**
 * Molarities, dilutions and pipetting volumes (lab-workflows.md §3.4, §4). A value whose input is missing or whose division is by zero is
 * null (blank), never 0, infinite or NaN. Nothing is rounded here.
 */
import { molarity as constants } from "./catalog.ts";

/** Traffic light of a quantity. */
export type TrafficLight = "green" | "yellow" | "red";

/** A volume to pipet and the elution buffer that fills it up; a negative buffer means that the target cannot be reached. */
export interface Dilution {
	readonly sampleVolumeUl: number;
	readonly bufferVolumeUl: number;
	readonly isTargetReachable: boolean;
}

function isPresent(value: number | null): value is number {
	return value !== null && Number.isFinite(value);
}

/** Quotient, or null for a missing operand or a division by zero. */
function divide(dividend: number | null, divisor: number | null): number | null {
	if (!isPresent(dividend) || !isPresent(divisor) || divisor === 0) return null;
	return dividend / divisor;
}

/** F1, F6: molarity in nM of double-stranded DNA from mass concentration (ng/µL) and average fragment size (bp). */
export function molarityNm(concentrationNgPerUl: number | null, fragmentSizeBp: number | null): number | null {
	if (!isPresent(concentrationNgPerUl) || !isPresent(fragmentSizeBp)) return null;
	return divide(concentrationNgPerUl * constants.scale, fragmentSizeBp * constants.gramsPerMolePerBasePair);
}

/** Colour of a molarity of a pool, dilution or lane: 1–5 nM green, 0.5–10 nM yellow, else red; limits belong to the better colour. */
export function colourOfMolarity(valueNm: number | null): TrafficLight | null {
	if (!isPresent(valueNm)) return null;
	if (valueNm >= constants.warningMin && valueNm <= constants.warningMax) return "green";
	return valueNm >= constants.errorMin && valueNm <= constants.errorMax ? "yellow" : "red";
}

/** Colour of a volume to pipet: above 2 µL green, above 1 µL yellow, else red. */
export function colourOfPipettingVolume(volumeUl: number | null): TrafficLight | null {
	if (!isPresent(volumeUl)) return null;
	if (volumeUl > 2) return "green";
	return volumeUl > 1 ? "yellow" : "red";
}

/** Colour of a clash distance in bases: 3 and more green, 1–2 yellow, 0 red. */
export function colourOfClashDistance(distance: number): TrafficLight {
	if (distance >= 3) return "green";
	return distance >= 1 ? "yellow" : "red";
}

/** F2, F5: volume of the stock and buffer for a target molarity (nM) in a total volume (µL). */
export function dilute(facts: {
	readonly stockNm: number | null;
	readonly targetNm: number | null;
	readonly totalVolumeUl: number | null;
}): Dilution | null {
	const ratio = divide(facts.targetNm, facts.stockNm);
	if (ratio === null || !isPresent(facts.totalVolumeUl)) return null;
	const sampleVolumeUl = ratio * facts.totalVolumeUl;
	const bufferVolumeUl = facts.totalVolumeUl - sampleVolumeUl;
	return { sampleVolumeUl, bufferVolumeUl, isTargetReachable: bufferVolumeUl >= 0 };
}

/** F3: share of each pool (fraction of 1) in the reads of its lane; null where reads are missing or the lane has none. */
export function sharesOfReads(mReads: readonly (number | null)[]): (number | null)[] {
	const total = mReads.reduce<number>((sum, reads) => sum + (reads ?? 0), 0);
	return mReads.map((reads) => divide(reads, total));
}

/** What F4 gives for one lane. */
export interface LaneMixture {
	/** Per pool: fraction of 1 and µL to pipet. */
	readonly pools: readonly { readonly share: number | null; readonly pipetVolumeUl: number | null }[];
	/** Sum of what is pipetted; null while a pool's volume is unknown. */
	readonly libraryVolumeUl: number | null;
	readonly bufferVolumeUl: number | null;
	/** False when the stock is weaker than the target; null while unknown. */
	readonly isTargetReachable: boolean | null;
}

/** F4: how much of each pool goes into a lane. Molarity is that of the chosen dilution, or of the undiluted pool. */
export function mixLane(facts: {
	readonly pools: readonly { readonly mReads: number | null; readonly molarityNm: number | null }[];
	readonly targetNm: number | null;
	readonly totalVolumeUl: number | null;
}): LaneMixture {
	const shares = sharesOfReads(facts.pools.map((pool) => pool.mReads));
	const pools = facts.pools.map((pool, index) => {
		const share = shares[index] ?? null;
		const dilution = dilute({ stockNm: pool.molarityNm, targetNm: facts.targetNm, totalVolumeUl: facts.totalVolumeUl });
		return { share, pipetVolumeUl: dilution === null || share === null ? null : dilution.sampleVolumeUl * share };
	});
	const volumes = pools.map((pool) => pool.pipetVolumeUl).filter(isPresent);
	if (volumes.length < pools.length || pools.length === 0 || !isPresent(facts.totalVolumeUl)) {
		return { pools, libraryVolumeUl: null, bufferVolumeUl: null, isTargetReachable: null };
	}
	const libraryVolumeUl = volumes.reduce((sum, volume) => sum + volume, 0);
	const bufferVolumeUl = facts.totalVolumeUl - libraryVolumeUl;
	return { pools, libraryVolumeUl, bufferVolumeUl, isTargetReachable: bufferVolumeUl >= 0 };
}

/** F9: volume (µL) of each pool to pipet when pools are merged, and its ratio; null for all while an input of any pool is missing. */
export function mergePools(facts: {
	readonly pools: readonly { readonly mReads: number | null; readonly molarityNm: number | null }[];
	readonly totalVolumeUl: number | null;
}): { readonly ratio: number | null; readonly pipetVolumeUl: number | null }[] {
	const shares = sharesOfReads(facts.pools.map((pool) => pool.mReads));
	const largestNm = Math.max(...facts.pools.map((pool) => pool.molarityNm ?? 0));
	const ratios = facts.pools.map((pool, index) => {
		const relative = divide(largestNm, pool.molarityNm);
		const share = shares[index] ?? null;
		return relative === null || share === null ? null : share * relative;
	});
	const isComplete = ratios.every(isPresent);
	const total = ratios.reduce<number>((sum, ratio) => sum + (ratio ?? 0), 0);
	return ratios.map((ratio) => {
		const part = isComplete ? divide(ratio, total) : null;
		return { ratio, pipetVolumeUl: part === null || !isPresent(facts.totalVolumeUl) ? null : part * facts.totalVolumeUl };
	});
}

/** F10: factors for pooling equal masses, largest concentration ÷ own; also the µL to pool. Null where unknown or zero. */
export function poolingFactors(concentrationsNgPerUl: readonly (number | null)[]): (number | null)[] {
	const largest = Math.max(...concentrationsNgPerUl.map((concentration) => concentration ?? 0));
	return concentrationsNgPerUl.map((concentration) => divide(largest, concentration));
}

/** Percentage `part` of `whole`, or null: shares of lanes and flow cells, sequenced versus planned reads (data-model.md §13). */
export function percentageOf(part: number | null, whole: number | null): number | null {
	const fraction = divide(part, whole);
	return fraction === null ? null : fraction * 100;
}
