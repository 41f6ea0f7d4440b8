/** Weeks, months and days of the facility's calendar (access-and-web.md §10). Days are `YYYY-MM-DD`; pure arithmetic without time zones. */
import { parseLocalDateTime } from "./time.ts";

const dayMs = 86_400_000;

/** A week after ISO 8601: it belongs to the year of its Thursday. */
export interface IsoWeek {
	readonly year: number;
	/** 1 to 53. */
	readonly week: number;
}

function msOfDay(day: string): number {
	return Date.parse(`${day}T00:00:00Z`);
}

/** The day so many days later. */
export function addDays(day: string, count: number): string {
	return new Date(msOfDay(day) + count * dayMs).toISOString().slice(0, 10);
}

/** Whether a text is a day that exists. */
export function isDay(text: string): boolean {
	return /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(msOfDay(text)) && addDays(text, 0) === text;
}

/** 0 = Monday … 6 = Sunday. */
export function weekdayOf(day: string): number {
	return (new Date(msOfDay(day)).getUTCDay() + 6) % 7;
}

/** The week in which a day lies. */
export function isoWeekOf(day: string): IsoWeek {
	const thursday = addDays(day, 3 - weekdayOf(day));
	const year = Number(thursday.slice(0, 4));
	const week = 1 + Math.floor((msOfDay(thursday) - msOfDay(`${thursday.slice(0, 4)}-01-01`)) / dayMs / 7);
	return { year, week };
}

/** Monday of a week; the 4th of January lies in the first one. */
export function mondayOf({ year, week }: IsoWeek): string {
	const fourth = `${String(year).padStart(4, "0")}-01-04`;
	return addDays(fourth, (week - 1) * 7 - weekdayOf(fourth));
}

/** The week so many weeks later, right across years of 52 and 53 weeks. */
export function addWeeks(week: IsoWeek, count: number): IsoWeek {
	return isoWeekOf(addDays(mondayOf(week), count * 7));
}

/** `2026-W53`. */
export function formatIsoWeek({ year, week }: IsoWeek): string {
	return `${String(year).padStart(4, "0")}-W${String(week).padStart(2, "0")}`;
}

/** Reads `2026-W53`; null for a week that does not exist. */
export function parseIsoWeek(text: string): IsoWeek | null {
	const match = /^(\d{4})-W(\d{2})$/.exec(text);
	if (!match) return null;
	const parsed = { year: Number(match[1]), week: Number(match[2]) };
	if (parsed.year < 1970 || parsed.week < 1) return null;
	return formatIsoWeek(isoWeekOf(mondayOf(parsed))) === text ? parsed : null;
}

/** Seven days from Monday. */
export function daysOfWeek(week: IsoWeek): string[] {
	return Array.from({ length: 7 }, (_, index) => addDays(mondayOf(week), index));
}

/** Reads `2026-12`; null for a month that does not exist. */
export function parseMonth(text: string): string | null {
	const match = /^(\d{4})-(\d{2})$/.exec(text);
	const month = Number(match?.[2]);
	return match && Number(match[1]) >= 1970 && month >= 1 && month <= 12 ? text : null;
}

/** The month so many months later, `YYYY-MM`. */
export function addMonths(month: string, count: number): string {
	const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count;
	return `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}`;
}

/** The weeks, from Monday, that cover a month. */
export function weeksOfMonth(month: string): string[][] {
	const last = addDays(`${addMonths(month, 1)}-01`, -1);
	const weeks: string[][] = [];
	for (let week = isoWeekOf(`${month}-01`); mondayOf(week) <= last; week = addWeeks(week, 1)) weeks.push(daysOfWeek(week));
	return weeks;
}

/** Instant at which a day begins in a time zone. */
export function startOfDay(day: string, timeZone: string): Date {
	const instant = parseLocalDateTime(`${day}T00:00`, timeZone);
	if (!instant) throw new RangeError(`${day} is not a day`);
	return instant;
}
