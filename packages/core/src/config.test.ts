import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { loadConfig } from "./config.ts";

const dataFolder = mkdtempSync(path.join(os.tmpdir(), "config-"));
afterAll(() => rmSync(dataFolder, { recursive: true }));

function load(yaml: string, environment: Record<string, string> = {}) {
	writeFileSync(path.join(dataFolder, "opengsync.yaml"), yaml);
	return loadConfig({ dataFolder, port: 8080, secretKey: "secret", environment });
}

const windowOf = (weekday: number, start: string, end: string) =>
	`sample_submission_windows:\n  - { weekday: ${weekday}, start_time: "${start}", end_time: "${end}" }`;

describe("settings of the facility", () => {
	test("say when samples are taken in, in the facility's time", () => {
		const config = load(`${windowOf(0, "09:00", "12:00")}\ntime_zone: Europe/Berlin`);
		expect(config.submissionWindows).toEqual([{ weekday: 0, startTime: "09:00", endTime: "12:00" }]);
		expect(config.timeZone).toBe("Europe/Berlin");
	});

	test.each([
		["weekday", windowOf(7, "09:00", "12:00"), /sample_submission_windows\.0: weekday 7/],
		["time", windowOf(0, "9:00", "12:00"), /“9:00” is not a time/],
		["window", windowOf(0, "12:00", "12:00"), /start 12:00 is not before end 12:00/],
		["time zone", "time_zone: Europe/Viena", /time_zone: there is no time zone "Europe\/Viena"/],
	])("with a wrong %s stop the start with words that lead to it", (_what, yaml, message) => {
		expect(() => load(yaml)).toThrow(message);
	});
});
