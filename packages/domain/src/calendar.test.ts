import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	addMonths,
	addWeeks,
	daysOfWeek,
	formatIsoWeek,
	isDay,
	isoWeekOf,
	mondayOf,
	parseIsoWeek,
	parseMonth,
	startOfDay,
	weekdayOf,
	weeksOfMonth,
} from "./calendar.ts";
import { formatDate } from "./time.ts";

const week = (text: string) => parseIsoWeek(text) ?? { year: 0, week: 0 };

describe("weeks of the calendar", () => {
	test("§19 case 32: after week 53 of 2026 comes week 1 of 2027", () => {
		expect(formatIsoWeek(addWeeks(week("2026-W53"), 1))).toBe("2027-W01");
		expect(formatIsoWeek(addWeeks(week("2027-W01"), -1))).toBe("2026-W53");
	});

	test.each([
		["2024-12-30", "2025-W01"],
		["2021-01-03", "2020-W53"],
		["2027-01-03", "2026-W53"],
		["2026-11-22", "2026-W47"],
		["2023-01-01", "2022-W52"],
	])("%s lies in %s", (day, expected) => {
		expect(formatIsoWeek(isoWeekOf(day))).toBe(expected);
	});

	test("a week that does not exist is not a week", () => {
		expect(["2027-W53", "2026-W00", "2026-W54", "2026-53", "", "2026-W5"].map(parseIsoWeek)).toEqual(Array(6).fill(null));
	});

	test("each day lies in its week, and weeks go on without gap for 400 years", () => {
		const days = fc.integer({ min: 0, max: 146_097 }).map((count) => new Date(count * 86_400_000).toISOString().slice(0, 10));
		fc.assert(
			fc.property(days, (day) => {
				const own = isoWeekOf(day);
				expect(daysOfWeek(own)).toContain(day);
				expect(weekdayOf(mondayOf(own))).toBe(0);
				expect(parseIsoWeek(formatIsoWeek(own))).toEqual(own);
				expect(mondayOf(addWeeks(own, 1)) > day).toBe(true);
			}),
		);
	});
});

describe("months of the calendar", () => {
	test("whole weeks cover the month, right across the year", () => {
		const weeks = weeksOfMonth("2026-12");
		expect([weeks.length, weeks[0]?.[0], weeks.at(-1)?.[6]]).toEqual([5, "2026-11-30", "2027-01-03"]);
		expect(weeksOfMonth("2027-02").length).toBe(4);
		expect([addMonths("2026-12", 1), addMonths("2026-01", -1), addMonths("2026-12", 13)]).toEqual([
			"2027-01",
			"2025-12",
			"2028-01",
		]);
		expect(["2026-13", "2026-00", "x", "26-01"].map(parseMonth)).toEqual([null, null, null, null]);
	});
});

test("days that do not exist are no days", () => {
	expect(["2026-02-29", "2026-13-01", "2026-1-1", "x"].map(isDay)).toEqual([false, false, false, false]);
	expect(isDay("2028-02-29")).toBe(true);
});

test("a day begins at midnight of the facility, also when the clock is changed", () => {
	for (const day of ["2026-03-29", "2026-10-25", "2026-06-01"]) {
		const start = startOfDay(day, "Europe/Vienna");
		expect([formatDate(start, "Europe/Vienna"), formatDate(new Date(start.getTime() - 1), "Europe/Vienna")]).toEqual([
			day,
			new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10),
		]);
	}
});
