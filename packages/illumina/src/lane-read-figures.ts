import type { CycleTable } from "./interop/cycle-table.ts";
import type { RunMetrics } from "./interop/read-metrics.ts";
import { MeanAccumulator, meanOf } from "./mean.ts";
import type { RunInfo, RunRead } from "./run-info.ts";
import { meanErrorRatePercent, meanFirstCycleIntensity, projectYieldOfLane, sumCallsByLaneAndRead } from "./run-metrics.ts";

/** Figures of one read in one lane (background-and-ops.md §2.7); null where the source is missing. */
export interface LaneReadFigures {
	readonly lane: number;
	readonly readNumber: number;
	readonly isIndexed: boolean;
	/** Tiles with cluster counts. */
	readonly tileCount: number;
	readonly densityPerMm2: number | null;
	readonly densityPfPerMm2: number | null;
	readonly clusterCount: number | null;
	readonly clusterCountPf: number | null;
	/** Mean over tiles of the share of clusters passing filter. */
	readonly passingFilterPercent: number | null;
	readonly phasingPercent: number | null;
	readonly prephasingPercent: number | null;
	/** Least-squares lines of the phasing weights against the cycle, in percent (per cycle). */
	readonly phasingSlopePercent: number | null;
	readonly phasingOffsetPercent: number | null;
	readonly prephasingSlopePercent: number | null;
	readonly prephasingOffsetPercent: number | null;
	readonly alignedPercent: number | null;
	readonly errorRatePercent: number | null;
	readonly errorRate35Percent: number | null;
	readonly errorRate50Percent: number | null;
	readonly errorRate75Percent: number | null;
	readonly errorRate100Percent: number | null;
	readonly q30Percent: number | null;
	readonly yieldBases: number | null;
	readonly projectedYieldBases: number | null;
	readonly occupiedPercent: number | null;
	readonly firstCycleIntensity: number | null;
}

/** Cycles of a read after which its phasing is told. */
const phasingCycleCount = 25;

/** Computes the figures of every lane and read, lanes ascending, reads in the order of the run. */
export function laneReadFiguresOf(runInfo: RunInfo, metrics: RunMetrics): LaneReadFigures[] {
	const { reads } = runInfo;
	const quality = metrics.quality ? sumCallsByLaneAndRead(reads, metrics.quality) : null;
	const lines = metrics.empiricalPhasing ? phasingLines(reads, metrics.empiricalPhasing) : [];
	return lanesOf(runInfo, metrics).flatMap((lane) => {
		const ofLane = laneFigures(lane, metrics);
		const sums = quality?.byLane.get(lane) ?? [];
		const projected = projectYieldOfLane(reads, sums, quality?.tileCountByLane.get(lane) ?? 0);
		return reads.map((read, readIndex) => {
			const sum = quality ? sums[readIndex] : undefined;
			return {
				lane,
				readNumber: read.number,
				isIndexed: read.isIndexed,
				...ofLane,
				...phasingFigures(lane, read, metrics, lines),
				alignedPercent: orNull(meanOf(tileReadsOf(lane, read, metrics).map((row) => row.alignedPercent))),
				...errorFigures(lane, read, reads, metrics),
				q30Percent: orNull(sum ? (100 * sum.callsQ30) / sum.calls : Number.NaN),
				yieldBases: sum && sum.recordCount > 0 ? sum.calls : null,
				projectedYieldBases: quality ? (projected[readIndex] ?? null) : null,
				firstCycleIntensity: metrics.extraction
					? orNull(meanFirstCycleIntensity(reads, metrics.extraction, (rowLane, rowRead) => rowLane === lane && rowRead === read))
					: null,
			};
		});
	});
}

function lanesOf({ layout }: RunInfo, { tile, quality }: RunMetrics): number[] {
	if (layout.laneCount !== null) return Array.from({ length: layout.laneCount }, (_, index) => index + 1);
	const lanes = new Set([...(tile?.tiles.map((row) => row.lane) ?? []), ...(quality?.lane.subarray(0, quality.rowCount) ?? [])]);
	return [...lanes].sort((a, b) => a - b);
}

function laneFigures(lane: number, { tile, extendedTile }: RunMetrics) {
	const tiles = tile?.tiles.filter((row) => row.lane === lane) ?? [];
	const counted = tiles.filter((row) => !Number.isNaN(row.clusterCount));
	const occupied = extendedTile?.filter((row) => row.lane === lane) ?? [];
	return {
		tileCount: counted.length,
		densityPerMm2: orNull(meanOf(tiles.map((row) => row.densityPerMm2))),
		densityPfPerMm2: orNull(meanOf(tiles.map((row) => row.densityPfPerMm2))),
		clusterCount: counted.length > 0 ? counted.reduce((sum, row) => sum + row.clusterCount, 0) : null,
		clusterCountPf:
			counted.length > 0
				? counted.reduce((sum, row) => sum + (Number.isNaN(row.clusterCountPf) ? 0 : row.clusterCountPf), 0)
				: null,
		passingFilterPercent: orNull(meanOf(tiles.map((row) => (100 * row.clusterCountPf) / row.clusterCount))),
		occupiedPercent: orNull(
			(100 * meanOf(occupied.map((row) => row.occupiedClusterCount))) / meanOf(tiles.map((row) => row.clusterCount)),
		),
	};
}

function tileReadsOf(lane: number, read: RunRead, { tile }: RunMetrics) {
	return tile?.tileReads.filter((row) => row.lane === lane && row.readNumber === read.number) ?? [];
}

function errorFigures(lane: number, read: RunRead, reads: readonly RunRead[], { errorRate }: RunMetrics) {
	const upTo = (maximumCycles?: number) =>
		errorRate
			? orNull(meanErrorRatePercent(reads, errorRate, (rowLane, rowRead) => rowLane === lane && rowRead === read, maximumCycles))
			: null;
	return {
		errorRatePercent: upTo(),
		errorRate35Percent: upTo(35),
		errorRate50Percent: upTo(50),
		errorRate75Percent: upTo(75),
		errorRate100Percent: upTo(100),
	};
}

/** Lines of the phasing and prephasing weights of a tile in a read. */
interface TileReadPhasing {
	readonly lane: number;
	readonly read: RunRead;
	readonly early: { readonly phasing: LineFit; readonly prephasing: LineFit };
	readonly all: { readonly phasing: LineFit; readonly prephasing: LineFit };
}

function phasingLines(reads: readonly RunRead[], table: CycleTable<"phasingWeight" | "prephasingWeight">): TileReadPhasing[] {
	const lines = new Map<string, TileReadPhasing>();
	for (let row = 0; row < table.rowCount; row += 1) {
		const cycle = table.cycle[row] ?? 0;
		const read = reads.find((candidate) => cycle >= candidate.firstCycle && cycle <= candidate.lastCycle);
		if (!read) continue;
		const lane = table.lane[row] ?? 0;
		const key = `${lane} ${table.tile[row]} ${read.firstCycle}`;
		const pair = () => ({ phasing: new LineFit(), prephasing: new LineFit() });
		const line = lines.get(key) ?? { lane, read, early: pair(), all: pair() };
		lines.set(key, line);
		const cycleInRead = cycle - read.firstCycle + 1;
		for (const fits of cycleInRead <= phasingCycleCount ? [line.early, line.all] : [line.all]) {
			fits.phasing.add(cycleInRead, table.columns.phasingWeight[row] ?? Number.NaN);
			fits.prephasing.add(cycleInRead, table.columns.prephasingWeight[row] ?? Number.NaN);
		}
	}
	return [...lines.values()];
}

function phasingFigures(lane: number, read: RunRead, metrics: RunMetrics, lines: readonly TileReadPhasing[]) {
	const rows = tileReadsOf(lane, read, metrics);
	const own = lines.filter((line) => line.lane === lane && line.read === read);
	const early = own.filter((line) => line.early.phasing.count >= phasingCycleCount).map((line) => line.early);
	return {
		phasingPercent:
			orNull(meanOf(rows.map((row) => row.phasingPercent))) ?? orNull(meanOf(early.map(({ phasing }) => phasing.slope))),
		prephasingPercent:
			orNull(meanOf(rows.map((row) => row.prephasingPercent))) ?? orNull(meanOf(early.map(({ prephasing }) => prephasing.slope))),
		phasingSlopePercent: orNull(meanOf(own.map(({ all }) => all.phasing.slope))),
		phasingOffsetPercent: orNull(meanOf(own.map(({ all }) => all.phasing.offset))),
		prephasingSlopePercent: orNull(meanOf(own.map(({ all }) => all.prephasing.slope))),
		prephasingOffsetPercent: orNull(meanOf(own.map(({ all }) => all.prephasing.offset))),
	};
}

/** Least-squares line through points that arrive one by one; missing values (NaN) are left out. */
class LineFit {
	readonly #x = new MeanAccumulator();
	readonly #y = new MeanAccumulator();
	readonly #xy = new MeanAccumulator();
	readonly #xx = new MeanAccumulator();
	#count = 0;

	/** Number of points so far. */
	get count(): number {
		return this.#count;
	}

	/** NaN with fewer than two different x. */
	get slope(): number {
		const { mean: x } = this.#x;
		return (this.#xy.mean - x * this.#y.mean) / (this.#xx.mean - x * x);
	}

	/** Value of the line at x = 0. */
	get offset(): number {
		return this.#y.mean - this.slope * this.#x.mean;
	}

	add(x: number, y: number): void {
		if (Number.isNaN(y)) return;
		this.#x.add(x);
		this.#y.add(y);
		this.#xy.add(x * y);
		this.#xx.add(x * x);
		this.#count += 1;
	}
}

function orNull(value: number): number | null {
	return Number.isFinite(value) ? value : null;
}
