import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readRunMetrics } from "./interop/read-metrics.ts";
import { type LaneReadFigures, laneReadFiguresOf } from "./lane-read-figures.ts";
import { parseRunInfo } from "./run-info.ts";
import { littleEndian, runInfoOf } from "./test-support/binary.ts";

const fixture = new URL("../fixtures/200624_A00834_0183_BHMTFYTINY/", import.meta.url);
const metricFile = (name: string) => [new Uint8Array(readFileSync(new URL(`InterOp/${name}MetricsOut.bin`, fixture)))];

/** Means in the lines of whole lanes (surface `-`) of the summary that the instrument maker's software prints. */
function expectedLines(): Record<string, string>[] {
	const rows: Record<string, string>[] = [];
	let read = "";
	let columns: string[] = [];
	for (const line of readFileSync(new URL("expected-summary.csv", fixture), "utf8").split("\n")) {
		const cells = line.split(",").map((cell) => cell.trim());
		if (/^Read \d/.test(line) && cells.length === 1) read = line.trim();
		else if (cells[0] === "Lane") columns = cells;
		else if (read && cells[1] === "-") {
			rows.push({ read, ...Object.fromEntries(columns.map((column, place) => [column, cells[place]?.split(" +/-")[0] ?? ""])) });
		}
	}
	return rows;
}

function print(figures: LaneReadFigures): Record<string, string> {
	const show = (value: number | null, digits: number) => (value === null ? "nan" : value.toFixed(digits));
	const pair = (first: number | null, second: number | null) => `${show(first, 3)} / ${show(second, 3)}`;
	return {
		read: `Read ${figures.readNumber}${figures.isIndexed ? " (I)" : ""}`,
		Lane: String(figures.lane),
		Tiles: String(figures.tileCount),
		Density: show(figures.densityPerMm2 === null ? null : figures.densityPerMm2 / 1000, 0),
		"Cluster PF": show(figures.passingFilterPercent, 2),
		"Legacy Phasing/Prephasing Rate": pair(figures.phasingPercent, figures.prephasingPercent),
		"Phasing  slope/offset": pair(figures.phasingSlopePercent, figures.phasingOffsetPercent),
		"Prephasing slope/offset": pair(figures.prephasingSlopePercent, figures.prephasingOffsetPercent),
		Reads: show((figures.clusterCount ?? 0) / 1e6, 2),
		"Reads PF": show((figures.clusterCountPf ?? 0) / 1e6, 2),
		"%>=Q30": show(figures.q30Percent, 2),
		Yield: show((figures.yieldBases ?? 0) / 1e9, 2),
		Aligned: show(figures.alignedPercent, 2),
		Error: show(figures.errorRatePercent, 2),
		"Error (35)": show(figures.errorRate35Percent, 2),
		"Error (75)": show(figures.errorRate75Percent, 2),
		"Error (100)": show(figures.errorRate100Percent, 2),
		"% Occupied": show(figures.occupiedPercent, 2),
		"Intensity C1": show(figures.firstCycleIntensity, 0),
	};
}

describe("laneReadFiguresOf", () => {
	it("prints the same figures per lane and read as the instrument maker's summary, digit by digit", () => {
		const runInfo = parseRunInfo(readFileSync(new URL("RunInfo.xml", fixture), "utf8"), "UTC");
		const metrics = readRunMetrics(runInfo, {
			Tile: metricFile("Tile"),
			ExtendedTile: metricFile("ExtendedTile"),
			Q: metricFile("Q"),
			Extraction: metricFile("Extraction"),
			EmpiricalPhasing: metricFile("EmpiricalPhasing"),
		});
		const expected = expectedLines();
		expect(expected).toHaveLength(6);
		const printed = new Map(
			laneReadFiguresOf(runInfo, metrics)
				.map(print)
				.map((row) => [`${row.read} ${row.Lane}`, row]),
		);
		for (const row of expected) expect(row).toMatchObject(printed.get(`${row.read} ${row.Lane}`) ?? { missing: true });
	});

	it("limits the early error rate to the first cycles of the read", () => {
		const runInfo = runInfoOf([101], 1);
		const record = (cycle: number, rate: number) => ["u16", 1, "u32", 1101, "u16", cycle, "f32", rate] as const;
		const file = littleEndian("u8", 4, "u8", 12, ...record(35, 1), ...record(36, 3), ...record(51, 8));
		const [figures] = laneReadFiguresOf(runInfo, readRunMetrics(runInfo, { Error: [file] }));
		expect(figures).toMatchObject({ errorRate35Percent: 1, errorRate50Percent: 2, errorRate75Percent: 4, errorRatePercent: 4 });
	});

	it("has empty figures, not zeros, for a run without metrics", () => {
		const runInfo = runInfoOf([10], 1);
		expect(laneReadFiguresOf(runInfo, readRunMetrics(runInfo, {}))).toMatchObject([
			{ lane: 1, readNumber: 1, tileCount: 0, clusterCount: null, yieldBases: null, q30Percent: null, phasingPercent: null },
		]);
	});
});
