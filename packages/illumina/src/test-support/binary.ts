import { parseRunInfo, type RunInfo } from "../run-info.ts";

/** Number formats of metric files, for building test files. */
export type NumberFormat = "u8" | "u16" | "u32" | "u64" | "f32" | "f64";

const byteLengths: Readonly<Record<NumberFormat, number>> = { u8: 1, u16: 2, u32: 4, u64: 8, f32: 4, f64: 8 };

/** Bytes of numbers given as `format, value, format, value …`, little-endian. For tests. */
export function littleEndian(...parts: readonly (NumberFormat | number)[]): Uint8Array {
	const pairs: { format: NumberFormat; value: number }[] = [];
	for (const part of parts) {
		if (typeof part === "string") pairs.push({ format: part, value: 0 });
		else Object.assign(pairs.at(-1) ?? {}, { value: part });
	}
	const bytes = new Uint8Array(pairs.reduce((sum, { format }) => sum + byteLengths[format], 0));
	const view = new DataView(bytes.buffer);
	let offset = 0;
	for (const { format, value } of pairs) {
		if (format === "u8") view.setUint8(offset, value);
		else if (format === "u16") view.setUint16(offset, value, true);
		else if (format === "u32") view.setUint32(offset, value, true);
		else if (format === "u64") view.setBigUint64(offset, BigInt(value), true);
		else if (format === "f32") view.setFloat32(offset, value, true);
		else view.setFloat64(offset, value, true);
		offset += byteLengths[format];
	}
	return bytes;
}

/** Run information with sequence reads of these lengths. For tests. */
export function runInfoOf(cycleCounts: readonly number[], laneCount: number): RunInfo {
	const reads = cycleCounts
		.map((count, index) => `<Read Number="${index + 1}" NumCycles="${count}" IsIndexedRead="N"/>`)
		.join("");
	return parseRunInfo(`<RunInfo><Run><Reads>${reads}</Reads><FlowcellLayout LaneCount="${laneCount}"/></Run></RunInfo>`, "UTC");
}
