import { type CycleTable, cycleKeyLength, readCycleTable } from "./cycle-table.ts";
import { fitRecordSize, type MetricLimits, type MetricResult } from "./metric-file.ts";

const readF32 = (view: DataView, offset: number) => view.getFloat32(offset, true);

/** Reads the Error metric, versions 3 to 6: PhiX error rate in percent per lane, tile and cycle (background-and-ops.md §2.8). */
export function readErrorRate(files: readonly Uint8Array[], limits: MetricLimits): MetricResult<CycleTable<"errorRatePercent">> {
	return readCycleTable("Error", files, limits, ["errorRatePercent"], (version, header) => {
		if (version < 3 || version > 6) return null;
		const foundSize = header.readU8();
		let otherBytes = version === 3 ? 20 : version === 5 ? 4 : 0;
		if (version === 6) {
			const adapterCount = header.readU16();
			header.skip(adapterCount * header.readU16());
			otherBytes = 4 * adapterCount;
		}
		const tileBits = version === 3 ? 16 : 32;
		const recordSize = cycleKeyLength(tileBits) + 4 + otherBytes;
		return fitRecordSize(
			{ headerLength: header.length, recordSize, tileBits, valueReaders: { errorRatePercent: readF32 } },
			foundSize,
		);
	});
}

/**
 * Reads the Extraction metric, versions 2 and 3: maximum intensity of one channel per lane, tile and cycle
 * (background-and-ops.md §2.8).
 * @param channelIndex place of the channel among those of the file, from 0
 */
export function readExtraction(
	files: readonly Uint8Array[],
	limits: MetricLimits,
	channelIndex: number,
): MetricResult<CycleTable<"maximumIntensity">> {
	return readCycleTable("Extraction", files, limits, ["maximumIntensity"], (version, header) => {
		if (version !== 2 && version !== 3) return null;
		const foundSize = header.readU8();
		const channelCount = version === 2 ? 4 : header.readU8();
		if (channelIndex >= channelCount) return `${channelCount} channels, RunInfo.xml has more`;
		const tileBits = version === 2 ? 16 : 32;
		const recordSize = cycleKeyLength(tileBits) + channelCount * 6 + (version === 2 ? 8 : 0);
		const intensityOffset = channelCount * 4 + channelIndex * 2;
		const maximumIntensity = (view: DataView, offset: number) => view.getUint16(offset + intensityOffset, true);
		return fitRecordSize({ headerLength: header.length, recordSize, tileBits, valueReaders: { maximumIntensity } }, foundSize);
	});
}

/** Reads the EmpiricalPhasing metric, versions 1 and 2: weights per lane, tile and cycle (background-and-ops.md §2.8). */
export function readEmpiricalPhasing(
	files: readonly Uint8Array[],
	limits: MetricLimits,
): MetricResult<CycleTable<"phasingWeight" | "prephasingWeight">> {
	return readCycleTable("EmpiricalPhasing", files, limits, ["phasingWeight", "prephasingWeight"], (version, header) => {
		if (version !== 1 && version !== 2) return null;
		const foundSize = header.readU8();
		const tileBits = version === 1 ? 16 : 32;
		const valueReaders = {
			phasingWeight: readF32,
			prephasingWeight: (view: DataView, offset: number) => readF32(view, offset + 4),
		};
		return fitRecordSize(
			{ headerLength: header.length, recordSize: cycleKeyLength(tileBits) + 8, tileBits, valueReaders },
			foundSize,
		);
	});
}
