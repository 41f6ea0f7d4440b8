import { hashToken } from "@opengsync/core/shared/token-hash";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { UserRole } from "@opengsync/domain/catalog";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestBrowser } from "./testing/browser.ts";
import { sampleRoutes } from "./testing/sample-routes.tsx";
import { browserOf, createTestApp, createTestUser, testPassword } from "./testing/test-app.ts";

let database: TestDatabase;
let app: Hono;

beforeAll(async () => {
	database = await createTestDatabase();
	app = createTestApp({ db: database.db, routes: sampleRoutes });
});

afterAll(() => database.drop());

describe("sign-in", () => {
	it("gives a new session and drops the old one, so that a planted id is worthless", async () => {
		const user = await createTestUser(database.db, UserRole.CLIENT.id);
		const browser = new TestBrowser(app);
		browser.cookies.set("opengsync_session", "planted");
		await browser.signIn(user.email.toUpperCase(), testPassword);
		const first = browser.cookies.get("opengsync_session") ?? "";
		expect(first).toMatch(/^[\w-]{43}$/);
		const stored = await database.db.selectFrom("session").select("token_hash").where("user_id", "=", user.id).execute();
		expect(stored).toEqual([{ token_hash: hashToken(first) }]);
		expect((await browser.get("/members/")).status).toBe(200);
		await browser.get("/members/");
		await browser.post("/auth/auth/", { email: user.email, password: testPassword });
		expect(browser.cookies.get("opengsync_session")).not.toBe(first);
		const thief = new TestBrowser(app);
		thief.cookies.set("opengsync_session", first);
		expect((await thief.get("/members/")).status).toBe(302);
	});
	it("sets a cookie that scripts and other sites cannot use", async () => {
		const user = await createTestUser(database.db, UserRole.CLIENT.id);
		const answer = await new TestBrowser(app).signIn(user.email, testPassword);
		const cookie = answer.headers.getSetCookie().find((header) => header.startsWith("opengsync_session="));
		expect(cookie).toMatch(/Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax/);
	});
	it("follows only paths of this site", async () => {
		const user = await createTestUser(database.db, UserRole.CLIENT.id);
		const cases = {
			"https://evil": "/",
			"//evil": "/",
			"/\\evil": "/",
			"/\t/evil": "/",
			"/projects/5/?tab=a#b": "/projects/5/?tab=a#b",
		};
		for (const [next, expected] of Object.entries(cases)) {
			const browser = new TestBrowser(app);
			await browser.get("/auth/auth/");
			const address = `/auth/auth/?next=${encodeURIComponent(next)}`;
			const answer = await browser.post(address, { email: user.email, password: testPassword });
			expect([answer.status, answer.headers.get("location")]).toEqual([303, expected]);
		}
	});
	it("answers alike for unknown addresses and wrong passwords, and keeps what was typed but the password", async () => {
		const user = await createTestUser(database.db, UserRole.CLIENT.id);
		const bodies: string[] = [];
		for (const email of [user.email, "nobody@example.org"]) {
			const answer = await new TestBrowser(app).signIn(email, "wrong password");
			expect(answer.status).toBe(422);
			bodies.push((await answer.text()).replaceAll(email, "…").replaceAll(/(nonce|token)[^>]*>/g, ""));
		}
		const messages = bodies.map((body) => body.match(/field-error[^<]*wrong[^<]*/g));
		expect(messages[0]).toHaveLength(2);
		expect(messages[1]).toEqual(messages[0]);
		expect(bodies[0]).toContain("…");
		expect(bodies[0]).not.toContain("wrong password");
	});
	it("takes as long for unknown addresses as for known ones, and for closed accounts", async () => {
		const [user, closed] = [
			await createTestUser(database.db, UserRole.CLIENT.id),
			await createTestUser(database.db, UserRole.CLIENT.id),
		];
		for (let attempt = 0; attempt < 10; attempt++) await new TestBrowser(app).signIn(closed.email, "wrong password");
		const times: Record<string, number[]> = { [user.email]: [], "nobody@example.org": [], [closed.email]: [] };
		for (let round = 0; round < 9; round++) {
			for (const [email, measured] of Object.entries(times)) {
				const browser = new TestBrowser(app);
				await browser.get("/auth/auth/");
				const startedMs = performance.now();
				await browser.post("/auth/auth/", { email, password: "wrong password" });
				measured.push(performance.now() - startedMs);
			}
		}
		const medians = Object.values(times).map((measured) => [...measured].sort((a, b) => a - b)[4] ?? 0);
		// Without the same work an unknown address would take a tenth of the time.
		expect(Math.min(...medians) / Math.max(...medians)).toBeGreaterThan(0.5);
	});
	it("closes an account after ten wrong passwords, also for the right one", async () => {
		const user = await createTestUser(database.db, UserRole.CLIENT.id);
		for (let attempt = 0; attempt < 10; attempt++) await new TestBrowser(app).signIn(user.email, "wrong password");
		expect((await new TestBrowser(app).signIn(user.email, testPassword)).status).toBe(422);
	});
	it("refuses the deactivated, and ends their open sessions", async () => {
		const user = await createTestUser(database.db, UserRole.CLIENT.id);
		const browser = await browserOf(app, database.db, user);
		await database.db.updateTable("lims_user").set({ role_id: UserRole.DEACTIVATED.id }).where("id", "=", user.id).execute();
		expect((await browser.get("/members/")).status).toBe(302);
		const answer = await new TestBrowser(app).signIn(user.email, testPassword);
		expect(await answer.text()).toContain("deactivated");
	});
	it("ends this session at sign-out, not that of another browser", async () => {
		const user = await createTestUser(database.db, UserRole.CLIENT.id);
		const [one, two] = [await browserOf(app, database.db, user), await browserOf(app, database.db, user)];
		await one.get("/members/");
		expect((await one.post("/auth/sign_out/")).headers.get("location")).toBe("/auth/auth/");
		expect(await (await one.get("/auth/auth/")).text()).toContain("You are signed out.");
		expect((await one.get("/members/")).status).toBe(302);
		expect((await two.get("/members/")).status).toBe(200);
	});
});

describe("the first administrator", () => {
	it("is made once, by a link that works only while there is none", async () => {
		const own = await createTestDatabase();
		const first = createTestApp({ db: own.db, routes: sampleRoutes });
		const link = {
			purpose: "first_admin",
			token_hash: hashToken("0123456789abcdef"),
			email: "",
			expires_at: new Date(Date.now() + 60_000),
		};
		await own.db.insertInto("one_time_link").values(link).execute();
		const browser = new TestBrowser(first);
		const address = "/auth/first-admin/0123456789abcdef/";
		expect((await browser.get(address)).status).toBe(200);
		const fields = { email: "Admin@Example.org", firstName: "Demo", lastName: "Admin", password: testPassword };
		expect((await browser.post(address, { ...fields, repetition: "other" })).status).toBe(422);
		expect((await browser.post(address, { ...fields, repetition: testPassword })).headers.get("location")).toBe("/");
		expect((await browser.get("/admins/")).status).toBe(200);
		const again = new TestBrowser(first);
		expect((await again.get(address)).headers.get("location")).toBe("/auth/auth/");
		await own.drop();
	});
});
