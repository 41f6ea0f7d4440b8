import {
	isPlausibleKey,
	keyLength,
	type LayoutFunction,
	layOutFiles,
	type MetricLimits,
	type MetricName,
	type MetricResult,
	maximumRecordCount,
	type RecordLayout,
	readKey,
} from "./metric-file.ts";

/**
 * Values per lane, tile and cycle, stored by column: row `i` is lane `lane[i]`, tile `tile[i]`, cycle `cycle[i]` and
 * `columns.<name>[i]`. Each (lane, tile, cycle) occurs once.
 */
export interface CycleTable<Column extends string> {
	readonly rowCount: number;
	readonly lane: Uint16Array;
	readonly tile: Uint32Array;
	readonly cycle: Uint16Array;
	readonly columns: Readonly<Record<Column, Float64Array>>;
}

/** Layout whose records hold values after lane, tile and cycle. */
export interface CycleRecordLayout<Column extends string> extends RecordLayout {
	/** The column's value; `valueOffset` is the place after lane, tile and cycle. */
	readonly valueReaders: Readonly<Record<Column, (view: DataView, valueOffset: number) => number>>;
}

/** Bytes of lane, tile and cycle at the start of a record. */
export function cycleKeyLength(tileBits: 16 | 32): number {
	return keyLength(tileBits) + 2;
}

/**
 * Reads a metric with one record per lane, tile and cycle. Records outside of the limits are ignored, a later record for the same key
 * replaces the earlier one. Memory is proportional to the size of the files.
 */
export function readCycleTable<Column extends string>(
	metric: MetricName,
	files: readonly Uint8Array[],
	limits: MetricLimits,
	columnNames: readonly Column[],
	layoutOf: LayoutFunction<CycleRecordLayout<Column>>,
): MetricResult<CycleTable<Column>> {
	const { files: laidOut, warnings } = layOutFiles(metric, files, layoutOf, maximumRecordCount);
	if (!laidOut) return { metric: null, warnings };
	const capacity = laidOut.reduce((sum, file) => sum + file.recordCount, 0);
	const table = {
		lane: new Uint16Array(capacity),
		tile: new Uint32Array(capacity),
		cycle: new Uint16Array(capacity),
		columns: Object.fromEntries(columnNames.map((name) => [name, new Float64Array(capacity)])) as Record<Column, Float64Array>,
	};
	const rowByKey = new Map<number, number>();
	for (const { view, layout, recordCount } of laidOut) {
		for (let record = 0; record < recordCount; record += 1) {
			const offset = layout.headerLength + record * layout.recordSize;
			const { lane, tile } = readKey(view, offset, layout.tileBits);
			const cycle = view.getUint16(offset + keyLength(layout.tileBits), true);
			if (!isPlausibleKey(lane, tile, limits) || cycle === 0 || cycle > limits.cycleCount) continue;
			// Below 2^53, because lanes are at most 64 and cycles at most 10,000.
			const key = (tile * (limits.laneCount + 1) + lane) * (limits.cycleCount + 1) + cycle;
			const row = rowByKey.get(key) ?? rowByKey.size;
			rowByKey.set(key, row);
			table.lane[row] = lane;
			table.tile[row] = tile;
			table.cycle[row] = cycle;
			const valueOffset = offset + cycleKeyLength(layout.tileBits);
			for (const name of columnNames) table.columns[name][row] = layout.valueReaders[name](view, valueOffset);
		}
	}
	return { metric: { rowCount: rowByKey.size, ...table }, warnings };
}
