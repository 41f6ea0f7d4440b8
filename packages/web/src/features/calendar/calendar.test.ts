import type { Viewer } from "@opengsync/core/context";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createRequest } from "@opengsync/db/testing/factories";
import { EventType, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestServices, createTestUser } from "../../framework/testing/test-app.ts";
import { calendarRoutes } from "./routes.tsx";

let database: TestDatabase;
let admin: TestBrowser;
let author: TestBrowser;
let colleague: TestBrowser;
let authorUser: Viewer;

/** A Sunday at the end of week 53 of 2026 in Vienna. */
const now = new Date("2027-01-03T12:00:00Z");

beforeAll(async () => {
	vi.useFakeTimers({ now, toFake: ["Date"] });
	database = await createTestDatabase();
	const { db } = database;
	const plain = createTestServices();
	const services = { ...plain, config: { ...plain.config, timeZone: "Europe/Vienna" } };
	const app = createTestApp({ db, routes: calendarRoutes, services });
	authorUser = await createTestUser(db, UserRole.TECHNICIAN.id);
	admin = await browserOf(app, db, await createTestUser(db, UserRole.ADMIN.id));
	author = await browserOf(app, db, authorUser);
	colleague = await browserOf(app, db, await createTestUser(db, UserRole.BIOINFORMATICIAN.id));
});
afterAll(async () => {
	vi.useRealTimers();
	await database.drop();
});

async function enterDelivery(name: string, at: string): Promise<void> {
	const { id } = await database.db
		.insertInto("event")
		.values({ title: name, timestamp_utc: new Date(at), type_id: EventType.SAMPLE_SUBMISSION.id, creator_id: authorUser.id })
		.returning("id")
		.executeTakeFirstOrThrow();
	await createRequest(database.db, { name, requestor_id: authorUser.id, sample_submission_event_id: id });
}

const textOf = async (browser: TestBrowser, path: string) => (await browser.get(path, { fragment: true })).text();

describe("the calendar", () => {
	it("§19 case 32: an entry at 23:30 local on Sunday is in that week, and the next week is week 1 of 2027", async () => {
		await enterDelivery("Late on Sunday", "2027-01-03T22:30:00Z");
		const week53 = await textOf(author, "/htmx/calendar/week?week=2026-W53");
		expect(week53).toContain("23:30");
		expect(week53).toContain("week=2027-W01");
		expect(week53).toContain("Sun");
		const week1 = await textOf(author, "/htmx/calendar/week?week=2027-W01");
		expect(week1).not.toContain("23:30");
		expect(week1).not.toContain("Sun");
	});

	it("shows a delivery with its request, an appointment with its note, both escaped", async () => {
		await enterDelivery("<img src=x onerror=1>", "2027-02-01T08:00:00Z");
		const day = await textOf(author, "/htmx/calendar/day?day=2027-02-01");
		expect(day).toContain("&lt;img src=x onerror=1&gt;");
		expect(day).toContain("09:00");
		expect(day).toMatch(/href="\/seq_requests\/\d+\/"/);
	});

	it("appointments are deleted by their creator or an admin, deliveries by nobody here", async () => {
		const enter = () => author.post("/calendar/new/", { title: "Service of the sequencer", time: "2027-03-01T10:00", note: "" });
		expect((await enter()).status).toBe(303);
		const find = async () =>
			(
				await database.db
					.selectFrom("event")
					.select(["id", "timestamp_utc"])
					.where("title", "=", "Service of the sequencer")
					.execute()
			).at(-1);
		const event = await find();
		expect(event?.timestamp_utc.toISOString()).toBe("2027-03-01T09:00:00.000Z");
		expect((await colleague.post(`/calendar/${event?.id}/delete/`)).status).toBe(403);
		expect((await author.post(`/calendar/${event?.id}/delete/`)).status).toBe(303);
		expect((await author.post(`/calendar/${event?.id}/delete/`)).status).toBe(404);
		await enter();
		expect((await admin.post(`/calendar/${(await find())?.id}/delete/`)).status).toBe(303);
		const delivery = await database.db
			.selectFrom("event")
			.select("id")
			.where("type_id", "=", EventType.SAMPLE_SUBMISSION.id)
			.executeTakeFirst();
		expect((await admin.post(`/calendar/${delivery?.id}/delete/`)).status).toBe(400);
	});

	it.each([
		"/calendar/?month=2026-13",
		"/htmx/calendar/week?week=2027-W53",
		"/htmx/calendar/day?day=2026-02-30",
		"/htmx/calendar/day",
	])("%s is refused, not guessed", async (path) => {
		expect((await author.get(path)).status).toBe(400);
	});

	it("shows the present month with today marked, and its neighbours", async () => {
		const page = await textOf(author, "/calendar/");
		expect(page).toContain("January 2027");
		expect(page).toContain('aria-current="date"');
		expect(page).toContain("month=2026-12");
		expect(page).toContain("month=2027-02");
	});
});
