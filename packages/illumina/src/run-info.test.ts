import { readFileSync } from "node:fs";
import { ReadType } from "@opengsync/domain/catalog";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseInstrumentTime } from "./instrument-time.ts";
import { parseRunInfo } from "./run-info.ts";
import { parseRunParameters } from "./run-parameters.ts";
import { InstrumentFileError, maximumXmlCharacters, maximumXmlTags } from "./xml.ts";

const fixture = new URL("../fixtures/200624_A00834_0183_BHMTFYTINY/", import.meta.url);
const readFixture = (name: string) => readFileSync(new URL(name, fixture), "utf8");
const vienna = "Europe/Vienna";

function runInfoXml(run: string): string {
	return `<?xml version="1.0"?><RunInfo Version="6"><Run Id="R" Number="7">${run}</Run></RunInfo>`;
}

describe("parseRunInfo", () => {
	it("reads the NovaSeq 6000 run with its cycles, flow cell and layout", () => {
		expect(parseRunInfo(readFixture("RunInfo.xml"), vienna)).toEqual({
			runId: "200624_A00834_0183_BHMTFYDRXX",
			runNumber: 183,
			flowcellId: "HMTFYDRXX",
			instrumentName: "A00834",
			startedAt: new Date("2020-06-24T14:30:24Z"),
			reads: [
				{ number: 1, isIndexed: false, cycleCount: 36, firstCycle: 1, lastCycle: 36, usableCycleCount: 35 },
				{ number: 2, isIndexed: true, cycleCount: 10, firstCycle: 37, lastCycle: 46, usableCycleCount: 9 },
				{ number: 3, isIndexed: true, cycleCount: 10, firstCycle: 47, lastCycle: 56, usableCycleCount: 9 },
			],
			r1Cycles: 36,
			i1Cycles: 10,
			i2Cycles: 10,
			r2Cycles: null,
			totalCycleCount: 56,
			readTypeId: ReadType.SINGLE_END.id,
			layout: { laneCount: 2, surfaceCount: 2, swathCount: 2, tileCount: 78, tileNamingConvention: "FourDigit" },
			imageChannels: ["RED", "GREEN"],
		});
	});

	it("calls a run with two sequence reads paired-end and accepts a lower-case y", () => {
		const info = parseRunInfo(
			runInfoXml(
				'<Reads><Read Number="1" NumCycles="101" IsIndexedRead="N"/><Read Number="2" NumCycles="8" IsIndexedRead="y"/>' +
					'<Read Number="3" NumCycles="51" IsIndexedRead="n"/></Reads>',
			),
			vienna,
		);
		expect(info).toMatchObject({ r1Cycles: 101, i1Cycles: 8, i2Cycles: null, r2Cycles: 51, readTypeId: ReadType.PAIRED_END.id });
	});

	it("keeps a run whose date has an unknown form", () => {
		expect(parseRunInfo(runInfoXml("<Date>yesterday</Date><Flowcell> HX </Flowcell>"), vienna)).toMatchObject({
			startedAt: null,
			flowcellId: "HX",
		});
	});

	it.each([
		["no document", ""],
		["another document", "<RunParameters/>"],
		["cut in the middle", "<RunInfo><Run Id='1'>"],
		["a document type", '<!DOCTYPE RunInfo [<!ENTITY a "b">]><RunInfo><Run>&a;</Run></RunInfo>'],
		["a number of cycles that is text", runInfoXml('<Reads><Read Number="1" NumCycles="many"/></Reads>')],
		["more cycles than any instrument", runInfoXml('<Reads><Read Number="1" NumCycles="999999999"/></Reads>')],
		["more lanes than any flow cell", runInfoXml('<FlowcellLayout LaneCount="65535"/>')],
		["elements nested without end", "<a>".repeat(300) + "</a>".repeat(300)],
		["more tags than any run", runInfoXml("<a/>".repeat(maximumXmlTags))],
		["a file above the size limit", runInfoXml(" ".repeat(maximumXmlCharacters))],
	])("refuses %s with a clear error", (_name, xml) => {
		expect(() => parseRunInfo(xml, vienna)).toThrow(InstrumentFileError);
	});

	it("throws nothing but its own error, whatever the file contains", () => {
		fc.assert(
			fc.property(
				fc.string({ unit: fc.constantFrom("<", ">", "/", "Run", "RunInfo", "=", '"', "&", ";", "#", "x", "!", "[", "]", "-") }),
				(text) => {
					for (const parse of [() => parseRunInfo(text, vienna), () => parseRunParameters(text)]) {
						try {
							parse();
						} catch (error) {
							expect(error).toBeInstanceOf(InstrumentFileError);
						}
					}
				},
			),
		);
	});
});

describe("parseInstrumentTime", () => {
	it.each([
		["6/24/2020 4:30:24 PM", "2020-06-24T14:30:24.000Z"],
		["12/1/2023 12:05:00 AM", "2023-11-30T23:05:00.000Z"],
		["12/1/2023 12:05:00 PM", "2023-12-01T11:05:00.000Z"],
		["2024-03-08T14:05:11Z", "2024-03-08T14:05:11.000Z"],
		["2024-03-08T14:05:11.1234567+02:00", "2024-03-08T12:05:11.123Z"],
		["2024-03-08T14:05:11", "2024-03-08T13:05:11.000Z"],
		["240708", "2024-07-07T22:00:00.000Z"],
		["2024-10-27T02:30:00", "2024-10-27T00:30:00.000Z"],
		["2024-03-31T02:30:00", "2024-03-31T01:30:00.000Z"],
	])("reads %s as %s", (text, instant) => {
		expect(parseInstrumentTime(text, vienna)?.toISOString()).toBe(instant);
	});

	it.each(["", "241308", "2/30/2024 1:00:00 AM", "1/1/2024 13:00:00 PM", "2024-02-30T00:00:00Z", "24-07-08"])(
		"has no instant for %j",
		(text) => {
			expect(parseInstrumentTime(text, vienna)).toBeNull();
		},
	);

	it("gives the same local time back in any zone and season", () => {
		fc.assert(
			fc.property(
				fc.constantFrom("Europe/Vienna", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "UTC"),
				fc.date({ min: new Date("2000-01-01"), max: new Date("2039-12-31"), noInvalidDate: true }),
				(timeZone, instant) => {
					const formatter = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
					const wall = formatter.format(instant);
					const parsed = parseInstrumentTime(wall, timeZone);
					expect(parsed && formatter.format(parsed)).toBe(wall);
				},
			),
		);
	});
});

describe("parseRunParameters", () => {
	it("reads the NovaSeq 6000 file", () => {
		expect(parseRunParameters(readFixture("RunParameters.xml"))).toEqual({
			experimentName: "Clinical2_A1_DVT_SP_SampleSheet",
			rtaVersion: "v3.4.4",
			recipeVersion: "1.6.0",
			side: "B",
			flowcellMode: "SP",
			runId: "200624_A00834_0183_BHMTFYDRXX",
		});
	});

	it("takes the first occurrence with text, in any case, anywhere", () => {
		const xml =
			"<p><ExperimentName> </ExperimentName><Setup><experimentname> Exp &amp; 1 </experimentname></Setup>" +
			"<ExperimentName>later</ExperimentName><RTAVersion>1.18</RTAVersion></p>";
		expect(parseRunParameters(xml)).toMatchObject({ experimentName: "Exp & 1", rtaVersion: "1.18", side: null });
	});
});
