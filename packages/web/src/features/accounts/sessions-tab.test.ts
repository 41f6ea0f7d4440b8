import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { UserRole } from "@opengsync/domain/catalog";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestUser, testPassword } from "../../framework/testing/test-app.ts";
import { projectRoutes } from "../projects/routes.tsx";
import { userRoutes } from "../users/routes.tsx";
import { browserName } from "./browser-name.ts";
import { resetRoutes } from "./reset-routes.tsx";
import { sessionRoutes } from "./sessions-tab.tsx";
import { workingAsRoutes } from "./working-as.tsx";

let database: TestDatabase;
let app: Hono;

beforeAll(async () => {
	database = await createTestDatabase();
	app = createTestApp({
		db: database.db,
		routes: [...userRoutes, ...sessionRoutes, ...workingAsRoutes, ...projectRoutes, ...resetRoutes],
	});
});

afterAll(() => database.drop());

const person = (roleId: number) => createTestUser(database.db, roleId);

async function sessionsOf(userId: number) {
	return database.db.selectFrom("session").selectAll().where("user_id", "=", userId).orderBy("id").execute();
}

async function isSignedIn(browser: TestBrowser, userId: number): Promise<boolean> {
	return (await browser.get(`/users/${userId}/`)).status === 200;
}

describe("the list of sessions", () => {
	it("shows every browser, marks the present one, and ends the one that is chosen", async () => {
		const user = await person(UserRole.CLIENT.id);
		const here = await browserOf(app, database.db, user);
		const there = new TestBrowser(app);
		const agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
		await there.get("/auth/auth/");
		const body = new URLSearchParams({ email: user.email, password: testPassword, csrf_token: there.csrfToken });
		await there.post("/auth/auth/", {}, { body, headers: { "user-agent": agent } });
		const text = await (await here.get(`/htmx/users/${user.id}/sessions`)).text();
		expect(text).toContain("Firefox on Linux");
		expect(text.match(/this one/g)).toHaveLength(1);
		const [, other] = await sessionsOf(user.id);
		await here.post(`/users/${user.id}/sessions/end/`, { session_id: String(other?.id) });
		expect([await isSignedIn(here, user.id), await isSignedIn(there, user.id)]).toEqual([true, false]);
	});

	it("ends all others at once and keeps this one", async () => {
		const user = await person(UserRole.CLIENT.id);
		const browsers = await Promise.all([1, 2, 3].map(() => browserOf(app, database.db, user)));
		const [here] = browsers;
		await here?.post(`/users/${user.id}/sessions/end_others/`);
		expect(await Promise.all(browsers.map((browser) => isSignedIn(browser, user.id)))).toEqual([true, false, false]);
	});

	it("signs out when the present session is chosen", async () => {
		const user = await person(UserRole.CLIENT.id);
		const here = await browserOf(app, database.db, user);
		const [session] = await sessionsOf(user.id);
		const answer = await here.post(`/users/${user.id}/sessions/end/`, { session_id: String(session?.id) });
		expect(answer.headers.get("location")).toBe("/auth/auth/");
		expect(await sessionsOf(user.id)).toEqual([]);
	});

	it("is nobody else's but an admin's, and no foreign session is ended through one's own address", async () => {
		const [user, technician, admin] = [
			await person(UserRole.CLIENT.id),
			await person(UserRole.TECHNICIAN.id),
			await person(UserRole.ADMIN.id),
		];
		const own = await browserOf(app, database.db, user);
		const [session] = await sessionsOf(user.id);
		const colleague = await browserOf(app, database.db, technician);
		expect((await colleague.get(`/htmx/users/${user.id}/sessions`)).status).toBe(403);
		expect((await colleague.post(`/users/${user.id}/sessions/end_others/`)).status).toBe(403);
		const swapped = await colleague.post(`/users/${technician.id}/sessions/end/`, { session_id: String(session?.id) });
		expect(swapped.status).toBe(404);
		expect(await isSignedIn(own, user.id)).toBe(true);
		const above = await browserOf(app, database.db, admin);
		await above.post(`/users/${user.id}/sessions/end_others/`);
		expect(await isSignedIn(own, user.id)).toBe(false);
	});
});

describe("signing in", () => {
	it("begins a session with a new id each time, so that a planted one is worth nothing", async () => {
		const user = await person(UserRole.CLIENT.id);
		const browser = new TestBrowser(app);
		browser.cookies.set("opengsync_session", "planted");
		await browser.signIn(user.email, testPassword);
		const first = browser.cookies.get("opengsync_session");
		expect(first).not.toBe("planted");
		expect(await isSignedIn(browser, user.id)).toBe(true);
		await browser.post("/auth/auth/", { email: user.email, password: testPassword });
		expect(browser.cookies.get("opengsync_session")).not.toBe(first);
		const replay = new TestBrowser(app);
		replay.cookies.set("opengsync_session", first ?? "");
		expect(await isSignedIn(replay, user.id)).toBe(false);
	});
});

describe("an admin who works as another user", () => {
	it("sees whose account it is on every page, leaves a trace in all that is written, and returns to the own session", async () => {
		const [admin, user] = [await person(UserRole.ADMIN.id), await person(UserRole.CLIENT.id)];
		const browser = await browserOf(app, database.db, admin);
		expect(await (await browser.get(`/users/${user.id}/`)).text()).toContain(`/users/${user.id}/work_as/`);
		await browser.post(`/users/${user.id}/work_as/`);
		for (const path of [`/users/${user.id}/`, "/projects/", "/projects/new/", "/no-such-page/", "/auth/forgot_password/"]) {
			const page = await (await browser.get(path)).text();
			expect(page).toContain("You are working as");
			expect(page).toContain(user.lastName);
			expect(page).toContain("/auth/end_session_as_user/");
		}
		expect((await browser.get("/users/")).status).toBe(403);
		const made = await browser.post("/projects/new/", { title: "Mouse atlas", description: "Written by the admin" });
		expect(made.status).toBe(303);
		const events = await database.db
			.selectFrom("audit_event")
			.select(["actor_id", "impersonator_id"])
			.where("table_name", "=", "project")
			.execute();
		expect(events).toEqual([{ actor_id: user.id, impersonator_id: admin.id }]);
		await browser.post("/auth/end_session_as_user/");
		const after = await (await browser.get("/users/")).text();
		expect(after).not.toContain("You are working as");
		expect(await sessionsOf(user.id)).toEqual([]);
	});

	it("cannot begin a further session, look into sessions, or make tokens meanwhile", async () => {
		const [admin, user, third] = [
			await person(UserRole.ADMIN.id),
			await person(UserRole.TECHNICIAN.id),
			await person(UserRole.CLIENT.id),
		];
		const browser = await browserOf(app, database.db, admin);
		await browser.post(`/users/${user.id}/work_as/`);
		await browser.get("/projects/");
		expect((await browser.post(`/users/${third.id}/work_as/`)).status).toBe(403);
		expect((await browser.get(`/htmx/users/${user.id}/sessions`)).status).toBe(403);
		const token = { name: "back door", read: "true", timeValidMin: "525600" };
		expect((await browser.post(`/users/${user.id}/api_tokens/new/`, token)).status).toBe(403);
	});

	it("is back in the own session when somebody else ends that one", async () => {
		const [admin, user] = [await person(UserRole.ADMIN.id), await person(UserRole.DEACTIVATED.id)];
		const browser = await browserOf(app, database.db, admin);
		await browser.post(`/users/${user.id}/work_as/`);
		const colleague = await browserOf(app, database.db, await person(UserRole.ADMIN.id));
		await colleague.post(`/users/${user.id}/sessions/end_others/`);
		const page = await browser.get("/users/");
		expect([page.status, (await page.text()).includes("You are working as")]).toEqual([200, false]);
		expect(await isSignedIn(browser, admin.id)).toBe(true);
		const { role_id } = await database.db
			.selectFrom("lims_user")
			.select("role_id")
			.where("id", "=", user.id)
			.executeTakeFirstOrThrow();
		expect(role_id).toBe(UserRole.DEACTIVATED.id);
	});

	it("is refused for admins' accounts and for everybody who is no admin", async () => {
		const [admin, other, technician] = [
			await person(UserRole.ADMIN.id),
			await person(UserRole.ADMIN.id),
			await person(UserRole.TECHNICIAN.id),
		];
		const browser = await browserOf(app, database.db, admin);
		expect((await browser.post(`/users/${other.id}/work_as/`)).status).toBe(400);
		const staff = await browserOf(app, database.db, technician);
		expect((await staff.post(`/users/${other.id}/work_as/`)).status).toBe(403);
	});
});

describe("browserName", () => {
	it.each([
		[
			"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36",
			"Chrome on Windows",
		],
		["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0", "Edge on Windows"],
		["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15", "Safari on macOS"],
		["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit Version/18.0 Mobile Safari/604.1", "Safari on iOS"],
		["curl/8.5.0", "curl"],
		[null, "Unknown browser"],
	])("calls %s by its usual name", (userAgent, name) => {
		expect(browserName(userAgent)).toBe(name);
	});
});
