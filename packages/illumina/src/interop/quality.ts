import { type CycleRecordLayout, type CycleTable, cycleKeyLength, readCycleTable } from "./cycle-table.ts";
import { fitRecordSize, type HeaderReader, type MetricLimits, type MetricResult } from "./metric-file.ts";

/** Base calls of clusters passing filter per lane, tile and cycle. */
export type QualityColumn = "calls" | "callsQ30";

const columnNames: readonly QualityColumn[] = ["calls", "callsQ30"];
const qualityCount = 50;
const firstQ30 = 30;

/** Reads the Q metric, versions 4 to 9 (background-and-ops.md §2.8). */
export function readQuality(files: readonly Uint8Array[], limits: MetricLimits): MetricResult<CycleTable<QualityColumn>> {
	return readCycleTable("Q", files, limits, columnNames, (version, header) => {
		if (version < 4 || version > 9) return null;
		const foundSize = version === 9 ? header.readU16() : header.readU8();
		const binValues = version === 4 ? null : readBinValues(header, version >= 7 ? "interleaved" : "by column");
		// Up to version 5 the entries are single qualities even when the header describes bins.
		const values = version >= 6 && binValues ? binValues : Array.from({ length: qualityCount }, (_, index) => index + 1);
		return fitRecordSize(histogramLayout(header.length, version >= 7 ? 32 : 16, values, version >= 8 ? 8 : 4), foundSize);
	});
}

/** Reads QMetrics2030, versions 2 to 6: the figures to use when the Q metric is missing (background-and-ops.md §2.8). */
export function readQuality2030(files: readonly Uint8Array[], limits: MetricLimits): MetricResult<CycleTable<QualityColumn>> {
	return readCycleTable("QMetrics2030", files, limits, columnNames, (version, header) => {
		if (version < 2 || version > 6) return null;
		const foundSize = header.readU8();
		if (version >= 5) readBinValues(header, "by column");
		const withMedian = foundSize === cycleKeyLength(16) + 16;
		const layout: CycleRecordLayout<QualityColumn> = {
			headerLength: header.length,
			recordSize: cycleKeyLength(16) + (withMedian ? 16 : 12),
			tileBits: 16,
			valueReaders: {
				calls: (view, offset) => view.getUint32(offset + 8, true),
				callsQ30: (view, offset) => view.getUint32(offset + 4, true),
			},
		};
		return fitRecordSize(layout, foundSize);
	});
}

// Value of each quality bin; null without bins. A bin has lower bound, upper bound and value.
function readBinValues(header: HeaderReader, order: "interleaved" | "by column"): number[] | null {
	if (header.readU8() !== 1) return null;
	const binCount = header.readU8();
	if (order === "by column") {
		header.skip(2 * binCount);
		return Array.from({ length: binCount }, () => header.readU8());
	}
	return Array.from({ length: binCount }, () => {
		header.skip(2);
		return header.readU8();
	});
}

function histogramLayout(
	headerLength: number,
	tileBits: 16 | 32,
	values: readonly number[],
	countBytes: 4 | 8,
): CycleRecordLayout<QualityColumn> {
	const readCount =
		countBytes === 4
			? (view: DataView, offset: number) => view.getUint32(offset, true)
			: (view: DataView, offset: number) => view.getUint32(offset, true) + view.getUint32(offset + 4, true) * 2 ** 32;
	const sumFrom = (firstIndex: number) => (view: DataView, offset: number) => {
		let sum = 0;
		for (let index = firstIndex; index < values.length; index += 1) sum += readCount(view, offset + index * countBytes);
		return sum;
	};
	const firstQ30Index = values.findIndex((value) => value >= firstQ30);
	return {
		headerLength,
		recordSize: cycleKeyLength(tileBits) + values.length * countBytes,
		tileBits,
		valueReaders: { calls: sumFrom(0), callsQ30: sumFrom(firstQ30Index < 0 ? values.length : firstQ30Index) },
	};
}
