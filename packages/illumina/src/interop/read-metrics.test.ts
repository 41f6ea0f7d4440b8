import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { computeRunQuantities } from "../run-metrics.ts";
import { littleEndian, type NumberFormat, runInfoOf } from "../test-support/binary.ts";
import type { MetricName } from "./metric-file.ts";
import { intensityChannelIndex, type MetricFiles, readRunMetrics } from "./read-metrics.ts";

type Parts = readonly (NumberFormat | number)[];

const runInfo = runInfoOf([30, 8], 2);
const read = (files: MetricFiles) => readRunMetrics(runInfo, files);
const repeat = (format: NumberFormat, values: readonly number[]): Parts => values.flatMap((value) => [format, value] as const);
const key16: Parts = ["u16", 2, "u16", 1101];
const key32: Parts = ["u16", 2, "u32", 110_101];
const fiftyCalls = Array.from({ length: 50 }, (_, index) => (index === 28 ? 10 : index === 29 ? 20 : index === 49 ? 3 : 0));

describe("the Q metric", () => {
	it.each<[string, Parts, Parts]>([
		["4, by single quality", ["u8", 4, "u8", 206], [...key16, "u16", 1, ...repeat("u32", fiftyCalls)]],
		["5 without bins", ["u8", 5, "u8", 206, "u8", 0], [...key16, "u16", 1, ...repeat("u32", fiftyCalls)]],
		[
			"5 with bins, counted by single quality all the same",
			["u8", 5, "u8", 206, "u8", 1, "u8", 2, "u8", 1, "u8", 30, "u8", 29, "u8", 50, "u8", 20, "u8", 37],
			[...key16, "u16", 1, ...repeat("u32", fiftyCalls)],
		],
		[
			"6 with bins: lower bounds, upper bounds, values",
			["u8", 6, "u8", 14, "u8", 1, "u8", 2, "u8", 1, "u8", 30, "u8", 29, "u8", 50, "u8", 20, "u8", 37],
			[...key16, "u16", 1, ...repeat("u32", [10, 23])],
		],
		["6 without bins", ["u8", 6, "u8", 206, "u8", 0], [...key16, "u16", 1, ...repeat("u32", fiftyCalls)]],
		[
			"7 with bins: lower bound, upper bound, value of each",
			["u8", 7, "u8", 16, "u8", 1, "u8", 2, "u8", 1, "u8", 29, "u8", 20, "u8", 30, "u8", 50, "u8", 37],
			[...key32, "u16", 1, ...repeat("u32", [10, 23])],
		],
		[
			"8 with counts of 8 bytes",
			["u8", 8, "u8", 24, "u8", 1, "u8", 2, "u8", 1, "u8", 29, "u8", 20, "u8", 30, "u8", 50, "u8", 37],
			[...key32, "u16", 1, ...repeat("u64", [10, 23])],
		],
		[
			"9 without bins, record size of 2 bytes",
			["u8", 9, "u16", 408, "u8", 0],
			[...key32, "u16", 1, ...repeat("u64", fiftyCalls)],
		],
	])("reads version %s", (_name, header, record) => {
		const { quality, warnings } = read({ Q: [littleEndian(...header, ...record)] });
		expect(warnings).toEqual([]);
		expect(quality?.rowCount).toBe(1);
		expect([quality?.lane[0], quality?.cycle[0]]).toEqual([2, 1]);
		expect([quality?.columns.calls[0], quality?.columns.callsQ30[0]]).toEqual([33, 23]);
	});

	it("counts above 32 bit exactly", () => {
		const header: Parts = ["u8", 8, "u8", 16, "u8", 1, "u8", 1, "u8", 1, "u8", 50, "u8", 37];
		const { quality } = read({ Q: [littleEndian(...header, ...key32, "u16", 1, "u64", 5_000_000_001)] });
		expect(quality?.columns.calls[0]).toBe(5_000_000_001);
	});

	it.each<[string, Parts]>([
		["18 bytes", ["u8", 4, "u8", 18]],
		["22 bytes with the median", ["u8", 2, "u8", 22]],
		["bins in the header", ["u8", 6, "u8", 18, "u8", 1, "u8", 1, "u8", 1, "u8", 50, "u8", 37]],
	])("falls back to QMetrics2030 with %s", (_name, header) => {
		const record: Parts = [
			...key16,
			"u16",
			4,
			"u32",
			30,
			"u32",
			23,
			"u32",
			33,
			...(header[3] === 22 ? (["f32", 37] as const) : []),
		];
		const { quality } = read({ QMetrics2030: [littleEndian(...header, ...record)], Q: [littleEndian("u8", 99, "u8", 1)] });
		expect([quality?.columns.calls[0], quality?.columns.callsQ30[0]]).toEqual([33, 23]);
	});
});

describe("the Tile metric", () => {
	it("reads version 2 by codes, phasing as percent, and skips the control lane", () => {
		const value = (code: number, number: number): Parts => [...key16, "u16", code, "f32", number];
		const records = [
			...value(100, 2000),
			...value(101, 1500),
			...value(102, 800),
			...value(103, 600),
			...value(202, 0.25),
			...value(203, 0.5),
			...value(300, 1.5),
			...value(400, 7),
		];
		const { tile } = read({ Tile: [littleEndian("u8", 2, "u8", 10, ...records)] });
		expect(tile).toEqual({
			tiles: [{ lane: 2, tile: 1101, clusterCount: 800, clusterCountPf: 600, densityPerMm2: 2000, densityPfPerMm2: 1500 }],
			tileReads: [
				{ lane: 2, tile: 1101, readNumber: 1, alignedPercent: 1.5, phasingPercent: Number.NaN, prephasingPercent: Number.NaN },
				{ lane: 2, tile: 1101, readNumber: 2, alignedPercent: Number.NaN, phasingPercent: 25, prephasingPercent: 50 },
			],
		});
	});

	it("reads version 3, leaves reads out that the run does not have and filler records", () => {
		const tileRecord: Parts = [...key32, "u8", "t".charCodeAt(0), "f32", 800, "f32", 600];
		const readRecord = (number: number): Parts => [...key32, "u8", "r".charCodeAt(0), "u32", number, "f32", 1.5];
		const filler: Parts = [...key32, "u8", 0, "f32", 1, "f32", 1];
		const file = littleEndian("u8", 3, "u8", 15, "f32", 0.5, ...tileRecord, ...readRecord(1), ...readRecord(9), ...filler);
		const { tile } = read({ Tile: [file] });
		expect(tile?.tiles).toEqual([
			{ lane: 2, tile: 110_101, clusterCount: 800, clusterCountPf: 600, densityPerMm2: 1600, densityPfPerMm2: 1200 },
		]);
		expect(tile?.tileReads.map((row) => [row.readNumber, row.alignedPercent])).toEqual([[1, 1.5]]);
	});

	it("has no density when the header has no density factor", () => {
		const record: Parts = [...key32, "u8", "t".charCodeAt(0), "f32", 800, "f32", 600];
		expect(read({ Tile: [littleEndian("u8", 3, "u8", 15, "f32", 0, ...record)] }).tile?.tiles[0]?.densityPerMm2).toBeNaN();
	});
});

describe("the other metrics", () => {
	it.each<[string, Parts]>([
		["1", ["u8", 1, "u8", 10, ...key16, "u16", 0, "f32", 500, ...key16, "u16", 1, "f32", 9]],
		["2", ["u8", 2, "u8", 10, ...key32, "f32", 500]],
		["3", ["u8", 3, "u8", 18, ...key32, "f32", 500, "f32", 1, "f32", 2]],
	])("reads occupied clusters of version %s", (_name, parts) => {
		expect(read({ ExtendedTile: [littleEndian(...parts)] }).extendedTile).toMatchObject([{ lane: 2, occupiedClusterCount: 500 }]);
	});

	it.each<[string, Parts]>([
		["3", ["u8", 3, "u8", 30, ...key16, "u16", 5, "f32", 0.25, ...repeat("u32", [1, 2, 3, 4, 5])]],
		["4", ["u8", 4, "u8", 12, ...key32, "u16", 5, "f32", 0.25]],
		["5", ["u8", 5, "u8", 16, ...key32, "u16", 5, "f32", 0.25, "f32", 9]],
		[
			"6",
			[
				"u8",
				6,
				"u8",
				20,
				"u16",
				2,
				"u16",
				3,
				...repeat("u8", [65, 67, 71, 65, 67, 71]),
				...key32,
				"u16",
				5,
				"f32",
				0.25,
				"f32",
				9,
				"f32",
				9,
			],
		],
	])("reads error rates of version %s", (_name, parts) => {
		const { errorRate, warnings } = read({ Error: [littleEndian(...parts)] });
		expect(warnings).toEqual([]);
		expect([errorRate?.rowCount, errorRate?.cycle[0], errorRate?.columns.errorRatePercent[0]]).toEqual([1, 5, 0.25]);
	});

	it.each<[string, Parts]>([
		["2", ["u8", 2, "u8", 38, ...key16, "u16", 1, ...repeat("f32", [1, 2, 3, 4]), ...repeat("u16", [700, 2, 3, 4]), "u64", 1]],
		["3", ["u8", 3, "u8", 20, "u8", 2, ...key32, "u16", 1, ...repeat("f32", [1, 2]), ...repeat("u16", [700, 2])]],
	])("reads intensities of version %s", (_name, parts) => {
		expect(read({ Extraction: [littleEndian(...parts)] }).extraction?.columns.maximumIntensity[0]).toBe(700);
	});

	it.each<[string, Parts]>([
		["1", ["u8", 1, "u8", 14, ...key16, "u16", 1, "f32", 0.25, "f32", 0.5]],
		["2", ["u8", 2, "u8", 16, ...key32, "u16", 1, "f32", 0.25, "f32", 0.5]],
	])("reads phasing weights of version %s", (_name, parts) => {
		const columns = read({ EmpiricalPhasing: [littleEndian(...parts)] }).empiricalPhasing?.columns;
		expect([columns?.phasingWeight[0], columns?.prephasingWeight[0]]).toEqual([0.25, 0.5]);
	});

	it.each([
		[["T", "G", "C", "A"], 3],
		[["GREEN", "RED"], 1],
		[["Red", "Green"], 0],
		[["2", "1"], 1],
		[["green", "blue"], 1],
		[[], 0],
		[["infrared"], 0],
	])("shows the intensity of the leading one of the channels %j", (channels, index) => {
		expect(intensityChannelIndex(channels)).toBe(index);
	});
});

describe("files that are damaged or still being written", () => {
	const errorRecord = (lane: number, tile: number, cycle: number): Parts => ["u16", lane, "u32", tile, "u16", cycle, "f32", 1];

	it("leaves a metric of unknown version out, says so, and keeps the others", () => {
		const metrics = read({
			Error: [littleEndian("u8", 200, "u8", 12)],
			ExtendedTile: [littleEndian("u8", 2, "u8", 10, ...key32, "f32", 5)],
		});
		expect(metrics.errorRate).toBeNull();
		expect(metrics.extendedTile).toHaveLength(1);
		expect(metrics.warnings).toEqual([{ metric: "Error", message: "Unknown format version 200; Error is left out" }]);
	});

	it("leaves a metric out whose record size does not fit its version", () => {
		const metrics = read({ Error: [littleEndian("u8", 4, "u8", 0, ...errorRecord(1, 1101, 1))] });
		expect(metrics.errorRate).toBeNull();
		expect(metrics.warnings[0]?.message).toContain("Records of 0 bytes where the format has 12");
	});

	it("ignores records outside of the run", () => {
		const records = [
			errorRecord(0, 1101, 1),
			errorRecord(3, 1101, 1),
			errorRecord(1, 0, 1),
			errorRecord(1, 1101, 0),
			errorRecord(1, 1101, 39),
		];
		const metrics = read({ Error: [littleEndian("u8", 4, "u8", 12, ...records.flat(), ...errorRecord(1, 1101, 38))] });
		expect(metrics.errorRate?.rowCount).toBe(1);
		expect(metrics.errorRate?.cycle[0]).toBe(38);
	});

	it("joins one file per cycle and passes over the one that is just being created", () => {
		const file = (cycle: number) => littleEndian("u8", 4, "u8", 12, ...errorRecord(1, 1101, cycle));
		const metrics = read({ Error: [file(1), file(2), Uint8Array.of(4)] });
		expect(metrics.errorRate?.rowCount).toBe(2);
		expect(metrics.warnings).toHaveLength(1);
	});

	it("never throws, whatever the bytes, and gives finite figures only", () => {
		const names: MetricName[] = [
			"Tile",
			"ExtendedTile",
			"Q",
			"QMetrics2030",
			"Error",
			"Extraction",
			"EmpiricalPhasing",
			"SummaryRun",
		];
		const plausibleStart = fc.tuple(
			fc.integer({ min: 0, max: 10 }),
			fc.constantFrom(10, 12, 14, 15, 16, 18, 20, 22, 30, 34, 38, 206),
		);
		const contents = fc
			.tuple(plausibleStart, fc.uint8Array({ maxLength: 600 }))
			.map(([start, rest]) => new Uint8Array([...start, ...rest]));
		fc.assert(
			fc.property(
				fc.constantFrom(...names),
				fc.array(fc.oneof(contents, fc.uint8Array({ maxLength: 40 })), { maxLength: 3 }),
				(name, files) => {
					const { quantities } = computeRunQuantities({ runInfo, files: { [name]: files } });
					for (const quantity of Object.values(quantities)) expect(quantity.value).toSatisfy(Number.isFinite);
				},
			),
			{ numRuns: 2000 },
		);
	});
});
