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

/** Figures of a tile; NaN = missing. */
export interface TileRow {
	readonly lane: number;
	readonly tile: number;
	/** Raw clusters; on a patterned flow cell the number of wells. */
	clusterCount: number;
	clusterCountPf: number;
	densityPerMm2: number;
	densityPfPerMm2: number;
}

/** Figures of a tile in one read; NaN = missing. */
export interface TileReadRow {
	readonly lane: number;
	readonly tile: number;
	readonly readNumber: number;
	alignedPercent: number;
	phasingPercent: number;
	prephasingPercent: number;
}

/** Content of the Tile metric; each tile, and each (tile, read), occurs once. */
export interface TileMetric {
	readonly tiles: readonly TileRow[];
	readonly tileReads: readonly TileReadRow[];
}

interface TileLayout extends RecordLayout {
	/** Version 2: one value per record, named by a code. */
	readonly isCoded: boolean;
	readonly densityFactor: number;
}

/** Reads the Tile metric, versions 2 and 3 (background-and-ops.md §2.8). */
export function readTile(files: readonly Uint8Array[], limits: MetricLimits): MetricResult<TileMetric> {
	const { files: laidOut, warnings } = layOutFiles<TileLayout>(
		"Tile",
		files,
		(version, header) => {
			if (version !== 2 && version !== 3) return null;
			const foundSize = header.readU8();
			const densityFactor = version === 3 ? header.readF32() : Number.NaN;
			const tileBits = version === 2 ? 16 : 32;
			const recordSize = version === 2 ? keyLength(tileBits) + 6 : keyLength(tileBits) + 9;
			return fitRecordSize(
				{ headerLength: header.length, recordSize, tileBits, isCoded: version === 2, densityFactor },
				foundSize,
			);
		},
		maximumTileRecordCount,
	);
	if (!laidOut) return { metric: null, warnings };
	const rows = new TileRows(limits);
	for (const { view, layout, recordCount } of laidOut) {
		for (let record = 0; record < recordCount; record += 1) {
			const offset = layout.headerLength + record * layout.recordSize;
			const { lane, tile } = readKey(view, offset, layout.tileBits);
			if (!isPlausibleKey(lane, tile, limits)) continue;
			const valueOffset = offset + keyLength(layout.tileBits);
			if (layout.isCoded) readCodedValue(view, valueOffset, lane, tile, rows);
			else readTypedRecord(view, valueOffset, lane, tile, layout.densityFactor, rows);
		}
	}
	return { metric: rows.toMetric(), warnings };
}

function readCodedValue(view: DataView, offset: number, lane: number, tile: number, rows: TileRows): void {
	const code = view.getUint16(offset, true);
	const value = view.getFloat32(offset + 2, true);
	if (code >= 100 && code <= 103) {
		const row = rows.tileRow(lane, tile);
		if (code === 100) row.densityPerMm2 = value;
		else if (code === 101) row.densityPfPerMm2 = value;
		else if (code === 102) row.clusterCount = value;
		else row.clusterCountPf = value;
	} else if (code >= 200 && code < 300) {
		const row = rows.tileReadRow(lane, tile, Math.floor((code - 200) / 2) + 1);
		if (!row) return;
		if (code % 2 === 0) row.phasingPercent = value * 100;
		else row.prephasingPercent = value * 100;
	} else if (code >= 300 && code < 400) {
		const row = rows.tileReadRow(lane, tile, code - 300 + 1);
		if (row) row.alignedPercent = value;
	}
}

const tileRecordCode = "t".charCodeAt(0);
const readRecordCode = "r".charCodeAt(0);

// Version 3: a record for the tile and one for each of its reads.
function readTypedRecord(
	view: DataView,
	offset: number,
	lane: number,
	tile: number,
	densityFactor: number,
	rows: TileRows,
): void {
	const code = view.getUint8(offset);
	if (code === tileRecordCode) {
		const row = rows.tileRow(lane, tile);
		row.clusterCount = view.getFloat32(offset + 1, true);
		row.clusterCountPf = view.getFloat32(offset + 5, true);
		const divisor = densityFactor === 0 ? Number.NaN : densityFactor;
		row.densityPerMm2 = row.clusterCount / divisor;
		row.densityPfPerMm2 = row.clusterCountPf / divisor;
	} else if (code === readRecordCode) {
		const row = rows.tileReadRow(lane, tile, view.getUint32(offset + 1, true));
		if (row) row.alignedPercent = view.getFloat32(offset + 5, true);
	}
}

class TileRows {
	readonly #limits: MetricLimits;
	readonly #tiles = new Map<number, TileRow>();
	readonly #tileReadsByNumber = new Map<number, Map<number, TileReadRow>>();

	constructor(limits: MetricLimits) {
		this.#limits = limits;
		for (const readNumber of limits.readNumbers) this.#tileReadsByNumber.set(readNumber, new Map());
	}

	tileRow(lane: number, tile: number): TileRow {
		const key = this.#key(lane, tile);
		let row = this.#tiles.get(key);
		if (!row) {
			const missing = Number.NaN;
			row = { lane, tile, clusterCount: missing, clusterCountPf: missing, densityPerMm2: missing, densityPfPerMm2: missing };
			this.#tiles.set(key, row);
		}
		return row;
	}

	/** Null when the run has no such read. */
	tileReadRow(lane: number, tile: number, readNumber: number): TileReadRow | null {
		const rows = this.#tileReadsByNumber.get(readNumber);
		if (!rows) return null;
		const key = this.#key(lane, tile);
		let row = rows.get(key);
		if (!row) {
			const missing = Number.NaN;
			row = { lane, tile, readNumber, alignedPercent: missing, phasingPercent: missing, prephasingPercent: missing };
			rows.set(key, row);
		}
		return row;
	}

	toMetric(): TileMetric {
		return {
			tiles: [...this.#tiles.values()],
			tileReads: [...this.#tileReadsByNumber.values()].flatMap((rows) => [...rows.values()]),
		};
	}

	#key(lane: number, tile: number): number {
		return tile * (this.#limits.laneCount + 1) + lane;
	}
}
