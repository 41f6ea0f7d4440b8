import { units } from "@opengsync/domain/catalog";
import type { CycleTable } from "./interop/cycle-table.ts";
import type { MetricWarning } from "./interop/metric-file.ts";
import { type MetricFiles, type RunMetrics, readRunMetrics } from "./interop/read-metrics.ts";
import { MeanAccumulator, meanOf } from "./mean.ts";
import type { RunInfo, RunRead } from "./run-info.ts";

/** Key of a quantity of a run, as in the catalog's `units.runMetrics`. */
export type RunQuantityKey = (typeof units.runMetrics)[number]["key"];

/** A quantity in the base unit of its dimension (background-and-ops.md §8.2). */
export interface RunQuantity {
	readonly value: number;
	readonly unit: string;
	readonly dimension: string;
}

/** Quantities of a run; a figure whose source is missing has no entry. */
export type RunQuantities = Partial<Record<RunQuantityKey, RunQuantity>>;

/**
 * Computes the quantities of a run from its metric files (background-and-ops.md §2.6), index reads included. Never throws on the
 * content of the files.
 */
export function computeRunQuantities(input: { runInfo: RunInfo; files: MetricFiles }): {
	quantities: RunQuantities;
	warnings: readonly MetricWarning[];
} {
	const metrics = readRunMetrics(input.runInfo, input.files);
	return { quantities: quantitiesOf(input.runInfo, metrics), warnings: metrics.warnings };
}

/** The quantities of a run from metrics that were read before. */
export function quantitiesOf(runInfo: RunInfo, metrics: RunMetrics): RunQuantities {
	const values: Partial<Record<RunQuantityKey, number>> = {
		...tileValues(metrics),
		...qualityValues(runInfo, metrics),
		...occupancyValues(metrics),
	};
	if (metrics.errorRate) values.error_rate = meanErrorRatePercent(runInfo.reads, metrics.errorRate, () => true);
	if (metrics.extraction) values.first_cycle_intensity = meanFirstCycleIntensity(runInfo.reads, metrics.extraction, () => true);
	const quantities: RunQuantities = {};
	for (const { key, unit } of units.runMetrics) {
		const value = values[key];
		if (value !== undefined && Number.isFinite(value)) quantities[key] = { value, ...baseUnitOf(unit) };
	}
	return quantities;
}

function baseUnitOf(unitKey: string): { unit: string; dimension: string } {
	for (const dimension of units.dimensions) {
		if (dimension.units.some((unit) => unit.key === unitKey)) return { unit: dimension.baseUnit, dimension: dimension.key };
	}
	throw new Error(`The catalog has no unit ${unitKey}`);
}

function tileValues({ tile }: RunMetrics): Partial<Record<RunQuantityKey, number>> {
	if (!tile) return {};
	const clusterCount = sumOf(tile.tiles.map((row) => row.clusterCount));
	const clusterCountPf = sumOf(tile.tiles.map((row) => row.clusterCountPf));
	const alignedPercent = meanOf(tile.tileReads.map((row) => row.alignedPercent));
	return {
		cluster_count: clusterCount,
		cluster_count_pf: clusterCountPf,
		reads: Math.trunc(clusterCount),
		reads_pf: Math.trunc(clusterCountPf),
		pct_aligned: Number.isNaN(alignedPercent) ? 0 : alignedPercent,
	};
}

function occupancyValues({ summaryRun, extendedTile, tile }: RunMetrics): Partial<Record<RunQuantityKey, number>> {
	const values: Partial<Record<RunQuantityKey, number>> = {};
	if (summaryRun) {
		values.pct_occupied = (100 * summaryRun.occupiedClusterCount) / summaryRun.clusterCount;
		values.pct_occupancy_proxy = (100 * summaryRun.occupancyProxyClusterCount) / summaryRun.clusterCountPf;
	} else if (extendedTile && tile) {
		const occupiedByLane = meansByLane(extendedTile.map((row) => [row.lane, row.occupiedClusterCount]));
		const clustersByLane = meansByLane(tile.tiles.map((row) => [row.lane, row.clusterCount]));
		let occupied = 0;
		let clusters = 0;
		for (const [lane, meanOccupied] of occupiedByLane) {
			const meanClusters = clustersByLane.get(lane) ?? Number.NaN;
			if (Number.isNaN(meanOccupied) || Number.isNaN(meanClusters)) continue;
			occupied += meanOccupied;
			clusters += meanClusters;
		}
		values.pct_occupied = (100 * occupied) / clusters;
	}
	return values;
}

function meansByLane(pairs: readonly (readonly [lane: number, value: number])[]): Map<number, number> {
	const accumulators = new Map<number, MeanAccumulator>();
	for (const [lane, value] of pairs) {
		const accumulator = accumulators.get(lane) ?? new MeanAccumulator();
		accumulators.set(lane, accumulator);
		accumulator.add(value);
	}
	return new Map([...accumulators].map(([lane, accumulator]) => [lane, accumulator.mean]));
}

function qualityValues(runInfo: RunInfo, { quality }: RunMetrics): Partial<Record<RunQuantityKey, number>> {
	if (!quality) return {};
	const { calls, callsQ30, projectedYield } = sumCalls(runInfo.reads, quality);
	return { yield: calls, "pct>=q30": (100 * callsQ30) / calls, projected_yield: projectedYield };
}

/** Base calls over the usable cycles of a read in a lane. */
export interface CallSums {
	calls: number;
	callsQ30: number;
	/** Number of Q records, i.e. of (tile, usable cycle). */
	recordCount: number;
}

/** Base calls per lane and place of the read in the run: `byLane.get(lane)[readIndex]`, and the number of tiles of each lane. */
export function sumCallsByLaneAndRead(
	reads: readonly RunRead[],
	quality: CycleTable<"calls" | "callsQ30">,
): { byLane: Map<number, CallSums[]>; tileCountByLane: Map<number, number> } {
	const readIndexByCycle = usableReadIndexByCycle(reads);
	const byLane = new Map<number, CallSums[]>();
	const tilesByLane = new Map<number, Set<number>>();
	for (let row = 0; row < quality.rowCount; row += 1) {
		const lane = quality.lane[row] ?? 0;
		let sums = byLane.get(lane);
		if (!sums) {
			sums = reads.map(() => ({ calls: 0, callsQ30: 0, recordCount: 0 }));
			byLane.set(lane, sums);
			tilesByLane.set(lane, new Set());
		}
		tilesByLane.get(lane)?.add(quality.tile[row] ?? 0);
		const sum = sums[readIndexByCycle.get(quality.cycle[row] ?? 0) ?? -1];
		if (!sum) continue;
		sum.calls += quality.columns.calls[row] ?? 0;
		sum.callsQ30 += quality.columns.callsQ30[row] ?? 0;
		sum.recordCount += 1;
	}
	return { byLane, tileCountByLane: new Map([...tilesByLane].map(([lane, tiles]) => [lane, tiles.size])) };
}

function sumCalls(reads: readonly RunRead[], quality: CycleTable<"calls" | "callsQ30">) {
	const { byLane, tileCountByLane } = sumCallsByLaneAndRead(reads, quality);
	const total = { calls: 0, callsQ30: 0, projectedYield: 0 };
	for (const [lane, sums] of byLane) {
		for (const sum of sums) {
			total.calls += sum.calls;
			total.callsQ30 += sum.callsQ30;
		}
		for (const projected of projectYieldOfLane(reads, sums, tileCountByLane.get(lane) ?? 0)) total.projectedYield += projected;
	}
	return total;
}

/**
 * Expected number of bases per read of a lane when the run has ended (background-and-ops.md §2.6, *Projected yield*). A read without
 * records gets the yield per cycle of the reads before it.
 */
export function projectYieldOfLane(reads: readonly RunRead[], sums: readonly CallSums[], tileCount: number): number[] {
	let projectedBefore = 0;
	let cyclesBefore = 0;
	return reads.map((read, index) => {
		const sum = sums[index];
		if (!sum || sum.recordCount === 0) return cyclesBefore === 0 ? 0 : (read.usableCycleCount * projectedBefore) / cyclesBefore;
		const projected = (sum.calls * read.usableCycleCount * tileCount) / sum.recordCount;
		projectedBefore += projected;
		cyclesBefore += read.usableCycleCount;
		return projected;
	});
}

/** Which row of a cycle table counts. */
export type RowFilter = (lane: number, read: RunRead) => boolean;

/**
 * PhiX error rate in percent: per (tile, read) the mean over usable cycles, then the mean over all (tile, read) that have one; NaN
 * without any (background-and-ops.md §2.6).
 * @param maximumCycles only the first cycles of each read count (§2.7, *up to cycle 35*)
 */
export function meanErrorRatePercent(
	reads: readonly RunRead[],
	table: CycleTable<"errorRatePercent">,
	filter: RowFilter,
	maximumCycles = Number.POSITIVE_INFINITY,
): number {
	const readIndexByCycle = usableReadIndexByCycle(reads);
	const byTileRead = reads.map(() => new Map<number, MeanAccumulator>());
	for (let row = 0; row < table.rowCount; row += 1) {
		const lane = table.lane[row] ?? 0;
		const cycle = table.cycle[row] ?? 0;
		const readIndex = readIndexByCycle.get(cycle) ?? -1;
		const read = reads[readIndex];
		const accumulators = byTileRead[readIndex];
		if (!read || !accumulators || cycle - read.firstCycle >= maximumCycles || !filter(lane, read)) continue;
		const key = (table.tile[row] ?? 0) * 2 ** 16 + lane;
		const accumulator = accumulators.get(key) ?? new MeanAccumulator();
		accumulators.set(key, accumulator);
		accumulator.add(table.columns.errorRatePercent[row] ?? Number.NaN);
	}
	return meanOf(byTileRead.flatMap((accumulators) => [...accumulators.values()].map((accumulator) => accumulator.mean)));
}

/** Mean over all (tile, read) of the maximum intensity in the first cycle of the read; NaN without any. */
export function meanFirstCycleIntensity(
	reads: readonly RunRead[],
	table: CycleTable<"maximumIntensity">,
	filter: RowFilter,
): number {
	const readByFirstCycle = new Map(reads.filter((read) => read.cycleCount > 0).map((read) => [read.firstCycle, read]));
	const mean = new MeanAccumulator();
	for (let row = 0; row < table.rowCount; row += 1) {
		const read = readByFirstCycle.get(table.cycle[row] ?? 0);
		if (read && filter(table.lane[row] ?? 0, read)) mean.add(table.columns.maximumIntensity[row] ?? Number.NaN);
	}
	return mean.mean;
}

function usableReadIndexByCycle(reads: readonly RunRead[]): Map<number, number> {
	const indexByCycle = new Map<number, number>();
	for (const [index, read] of reads.entries()) {
		for (let place = 0; place < read.usableCycleCount; place += 1) indexByCycle.set(read.firstCycle + place, index);
	}
	return indexByCycle;
}

function sumOf(values: readonly number[]): number {
	return values.reduce((sum, value) => (Number.isNaN(value) ? sum : sum + value), 0);
}
