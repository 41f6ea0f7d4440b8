import { endSessionsOfUser } from "@opengsync/core/accounts/end-sessions";
import type { Services, Viewer } from "@opengsync/core/context";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { transact } from "@opengsync/db/transaction";
import { UserRole } from "@opengsync/domain/catalog";
import type { Hono } from "hono";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { signedIn } from "../../framework/policy.ts";
import { defineRoute } from "../../framework/route.ts";
import { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestServices, createTestUser, testPassword } from "../../framework/testing/test-app.ts";
import { securityRoutes } from "./security-tab.tsx";

let database: TestDatabase;
let app: Hono;
let now = new Date();
const plain = createTestServices({ now: () => now });
const { config } = plain;
const services: Services = { ...plain, config: { ...config, signIn: { ...config.signIn, secondFactorRoles: ["TECHNICIAN"] } } };

const whoAmI = defineRoute({
	method: "GET",
	path: "/who/",
	kind: "page",
	policy: signedIn,
	summary: "Says who is signed in",
	handler: (exchange) => exchange.text(exchange.viewer.email),
});

beforeAll(async () => {
	database = await createTestDatabase();
	app = createTestApp({ db: database.db, routes: [whoAmI, ...securityRoutes], services });
});
afterAll(() => database.drop());
beforeEach(() => {
	now = new Date();
});

function pass(seconds: number): void {
	now = new Date(now.getTime() + seconds * 1000);
}

function codeNow(secret: string): string {
	return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now.getTime() });
}

/** Secret and sealed offer that a set-up page shows. */
function offerOn(html: string): { secret: string; offer: string } {
	const secret = /data-copy="([A-Z2-7]{32})"/.exec(html)?.[1] ?? "";
	const offer = /name="offer" value="([^"]+)"/.exec(html)?.[1] ?? "";
	return { secret, offer };
}

function recoveryCodesOn(html: string): string[] {
	return [...html.matchAll(/<li>([a-z0-9]{4}(?:-[a-z0-9]{4}){3})<\/li>/g)].map((match) => match[1] ?? "");
}

/** Somebody who has set up an app on the page; the code of that moment is past. */
async function withApp(): Promise<{ user: Viewer; secret: string; codes: string[]; browser: TestBrowser }> {
	const user = await createTestUser(database.db, UserRole.CLIENT.id);
	const browser = await browserOf(app, database.db, user);
	const { secret, offer } = offerOn(await (await browser.get(`/users/${user.id}/two_factor/new/`)).text());
	const answer = await browser.post(`/users/${user.id}/two_factor/new/`, { offer, code: codeNow(secret) });
	const codes = recoveryCodesOn(await answer.text());
	expect(codes).toHaveLength(10);
	pass(60);
	return { user, secret, codes, browser };
}

/** A browser in which the password of a user was right. */
async function afterPassword(user: Viewer, next = ""): Promise<TestBrowser> {
	const browser = new TestBrowser(app);
	await browser.get(`/auth/auth/${next}`);
	const answer = await browser.post(`/auth/auth/${next}`, { email: user.email, password: testPassword });
	expect(answer.status).toBe(303);
	return browser;
}

async function whoIn(browser: TestBrowser): Promise<string | null> {
	const answer = await browser.get("/who/");
	return answer.status === 200 ? answer.text() : null;
}

describe("signing in with a second factor", () => {
	it("gives no session for the password alone, and one for the code, and leads on", async () => {
		const { user, secret } = await withApp();
		const browser = await afterPassword(user, "?next=%2Fwho%2F");
		expect(browser.cookies.has("opengsync_session")).toBe(false);
		expect(await whoIn(browser)).toBeNull();
		await browser.get("/auth/second_factor/");
		const answer = await browser.post("/auth/second_factor/", { code: codeNow(secret) });
		expect([answer.status, answer.headers.get("location")]).toEqual([303, "/who/"]);
		expect(await whoIn(browser)).toBe(user.email);
		expect(browser.cookies.has("opengsync_sign_in")).toBe(false);
	});

	it("takes a recovery code once, and says how many are left", async () => {
		const { user, codes } = await withApp();
		const [code = ""] = codes;
		const browser = await afterPassword(user);
		await browser.get("/auth/second_factor/");
		expect((await browser.post("/auth/second_factor/", { code })).status).toBe(303);
		expect(await (await browser.get(`/users/${user.id}/two_factor/recovery_codes/`)).text()).toContain("9 are left");
		const again = await afterPassword(user);
		await again.get("/auth/second_factor/");
		expect((await again.post("/auth/second_factor/", { code })).status).toBe(422);
	});

	it("records who came in how, and who failed, without what was typed", async () => {
		const { user, secret } = await withApp();
		const wrong = new TestBrowser(app);
		await wrong.signIn(user.email, "a wrong password 4711");
		const browser = await afterPassword(user);
		await browser.get("/auth/second_factor/");
		await browser.post("/auth/second_factor/", { code: "000000" });
		await browser.post("/auth/second_factor/", { code: codeNow(secret) });
		const events = await database.ownerDb
			.selectFrom("audit_event")
			.select(["table_name", "changes"])
			.where("row_key", "=", `lims_user/${user.id}`)
			.where("action", "=", "E")
			.orderBy("id")
			.execute();
		expect(events.map((event) => event.table_name)).toEqual(["sign_in_failed", "second_factor_failed", "sign_in"]);
		expect(events[2]?.changes).toEqual({ method: "password", address: "none" });
		expect(JSON.stringify(events)).not.toMatch(/4711|000000/);
	});

	it("lets a wrong code try again, five times; then the password is asked for again", async () => {
		const { user, secret } = await withApp();
		const browser = await afterPassword(user);
		await browser.get("/auth/second_factor/");
		for (const left of ["4 tries are", "3 tries are", "2 tries are", "One try is"]) {
			const answer = await browser.post("/auth/second_factor/", { code: "123456789" });
			expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining(`${left} left`)]);
		}
		const last = await browser.post("/auth/second_factor/", { code: "123456789" });
		expect(last.headers.get("location")).toBe("/auth/auth/");
		const late = await browser.post("/auth/second_factor/", { code: codeNow(secret) });
		expect(late.headers.get("location")).toBe("/auth/auth/");
		expect(await whoIn(browser)).toBeNull();
	});

	it("closes the account after ten wrong codes, although the password is right each time", async () => {
		const { user, secret } = await withApp();
		for (const _ of [1, 2]) {
			const browser = await afterPassword(user);
			for (const _try of [1, 2, 3, 4, 5]) await browser.post("/auth/second_factor/", { code: "123456789" });
		}
		const browser = new TestBrowser(app);
		expect((await browser.signIn(user.email, testPassword)).status).toBe(422);
		pass(901);
		const later = await afterPassword(user);
		expect((await later.post("/auth/second_factor/", { code: codeNow(secret) })).headers.get("location")).toBe("/");
	});
});

describe("the second factor cannot be left out", () => {
	it("by going to a later step directly, with or without a cookie of one's own making", async () => {
		const browser = new TestBrowser(app);
		await browser.get("/auth/auth/");
		for (const cookie of [null, "", "x", "0123456789012345678901234567890123456789012"]) {
			if (cookie !== null) browser.cookies.set("opengsync_sign_in", cookie);
			for (const path of ["/auth/second_factor/", "/auth/second_factor/set_up/"]) {
				expect((await browser.get(path)).headers.get("location")).toBe("/auth/auth/");
				const answer = await browser.post(path, { code: "123456", offer: "x", userId: "1", secondFactorDone: "true" });
				expect(answer.headers.get("location")).toBe("/auth/auth/");
			}
		}
		expect(browser.cookies.has("opengsync_session")).toBe(false);
	});

	it("by fields that say it is done, or who one is", async () => {
		const { user } = await withApp();
		const browser = new TestBrowser(app);
		await browser.get("/auth/auth/");
		const fields = { email: user.email, password: testPassword, secondFactorDone: "true", method: "passkey", code: "1" };
		const answer = await browser.post("/auth/auth/?secondFactorDone=true", fields);
		expect(answer.headers.get("location")).toBe("/auth/second_factor/");
		expect(await whoIn(browser)).toBeNull();
	});

	it("with the code of another, or the pending sign-in of another", async () => {
		const victim = await withApp();
		const attacker = await withApp();
		const browser = await afterPassword(victim.user);
		expect((await browser.post("/auth/second_factor/", { code: codeNow(attacker.secret) })).status).toBe(422);
		// The attacker's own pending sign-in leads into the attacker's own account, whoever is named.
		const own = await afterPassword(attacker.user);
		browser.cookies.set("opengsync_sign_in", own.cookies.get("opengsync_sign_in") ?? "");
		await browser.post("/auth/second_factor/", { code: codeNow(attacker.secret), userId: String(victim.user.id) });
		expect(await whoIn(browser)).toBe(attacker.user.email);
	});

	it("by setting up another app while one is in force", async () => {
		const { user } = await withApp();
		const browser = await afterPassword(user);
		expect((await browser.get("/auth/second_factor/set_up/")).headers.get("location")).toBe("/auth/second_factor/");
		const answer = await browser.post("/auth/second_factor/set_up/", { offer: "x", code: "123456" });
		expect(answer.headers.get("location")).toBe("/auth/auth/");
	});

	it("by sending a code again, or a cookie again", async () => {
		const { user, secret } = await withApp();
		const browser = await afterPassword(user);
		const token = browser.cookies.get("opengsync_sign_in") ?? "";
		const code = codeNow(secret);
		await browser.post("/auth/second_factor/", { code });
		const second = await afterPassword(user);
		expect((await second.post("/auth/second_factor/", { code })).status).toBe(422);
		second.cookies.set("opengsync_sign_in", token);
		pass(30);
		const replayed = await second.post("/auth/second_factor/", { code: codeNow(secret) });
		expect(replayed.headers.get("location")).toBe("/auth/auth/");
		expect(await whoIn(second)).toBeNull();
	});

	it("ten minutes later", async () => {
		const { user, secret } = await withApp();
		const browser = await afterPassword(user);
		pass(600);
		expect((await browser.post("/auth/second_factor/", { code: codeNow(secret) })).headers.get("location")).toBe("/auth/auth/");
	});

	it("when all sessions were ended between the steps, as a new password does", async () => {
		const { user, secret } = await withApp();
		const browser = await afterPassword(user);
		const actor = { userId: user.id, impersonatorId: null, via: "web", requestId: "test" } as const;
		await transact(database.db, actor, (tx) => endSessionsOfUser(tx, user.id, "password reset"));
		expect((await browser.post("/auth/second_factor/", { code: codeNow(secret) })).headers.get("location")).toBe("/auth/auth/");
		expect(browser.cookies.has("opengsync_session")).toBe(false);
	});

	it("by somebody who was deactivated between the steps", async () => {
		const { user, secret } = await withApp();
		const browser = await afterPassword(user);
		await database.db.updateTable("lims_user").set({ role_id: UserRole.DEACTIVATED.id }).where("id", "=", user.id).execute();
		expect((await browser.post("/auth/second_factor/", { code: codeNow(secret) })).headers.get("location")).toBe("/auth/auth/");
		expect(browser.cookies.has("opengsync_session")).toBe(false);
	});

	it("and its cookie is not for scripts", async () => {
		const { user } = await withApp();
		const browser = new TestBrowser(app);
		const answer = await browser.signIn(user.email, testPassword);
		const cookie = answer.headers.getSetCookie().find((header) => header.startsWith("opengsync_sign_in=")) ?? "";
		expect(cookie).toMatch(/Max-Age=600.*HttpOnly.*SameSite=Lax/i);
	});
});

describe("a role that demands a second factor", () => {
	it("lets nobody in before one is set up, and then shows the recovery codes", async () => {
		const user = await createTestUser(database.db, UserRole.TECHNICIAN.id);
		const browser = await afterPassword(user, "?next=%2Fwho%2F");
		expect(await whoIn(browser)).toBeNull();
		expect((await browser.get("/auth/second_factor/")).headers.get("location")).toBe("/auth/second_factor/set_up/");
		const html = await (await browser.get("/auth/second_factor/set_up/")).text();
		expect(html).toContain("<svg");
		const { secret, offer } = offerOn(html);
		const wrong = await browser.post("/auth/second_factor/set_up/", { offer, code: "123456789" });
		expect([wrong.status, offerOn(await wrong.text())]).toEqual([422, { secret, offer }]);
		expect(await whoIn(browser)).toBeNull();
		const right = await browser.post("/auth/second_factor/set_up/", { offer, code: codeNow(secret) });
		const page = await right.text();
		expect(recoveryCodesOn(page)).toHaveLength(10);
		expect(page).toContain('href="/who/"');
		expect(await whoIn(browser)).toBe(user.email);
	});

	it("does not take a secret that the client made up, or that of another", async () => {
		const user = await createTestUser(database.db, UserRole.TECHNICIAN.id);
		const other = await createTestUser(database.db, UserRole.TECHNICIAN.id);
		const theirs = offerOn(await (await (await afterPassword(other)).get("/auth/second_factor/set_up/")).text());
		const browser = await afterPassword(user);
		const made = new Secret({ size: 20 }).base32;
		for (const offer of [made, theirs.offer]) {
			const secret = offer === made ? made : theirs.secret;
			const answer = await browser.post("/auth/second_factor/set_up/", { offer, code: codeNow(secret) });
			expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining("took too long")]);
		}
		expect(await whoIn(browser)).toBeNull();
	});
});

describe("a session without the second factor", () => {
	it("is over once the person is given a role that demands one", async () => {
		const user = await createTestUser(database.db, UserRole.CLIENT.id);
		const browser = await browserOf(app, database.db, user);
		expect(await whoIn(browser)).toBe(user.email);
		await database.db.updateTable("lims_user").set({ role_id: UserRole.TECHNICIAN.id }).where("id", "=", user.id).execute();
		expect(await whoIn(browser)).toBeNull();
	});

	it("is over once an admin removes the second factor that the role demands", async () => {
		const { user, browser } = await withApp();
		await database.db.updateTable("lims_user").set({ role_id: UserRole.TECHNICIAN.id }).where("id", "=", user.id).execute();
		expect(await whoIn(browser)).toBe(user.email);
		const admin = await browserOf(app, database.db, await createTestUser(database.db, UserRole.ADMIN.id));
		await admin.get("/no-such-page/");
		await admin.post(`/users/${user.id}/two_factor/remove/`);
		expect(await whoIn(browser)).toBeNull();
	});
});

describe("one's own second factor", () => {
	it("asks for the password when the sign-in was a while ago", async () => {
		const user = await createTestUser(database.db, UserRole.CLIENT.id);
		const browser = await browserOf(app, database.db, user);
		pass(301);
		const path = `/users/${user.id}/two_factor/new/`;
		const { secret, offer } = offerOn(await (await browser.get(path)).text());
		const code = codeNow(secret);
		expect((await browser.post(path, { offer, code })).status).toBe(422);
		expect((await browser.post(path, { offer, code, password: "wrong password" })).status).toBe(422);
		expect((await browser.post(path, { offer, code, password: testPassword })).status).toBe(200);
	});

	it("is switched off with password and code only", async () => {
		const { user, secret, browser } = await withApp();
		const path = `/users/${user.id}/two_factor/disable/`;
		expect((await browser.post(path, { password: testPassword, code: "123456789" })).status).toBe(422);
		expect((await browser.post(path, { password: "wrong password", code: codeNow(secret) })).status).toBe(422);
		expect((await browser.post(path, { password: testPassword, code: codeNow(secret) })).status).toBe(303);
		expect(await whoIn(await afterPassword(user))).toBe(user.email);
	});

	it("cannot be switched off while the role demands it", async () => {
		const { user, browser } = await withApp();
		await database.db.updateTable("lims_user").set({ role_id: UserRole.TECHNICIAN.id }).where("id", "=", user.id).execute();
		expect((await browser.get(`/users/${user.id}/two_factor/disable/`)).status).toBe(400);
		const answer = await browser.post(`/users/${user.id}/two_factor/disable/`, { password: testPassword, code: "1" });
		expect(answer.status).toBe(400);
	});

	it("gets new recovery codes for a code", async () => {
		const { user, secret, codes, browser } = await withApp();
		const path = `/users/${user.id}/two_factor/recovery_codes/`;
		expect((await browser.post(path, { code: "123456789" })).status).toBe(422);
		const renewed = recoveryCodesOn(await (await browser.post(path, { code: codeNow(secret) })).text());
		expect(renewed).toHaveLength(10);
		expect(renewed).not.toContain(codes[0]);
	});

	it("is nobody else's to see or change, but an admin removes it for who lost the device", async () => {
		const { user } = await withApp();
		const stranger = await browserOf(app, database.db, await createTestUser(database.db, UserRole.BIOINFORMATICIAN.id));
		const admin = await browserOf(app, database.db, await createTestUser(database.db, UserRole.ADMIN.id));
		expect((await stranger.get(`/htmx/users/${user.id}/security`)).status).toBe(403);
		expect((await stranger.post(`/users/${user.id}/two_factor/remove/`)).status).toBe(403);
		for (const page of ["new", "recovery_codes", "disable"]) {
			expect((await admin.get(`/users/${user.id}/two_factor/${page}/`)).status).toBe(403);
			expect((await admin.post(`/users/${user.id}/two_factor/${page}/`, { code: "1", password: "x" })).status).toBe(403);
		}
		expect(await (await admin.get(`/htmx/users/${user.id}/security`)).text()).toContain("two_factor/remove/");
		expect((await admin.post(`/users/${user.id}/two_factor/remove/`)).status).toBe(303);
		expect(await whoIn(await afterPassword(user))).toBe(user.email);
	});
});

it("a code that comes through two doors at once opens one", async () => {
	const { user, secret } = await withApp();
	const browsers = await Promise.all([afterPassword(user), afterPassword(user)]);
	const code = codeNow(secret);
	const answers = await Promise.all(browsers.map((browser) => browser.post("/auth/second_factor/", { code })));
	expect(answers.map((answer) => answer.status).sort()).toEqual([303, 422]);
});
