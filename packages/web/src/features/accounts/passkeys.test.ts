import { listPasskeys } from "@opengsync/core/accounts/manage-passkeys";
import { SoftwareAuthenticator } from "@opengsync/core/accounts/testing/software-authenticator";
import type { Services, Viewer } from "@opengsync/core/context";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { UserRole } from "@opengsync/domain/catalog";
import type { Hono } from "hono";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestServices, createTestUser, testPassword } from "../../framework/testing/test-app.ts";
import { securityRoutes } from "./security-tab.tsx";
import { workingAsRoutes } from "./working-as.tsx";

let database: TestDatabase;
let app: Hono;
let now = new Date();
const plain = createTestServices({ now: () => now });
const { config } = plain;
const services: Services = { ...plain, config: { ...config, signIn: { ...config.signIn, secondFactorRoles: ["TECHNICIAN"] } } };
const place = { origin: "http://localhost", relyingParty: "localhost" };
const options = z.looseObject({ challenge: z.string() });

beforeAll(async () => {
	database = await createTestDatabase();
	app = createTestApp({ db: database.db, routes: [...securityRoutes, ...workingAsRoutes], services });
});
afterAll(() => database.drop());
beforeEach(() => {
	now = new Date();
});

/** Posts JSON as the islands do. */
function postJson(browser: TestBrowser, path: string, body: unknown): Promise<Response> {
	const headers = { "content-type": "application/json" };
	return browser.post(path, {}, { fragment: true, headers, body: JSON.stringify(body) });
}

async function challengeOf(answer: Response): Promise<string> {
	expect(answer.status).toBe(200);
	return options.parse(await answer.json()).challenge;
}

async function addPasskey(browser: TestBrowser, user: Viewer): Promise<SoftwareAuthenticator> {
	const authenticator = new SoftwareAuthenticator(place);
	const challenge = await challengeOf(await postJson(browser, `/users/${user.id}/passkeys/options/`, {}));
	const answer = await postJson(browser, `/users/${user.id}/passkeys/`, authenticator.register(challenge));
	expect([answer.status, answer.headers.get("hx-redirect")]).toEqual([204, `/users/${user.id}/?tab=security`]);
	return authenticator;
}

async function withPasskey() {
	const user = await createTestUser(database.db, UserRole.CLIENT.id);
	const browser = await browserOf(app, database.db, user);
	return { user, browser, authenticator: await addPasskey(browser, user) };
}

async function signIn(browser: TestBrowser, authenticator: SoftwareAuthenticator, query = ""): Promise<Response> {
	await browser.get("/auth/auth/");
	const challenge = await challengeOf(await postJson(browser, "/auth/passkey/options/", {}));
	return postJson(browser, `/auth/passkey/${query}`, authenticator.signIn(challenge));
}

describe("signing in with a passkey", () => {
	it("begins a new session and leads on, only within this site", async () => {
		const { authenticator, user } = await withPasskey();
		const browser = new TestBrowser(app);
		const answer = await signIn(browser, authenticator, "?next=%2Fprojects%2F");
		expect([answer.status, answer.headers.get("hx-redirect")]).toEqual([204, "/projects/"]);
		expect((await browser.get(`/htmx/users/${user.id}/security`)).status).toBe(200);
		const session = await database.db
			.selectFrom("session")
			.select("method")
			.where("user_id", "=", user.id)
			.orderBy("id")
			.execute();
		expect(session.at(-1)?.method).toBe("passkey");
		const away = await signIn(new TestBrowser(app), authenticator, "?next=https%3A%2F%2Fevil.example%2F");
		expect(away.headers.get("hx-redirect")).toBe("/");
	});

	it("counts as both factors where the role demands two", async () => {
		const { authenticator, user } = await withPasskey();
		await database.db.updateTable("lims_user").set({ role_id: UserRole.TECHNICIAN.id }).where("id", "=", user.id).execute();
		const browser = new TestBrowser(app);
		expect((await signIn(browser, authenticator)).headers.get("hx-redirect")).toBe("/");
		expect((await browser.get(`/htmx/users/${user.id}/security`)).status).toBe(200);
	});

	it("says of a deleted passkey that it is unknown, so that the browser forgets it", async () => {
		const { authenticator, user, browser } = await withPasskey();
		const [passkey] = await listPasskeys(database.db, user.id);
		await browser.post(`/users/${user.id}/passkeys/${passkey?.id}/delete/`);
		const answer = await signIn(new TestBrowser(app), authenticator);
		expect(answer.status).toBe(422);
		expect(await answer.json()).toMatchObject({
			problem: "unknown",
			credentialId: authenticator.credentialId,
			relyingParty: "localhost",
		});
	});

	it("is over for a deactivated account at once", async () => {
		const { authenticator, user } = await withPasskey();
		await database.db.updateTable("lims_user").set({ role_id: UserRole.DEACTIVATED.id }).where("id", "=", user.id).execute();
		const browser = new TestBrowser(app);
		expect((await signIn(browser, authenticator)).headers.get("hx-redirect")).toBe("/auth/auth/");
		expect(browser.cookies.has("opengsync_session")).toBe(false);
	});

	it("takes no answer twice, and none that was asked for by another browser", async () => {
		const { authenticator } = await withPasskey();
		const [victim, thief] = [new TestBrowser(app), new TestBrowser(app)];
		await Promise.all([victim.get("/auth/auth/"), thief.get("/auth/auth/")]);
		const challenge = await challengeOf(await postJson(victim, "/auth/passkey/options/", {}));
		await postJson(thief, "/auth/passkey/options/", {});
		const answer = authenticator.signIn(challenge);
		expect((await postJson(thief, "/auth/passkey/", answer)).status).toBe(422);
		expect((await postJson(victim, "/auth/passkey/", answer)).status).toBe(204);
		const again = new TestBrowser(app);
		await again.get("/auth/auth/");
		again.cookies.set("opengsync_passkey", victim.cookies.get("opengsync_passkey") ?? "");
		expect((await postJson(again, "/auth/passkey/", answer)).status).toBe(422);
		expect(again.cookies.has("opengsync_session")).toBe(false);
	});

	it("works in two windows of one browser", async () => {
		const { authenticator } = await withPasskey();
		const browser = new TestBrowser(app);
		await browser.get("/auth/auth/");
		const first = await challengeOf(await postJson(browser, "/auth/passkey/options/", {}));
		await postJson(browser, "/auth/passkey/options/", {});
		expect((await postJson(browser, "/auth/passkey/", authenticator.signIn(first))).status).toBe(204);
	});

	it("records who failed", async () => {
		const { authenticator, user } = await withPasskey();
		const browser = new TestBrowser(app);
		await browser.get("/auth/auth/");
		const challenge = await challengeOf(await postJson(browser, "/auth/passkey/options/", {}));
		await postJson(browser, "/auth/passkey/", authenticator.signIn(challenge, { unverified: true }));
		const events = await database.ownerDb
			.selectFrom("audit_event")
			.select("changes")
			.where("table_name", "=", "sign_in_failed")
			.where("row_key", "=", `lims_user/${user.id}`)
			.execute();
		expect(events.map((event) => event.changes)).toEqual([{ method: "passkey", address: "none" }]);
	});

	it("refuses what is no answer, and a foreign site", async () => {
		const browser = new TestBrowser(app);
		await browser.get("/auth/auth/");
		expect((await postJson(browser, "/auth/passkey/", { id: "x" })).status).toBe(400);
		browser.csrfToken = "stale";
		expect((await postJson(browser, "/auth/passkey/options/", {})).status).toBe(400);
	});
});

describe("adding a passkey", () => {
	it("asks for the password when the sign-in was a while ago", async () => {
		const user = await createTestUser(database.db, UserRole.CLIENT.id);
		const browser = await browserOf(app, database.db, user);
		now = new Date(now.getTime() + 301_000);
		const path = `/users/${user.id}/passkeys/options/`;
		expect(await (await postJson(browser, path, {})).json()).toMatchObject({ problem: "password" });
		expect((await postJson(browser, path, { password: "wrong password" })).status).toBe(422);
		await challengeOf(await postJson(browser, path, { password: testPassword }));
		expect(await (await browser.get(`/htmx/users/${user.id}/security`)).text()).toContain("Asked again");
	});

	it("is possible for oneself only: not for an admin, neither directly nor while working as the user", async () => {
		const user = await createTestUser(database.db, UserRole.CLIENT.id);
		const admin = await createTestUser(database.db, UserRole.ADMIN.id);
		const browser = await browserOf(app, database.db, admin);
		expect((await postJson(browser, `/users/${user.id}/passkeys/options/`, {})).status).toBe(403);
		const authenticator = new SoftwareAuthenticator(place);
		const challenge = await challengeOf(await postJson(browser, `/users/${admin.id}/passkeys/options/`, {}));
		expect((await postJson(browser, `/users/${user.id}/passkeys/`, authenticator.register(challenge))).status).toBe(403);
		expect((await browser.post(`/users/${user.id}/work_as/`)).status).toBe(303);
		await browser.get("/no-such-page/");
		expect((await postJson(browser, `/users/${user.id}/passkeys/options/`, {})).status).toBe(403);
		expect(await listPasskeys(database.db, user.id)).toEqual([]);
	});
});

describe("the list of passkeys", () => {
	it("is renamed by its owner and deleted by an admin, and no number of another leads anywhere", async () => {
		const { user, browser } = await withPasskey();
		const other = await withPasskey();
		const passkeyId = (await listPasskeys(database.db, user.id))[0]?.id ?? 0;
		const base = `/users/${user.id}/passkeys/${passkeyId}`;
		expect((await browser.post(`${base}/rename/`, { name: "Office <b>" })).status).toBe(303);
		const html = await (await browser.get(`/htmx/users/${user.id}/security`)).text();
		expect(html).toContain("Office &lt;b&gt;");
		const swapped = `/users/${other.user.id}/passkeys/${passkeyId}`;
		expect((await other.browser.post(`${swapped}/rename/`, { name: "Mine" })).status).toBe(404);
		expect((await other.browser.post(`${swapped}/delete/`)).status).toBe(404);
		expect((await other.browser.post(`${base}/delete/`)).status).toBe(403);
		const admin = await browserOf(app, database.db, await createTestUser(database.db, UserRole.ADMIN.id));
		expect((await admin.post(`${base}/rename/`, { name: "Mine" })).status).toBe(403);
		expect((await admin.post(`${base}/delete/`)).status).toBe(303);
		expect(await listPasskeys(database.db, user.id)).toEqual([]);
	});
});
