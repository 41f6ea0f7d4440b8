import {
	fitRecordSize,
	isPlausibleKey,
	keyLength,
	layOutFiles,
	type MetricLimits,
	type MetricResult,
	maximumTileRecordCount,
	type RecordLayout,
	readKey,
} from "./metric-file.ts";

/** Occupied clusters of a tile; NaN = missing. */
export interface OccupiedTileRow {
	readonly lane: number;
	readonly tile: number;
	readonly occupiedClusterCount: number;
}

interface ExtendedTileLayout extends RecordLayout {
	readonly isCoded: boolean;
}

/** Reads the ExtendedTile metric, versions 1 to 3; each tile occurs once (background-and-ops.md §2.8). */
export function readExtendedTile(files: readonly Uint8Array[], limits: MetricLimits): MetricResult<readonly OccupiedTileRow[]> {
	const { files: laidOut, warnings } = layOutFiles<ExtendedTileLayout>(
		"ExtendedTile",
		files,
		(version, header) => {
			if (version < 1 || version > 3) return null;
			const foundSize = header.readU8();
			const tileBits = version === 1 ? 16 : 32;
			const recordSize = keyLength(tileBits) + (version === 1 ? 6 : version === 2 ? 4 : 12);
			return fitRecordSize({ headerLength: header.length, recordSize, tileBits, isCoded: version === 1 }, foundSize);
		},
		maximumTileRecordCount,
	);
	if (!laidOut) return { metric: null, warnings };
	const rows = new Map<number, OccupiedTileRow>();
	for (const { view, layout, recordCount } of laidOut) {
		for (let record = 0; record < recordCount; record += 1) {
			const offset = layout.headerLength + record * layout.recordSize;
			const { lane, tile } = readKey(view, offset, layout.tileBits);
			const valueOffset = offset + keyLength(layout.tileBits);
			const isOccupied = !layout.isCoded || view.getUint16(valueOffset, true) === 0;
			if (!isPlausibleKey(lane, tile, limits) || !isOccupied) continue;
			const occupiedClusterCount = view.getFloat32(valueOffset + (layout.isCoded ? 2 : 0), true);
			rows.set(tile * (limits.laneCount + 1) + lane, { lane, tile, occupiedClusterCount });
		}
	}
	return { metric: [...rows.values()], warnings };
}

/** Cluster counts of a whole run; NaN = missing. */
export interface SummaryRunMetric {
	readonly occupancyProxyClusterCount: number;
	readonly clusterCount: number;
	readonly occupiedClusterCount: number;
	readonly clusterCountPf: number;
}

/** Reads the SummaryRun metric, version 1; the last record counts (background-and-ops.md §2.8). */
export function readSummaryRun(files: readonly Uint8Array[]): MetricResult<SummaryRunMetric> {
	const { files: laidOut, warnings } = layOutFiles(
		"SummaryRun",
		files,
		(version, header) => {
			if (version !== 1) return null;
			const foundSize = header.readU32();
			return fitRecordSize({ headerLength: header.length, recordSize: 34, tileBits: 16 }, foundSize);
		},
		maximumTileRecordCount,
	);
	const file = laidOut?.findLast((candidate) => candidate.recordCount > 0);
	if (!file) return { metric: null, warnings };
	const offset = file.layout.headerLength + (file.recordCount - 1) * file.layout.recordSize;
	const metric: SummaryRunMetric = {
		occupancyProxyClusterCount: file.view.getFloat64(offset + 2, true),
		clusterCount: file.view.getFloat64(offset + 10, true),
		occupiedClusterCount: file.view.getFloat64(offset + 18, true),
		clusterCountPf: file.view.getFloat64(offset + 26, true),
	};
	return { metric, warnings };
}
