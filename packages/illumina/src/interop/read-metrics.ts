import { maximumLaneCount, type RunInfo } from "../run-info.ts";
import { readEmpiricalPhasing, readErrorRate, readExtraction } from "./cycle-metrics.ts";
import type { CycleTable } from "./cycle-table.ts";
import type { MetricLimits, MetricName, MetricResult, MetricWarning } from "./metric-file.ts";
import { type OccupiedTileRow, readExtendedTile, readSummaryRun, type SummaryRunMetric } from "./occupancy.ts";
import { type QualityColumn, readQuality, readQuality2030 } from "./quality.ts";
import { readTile, type TileMetric } from "./tile.ts";

/** Content of the metric files of a run: usually one per metric, one per cycle while they are not merged yet. */
export type MetricFiles = Readonly<Partial<Record<MetricName, readonly Uint8Array[]>>>;

/** Metrics of a run; null where the file is missing or was left out. */
export interface RunMetrics {
	readonly tile: TileMetric | null;
	readonly extendedTile: readonly OccupiedTileRow[] | null;
	/** From the Q metric, else from QMetrics2030. */
	readonly quality: CycleTable<QualityColumn> | null;
	readonly errorRate: CycleTable<"errorRatePercent"> | null;
	/** Of the channel of the intensity figure (background-and-ops.md §2.6). */
	readonly extraction: CycleTable<"maximumIntensity"> | null;
	readonly empiricalPhasing: CycleTable<"phasingWeight" | "prephasingWeight"> | null;
	readonly summaryRun: SummaryRunMetric | null;
	readonly warnings: readonly MetricWarning[];
}

/** Reads all metrics of a run. Never throws on the content of the files: what cannot be read is left out with a warning. */
export function readRunMetrics(runInfo: RunInfo, files: MetricFiles): RunMetrics {
	const limits: MetricLimits = {
		laneCount: runInfo.layout.laneCount ?? maximumLaneCount,
		cycleCount: runInfo.totalCycleCount,
		readNumbers: new Set(runInfo.reads.map((read) => read.number)),
	};
	const warnings: MetricWarning[] = [];
	const read = <T>(name: MetricName, reader: (contents: readonly Uint8Array[]) => MetricResult<T>): T | null => {
		const contents = files[name];
		if (!contents || contents.length === 0) return null;
		const result = reader(contents);
		warnings.push(...result.warnings);
		return result.metric;
	};
	const channel = intensityChannelIndex(runInfo.imageChannels);
	return {
		tile: read("Tile", (contents) => readTile(contents, limits)),
		extendedTile: read("ExtendedTile", (contents) => readExtendedTile(contents, limits)),
		quality:
			read("Q", (contents) => readQuality(contents, limits)) ??
			read("QMetrics2030", (contents) => readQuality2030(contents, limits)),
		errorRate: read("Error", (contents) => readErrorRate(contents, limits)),
		extraction: read("Extraction", (contents) => readExtraction(contents, limits, channel)),
		empiricalPhasing: read("EmpiricalPhasing", (contents) => readEmpiricalPhasing(contents, limits)),
		summaryRun: read("SummaryRun", readSummaryRun),
		warnings,
	};
}

const leadingChannels: readonly (readonly string[])[] = [
	["A", "C", "G", "T"],
	["RED", "GREEN"],
	["1", "2"],
	["BLUE", "GREEN"],
];

/**
 * Place, in the order of the file, of the channel whose intensity is shown: the first in the order A,C,G,T; red,green; 1,2;
 * blue,green (background-and-ops.md §2.6). 0 for unknown channels.
 */
export function intensityChannelIndex(imageChannels: readonly string[]): number {
	const names = imageChannels.map((name) => name.toUpperCase());
	for (const order of leadingChannels) {
		const index =
			order.length === names.length && order.every((name) => names.includes(name)) ? names.indexOf(order[0] ?? "") : -1;
		if (index >= 0) return index;
	}
	return 0;
}
