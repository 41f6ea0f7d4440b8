import { type ChildProcess, spawn } from "node:child_process";
import { createServer, type Server } from "node:net";
import path from "node:path";
import type { FacilityConfig, OpenIdProviderConfig } from "@opengsync/core/config";
import type { Viewer } from "@opengsync/core/context";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { UserRole } from "@opengsync/domain/catalog";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openIdRoutes } from "../../packages/web/src/features/accounts/openid-routes.tsx";
import { sessionRoutes } from "../../packages/web/src/features/accounts/sessions-tab.tsx";
import { userRoutes } from "../../packages/web/src/features/users/routes.tsx";
import { TestBrowser } from "../../packages/web/src/framework/testing/browser.ts";
import { createTestApp, createTestServices, createTestUser } from "../../packages/web/src/framework/testing/test-app.ts";
import { type Person, testClient } from "./openid-provider.ts";

let database: TestDatabase;
let institution: ChildProcess;
let issuer: string;
let mute: Server;
let app: Hono;
let config: FacilityConfig;
let nowMs = 0;

function provider(name: string, values: Partial<OpenIdProviderConfig> = {}): OpenIdProviderConfig {
	return {
		name,
		label: `Demo University (${name})`,
		issuer,
		clientId: testClient.id,
		clientSecret: testClient.secret,
		scopes: "openid email profile",
		emailDomains: ["example.org"],
		createsAccounts: false,
		...values,
	};
}

const returnPath = (name: string) => `/auth/openid/${name}/callback/`;

/** Starts the provider; its address. */
function startInstitution(): Promise<string> {
	const program = path.join(import.meta.dirname, "openid-provider.ts");
	const addresses = ["uni", "open"].map((name) => `http://localhost${returnPath(name)}`);
	institution = spawn(process.execPath, [program, ...addresses], { stdio: ["ignore", "pipe", "ignore"] });
	return new Promise((resolve, reject) => {
		institution.on("exit", () => reject(new Error("The provider did not start.")));
		institution.stdout?.on("data", (chunk: Buffer) => {
			const port = /listening (\d+)/.exec(chunk.toString())?.[1];
			if (port) resolve(`http://127.0.0.1:${port}`);
		});
	});
}

beforeAll(async () => {
	database = await createTestDatabase();
	issuer = await startInstitution();
	mute = createServer(() => undefined);
	await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
	const address = mute.address();
	const services = createTestServices({ now: () => new Date(Date.now() + nowMs) });
	config = {
		...services.config,
		signIn: {
			...services.config.signIn,
			secondFactorRoles: ["TECHNICIAN"],
			openId: [
				provider("uni"),
				provider("open", { createsAccounts: true, emailDomains: null }),
				provider("down", { issuer: "http://127.0.0.1:1" }),
				provider("mute", { issuer: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}` }),
			],
		},
	};
	app = createTestApp({
		db: database.db,
		routes: [...openIdRoutes, ...sessionRoutes, ...userRoutes],
		services: { ...services, config },
	});
});

afterAll(async () => {
	institution.kill();
	mute.close();
	await database.drop();
});

/** Presses the button of the sign-in page; the address at the institution to which the browser is led. */
async function begin(browser: TestBrowser, name = "uni", query = ""): Promise<string> {
	await browser.get("/auth/auth/");
	const answer = await browser.post(`/auth/openid/${name}/${query}`);
	expect(answer.status).toBe(200);
	return /^0; url=(.+)$/.exec(answer.headers.get("refresh") ?? "")?.[1] ?? "";
}

/** Signs in at the institution; the address of ours to which it sends the browser back. */
async function signInThere(address: string, person: Person): Promise<string> {
	const ask = (target: string, init?: RequestInit) =>
		fetch(target.replace("http://localhost", issuer), { ...init, redirect: "manual" });
	const there = new TestBrowser({ request: ask });
	let answer = await there.get(address.replace(issuer, ""));
	for (let hops = 0; hops < 6; hops++) {
		const location = new URL(answer.headers.get("location") ?? "", issuer);
		const target = `${location.pathname}${location.search}`;
		if (location.origin !== issuer) return target;
		answer = location.pathname.startsWith("/interaction/")
			? await there.post(target, {}, { body: new URLSearchParams({ person: JSON.stringify(person) }) })
			: await there.get(target);
	}
	throw new Error(`The institution did not send the browser back: ${answer.status} ${await answer.text()}`);
}

/** The whole way; the last answer. */
async function signIn(browser: TestBrowser, person: Person, name = "uni", query = ""): Promise<Response> {
	return browser.get(await signInThere(await begin(browser, name, query), person));
}

async function isSignedIn(browser: TestBrowser, user: Pick<Viewer, "id">): Promise<boolean> {
	return (await browser.get(`/users/${user.id}/`)).status === 200;
}

/** Where the browser is led, and the notice on that page. */
async function noticeAfter(browser: TestBrowser, answer: Response): Promise<string> {
	expect([answer.status, answer.headers.get("location")]).toEqual([303, "/auth/auth/"]);
	const page = await (await browser.get("/auth/auth/")).text();
	return /id="flashes">(.*?)<\/script>/.exec(page)?.[1] ?? "";
}

async function identitiesOf(userId: number): Promise<string[]> {
	const rows = await database.db.selectFrom("external_identity").select("subject").where("user_id", "=", userId).execute();
	return rows.map((row) => row.subject);
}

let persons = 0;

/** A person with an account of that role, and with the verified address of the account at the institution. */
async function personWithAccount(roleId: number): Promise<{ user: Viewer; person: Person }> {
	const sub = `person-${++persons}`;
	const user = await createTestUser(database.db, roleId, `${sub}@example.org`);
	return { user, person: { sub, email: `${sub}@example.org`, email_verified: true, given_name: "Demo", family_name: "Person" } };
}

describe("the sign-in page", () => {
	it("has a button for every institution", async () => {
		const page = await (await new TestBrowser(app).get("/auth/auth/?next=/projects/5/")).text();
		expect(page).toContain("Demo University (uni)");
		expect(page).toContain('action="/auth/openid/uni/?next=%2Fprojects%2F5%2F"');
	});
	it("sends no secret to the institution, but state, nonce and code challenge", async () => {
		const address = new URL(await begin(new TestBrowser(app)));
		expect(address.origin).toBe(issuer);
		expect(address.searchParams.get("code_challenge_method")).toBe("S256");
		for (const name of ["state", "nonce", "code_challenge"]) expect(address.searchParams.get(name)).toHaveLength(43);
		expect(address.href).not.toContain("verifier");
	});
});

describe("somebody whom the institution knows", () => {
	it("is linked with the existing account the first time and found by the identity ever after", async () => {
		const { user, person } = await personWithAccount(UserRole.CLIENT.id);
		const browser = new TestBrowser(app);
		const answer = await signIn(
			browser,
			{ ...person, email: person.email?.toUpperCase() ?? "" },
			"uni",
			"?next=%2Fprojects%2F5%2F",
		);
		expect([answer.status, answer.headers.get("location")]).toEqual([303, "/projects/5/"]);
		expect(await isSignedIn(browser, user)).toBe(true);
		expect(await identitiesOf(user.id)).toEqual([person.sub]);
		const session = await database.db.selectFrom("session").select("method").where("user_id", "=", user.id).execute();
		expect(session).toEqual([{ method: "openid" }]);
		const again = new TestBrowser(app);
		await signIn(again, { ...person, email: "new-address@example.org" });
		expect(await isSignedIn(again, user)).toBe(true);
	});

	it("gets an account as client where the institution brings new people", async () => {
		const person = { sub: "new-1", email: "new-1@elsewhere.org", email_verified: true, given_name: "Ada", family_name: "New" };
		const browser = new TestBrowser(app);
		expect((await signIn(browser, person, "open")).headers.get("location")).toBe("/");
		const user = await database.db
			.selectFrom("lims_user")
			.select(["id", "first_name", "last_name", "role_id"])
			.where("email", "=", person.email)
			.executeTakeFirstOrThrow();
		expect(user).toMatchObject({ first_name: "Ada", last_name: "New", role_id: UserRole.CLIENT.id });
		expect(await isSignedIn(browser, user)).toBe(true);
	});

	it("is led nowhere but to a path of this site", async () => {
		const { person } = await personWithAccount(UserRole.CLIENT.id);
		for (const next of ["https://evil.example", "//evil.example", "/\\evil.example"]) {
			const answer = await signIn(new TestBrowser(app), person, "uni", `?next=${encodeURIComponent(next)}`);
			expect(answer.headers.get("location")).toBe("/");
		}
	});
});

describe("somebody who should not come in", () => {
	it.each([
		["has no verified address", { email_verified: false }, "no verified e-mail"],
		["has no address", { email: "" }, "no verified e-mail"],
		["is of a foreign domain", { email: "x@evil.example" }, "not accepted here"],
		["is of a subdomain", { email: "x@sub.example.org" }, "not accepted here"],
		["is unknown and the institution brings nobody", { email: "nobody@example.org" }, "Please register first"],
	])("%s", async (_, change, text) => {
		const { user, person } = await personWithAccount(UserRole.CLIENT.id);
		const browser = new TestBrowser(app);
		expect(await noticeAfter(browser, await signIn(browser, { ...person, ...change }))).toContain(text);
		expect(await isSignedIn(browser, user)).toBe(false);
		expect(await identitiesOf(user.id)).toEqual([]);
	});

	it("has a deactivated account, linked or not", async () => {
		const { user, person } = await personWithAccount(UserRole.DEACTIVATED.id);
		const browser = new TestBrowser(app);
		expect(await noticeAfter(browser, await signIn(browser, person))).toContain("deactivated");
		expect(await identitiesOf(user.id)).toEqual([]);
		const former = await personWithAccount(UserRole.CLIENT.id);
		await signIn(new TestBrowser(app), former.person);
		await database.db
			.updateTable("lims_user")
			.set({ role_id: UserRole.DEACTIVATED.id })
			.where("id", "=", former.user.id)
			.execute();
		const later = new TestBrowser(app);
		expect(await noticeAfter(later, await signIn(later, former.person))).toContain("deactivated");
		expect(await isSignedIn(later, former.user)).toBe(false);
	});

	it("took over the address of somebody else at the institution", async () => {
		const { user, person } = await personWithAccount(UserRole.CLIENT.id);
		await signIn(new TestBrowser(app), person);
		const successor = { ...person, sub: "successor" };
		const browser = new TestBrowser(app);
		expect(await noticeAfter(browser, await signIn(browser, successor))).toContain("belongs to another person");
		const mover = await personWithAccount(UserRole.CLIENT.id);
		await signIn(new TestBrowser(app), mover.person);
		const moved = new TestBrowser(app);
		await signIn(moved, { ...mover.person, email: user.email });
		expect([await isSignedIn(moved, user), await isSignedIn(moved, mover.user)]).toEqual([false, true]);
	});
});

describe("a link with an institution", () => {
	it("is shown to its user, who can take it away, and to nobody else", async () => {
		const { user, person } = await personWithAccount(UserRole.CLIENT.id);
		const other = await personWithAccount(UserRole.CLIENT.id);
		const browser = new TestBrowser(app);
		await signIn(browser, person);
		const stranger = new TestBrowser(app);
		await signIn(stranger, other.person);
		await stranger.get(`/users/${other.user.id}/`);
		expect(await (await browser.get(`/htmx/users/${user.id}/sessions`)).text()).toContain("Demo University (uni)");
		const { id } = await database.db
			.selectFrom("external_identity")
			.select("id")
			.where("user_id", "=", user.id)
			.executeTakeFirstOrThrow();
		const fields = { identity_id: String(id) };
		expect((await stranger.post(`/users/${user.id}/institutions/unlink/`, fields)).status).toBe(403);
		expect((await stranger.post(`/users/${other.user.id}/institutions/unlink/`, fields)).status).toBe(404);
		await browser.get(`/users/${user.id}/`);
		expect((await browser.post(`/users/${user.id}/institutions/unlink/`, fields)).status).toBe(303);
		expect(await identitiesOf(user.id)).toEqual([]);
	});
});

describe("the way back from the institution", () => {
	it("is refused with a wrong state", async () => {
		const { user, person } = await personWithAccount(UserRole.CLIENT.id);
		const browser = new TestBrowser(app);
		const back = new URL(await signInThere(await begin(browser), person), "http://localhost");
		back.searchParams.set("state", "forged");
		expect(await noticeAfter(browser, await browser.get(back.pathname + back.search))).toContain("Please try again");
		expect(await isSignedIn(browser, user)).toBe(false);
	});

	it("is used once", async () => {
		const { user, person } = await personWithAccount(UserRole.CLIENT.id);
		const browser = new TestBrowser(app);
		const address = await begin(browser);
		const cookies = [...browser.cookies];
		const back = await signInThere(address, person);
		await browser.get(back);
		expect(await isSignedIn(browser, user)).toBe(true);
		const replay = new TestBrowser(app);
		for (const [name, value] of cookies) replay.cookies.set(name, value);
		expect(await noticeAfter(replay, await replay.get(back))).toContain("another browser, or too long ago");
		expect(await isSignedIn(replay, user)).toBe(false);
	});

	it("is that of the browser that began, so that nobody is signed in to a stranger's account", async () => {
		const { user, person } = await personWithAccount(UserRole.CLIENT.id);
		const back = await signInThere(await begin(new TestBrowser(app)), person);
		const victim = new TestBrowser(app);
		expect(await noticeAfter(victim, await victim.get(back))).toContain("another browser");
		await begin(victim);
		expect(await noticeAfter(victim, await victim.get(back))).toContain("Please try again");
		expect(await isSignedIn(victim, user)).toBe(false);
	});

	it("is that of the institution where it began", async () => {
		const { person } = await personWithAccount(UserRole.CLIENT.id);
		const browser = new TestBrowser(app);
		const back = await signInThere(await begin(browser, "uni"), person);
		const answer = await browser.get(back.replace("/uni/", "/open/"));
		expect(await noticeAfter(browser, answer)).toContain("Please try again");
	});

	it("is over after ten minutes", async () => {
		const { user, person } = await personWithAccount(UserRole.CLIENT.id);
		const browser = new TestBrowser(app);
		const back = await signInThere(await begin(browser), person);
		nowMs = 601_000;
		expect(await noticeAfter(browser, await browser.get(back))).toContain("too long ago");
		nowMs = 0;
		expect(await isSignedIn(browser, user)).toBe(false);
	});

	it("shows no text that the institution made", async () => {
		const browser = new TestBrowser(app);
		const state = new URL(await begin(browser)).searchParams.get("state") ?? "";
		const query = new URLSearchParams({ error: "access_denied", error_description: "Call 555-0100 now", state, iss: issuer });
		const notice = await noticeAfter(browser, await browser.get(`${returnPath("uni")}?${query}`));
		expect(notice).toContain("You were not signed in");
		expect(notice).not.toMatch(/555|access_denied/);
		const event = await database.db
			.selectFrom("audit_event")
			.select("changes")
			.where("table_name", "=", "sign_in_failed")
			.orderBy("id", "desc")
			.executeTakeFirstOrThrow();
		expect(event.changes).toEqual({ method: "openid", provider: "uni", reason: "refused: access_denied", address: "none" });
	});
});

describe("the second factor", () => {
	it("is asked by us where the role demands it, unless the institution has asked for it", async () => {
		const { user, person } = await personWithAccount(UserRole.TECHNICIAN.id);
		const once = new TestBrowser(app);
		expect((await signIn(once, person)).headers.get("location")).toBe("/auth/second_factor/set_up/");
		expect(await isSignedIn(once, user)).toBe(false);
		const twice = new TestBrowser(app);
		expect((await signIn(twice, { ...person, amr: ["pwd", "mfa"] })).headers.get("location")).toBe("/");
		expect(await isSignedIn(twice, user)).toBe(true);
	});
});

describe("an institution that is not there", () => {
	it.each(["down", "mute"])("is said to be so within seconds, and passwords still work: %s", async (name) => {
		const browser = new TestBrowser(app);
		await browser.get("/auth/auth/");
		const startedMs = performance.now();
		const answer = await browser.post(`/auth/openid/${name}/`);
		expect(performance.now() - startedMs).toBeLessThan(8_000);
		expect(await noticeAfter(browser, answer)).toContain("does not answer at present");
	});

	it("is another address when it is not configured", async () => {
		const browser = new TestBrowser(app);
		await browser.get("/auth/auth/");
		expect((await browser.post("/auth/openid/elsewhere/")).status).toBe(404);
	});
});
