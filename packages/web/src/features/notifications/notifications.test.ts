import type { Viewer } from "@opengsync/core/context";
import { writeUnsubscribeToken } from "@opengsync/core/notifications/unsubscribe-token";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { UserRole } from "@opengsync/domain/catalog";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestServices, createTestUser } from "../../framework/testing/test-app.ts";
import { routes } from "../../routes.ts";

let database: TestDatabase;
let app: Hono;
let client: Viewer;
let technician: Viewer;
const services = createTestServices();

beforeAll(async () => {
	database = await createTestDatabase();
	app = createTestApp({ db: database.db, routes, services });
	client = await createTestUser(database.db, UserRole.CLIENT.id);
	technician = await createTestUser(database.db, UserRole.TECHNICIAN.id);
});
afterAll(() => database.drop());

const choicesOf = (user: Viewer) =>
	database.db
		.selectFrom("notification_preference")
		.select(["kind", "mode"])
		.where("user_id", "=", user.id)
		.orderBy("kind")
		.execute();
const optOuts = () => database.db.selectFrom("notification_opt_out").select(["email", "kind"]).execute();
const linkFor = (user: Viewer | null, email: string) =>
	`/notifications/unsubscribe/${writeUnsubscribeToken(services.config.secretKey, { userId: user?.id ?? null, email, kinds: ["data_released"] })}/`;

/** As a mail program posts for its user: no cookies, no token, from anywhere. */
const oneClick = (path: string, headers: Record<string, string> = {}) =>
	app.request(`http://localhost${path}`, {
		method: "POST",
		headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
		body: "List-Unsubscribe=One-Click",
	});

describe("choosing what mails one gets", () => {
	it("offers clients what is about their requests, and staff also what is about their work", async () => {
		const clientTab = await (
			await (await browserOf(app, database.db, client)).get(`/htmx/users/${client.id}/notifications`)
		).text();
		expect(clientTab).toContain("My request is accepted");
		expect(clientTab).not.toContain("mentions me");
		const staffTab = await (
			await (await browserOf(app, database.db, technician)).get(`/htmx/users/${technician.id}/notifications`)
		).text();
		expect(staffTab).toContain("mentions me");
	});

	it("keeps the choices, and shows them again", async () => {
		const browser = await browserOf(app, database.db, client);
		const kinds = [
			"request_accepted",
			"revision_asked",
			"request_rejected",
			"samples_received",
			"data_released",
			"quality_report",
		];
		const fields = Object.fromEntries(kinds.map((kind) => [kind, kind === "data_released" ? "daily" : "never"]));
		const saved = await browser.post(`/users/${client.id}/notifications/`, { ...fields, mention: "daily" });
		expect(saved.headers.get("location")).toBe(`/users/${client.id}/?tab=notifications`);
		const choices = await choicesOf(client);
		expect(choices).toHaveLength(kinds.length);
		expect(choices).toContainEqual({ kind: "data_released", mode: "daily" });
		const page = await (await browser.get(`/users/${client.id}/notifications/`)).text();
		expect(page).toMatch(/name="data_released"[\s\S]*?<option value="daily" selected/);
		const wrong = await browser.post(`/users/${client.id}/notifications/`, { ...fields, data_released: "sometimes" });
		expect(wrong.status).toBe(422);
	});

	it("is for the owner alone", async () => {
		const admin = await browserOf(app, database.db, await createTestUser(database.db, UserRole.ADMIN.id));
		expect((await admin.get(`/htmx/users/${client.id}/notifications`)).status).toBe(403);
		expect((await admin.post(`/users/${client.id}/notifications/`, { data_released: "never" })).status).toBe(403);
		expect(await (await admin.get(`/users/${client.id}/`)).text()).not.toContain("Notifications");
	});
});

describe("the link in a mail to get no more", () => {
	it("does nothing when it is only opened, as scanners of mails do", async () => {
		const reader = await createTestUser(database.db, UserRole.CLIENT.id);
		const page = await new TestBrowser(app).get(linkFor(reader, reader.email));
		expect(page.status).toBe(200);
		expect(page.headers.get("referrer-policy")).toBe("no-referrer");
		expect(await page.text()).toContain("released data");
		expect(await choicesOf(reader)).toEqual([]);
	});

	it("declines by the button without signing in; again is harmless", async () => {
		const reader = await createTestUser(database.db, UserRole.CLIENT.id);
		const browser = new TestBrowser(app);
		const link = linkFor(reader, reader.email);
		await browser.get(link);
		for (const _ of [1, 2]) {
			const answer = await browser.post(link);
			expect(answer.status).toBe(200);
			expect(await answer.text()).toContain("no more mails about released data");
		}
		expect(await choicesOf(reader)).toEqual([{ kind: "data_released", mode: "never" }]);
	});

	it("declines by one click of a mail program, which has neither cookies nor our token", async () => {
		const reader = await createTestUser(database.db, UserRole.CLIENT.id);
		const answer = await oneClick(linkFor(reader, reader.email), {
			origin: "https://mail.example.com",
			"sec-fetch-site": "cross-site",
		});
		expect(answer.status).toBe(200);
		expect(await choicesOf(reader)).toEqual([{ kind: "data_released", mode: "never" }]);
		expect((await oneClick(linkFor(null, "Guest@example.org"))).status).toBe(200);
		expect(await optOuts()).toEqual([{ email: "guest@example.org", kind: "data_released" }]);
	});

	it("concerns whoever got the mail, not whoever is signed in", async () => {
		const reader = await createTestUser(database.db, UserRole.CLIENT.id);
		const other = await createTestUser(database.db, UserRole.CLIENT.id);
		const browser = await browserOf(app, database.db, other);
		await browser.post(linkFor(reader, reader.email));
		expect(await choicesOf(other)).toEqual([]);
		expect(await choicesOf(reader)).toHaveLength(1);
	});

	it("refuses a link that is not ours", async () => {
		const link = linkFor(client, client.email);
		for (const bad of [
			"/notifications/unsubscribe/abc/",
			link.replace(/(.)\/$/, (_, last: string) => (last === "A" ? "B/" : "A/")),
			link.replace("unsubscribe/", "unsubscribe/A"),
		]) {
			expect((await new TestBrowser(app).get(bad)).status).toBe(404);
			expect((await oneClick(bad)).status).toBe(404);
		}
	});
});

it("waives the token against forgery only where a secret in a public address decides", () => {
	const waived = routes.filter((route) => route.forgeryCheckWaived !== undefined);
	expect(waived.map((route) => `${route.method} ${route.path}`)).toEqual(["POST /notifications/unsubscribe/:token/"]);
	for (const route of waived) expect([route.policy.kind, route.secretUrl]).toEqual(["public", true]);
});
