/** Times of the facility: instants are UTC, shown and typed in the facility's time zone (data-model.md §1, *Times*). */

/** Wall-clock time in a zone. `weekday`: 0 = Monday … 6 = Sunday. */
export interface LocalTime {
	readonly year: number;
	readonly month: number;
	readonly day: number;
	readonly hour: number;
	readonly minute: number;
	readonly second: number;
	readonly weekday: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
	let format = formats.get(timeZone);
	if (!format) {
		format = new Intl.DateTimeFormat("en-GB", {
			timeZone,
			calendar: "gregory",
			numberingSystem: "latn",
			hourCycle: "h23",
			year: "numeric",
			month: "2-digit",
			day: "2-digit",
			hour: "2-digit",
			minute: "2-digit",
			second: "2-digit",
		});
		formats.set(timeZone, format);
	}
	return format;
}

/** Whether the name is that of a time zone (`Europe/Vienna`). */
export function isTimeZone(name: string): boolean {
	try {
		formatOf(name);
		return true;
	} catch {
		return false;
	}
}

/** Wall-clock time of an instant; throws RangeError for an unknown zone or invalid instant. */
export function localTime(instant: Date, timeZone: string): LocalTime {
	const parts = new Map(
		formatOf(timeZone)
			.formatToParts(instant)
			.map((part) => [part.type, Number(part.value)]),
	);
	const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
	const [year, month, day] = [part("year"), part("month"), part("day")];
	const weekday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
	return { year, month, day, hour: part("hour"), minute: part("minute"), second: part("second"), weekday };
}

function pad(value: number, length = 2): string {
	return String(value).padStart(length, "0");
}

/** `YYYY-MM-DD` in the zone. */
export function formatDate(instant: Date, timeZone: string): string {
	const local = localTime(instant, timeZone);
	return `${pad(local.year, 4)}-${pad(local.month)}-${pad(local.day)}`;
}

/** `YYYY-MM-DD HH:MM` in the zone. */
export function formatDateTime(instant: Date, timeZone: string): string {
	const local = localTime(instant, timeZone);
	return `${formatDate(instant, timeZone)} ${pad(local.hour)}:${pad(local.minute)}`;
}

/** `YYYYMMDD` in the zone, for names of exported files. */
export function formatCompactDate(instant: Date, timeZone: string): string {
	return formatDate(instant, timeZone).replaceAll("-", "");
}

/** `HH:MM` in the zone. */
export function formatTimeOfDay(instant: Date, timeZone: string): string {
	return formatDateTime(instant, timeZone).slice(11);
}

function offsetMs(instantMs: number, timeZone: string): number {
	const local = localTime(new Date(instantMs), timeZone);
	const asUtc = Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute, local.second);
	return asUtc - Math.floor(instantMs / 1000) * 1000;
}

/**
 * The instant that a person means by a time typed in the facility's zone: `YYYY-MM-DDTHH:MM` or with a blank for the `T`, seconds allowed.
 * Of a time that exists twice (end of summer time) the first; one that does not exist (its begin) moves forward by the gap. Null for what is no time.
 */
export function parseLocalDateTime(text: string, timeZone: string): Date | null {
	const match = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text.trim());
	if (!match) return null;
	const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0));
	const wall = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second));
	const isCalendarTime = wall.toISOString().startsWith(match[0].trim().replace(" ", "T"));
	if (!isCalendarTime) return null;
	const before = offsetMs(wall.getTime() - 86_400_000, timeZone);
	const after = offsetMs(wall.getTime() + 86_400_000, timeZone);
	const earlier = wall.getTime() - Math.max(before, after);
	const later = wall.getTime() - Math.min(before, after);
	if (offsetMs(earlier, timeZone) === wall.getTime() - earlier) return new Date(earlier);
	if (offsetMs(later, timeZone) === wall.getTime() - later) return new Date(later);
	return new Date(wall.getTime() - before);
}
