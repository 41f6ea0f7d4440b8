import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { UserRole } from "@opengsync/domain/catalog";
import type { Hono } from "hono";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { MemoryRateLimiter } from "../../framework/rate-limit.ts";
import { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestServices, createTestUser, testPassword } from "../../framework/testing/test-app.ts";
import { userRoutes } from "../users/routes.tsx";
import { emailChangeRoutes } from "./email-change-routes.tsx";
import { registrationRoutes } from "./registration-routes.tsx";
import { resetRoutes } from "./reset-routes.tsx";

const routes = [...registrationRoutes, ...resetRoutes, ...emailChangeRoutes, ...userRoutes];
const password = "an other password";
const both = { password, repetition: password };

let database: TestDatabase;
let app: Hono;
let now = new Date();

beforeAll(async () => {
	database = await createTestDatabase();
	const plain = createTestServices({ now: () => now });
	const services = { ...plain, config: { ...plain.config, emailDomainWhiteList: ["example.org"] } };
	app = createTestApp({ db: database.db, routes, services });
});
afterAll(() => database.drop());
beforeEach(async () => {
	now = new Date();
	await sql`DELETE FROM mail`.execute(database.db);
});

async function mails() {
	const { rows } = await sql<{ recipients: string[]; subject: string; text: string }>`
		SELECT recipients, subject, text FROM mail ORDER BY id`.execute(database.db);
	return rows;
}

/** Path of the link in the last mail. */
async function lastLink(): Promise<string> {
	return /\/auth\/\w+\/[\w-]+\//.exec((await mails()).at(-1)?.text ?? "")?.[0] ?? "";
}

/** A browser of nobody that has seen the sign-in page. */
async function newBrowser(): Promise<TestBrowser> {
	const browser = new TestBrowser(app);
	await browser.get("/auth/auth/");
	return browser;
}

/** What somebody sees who posts a form and follows the redirect; without what differs from one page to the next. */
async function seenAfter(path: string, fields: Record<string, string>) {
	const browser = await newBrowser();
	const answer = await browser.post(path, fields);
	const page = await (await browser.get(answer.headers.get("location") ?? "/")).text();
	const nonce = /csp-nonce" content="([^"]+)/.exec(page)?.[1] ?? "";
	const steady = page.replaceAll(nonce, "").replaceAll(/[\w-]{43}/g, "");
	return { status: answer.status, location: answer.headers.get("location"), page: steady };
}

async function expectRefused(path: string, fields?: Record<string, string>) {
	const browser = await newBrowser();
	const answer = fields ? await browser.post(path, fields) : await browser.get(path);
	expect([answer.status, answer.headers.get("location")], path).toEqual([303, "/auth/auth/"]);
	expect(await (await browser.get("/auth/auth/")).text()).toContain("This link has expired or is not valid.");
}

describe("sign-up", () => {
	it("refuses a foreign domain at the field, and looks the same for known and new addresses (§19 case 16)", async () => {
		const foreign = await (await newBrowser()).post("/auth/register/", { email: "a@elsewhere.net" });
		expect(foreign.status).toBe(422);
		expect(await foreign.text()).toContain("not a permitted domain");
		const known = await createTestUser(database.db, UserRole.CLIENT.id);
		const seenByKnown = await seenAfter("/auth/register/", { email: known.email });
		expect(seenByKnown.page).toContain("Please check your e-mail");
		expect(await seenAfter("/auth/register/", { email: "new@example.org" })).toEqual(seenByKnown);
		expect((await mails()).map((mail) => mail.subject)).toEqual(["Welcome Back to OpeNGSync", "OpeNGSync User Registration"]);
	});

	it("makes a client of the mailed address, whatever else is sent, and only once (§19 case 17)", async () => {
		await (await newBrowser()).post("/auth/register/", {
			email: "Mass@example.org",
			roleId: String(UserRole.ADMIN.id),
			role_id: "1",
		});
		const link = await lastLink();
		const browser = await newBrowser();
		const page = await browser.get(link);
		expect(page.headers.get("referrer-policy")).toBe("no-referrer");
		expect(await page.text()).toContain("mass@example.org");
		const fields = { firstName: "Ada", lastName: "Example", ...both };
		const wrong = await browser.post(link, { ...fields, repetition: "something else" });
		expect(wrong.status).toBe(422);
		expect(await wrong.text()).toContain("The two passwords differ.");
		const attack = { email: "victim@example.org", role: "Admin", roleId: "1", role_id: "1", id: "1" };
		expect((await browser.post(link, { ...fields, ...attack })).headers.get("location")).toBe("/auth/auth/");
		const user = await database.db.selectFrom("lims_user").selectAll().where("email", "=", "mass@example.org").executeTakeFirst();
		expect(user).toMatchObject({ first_name: "Ada", role_id: UserRole.CLIENT.id });
		expect((await browser.signIn("mass@example.org", password)).headers.get("location")).toBe("/");
		await expectRefused(link);
		await expectRefused(link, fields);
		await expectRefused(`${link.slice(0, -2)}/`);
		await expectRefused("/auth/register/x/");
	});

	it("is over after 24 hours", async () => {
		await (await newBrowser()).post("/auth/register/", { email: "slow@example.org" });
		const link = await lastLink();
		now = new Date(now.getTime() + 24 * 3_600_000 + 1);
		await expectRefused(link, { firstName: "A", lastName: "B", ...both });
	});
});

describe("a forgotten password", () => {
	it("looks the same for every address", async () => {
		const known = await createTestUser(database.db, UserRole.CLIENT.id);
		const deactivated = await createTestUser(database.db, UserRole.DEACTIVATED.id);
		const seen = await seenAfter("/auth/forgot_password/", { email: known.email });
		expect(seen.page).toContain("If there is an account with this address");
		expect(await seenAfter("/auth/forgot_password/", { email: "nobody@elsewhere.net" })).toEqual(seen);
		expect(await seenAfter("/auth/forgot_password/", { email: deactivated.email })).toEqual(seen);
		expect((await mails()).map((mail) => mail.recipients)).toEqual([[known.email]]);
	});

	it("is replaced by the link once; every open browser has to sign in again, that of the reset too (§19 case 17)", async () => {
		const user = await createTestUser(database.db, UserRole.CLIENT.id);
		const signedIn = await browserOf(app, database.db, user);
		await (await newBrowser()).post("/auth/forgot_password/", { email: user.email });
		const link = await lastLink();
		const page = await signedIn.get(link);
		expect(page.headers.get("referrer-policy")).toBe("no-referrer");
		expect(await page.text()).toContain("removes your passkeys");
		expect((await signedIn.post(link, { ...both, password: "short" })).status).toBe(422);
		expect((await signedIn.post(link, both)).headers.get("location")).toBe("/auth/auth/");
		expect((await signedIn.get(`/users/${user.id}/`)).headers.get("location")).toContain("/auth/auth/");
		expect((await (await newBrowser()).signIn(user.email, testPassword)).status).toBe(422);
		expect((await (await newBrowser()).signIn(user.email, password)).headers.get("location")).toBe("/");
		await expectRefused(link);
		await expectRefused(link, both);
	});

	it("is not reset by a link that was altered, is too old, or came before the password changed", async () => {
		const user = await createTestUser(database.db, UserRole.CLIENT.id);
		const ask = async () => {
			await (await newBrowser()).post("/auth/forgot_password/", { email: user.email });
			return lastLink();
		};
		const link = await ask();
		await expectRefused(link.replace(/\/\d+-/, "/1-"), both);
		await expectRefused(`${link.slice(0, -2)}/`, both);
		const browser = await browserOf(app, database.db, user);
		const changed = await browser.post(`/users/${user.id}/password/`, { currentPassword: testPassword, ...both });
		expect(changed.headers.get("location")).toBe(`/users/${user.id}/`);
		await expectRefused(link);
		const late = await ask();
		now = new Date(now.getTime() + 24 * 3_600_000 + 1);
		await expectRefused(late, both);
	});
});

it("changes one's address only after the link at the new one was confirmed", async () => {
	const user = await createTestUser(database.db, UserRole.CLIENT.id);
	const browser = await browserOf(app, database.db, user);
	const ask = (email: string, currentPassword: string) => browser.post(`/users/${user.id}/email/`, { email, currentPassword });
	expect(await (await ask("next@example.org", "wrong")).text()).toContain("This is not your present password.");
	expect((await ask("next@example.org", testPassword)).status).toBe(303);
	const link = await lastLink();
	expect((await mails()).map((mail) => mail.recipients)).toEqual([["next@example.org"]]);
	expect(await (await browser.get(link)).text()).toContain("next@example.org");
	const row = () => database.db.selectFrom("lims_user").select("email").where("id", "=", user.id).executeTakeFirst();
	expect((await row())?.email).toBe(user.email);
	expect((await browser.post(link)).status).toBe(303);
	expect((await row())?.email).toBe("next@example.org");
	await expectRefused(link);
});

/** Limits of single routes only: that of everything is tested elsewhere. */
class RouteLimiter extends MemoryRateLimiter {
	override async take(key: string, requests: number, perSeconds: number) {
		return perSeconds === 60 && requests === 20 ? super.take(key, requests, perSeconds) : { allowed: true, retryAfterSeconds: 0 };
	}
}

it("takes each form 20 times a minute from one address, from staff too (§19 case 20)", async () => {
	const technician = await createTestUser(database.db, UserRole.TECHNICIAN.id);
	const limited = createTestApp({ db: database.db, routes, limiter: new RouteLimiter() });
	const browser = await browserOf(limited, database.db, technician);
	const own = ["password", "email"].map((form) => `/users/${technician.id}/${form}/`);
	for (const path of ["/auth/forgot_password/", "/auth/register/x/", "/auth/reset_password/x/", "/auth/register/", ...own]) {
		const answers: number[] = [];
		for (let attempt = 0; attempt < 21; attempt++) answers.push((await browser.post(path, { email: "not an address" })).status);
		expect(answers.slice(0, 20), path).not.toContain(429);
		expect(answers[20], path).toBe(429);
	}
});
