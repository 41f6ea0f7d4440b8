/** Times at which a facility takes samples in (requests-and-annotation.md §2.3). */
import { formatTimeOfDay, localTime } from "./time.ts";

/** A weekly window in facility time; both ends belong to it. */
export interface SubmissionWindow {
	/** 0 = Monday … 6 = Sunday. */
	readonly weekday: number;
	/** `HH:MM`. */
	readonly startTime: string;
	/** `HH:MM`, after the start. */
	readonly endTime: string;
}

const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;
const weekdayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** What is wrong with a configured window (a start-up error), or null. */
export function checkSubmissionWindow(window: SubmissionWindow): string | null {
	if (!Number.isInteger(window.weekday) || window.weekday < 0 || window.weekday > 6) {
		return `weekday ${window.weekday} is not between 0 (Monday) and 6 (Sunday)`;
	}
	for (const time of [window.startTime, window.endTime]) {
		if (!timeOfDay.test(time)) return `“${time}” is not a time of the form HH:MM`;
	}
	return window.startTime < window.endTime ? null : `start ${window.startTime} is not before end ${window.endTime}`;
}

/** Whether an instant lies in one of the windows; without windows every time is fine. */
export function isInSubmissionWindow(instant: Date, windows: readonly SubmissionWindow[], timeZone: string): boolean {
	if (windows.length === 0) return true;
	const { weekday } = localTime(instant, timeZone);
	const time = formatTimeOfDay(instant, timeZone);
	return windows.some((window) => window.weekday === weekday && window.startTime <= time && time <= window.endTime);
}

/** `Monday 09:00–12:00`, for checklists and messages. */
export function describeSubmissionWindow(window: SubmissionWindow): string {
	return `${weekdayNames[window.weekday] ?? ""} ${window.startTime}–${window.endTime}`;
}
