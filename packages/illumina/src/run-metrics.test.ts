import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { MetricFiles } from "./interop/read-metrics.ts";
import { parseRunInfo } from "./run-info.ts";
import { computeRunQuantities, projectYieldOfLane } from "./run-metrics.ts";
import { littleEndian, runInfoOf } from "./test-support/binary.ts";

const fixture = new URL("../fixtures/200624_A00834_0183_BHMTFYTINY/", import.meta.url);
const metricFile = (name: string) => [new Uint8Array(readFileSync(new URL(`InterOp/${name}.bin`, fixture)))];
const novaSeqFiles: MetricFiles = {
	Tile: metricFile("TileMetricsOut"),
	ExtendedTile: metricFile("ExtendedTileMetricsOut"),
	Q: metricFile("QMetricsOut"),
	QMetrics2030: metricFile("QMetrics2030Out"),
	Extraction: metricFile("ExtractionMetricsOut"),
	EmpiricalPhasing: metricFile("EmpiricalPhasingMetricsOut"),
};
const novaSeqRunInfo = parseRunInfo(readFileSync(new URL("RunInfo.xml", fixture), "utf8"), "UTC");

/** The columns of the line `Total` of the summary that the instrument maker's software prints. */
function expectedTotals(): Record<string, string> {
	const lines = readFileSync(new URL("expected-summary.csv", fixture), "utf8").split("\n");
	const cellsOf = (start: string) =>
		lines
			.find((line) => line.startsWith(start))
			?.split(",")
			.map((cell) => cell.trim()) ?? [];
	const values = cellsOf("Total");
	return Object.fromEntries(cellsOf("Level").map((name, place) => [name, values[place] ?? ""]));
}

describe("computeRunQuantities on the NovaSeq 6000 run", () => {
	const { quantities, warnings } = computeRunQuantities({ runInfo: novaSeqRunInfo, files: novaSeqFiles });

	it("prints the same totals as the instrument maker's summary, digit by digit", () => {
		const value = (key: keyof typeof quantities) => quantities[key]?.value ?? Number.NaN;
		const printed = {
			Level: "Total",
			Yield: (value("yield") / 1e9).toFixed(2),
			"Projected Yield": (value("projected_yield") / 1e9).toFixed(2),
			Aligned: value("pct_aligned").toFixed(2),
			"Error Rate": quantities.error_rate ? value("error_rate").toFixed(2) : "nan",
			"Intensity C1": value("first_cycle_intensity").toFixed(0),
			"%>=Q30": value("pct>=q30").toFixed(2),
			"% Occupied": value("pct_occupied").toFixed(2),
		};
		expect(printed).toEqual(expectedTotals());
		expect(printed).toMatchObject({ Yield: "56.37", "%>=Q30": "94.28", "% Occupied": "96.69", "Intensity C1": "1150" });
	});

	it("stores every figure in the base unit of its dimension, and none whose file is missing", () => {
		expect(warnings).toEqual([]);
		expect(Object.keys(quantities).sort()).toEqual(
			[
				"cluster_count",
				"cluster_count_pf",
				"first_cycle_intensity",
				"pct>=q30",
				"pct_aligned",
				"pct_occupied",
				"projected_yield",
				"reads",
				"reads_pf",
				"yield",
			].sort(),
		);
		expect(quantities.yield).toEqual({ value: 56_366_767_970, unit: "count", dimension: "count" });
		expect(quantities.reads).toEqual({ value: 1_276_674_048, unit: "read", dimension: "read_count" });
		expect(quantities.reads_pf).toEqual({ value: 1_063_381_892, unit: "read", dimension: "read_count" });
		expect(quantities.cluster_count).toEqual({ value: 1_276_674_048, unit: "count", dimension: "count" });
		expect(quantities.pct_occupied).toMatchObject({ unit: "percent", dimension: "percentage" });
	});

	it("gives the same yield and Q30 from QMetrics2030 when the Q file is missing", () => {
		const { quantities: fallback } = computeRunQuantities({
			runInfo: novaSeqRunInfo,
			files: { QMetrics2030: metricFile("QMetrics2030Out") },
		});
		expect(fallback).toEqual({
			yield: quantities.yield,
			projected_yield: quantities.projected_yield,
			"pct>=q30": quantities["pct>=q30"],
		});
	});

	it("uses the file of a run in progress although it ends inside a record", () => {
		const whole = metricFile("QMetricsOut")[0] ?? new Uint8Array();
		const cut = computeRunQuantities({ runInfo: novaSeqRunInfo, files: { Q: [whole.subarray(0, whole.length - 8007)] } });
		expect(cut.warnings).toEqual([]);
		expect(cut.quantities.yield?.value).toBeLessThan(quantities.yield?.value ?? 0);
		expect(cut.quantities.yield?.value).toBeGreaterThan((quantities.yield?.value ?? 0) * 0.99);
	});
});

describe("computeRunQuantities on small runs", () => {
	const runInfo = runInfoOf([3, 2], 2);

	it("has no quantities and no warnings without metric files", () => {
		expect(computeRunQuantities({ runInfo, files: {} })).toEqual({ quantities: {}, warnings: [] });
	});

	it("averages the error rate per tile and read before averaging over them, without the last cycle of a read", () => {
		const record = (tile: number, cycle: number, rate: number) => ["u16", 1, "u32", tile, "u16", cycle, "f32", rate] as const;
		const file = littleEndian(
			...(["u8", 4, "u8", 12] as const),
			...record(1101, 1, 1),
			...record(1101, 2, 2),
			...record(1101, 3, 100),
			...record(1102, 1, 4),
			...record(1102, 2, Number.NaN),
			...record(1102, 4, 0.5),
		);
		const { quantities } = computeRunQuantities({ runInfo, files: { Error: [file] } });
		expect(quantities.error_rate).toEqual({ value: (1.5 + 4 + 0.5) / 3, unit: "percent", dimension: "percentage" });
	});

	it("takes occupancy from the summary of the run when there is one", () => {
		const file = littleEndian("u8", 1, "u32", 34, "u16", 0, "f64", 45, "f64", 200, "f64", 150, "f64", 90);
		const { quantities } = computeRunQuantities({ runInfo, files: { SummaryRun: [file] } });
		expect(quantities).toEqual({
			pct_occupied: { value: 75, unit: "percent", dimension: "percentage" },
			pct_occupancy_proxy: { value: 50, unit: "percent", dimension: "percentage" },
		});
	});

	it("counts a record that was written twice once, with the later value", () => {
		const record = (calls: number) => ["u16", 1, "u32", 1101, "u16", 1, "u32", calls, "u32", 1] as const;
		const file = littleEndian(
			...(["u8", 7, "u8", 16, "u8", 1, "u8", 2, "u8", 0, "u8", 29, "u8", 20] as const),
			...(["u8", 30, "u8", 40, "u8", 35] as const),
			...record(5),
			...record(7),
		);
		const { quantities } = computeRunQuantities({ runInfo, files: { Q: [file] } });
		expect(quantities.yield?.value).toBe(8);
		expect(quantities["pct>=q30"]?.value).toBe(12.5);
	});

	it("stores no figure that is not a finite number", () => {
		const record = ["u16", 1, "u32", 1101, "u8", "t".charCodeAt(0), "f32", Number.POSITIVE_INFINITY, "f32", 3] as const;
		const { quantities } = computeRunQuantities({
			runInfo,
			files: { Tile: [littleEndian("u8", 3, "u8", 15, "f32", 1, ...record)] },
		});
		expect(quantities.cluster_count).toBeUndefined();
		expect(quantities.reads_pf?.value).toBe(3);
	});
});

describe("projectYieldOfLane", () => {
	const { reads } = runInfoOf([11, 5], 1);

	it("extends a half-read lane to all tiles and cycles", () => {
		expect(projectYieldOfLane(reads, [{ calls: 1000, callsQ30: 0, recordCount: 10 }], 2)).toEqual([2000, 800]);
	});

	it("is 0 before the first record", () => {
		expect(projectYieldOfLane(reads, [], 0)).toEqual([0, 0]);
	});
});
