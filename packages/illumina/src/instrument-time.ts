/**
 * Reads the start date of a run (background-and-ops.md §2.1). Forms, tried in this order: `M/D/YYYY h:mm:ss AM`, ISO 8601 with or
 * without offset, `YYMMDD` (midnight). A time without offset is local time of `timeZone`.
 * @param timeZone IANA name of the facility's time zone, e.g. `Europe/Vienna`
 * @returns the instant, or null when no form fits or the date does not exist
 */
export function parseInstrumentTime(text: string, timeZone: string): Date | null {
	const trimmed = text.trim();
	return parseUsTime(trimmed, timeZone) ?? parseIsoTime(trimmed, timeZone) ?? parseShortDate(trimmed, timeZone);
}

/** A time as shown by a clock on the wall: month 1–12, hour 0–23. */
export interface WallTime {
	readonly year: number;
	readonly month: number;
	readonly day: number;
	readonly hour: number;
	readonly minute: number;
	readonly second: number;
	readonly millisecond: number;
}

/**
 * The instant at which clocks in `timeZone` show `wall`. In the hour that is repeated in autumn the first one counts; a time in the
 * hour that is skipped in spring is moved forward by the length of the gap.
 */
export function wallTimeToInstant(wall: WallTime, timeZone: string): Date {
	const asUtc = wallTimeAsUtc(wall);
	const offsetBefore = utcOffsetMilliseconds(asUtc - 86_400_000, timeZone);
	const offsetAfter = utcOffsetMilliseconds(asUtc + 86_400_000, timeZone);
	const candidate = asUtc - offsetBefore;
	if (utcOffsetMilliseconds(candidate, timeZone) === offsetBefore) return new Date(candidate);
	const later = asUtc - offsetAfter;
	return new Date(utcOffsetMilliseconds(later, timeZone) === offsetAfter ? later : candidate);
}

function parseUsTime(text: string, timeZone: string): Date | null {
	const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})\s+(\d{1,2}):(\d{2}):(\d{2})\s*([AP])M$/i.exec(text);
	if (!match) return null;
	const [month, day, year, clockHour, minute, second] = match.slice(1, 7).map(Number);
	if (clockHour === undefined || clockHour < 1 || clockHour > 12) return null;
	const hour = (clockHour % 12) + (match[7]?.toUpperCase() === "P" ? 12 : 0);
	return toInstant([year, month, day, hour, minute, second, 0], timeZone);
}

function parseIsoTime(text: string, timeZone: string): Date | null {
	const match = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(
		text,
	);
	if (!match) return null;
	const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
	const millisecond = Number((match[7] ?? "").padEnd(3, "0").slice(0, 3));
	const offset = match[8];
	const instant = toInstant([year, month, day, hour, minute, second, millisecond], offset ? "UTC" : timeZone);
	if (!instant || !offset || offset.toUpperCase() === "Z") return instant;
	const digits = offset.replace(":", "");
	const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
	return new Date(instant.getTime() - (digits.startsWith("-") ? -1 : 1) * minutes * 60_000);
}

function parseShortDate(text: string, timeZone: string): Date | null {
	const match = /^(\d{2})(\d{2})(\d{2})$/.exec(text);
	if (!match) return null;
	const [year, month, day] = match.slice(1, 4).map(Number);
	return toInstant([2000 + (year ?? 0), month, day, 0, 0, 0, 0], timeZone);
}

function toInstant(parts: (number | undefined)[], timeZone: string): Date | null {
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, millisecond = 0] = parts;
	const wall: WallTime = { year, month, day, hour, minute, second, millisecond };
	const check = new Date(wallTimeAsUtc(wall));
	const exists =
		check.getUTCFullYear() === year &&
		check.getUTCMonth() === month - 1 &&
		check.getUTCDate() === day &&
		check.getUTCHours() === hour &&
		check.getUTCMinutes() === minute &&
		check.getUTCSeconds() === second;
	return exists ? wallTimeToInstant(wall, timeZone) : null;
}

function wallTimeAsUtc(wall: WallTime): number {
	return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second, wall.millisecond);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function utcOffsetMilliseconds(instant: number, timeZone: string): number {
	let formatter = formatters.get(timeZone);
	if (!formatter) {
		formatter = new Intl.DateTimeFormat("en-US", {
			timeZone,
			hourCycle: "h23",
			era: "short",
			year: "numeric",
			month: "numeric",
			day: "numeric",
			hour: "numeric",
			minute: "numeric",
			second: "numeric",
		});
		formatters.set(timeZone, formatter);
	}
	const part: Record<string, number> = {};
	for (const { type, value } of formatter.formatToParts(instant)) part[type] = Number(value);
	const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
	return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}
