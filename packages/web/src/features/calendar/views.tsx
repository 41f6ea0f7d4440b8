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
import type { Content } from "../../framework/exchange.ts";

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

/** What every day of a calendar needs to know. */
interface ShownDays {
	readonly events: EventsByDay;
	readonly today: string;
	readonly timeZone: string;
}

interface DayProps extends ShownDays {
	readonly day: string;
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

interface FrameProps {
	readonly id?: string;
	/** What one goes on and back by: "week". */
	readonly period: string;
	/** Address of so many periods on, and attributes with which htmx replaces only this part. */
	readonly linkTo: (count: -1 | 1) => { readonly href: string; readonly partial?: Record<string, string> };
	readonly title: Content;
	/** Heads of the columns. */
	readonly heads: Content;
	/** The weeks. */
	readonly children?: Content;
}

/** Days in a table below a title between two arrows, with what the colours mean. */
function CalendarFrame({ id, period, linkTo, title, heads, children }: FrameProps) {
	const [previous, next] = [linkTo(-1), linkTo(1)];
	return (
		<div class="calendar" {...(id ? { id } : {})}>
			<div class="calendar-head">
				<a class="btn btn-sm btn-icon" href={previous.href} {...previous.partial} aria-label={`Previous ${period}`}>
					<Icon name="chevron-left" />
				</a>
				{title}
				<a class="btn btn-sm btn-icon" href={next.href} {...next.partial} aria-label={`Next ${period}`}>
					<Icon name="chevron-right" />
				</a>
			</div>
			<div class="table-scroll">
				<table class="calendar-table">
					<thead>
						<tr>{heads}</tr>
					</thead>
					<tbody>{children}</tbody>
				</table>
			</div>
			<Legend />
		</div>
	);
}

/** The week of the dashboard; it replaces itself when one goes to another. Weekends show only when something is on. */
export function WeekView({ week, ...shown }: ShownDays & { readonly week: IsoWeek }) {
	const days = daysOfWeek(week).filter((day) => weekdayOf(day) < 5 || shown.events.has(day));
	const isPresent = formatIsoWeek(isoWeekOf(shown.today)) === formatIsoWeek(week);
	const linkTo = (count: number) => {
		const other = addWeeks(week, count);
		return {
			href: `/calendar/?month=${mondayOf(other).slice(0, 7)}`,
			partial: {
				"hx-get": `/htmx/calendar/week?week=${formatIsoWeek(other)}`,
				"hx-target": "#calendar-week",
				"hx-swap": "outerHTML",
			},
		};
	};
	const title = (
		<p class="calendar-title" aria-live="polite">
			Week {week.week} <span class="text-secondary">{monthInWords(mondayOf(week).slice(0, 7))}</span>
			{isPresent && <span class="text-secondary"> · this week</span>}
		</p>
	);
	const heads = days.map((day) => <th scope="col">{weekdays[weekdayOf(day)]}</th>);
	return (
		<CalendarFrame id="calendar-week" period="week" linkTo={linkTo} title={title} heads={heads}>
			<tr>
				{days.map((day) => (
					<Day {...shown} day={day} label={`${Number(day.slice(8))}.${Number(day.slice(5, 7))}.`} />
				))}
			</tr>
		</CalendarFrame>
	);
}

/** A month (`YYYY-MM`) in whole weeks; days of its neighbours are greyed. */
export function MonthView({ month, ...shown }: ShownDays & { readonly month: string }) {
	const heads = (
		<>
			<th scope="col" class="calendar-week">
				Week
			</th>
			{weekdays.map((name) => (
				<th scope="col">{name}</th>
			))}
		</>
	);
	return (
		<CalendarFrame
			period="month"
			linkTo={(count) => ({ href: `/calendar/?month=${addMonths(month, count)}` })}
			title={<h2 class="calendar-title">{monthInWords(month)}</h2>}
			heads={heads}
		>
			{weeksOfMonth(month).map((days) => (
				<tr>
					<th scope="row" class="calendar-week">
						{isoWeekOf(days[0] ?? month).week}
					</th>
					{days.map((day) => (
						<Day {...shown} day={day} label={String(Number(day.slice(8)))} outside={!day.startsWith(month)} />
					))}
				</tr>
			))}
		</CalendarFrame>
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
