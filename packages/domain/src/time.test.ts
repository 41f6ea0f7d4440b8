import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	formatCompactDate,
	formatDate,
	formatDateTime,
	formatTimeOfDay,
	isTimeZone,
	localTime,
	parseLocalDateTime,
} from "./time.ts";

const vienna = "Europe/Vienna";

describe("showing times of the facility", () => {
	const instant = new Date("2026-12-31T23:30:05Z");
	it("uses the facility's zone, not the server's", () => {
		expect(formatDateTime(instant, vienna)).toBe("2027-01-01 00:30");
		expect(formatDateTime(instant, "UTC")).toBe("2026-12-31 23:30");
		expect(formatDate(instant, vienna)).toBe("2027-01-01");
		expect(formatCompactDate(instant, vienna)).toBe("20270101");
		expect(formatTimeOfDay(instant, vienna)).toBe("00:30");
	});
	it("knows the weekday, Monday = 0", () => {
		expect(localTime(new Date("2026-11-23T12:00:00Z"), vienna).weekday).toBe(0);
		expect(localTime(new Date("2026-11-22T12:00:00Z"), vienna).weekday).toBe(6);
		expect(localTime(new Date("2026-11-22T23:30:00Z"), vienna).weekday).toBe(0);
	});
	it("tells a zone from a typing error", () => {
		expect(isTimeZone(vienna)).toBe(true);
		expect(isTimeZone("Europe/Viena")).toBe(false);
	});
});

describe("reading a typed time", () => {
	it.each<[string, string, string | null]>([
		["2026-07-01T10:00", vienna, "2026-07-01T08:00:00.000Z"],
		["2026-12-01 10:00", vienna, "2026-12-01T09:00:00.000Z"],
		["2026-12-01T10:00:30", "UTC", "2026-12-01T10:00:30.000Z"],
		["2026-03-29T02:30", vienna, "2026-03-29T01:30:00.000Z"],
		["2026-10-25T02:30", vienna, "2026-10-25T00:30:00.000Z"],
		["2026-03-29T02:30", "America/New_York", "2026-03-29T06:30:00.000Z"],
		["2026-03-08T02:30", "America/New_York", "2026-03-08T07:30:00.000Z"],
		["2026-02-30T10:00", vienna, null],
		["2026-12-01T24:00", vienna, null],
		["2026-13-01T10:00", vienna, null],
		["tomorrow", vienna, null],
		["", vienna, null],
	])("%s in %s is %s", (text, zone, expected) => expect(parseLocalDateTime(text, zone)?.toISOString() ?? null).toBe(expected));
	it("gives back what was shown, in any zone and season", () =>
		fc.assert(
			fc.property(
				fc.date({ min: new Date("2000-01-01"), max: new Date("2060-01-01"), noInvalidDate: true }),
				fc.constantFrom(vienna, "UTC", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"),
				(instant, zone) => {
					const shown = formatDateTime(instant, zone);
					const read = parseLocalDateTime(shown, zone);
					expect(read && formatDateTime(read, zone)).toBe(shown);
				},
			),
		));
});
