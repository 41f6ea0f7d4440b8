import { BadRequestError } from "@opengsync/core/errors";
import { createEvent } from "@opengsync/core/events/create-event";
import { deleteEvent } from "@opengsync/core/events/delete-event";
import { type EventRow, listEvents } from "@opengsync/db/queries/events";
import {
	addDays,
	daysOfWeek,
	isDay,
	isoWeekOf,
	parseIsoWeek,
	parseMonth,
	startOfDay,
	weeksOfMonth,
} from "@opengsync/domain/calendar";
import { EventType } from "@opengsync/domain/catalog";
import { formatDate, parseLocalDateTime } from "@opengsync/domain/time";
import { z } from "zod";
import { LinkButton } from "../../components/button.tsx";
import { Card } from "../../components/parts.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { defineForm } from "../../framework/form.ts";
import { formRoutes } from "../../framework/form-routes.tsx";
import { insider } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { DayView, groupByDay, MonthView, WeekView } from "./views.tsx";

/** Entries of whole days of the facility, both included. */
function listEventsOfDays(exchange: Exchange, first: string, last: string): Promise<EventRow[]> {
	const { timeZone } = exchange.services.config;
	return listEvents(exchange.db, startOfDay(first, timeZone), startOfDay(addDays(last, 1), timeZone));
}

function todayOf(exchange: Exchange): string {
	return formatDate(exchange.services.now(), exchange.services.config.timeZone);
}

const month = defineRoute({
	method: "GET",
	path: "/calendar/",
	kind: "page",
	policy: insider,
	summary: "Calendar by month",
	query: z.object({ month: z.string().optional() }),
	handler: async (exchange) => {
		const today = todayOf(exchange);
		const shown = parseMonth(exchange.query.month ?? today.slice(0, 7));
		if (!shown) throw new BadRequestError("month: must be like 2026-12");
		const days = weeksOfMonth(shown).flat();
		const events = await listEventsOfDays(exchange, days[0] ?? today, days.at(-1) ?? today);
		const { timeZone } = exchange.services.config;
		const newEvent = (
			<LinkButton href="/calendar/new/" dialog="/htmx/calendar/new" look="primary" icon="plus">
				New appointment
			</LinkButton>
		);
		return exchange.page(
			{ title: "Calendar", active: "calendar", actions: newEvent },
			<Card>
				<MonthView month={shown} events={groupByDay(events, timeZone)} today={today} timeZone={timeZone} />
			</Card>,
		);
	},
});

const week = defineRoute({
	method: "GET",
	path: "/htmx/calendar/week",
	kind: "fragment",
	policy: insider,
	summary: "Calendar by week",
	query: z.object({ week: z.string().optional() }),
	handler: async (exchange) => {
		const today = todayOf(exchange);
		const shown = exchange.query.week === undefined ? isoWeekOf(today) : parseIsoWeek(exchange.query.week);
		if (!shown) throw new BadRequestError("week: must be like 2026-W53");
		const days = daysOfWeek(shown);
		const { timeZone } = exchange.services.config;
		const events = groupByDay(await listEventsOfDays(exchange, days[0] ?? today, days[6] ?? today), timeZone);
		return exchange.fragment(<WeekView week={shown} events={events} today={today} timeZone={timeZone} />);
	},
});

const day = defineRoute({
	method: "GET",
	path: "/htmx/calendar/day",
	kind: "fragment",
	policy: insider,
	summary: "Calendar of a day",
	query: z.object({ day: z.string().refine(isDay, "must be like 2026-12-31") }),
	handler: async (exchange) => {
		const { viewer, isAdmin } = exchange;
		const events = await listEventsOfDays(exchange, exchange.query.day, exchange.query.day);
		const mayDelete = (event: EventRow) => event.type_id === EventType.CUSTOM.id && (isAdmin || event.creator_id === viewer.id);
		const { timeZone } = exchange.services.config;
		return exchange.fragment(<DayView day={exchange.query.day} events={events} timeZone={timeZone} mayDelete={mayDelete} />);
	},
});

const newEvent = formRoutes({
	pagePath: "/calendar/new/",
	dialogPath: "/htmx/calendar/new",
	policy: insider,
	summary: "Enter an appointment",
	active: "calendar",
	title: () => "New appointment",
	breadcrumbs: () => [{ label: "Calendar", href: "/calendar/" }],
	load: async () => null,
	form: (_, exchange) =>
		defineForm({
			name: "event-form",
			submitLabel: "Enter",
			fields: {
				title: { kind: "text", label: "Title", required: true, maxLength: 64 },
				time: {
					kind: "datetime-local",
					label: "Day and time",
					required: true,
					help: `Time zone: ${exchange.services.config.timeZone}.`,
				},
				note: { kind: "textarea", label: "Note", maxLength: 512, rows: 3 },
			},
		}),
	accept: async (exchange, values) => {
		const { timeZone } = exchange.services.config;
		const time = parseLocalDateTime(values.time, timeZone);
		await exchange.command((context) => createEvent(context, { title: values.title, note: values.note, time }));
		exchange.flash("success", "Appointment entered.");
		return `/calendar/?month=${time ? formatDate(time, timeZone).slice(0, 7) : ""}`;
	},
});

const remove = defineRoute({
	method: "POST",
	path: "/calendar/:id/delete/",
	kind: "action",
	policy: insider,
	summary: "Delete an appointment",
	params: withId,
	handler: async (exchange) => {
		await exchange.command((context) => deleteEvent(context, exchange.params.id));
		exchange.flash("success", "Appointment deleted.");
		return exchange.redirect("/calendar/");
	},
});

/** Calendar of deliveries and appointments: access-and-web.md §10. */
export const calendarRoutes: readonly Route[] = [month, week, day, ...newEvent, remove];
