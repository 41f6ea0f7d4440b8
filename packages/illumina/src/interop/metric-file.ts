/** Metrics that are read from the folder `InterOp` (background-and-ops.md §2.8). */
export type MetricName =
	| "Tile"
	| "ExtendedTile"
	| "Q"
	| "QMetrics2030"
	| "Error"
	| "Extraction"
	| "EmpiricalPhasing"
	| "SummaryRun";

/** Something in a metric file that kept figures from being computed. */
export interface MetricWarning {
	readonly metric: MetricName;
	readonly message: string;
}

/** What the run can contain at most; records outside are ignored. */
export interface MetricLimits {
	readonly laneCount: number;
	readonly cycleCount: number;
	/** Numbers of the reads of the run. */
	readonly readNumbers: ReadonlySet<number>;
}

/** Result of a metric reader: null when the metric has to be left out; then a warning says why. */
export interface MetricResult<T> {
	readonly metric: T | null;
	readonly warnings: readonly MetricWarning[];
}

/** Most records per tile and cycle of one metric that are read; bounds memory, real runs stay well below. */
export const maximumRecordCount = 8_000_000;
/** Most records per tile of one metric that are read; bounds memory, real runs stay well below. */
export const maximumTileRecordCount = 1_000_000;
/** Most bytes of one metric (all its files together) that are read. */
export const maximumMetricBytes = 512 * 1024 * 1024;

/** Where the records of a file lie and how its keys are written. */
export interface RecordLayout {
	/** Bytes before the first record. */
	readonly headerLength: number;
	readonly recordSize: number;
	/** Width of the tile number. */
	readonly tileBits: 16 | 32;
}

/** A file whose header fits a known layout. */
export interface LaidOutFile<L extends RecordLayout> {
	readonly view: DataView;
	readonly layout: L;
	/** Number of complete records; an incomplete last record does not count. */
	readonly recordCount: number;
}

/** Thrown inside a layout function when the header is cut; the file is still being written. */
class HeaderCut extends Error {}

/** Reads the numbers of a header one after the other. All numbers are little-endian. */
export class HeaderReader {
	readonly #view: DataView;
	#offset = 0;

	constructor(view: DataView) {
		this.#view = view;
	}

	/** Number of bytes read so far. */
	get length(): number {
		return this.#offset;
	}

	/** Next byte. */
	readU8(): number {
		return this.#view.getUint8(this.#advance(1));
	}

	/** Next two bytes. */
	readU16(): number {
		return this.#view.getUint16(this.#advance(2), true);
	}

	/** Next four bytes. */
	readU32(): number {
		return this.#view.getUint32(this.#advance(4), true);
	}

	/** Next four bytes as floating-point number. */
	readF32(): number {
		return this.#view.getFloat32(this.#advance(4), true);
	}

	/** Passes over `byteCount` bytes. */
	skip(byteCount: number): void {
		this.#advance(byteCount);
	}

	#advance(byteCount: number): number {
		const start = this.#offset;
		if (start + byteCount > this.#view.byteLength) throw new HeaderCut();
		this.#offset = start + byteCount;
		return start;
	}
}

/** Decides the layout from version and header; null for an unknown version, a text that says what does not fit. */
export type LayoutFunction<L extends RecordLayout> = (version: number, header: HeaderReader) => L | string | null;

/**
 * Opens the files of one metric. A file that ends inside its header is passed over with a warning; an unknown version or a record size
 * that does not fit leaves the whole metric out, so that no figure is computed from a part of the run.
 * @param layoutOf called with the format version; has to read the record size itself
 */
export function layOutFiles<L extends RecordLayout>(
	metric: MetricName,
	files: readonly Uint8Array[],
	layoutOf: LayoutFunction<L>,
	maximumRecords: number,
): { files: LaidOutFile<L>[] | null; warnings: MetricWarning[] } {
	const warnings: MetricWarning[] = [];
	const laidOut: LaidOutFile<L>[] = [];
	const leaveOut = (message: string) => ({
		files: null,
		warnings: [...warnings, { metric, message: `${message}; ${metric} is left out` }],
	});
	if (files.reduce((sum, file) => sum + file.byteLength, 0) > maximumMetricBytes) return leaveOut("The files are too large");
	let recordCount = 0;
	for (const file of files) {
		const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
		const layout = tryLayout(view, layoutOf);
		if (layout === "cut") {
			warnings.push({ metric, message: `A file of ${file.byteLength} bytes ends inside its header and is passed over` });
			continue;
		}
		if (layout === null) return leaveOut(`Unknown format version ${view.getUint8(0)}`);
		if (typeof layout === "string") return leaveOut(layout);
		const count = Math.floor((view.byteLength - layout.headerLength) / layout.recordSize);
		recordCount += count;
		if (recordCount > maximumRecords) return leaveOut(`More than ${maximumRecords} records`);
		laidOut.push({ view, layout, recordCount: count });
	}
	return { files: laidOut.length > 0 ? laidOut : null, warnings };
}

/** The layout, or a text that says that the file's record size is not the one of its format version. */
export function fitRecordSize<L extends RecordLayout>(layout: L, found: number): L | string {
	return layout.recordSize === found ? layout : `Records of ${found} bytes where the format has ${layout.recordSize}`;
}

function tryLayout<L extends RecordLayout>(view: DataView, layoutOf: LayoutFunction<L>): L | string | null | "cut" {
	try {
		const header = new HeaderReader(view);
		return layoutOf(header.readU8(), header);
	} catch (error) {
		if (error instanceof HeaderCut) return "cut";
		throw error;
	}
}

/** Lane and tile at the start of a record. */
export function readKey(view: DataView, offset: number, tileBits: 16 | 32): { lane: number; tile: number } {
	return {
		lane: view.getUint16(offset, true),
		tile: tileBits === 16 ? view.getUint16(offset + 2, true) : view.getUint32(offset + 2, true),
	};
}

/** Bytes of lane and tile at the start of a record. */
export function keyLength(tileBits: 16 | 32): number {
	return tileBits === 16 ? 4 : 6;
}

/** Whether a record belongs to a lane and a tile that the run can have. */
export function isPlausibleKey(lane: number, tile: number, limits: MetricLimits): boolean {
	return lane > 0 && lane <= limits.laneCount && tile > 0;
}
