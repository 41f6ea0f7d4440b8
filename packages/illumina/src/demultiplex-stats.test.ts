import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBcl2fastqStats } from "./bcl2fastq-stats.ts";
import { parseDemultiplexStats, parseQualityMetrics, parseTopUnknownBarcodes } from "./demultiplex-stats.ts";
import { InstrumentFileError } from "./xml.ts";

const report = (name: string) =>
	readFileSync(new URL(`../fixtures/200624_A00834_0183_BHMTFYTINY/Reports/${name}`, import.meta.url), "utf8");

describe("BCL Convert reports of the NovaSeq 6000 run", () => {
	it("gives the reads of every sample and the undetermined ones of each lane", () => {
		const rows = parseDemultiplexStats(report("Demultiplex_Stats.csv"));
		expect(rows.map((row) => [row.lane, row.sampleId.slice(0, 12), row.numReads])).toEqual([
			[1, "Sample_14574", 9920],
			[1, "Sample_14575", 8560],
			[1, "Undetermined", 3_387_226],
			[2, "Sample_14574", 10_208],
			[2, "Sample_14575", 8672],
			[2, "Undetermined", 3_439_373],
		]);
		expect(rows[0]).toEqual({
			lane: 1,
			sampleId: "Sample_14574-Qiagen-IndexSet1-SP-Lane1",
			isUndetermined: false,
			project: "AB-1234",
			index: "GAACTGAGCG",
			index2: "TCGTGGAGCG",
			numReads: 9920,
			numPerfectIndexReads: 9718,
			numOneMismatchIndexReads: 202,
			numTwoMismatchIndexReads: 0,
		});
		expect(rows[2]).toMatchObject({ isUndetermined: true, project: null, index: null, index2: null });
	});

	it("gives the base quality of every sample", () => {
		const rows = parseQualityMetrics(report("Quality_Metrics.csv"));
		expect(rows).toHaveLength(6);
		expect(rows[0]).toMatchObject({
			readNumber: 1,
			isIndexRead: false,
			yieldBases: 357_120,
			yieldQ30Bases: 342_989,
			meanQualityScore: 36.37,
			q30Fraction: 0.96,
		});
	});

	it("gives the most frequent unknown barcodes", () => {
		const rows = parseTopUnknownBarcodes(report("Top_Unknown_Barcodes.csv"));
		expect(rows[0]).toEqual({
			lane: 1,
			index: "ATATCTGCTT",
			index2: "TAGACAATCT",
			numReads: 12_857,
			unknownBarcodesFraction: 0.003796,
			allReadsFraction: 0.003775,
		});
		expect(rows.at(-1)).toMatchObject({ lane: 2, index: "AACATCGCGC", numReads: 16 });
	});
});

describe("reports with mistakes", () => {
	const header = "Lane,SampleID,Index,# Reads,# Perfect Index Reads,# One Mismatch Index Reads";

	it("names the missing columns", () => {
		expect(() => parseDemultiplexStats("\nLane,SampleID,Index\n1,a,A\n")).toThrow(
			'Demultiplex_Stats.csv, line 2: column "# Reads", "# Perfect Index Reads", "# One Mismatch Index Reads" is missing',
		);
	});

	it.each([
		["1,a,A,12.5,1,1", 'Demultiplex_Stats.csv, line 3: "# Reads" is "12.5", expected a whole number'],
		["1,a,A,-3,1,1", 'line 3: "# Reads" is "-3"'],
		["1,a,A,99999999999999999999,1,1", 'line 3: "# Reads" is "99999999999999999999"'],
		["1,a,A", 'line 3: "# Reads" is empty'],
		["0,a,A,1,1,1", 'line 3: "Lane" is 0'],
		["1,,A,1,1,1", 'line 3: "SampleID" is empty'],
		['1,"a,A,1,1,1', "line 3: a quoted cell never ends"],
	])("says what is wrong with %s and in which line", (line, message) => {
		expect(() => parseDemultiplexStats(`${header}\n1,b,A,1,1,0\n${line}\n`)).toThrow(message);
	});

	it("accepts a sample without bases", () => {
		const text = "Lane,SampleID,ReadNumber,Yield,YieldQ30,QualityScoreSum,Mean Quality Score (PF),% Q30\n1,a,I1,0,0,0,NaN,NaN\n";
		expect(parseQualityMetrics(text)[0]).toMatchObject({ isIndexRead: true, meanQualityScore: null, q30Fraction: null });
	});

	it("throws nothing but its own error, whatever the file contains", () => {
		fc.assert(
			fc.property(fc.string(), fc.string({ unit: fc.constantFrom("1", "a", ",", '"', "\n", "-", ".") }), (any, line) => {
				for (const parse of [
					() => parseDemultiplexStats(`${header}\n${line}`),
					() => parseQualityMetrics(any),
					() => parseTopUnknownBarcodes(`Lane,index,# Reads\n${line}`),
					() => parseBcl2fastqStats(any),
				]) {
					try {
						parse();
					} catch (error) {
						expect(error).toBeInstanceOf(InstrumentFileError);
					}
				}
			}),
		);
	});
});

describe("parseBcl2fastqStats", () => {
	const lane = (sample: object) =>
		JSON.stringify({ ConversionResults: [{ LaneNumber: 3, DemuxResults: [sample], Undetermined: { NumberReads: 7 } }] });

	it("gives the reads of every sample, adding up the mismatches of several indices", () => {
		const text = lane({
			SampleId: "S1",
			NumberReads: 120,
			IndexMetrics: [
				{ IndexSequence: "ACGT+TTGG", MismatchCounts: { 0: 90, 1: 10 } },
				{ IndexSequence: "CCGT+TTGG", MismatchCounts: { 0: 15, 1: 5 } },
			],
		});
		expect(parseBcl2fastqStats(text)).toMatchObject([
			{
				lane: 3,
				sampleId: "S1",
				index: "ACGT",
				index2: "TTGG",
				numReads: 120,
				numPerfectIndexReads: 105,
				numOneMismatchIndexReads: 15,
				numTwoMismatchIndexReads: null,
			},
			{ lane: 3, sampleId: "Undetermined", isUndetermined: true, numReads: 7 },
		]);
	});

	it.each([
		["{\n\n  oops", /Stats\.json, line 3 is not valid JSON/],
		["[]", "the document is not an object"],
		[
			lane({ SampleId: "S1", NumberReads: "12" }),
			'ConversionResults[0].DemuxResults[0].NumberReads is "12", expected a whole number',
		],
		[lane({ NumberReads: 12 }), "ConversionResults[0].DemuxResults[0].SampleId is not a text"],
		[lane({ SampleId: "S1" }), "NumberReads is missing"],
	])("says where %j is wrong", (text, message) => {
		expect(() => parseBcl2fastqStats(text)).toThrow(message);
	});
});
