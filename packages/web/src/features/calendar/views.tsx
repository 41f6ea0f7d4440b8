import type { EventRow } from "@opengsync/db/queries/events";
import {
	addMonths,
	addWeeks,
	daysOfWeek,
	formatIsoWeek,
	type IsoWeek,
	isoWeekOf,
	mondayOf,
	weekdayOf,
	weeksOfMonth,
} from "@opengsync/domain/calendar";
import { EventType, memberById, membersOf } from "@opengsync/domain/catalog";
import { formatDate, formatTimeOfDay } from "@opengsync/domain/time";
import { ActionButton, dialogAttributes } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { EmptyState, ObjectLink } from "../../components/parts.tsx";

/** Entries by day of the facility. */
type EventsByDay = ReadonlyMap<string, readonly EventRow[]>;

/** Sorts entries into days of the facility's time zone. */
export function groupByDay(events: readonly EventRow[], timeZone: string): EventsByDay {
	return Map.groupBy(events, (event) => formatDate(event.timestamp_utc, timeZone));
}

/** `Monday, 4 January 2027`. */
export function dayInWords(day: string): string {
	return new Date(`${day}T12:00:00Z`).toLocaleDateString("en-GB", { dateStyle: "full", timeZone: "UTC" });
}

function monthInWords(month: string): string {
	return new Date(`${month}-01T12:00:00Z`).toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
}

function dayLink(day: string): Record<string, string> {
	return { href: `/calendar/?month=${day.slice(0, 7)}`, ...dialogAttributes(`/htmx/calendar/day?day=${day}`, undefined) };
}

interface DayProps {
	readonly day: string;
	readonly events: EventsByDay;
	readonly today: string;
	readonly timeZone: string;
	readonly label: string;
	readonly outside?: boolean;
}

/** One day: its number, and the times of its entries in the colour of their type. */
function Day({ day, events, today, timeZone, label, outside }: DayProps) {
	const own = events.get(day) ?? [];
	return (
		<td
			class={`calendar-day${day === today ? " is-today" : ""}${outside ? " is-outside" : ""}`}
			{...(day === today ? { "aria-current": "date" } : {})}
		>
			<span class="calendar-number">{label}</span>
			{own.length > 0 && (
				<a class="calendar-events" {...dayLink(day)}>
					<span class="visually-hidden">{dayInWords(day)}: </span>
					{own.map((event) => (
						<span class={`calendar-event is-${memberById(EventType, event.type_id).key.toLowerCase()}`}>
							{formatTimeOfDay(event.timestamp_utc, timeZone)}
						</span>
					))}
				</a>
			)}
		</td>
	);
}

function Legend() {
	return (
		<ul class="calendar-legend">
			{membersOf(EventType).map((type) => (
				<li>
					<span class={`calendar-event is-${type.key.toLowerCase()}`} aria-hidden="true" /> {type.label}
				</li>
			))}
		</ul>
	);
}

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

interface WeekProps {
	readonly week: IsoWeek;
	readonly events: EventsByDay;
	readonly today: string;
	readonly timeZone: string;
}

/** The week of the dashboard; it replaces itself when one goes to another. Weekends show only when something is on. */
export function WeekView({ week, events, today, timeZone }: WeekProps) {
	const days = daysOfWeek(week).filter((day) => weekdayOf(day) < 5 || events.has(day));
	const isPresent = formatIsoWeek(isoWeekOf(today)) === formatIsoWeek(week);
	const arrow = (count: number, icon: "chevron-left" | "chevron-right", label: string) => {
		const other = formatIsoWeek(addWeeks(week, count));
		return (
			<a
				class="btn btn-sm btn-icon"
				href={`/calendar/?month=${mondayOf(addWeeks(week, count)).slice(0, 7)}`}
				hx-get={`/htmx/calendar/week?week=${other}`}
				hx-target="#calendar-week"
				hx-swap="outerHTML"
				aria-label={label}
			>
				<Icon name={icon} />
			</a>
		);
	};
	return (
		<div id="calendar-week" class="calendar">
			<div class="calendar-head">
				{arrow(-1, "chevron-left", "Previous week")}
				<p class="calendar-title" aria-live="polite">
					Week {week.week} <span class="text-secondary">{monthInWords(mondayOf(week).slice(0, 7))}</span>
					{isPresent && <span class="text-secondary"> · this week</span>}
				</p>
				{arrow(1, "chevron-right", "Next week")}
			</div>
			<div class="table-scroll">
				<table class="calendar-table">
					<thead>
						<tr>
							{days.map((day) => (
								<th scope="col">{weekdays[weekdayOf(day)]}</th>
							))}
						</tr>
					</thead>
					<tbody>
						<tr>
							{days.map((day) => (
								<Day
									day={day}
									events={events}
									today={today}
									timeZone={timeZone}
									label={`${Number(day.slice(8))}.${Number(day.slice(5, 7))}.`}
								/>
							))}
						</tr>
					</tbody>
				</table>
			</div>
			<Legend />
		</div>
	);
}

interface MonthProps {
	/** `YYYY-MM`. */
	readonly month: string;
	readonly events: EventsByDay;
	readonly today: string;
	readonly timeZone: string;
}

/** A month in whole weeks; days of its neighbours are greyed. */
export function MonthView({ month, events, today, timeZone }: MonthProps) {
	return (
		<div class="calendar">
			<div class="calendar-head">
				<a class="btn btn-sm btn-icon" href={`/calendar/?month=${addMonths(month, -1)}`} aria-label="Previous month">
					<Icon name="chevron-left" />
				</a>
				<h2 class="calendar-title">{monthInWords(month)}</h2>
				<a class="btn btn-sm btn-icon" href={`/calendar/?month=${addMonths(month, 1)}`} aria-label="Next month">
					<Icon name="chevron-right" />
				</a>
			</div>
			<div class="table-scroll">
				<table class="calendar-table">
					<thead>
						<tr>
							<th scope="col" class="calendar-week">
								Week
							</th>
							{weekdays.map((name) => (
								<th scope="col">{name}</th>
							))}
						</tr>
					</thead>
					<tbody>
						{weeksOfMonth(month).map((days) => (
							<tr>
								<th scope="row" class="calendar-week">
									{isoWeekOf(days[0] ?? month).week}
								</th>
								{days.map((day) => (
									<Day
										day={day}
										events={events}
										today={today}
										timeZone={timeZone}
										label={String(Number(day.slice(8)))}
										outside={!day.startsWith(month)}
									/>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</div>
			<Legend />
		</div>
	);
}

/** What is on one day; shown in a dialog. */
export function DayView(props: {
	readonly day: string;
	readonly events: readonly EventRow[];
	readonly timeZone: string;
	readonly mayDelete: (event: EventRow) => boolean;
}) {
	return (
		<>
			<h2 class="dialog-title">{dayInWords(props.day)}</h2>
			{props.events.length === 0 && <EmptyState icon="calendar" title="Nothing is on this day" />}
			<ul class="list-group list-group-flush">
				{props.events.map((event) => (
					<li class="list-group-item">
						<div class="d-flex justify-content-between align-items-start gap-2">
							<p class="mb-1">
								<strong class="font-mono">{formatTimeOfDay(event.timestamp_utc, props.timeZone)}</strong>{" "}
								{event.seq_request_id === null ? (
									event.title
								) : (
									<ObjectLink href={`/seq_requests/${event.seq_request_id}/`}>{event.seq_request_name}</ObjectLink>
								)}
							</p>
							{props.mayDelete(event) && (
								<ActionButton
									action={`/calendar/${event.id}/delete/`}
									small
									look="quiet"
									icon="trash"
									confirm={{ title: "Delete this appointment?", text: event.title, yes: "Delete" }}
								>
									Delete
								</ActionButton>
							)}
						</div>
						<p class="mb-0 text-secondary">
							{memberById(EventType, event.type_id).label} · {event.creator_name}
						</p>
						{event.note && <p class="mb-0 calendar-note">{event.note}</p>}
					</li>
				))}
			</ul>
		</>
	);
}
