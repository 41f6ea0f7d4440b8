import { NotPossibleError } from "@opengsync/core/errors";
import { connect } from "@opengsync/db/connection";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { UserRole } from "@opengsync/domain/catalog";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { developerRoutes } from "./features/dev/routes.tsx";
import { admin, apiTokenWith, insider, onObject, publicly, signedIn } from "./framework/policy.ts";
import { MemoryRateLimiter } from "./framework/rate-limit.ts";
import { bySpecificity, defineRoute, findHiddenRoutes, type Route, type RouteKind, withId } from "./framework/route.ts";
import { hashToken } from "./framework/secrets.ts";
import { TestBrowser } from "./framework/testing/browser.ts";
import { browserOf, createTestApp, createTestUser, testPassword } from "./framework/testing/test-app.ts";

let database: TestDatabase;
let app: Hono;

function failing(kind: RouteKind, path: string): Route {
	return defineRoute({
		method: "GET",
		path,
		kind,
		policy: publicly,
		summary: "Fails",
		handler: () => {
			throw new Error("secret internals");
		},
	});
}

const routes: Route[] = [
	failing("page", "/fail/page/"),
	failing("fragment", "/fail/fragment/"),
	failing("file", "/fail/file/"),
	failing("api", "/fail/api/"),
	defineRoute({
		method: "GET",
		path: "/members/",
		kind: "page",
		policy: signedIn,
		summary: "For members",
		handler: (exchange) => exchange.page({ title: "Members" }, <p>{exchange.viewer.email}</p>),
	}),
	defineRoute({
		method: "POST",
		path: "/members/",
		kind: "action",
		policy: signedIn,
		summary: "Greets",
		handler: async (exchange) => {
			exchange.flash("success", "Grüße <b>!");
			return exchange.wantsFragment ? exchange.fragment("done") : exchange.redirect("/members/");
		},
	}),
	defineRoute({
		method: "GET",
		path: "/staff/",
		kind: "page",
		policy: insider,
		summary: "For staff",
		handler: (exchange) => exchange.text("staff"),
	}),
	defineRoute({
		method: "GET",
		path: "/admins/",
		kind: "page",
		policy: admin,
		summary: "For admins",
		handler: (exchange) => exchange.text("admins"),
	}),
	defineRoute({
		method: "GET",
		path: "/things/:id/",
		kind: "page",
		policy: onObject("request", "id", "EDIT"),
		summary: "A thing",
		params: withId,
		handler: (exchange) => {
			const levels: Record<number, number> = { 1: 0, 2: 10, 3: 20 };
			const level = levels[exchange.params.id];
			const thing = exchange.authorize(level === undefined ? null : { access_level: level });
			return exchange.text(String(thing.access_level));
		},
	}),
	defineRoute({
		method: "GET",
		path: "/forgetful/:id/",
		kind: "page",
		policy: onObject("request", "id", "VIEW"),
		summary: "Forgets to authorize",
		params: withId,
		handler: (exchange) => exchange.text("leaked"),
	}),
	defineRoute({
		method: "GET",
		path: "/refused/",
		kind: "fragment",
		policy: publicly,
		summary: "Not in this status",
		handler: () => {
			throw new NotPossibleError("The request has been submitted already.");
		},
	}),
	defineRoute({
		method: "POST",
		path: "/api/echo/",
		kind: "api",
		policy: apiTokenWith("read"),
		summary: "Says who asks",
		handler: (exchange) => exchange.json({ owner_id: exchange.viewer.id }),
	}),
];

beforeAll(async () => {
	database = await createTestDatabase();
	app = createTestApp({ db: database.db, routes });
});

afterAll(() => database.drop());

describe("a route table", () => {
	it("is refused when one route hides another", () => {
		const hidden = [failing("page", "/a/:id/"), failing("page", "/a/:other/")];
		expect(findHiddenRoutes(hidden)).toEqual(["GET /a/:other/ is hidden by /a/:id/"]);
		expect(() => createTestApp({ db: database.db, routes: hidden })).toThrow("is hidden by");
		expect(findHiddenRoutes([...routes, ...developerRoutes()])).toEqual([]);
	});
	it("puts exact addresses before parameters, in whatever order they are declared", () => {
		const sorted = bySpecificity([failing("page", "/a/:rest{.+}"), failing("page", "/a/:id/"), failing("page", "/a/new/")]);
		expect(sorted.map((route) => route.path)).toEqual(["/a/new/", "/a/:id/", "/a/:rest{.+}"]);
	});
});

describe("policies", () => {
	it("lead nobody in, and each role as far as it may go", async () => {
		const expected: [number, number, number, number][] = [
			[UserRole.CLIENT.id, 200, 403, 403],
			[UserRole.TECHNICIAN.id, 200, 200, 403],
			[UserRole.BIOINFORMATICIAN.id, 200, 200, 403],
			[UserRole.ADMIN.id, 200, 200, 200],
		];
		for (const [roleId, ...statuses] of expected) {
			const browser = await browserOf(app, database.db, await createTestUser(database.db, roleId));
			const answers = await Promise.all(["/members/", "/staff/", "/admins/"].map((path) => browser.get(path)));
			expect(answers.map((answer) => answer.status)).toEqual(statuses);
		}
		const anonymous = new TestBrowser(app);
		for (const path of ["/members/", "/staff/", "/admins/", "/things/3/"]) {
			const answer = await anonymous.get(`${path}?tab=a&x=1`);
			expect([answer.status, answer.headers.get("location")]).toEqual([
				302,
				`/auth/auth/?next=${encodeURIComponent(`${path}?tab=a&x=1`)}`,
			]);
			expect((await anonymous.get(path, { fragment: true })).status).toBe(401);
		}
	});
	it("compare the level of an object: unknown 404, too low 403", async () => {
		const browser = await browserOf(app, database.db, await createTestUser(database.db, UserRole.CLIENT.id));
		const statuses = await Promise.all(["9", "1", "2", "3", "x", "99999999999"].map((id) => browser.get(`/things/${id}/`)));
		expect(statuses.map((answer) => answer.status)).toEqual([404, 403, 403, 200, 404, 404]);
	});
	it("give nothing away when a handler forgets to authorize", async () => {
		const browser = await browserOf(app, database.db, await createTestUser(database.db, UserRole.ADMIN.id));
		const answer = await browser.get("/forgetful/1/");
		expect(answer.status).toBe(500);
		expect(await answer.text()).not.toContain("leaked");
	});
});

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
		const messages = bodies.map((body) => body.match(/field-error[^<]*/g));
		expect(messages[0]).toHaveLength(2);
		expect(messages[1]).toEqual(messages[0]);
		expect(bodies[0]).toContain("…");
		expect(bodies[0]).not.toContain("wrong password");
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

describe("forged requests", () => {
	it("are refused without a token, with a stale one, with that of another session, from another site", async () => {
		const user = await createTestUser(database.db, UserRole.CLIENT.id);
		const [browser, other] = [await browserOf(app, database.db, user), await browserOf(app, database.db, user)];
		await browser.get("/members/");
		await other.get("/members/");
		for (const token of ["", "stale", other.csrfToken]) {
			const answer = await browser.post("/members/", { csrf_token: token });
			expect(answer.status).toBe(400);
			expect(await answer.text()).toContain("reload the page");
		}
		await browser.get("/members/");
		expect((await browser.post("/members/", {}, { headers: { origin: "https://evil.example" } })).status).toBe(400);
		await browser.get("/members/");
		expect((await browser.post("/members/", {}, { headers: { "sec-fetch-site": "cross-site" } })).status).toBe(400);
		await browser.get("/members/");
		expect((await browser.post("/members/", {}, { headers: { origin: "http://localhost" } })).status).toBe(303);
	});
	it("cannot sign a victim in", async () => {
		const user = await createTestUser(database.db, UserRole.CLIENT.id);
		const answer = await new TestBrowser(app).post("/auth/auth/", { email: user.email, password: testPassword });
		expect(answer.status).toBe(400);
	});
});

describe("notices", () => {
	it("wait for the next page, and are shown once, as text", async () => {
		const browser = await browserOf(app, database.db, await createTestUser(database.db, UserRole.CLIENT.id));
		await browser.get("/members/");
		expect((await browser.post("/members/")).status).toBe(303);
		const page = await (await browser.get("/members/")).text();
		expect(page).toContain('"message":"Grüße \\u003cb>!"');
		expect(page).not.toContain("<b>!");
		expect(await (await browser.get("/members/")).text()).not.toContain("Grüße");
	});
	it("travel with a fragment", async () => {
		const browser = await browserOf(app, database.db, await createTestUser(database.db, UserRole.CLIENT.id));
		await browser.get("/members/");
		const answer = await browser.post("/members/", {}, { fragment: true });
		expect(await answer.text()).toBe("done");
		const header = answer.headers.get("hx-trigger") ?? "";
		expect(JSON.parse(header)).toEqual({ flash: { messages: [{ category: "success", message: "Grüße <b>!" }] } });
	});
});

describe("errors", () => {
	it("have the shape of what was asked for, a reference, and no internals", async () => {
		const answers = await Promise.all(
			["page", "fragment", "file", "api"].map((kind) => new TestBrowser(app).get(`/fail/${kind}/`)),
		);
		const texts = await Promise.all(answers.map((answer) => answer.text()));
		expect(answers.map((answer) => answer.status)).toEqual([500, 500, 500, 500]);
		expect(texts.join()).not.toContain("secret internals");
		expect(texts[0]).toContain(`<code>${answers[0]?.headers.get("x-request-id")}</code>`);
		expect(texts[0]).toContain("Main");
		expect(texts[1]).toBe("");
		expect(answers[1]?.headers.get("hx-trigger")).toContain('"category":"error"');
		expect(texts[2]).not.toContain('aria-label="Main"');
		expect(answers[3]?.headers.get("content-type")).toBe("text/plain; charset=utf-8");
	});
	it("leave the page as it is when a part of it is refused", async () => {
		const answer = await new TestBrowser(app).get("/refused/", { fragment: true });
		expect([answer.status, await answer.text()]).toEqual([400, ""]);
		expect(answer.headers.get("hx-trigger")).toContain("submitted already");
	});
	it("tell unknown addresses, wrong methods and missing slashes apart", async () => {
		const browser = new TestBrowser(app);
		expect((await browser.get("/nothing/")).status).toBe(404);
		const member = await browserOf(app, database.db, await createTestUser(database.db, UserRole.CLIENT.id));
		expect(await (await member.get("/nothing/")).text()).toContain("Sign out");
		expect((await browser.get("/auth/sign_out/")).status).toBe(405);
		const answer = await browser.get("/members?tab=x");
		expect([answer.status, answer.headers.get("location")]).toEqual([308, "/members/?tab=x"]);
		expect((await browser.get("//evil.example")).headers.get("location") ?? "").not.toMatch(/^\/\//);
	});
	it("say that the database is down, and recover with it", async () => {
		const connection = connect({ url: "postgres://nobody:x@127.0.0.1:1/none" });
		const downApp = createTestApp({ db: connection.db, routes });
		const browser = new TestBrowser(downApp);
		browser.cookies.set("opengsync_session", "any");
		const answer = await browser.get("/members/");
		expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "10"]);
		expect(await answer.text()).toContain("database does not answer");
		expect((await downApp.request("/status/")).status).toBe(200);
		expect((await downApp.request("/status/ready/")).status).toBe(503);
		expect((await app.request("/status/ready/")).status).toBe(200);
		await connection.close();
	});
	it("refuse bodies beyond 20 MB", async () => {
		const browser = await browserOf(app, database.db, await createTestUser(database.db, UserRole.CLIENT.id));
		await browser.get("/members/");
		const answer = await browser.post("/members/", { file: new File([new Uint8Array(21 * 1_048_576)], "large.bin") });
		expect(answer.status).toBe(413);
	});
});

describe("the API", () => {
	it("lets in insiders' living tokens, by header or body, and nothing else", async () => {
		const owner = await createTestUser(database.db, UserRole.TECHNICIAN.id);
		const client = await createTestUser(database.db, UserRole.CLIENT.id);
		const values = [
			{ token_hash: hashToken("good"), time_valid_min: 60, owner_id: owner.id },
			{ token_hash: hashToken("revoked"), time_valid_min: 60, owner_id: owner.id, expired: true },
			{ token_hash: hashToken("old"), time_valid_min: 60, owner_id: owner.id, created_utc: new Date(Date.now() - 3_700_000) },
			{ token_hash: hashToken("of a client"), time_valid_min: 60, owner_id: client.id },
		];
		await database.db.insertInto("api_token").values(values).execute();
		const ask = async (token: string | null) => {
			const headers = { "content-type": "application/json" };
			const answer = await app.request("/api/echo/", {
				method: "POST",
				headers,
				body: JSON.stringify({ api_token: token ?? undefined }),
			});
			return answer.status;
		};
		expect(await Promise.all([ask("good"), ask("revoked"), ask("old"), ask("of a client"), ask("unknown"), ask(null)])).toEqual([
			200, 403, 403, 403, 403, 401,
		]);
		const answer = await app.request("/api/echo/", { method: "POST", headers: { authorization: "Bearer good" } });
		expect(await answer.json()).toEqual({ owner_id: owner.id });
	});
});

describe("limits", () => {
	it("stop the 21st sign-in within a minute from one address", async () => {
		const limited = createTestApp({ db: database.db, routes, limiter: new MemoryRateLimiter(() => clock) });
		let clock = 0;
		const browser = new TestBrowser(limited);
		await browser.get("/auth/auth/");
		const statuses: number[] = [];
		for (let attempt = 0; attempt < 21; attempt++) {
			clock += 100;
			statuses.push((await browser.post("/auth/auth/", { email: "x@example.org", password: "" })).status);
		}
		expect(statuses.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 422));
		expect(statuses[20]).toBe(429);
	});
});

describe("headers", () => {
	it("keep foreign scripts, frames and sniffing out, with a nonce of their own each time", async () => {
		const [one, two] = [await new TestBrowser(app).get("/auth/auth/"), await new TestBrowser(app).get("/auth/auth/")];
		const policy = one.headers.get("content-security-policy") ?? "";
		expect(policy).toMatch(/script-src 'self' 'nonce-[\w-]{22}';/);
		expect(policy).toContain("base-uri 'none'");
		expect(policy).toContain("frame-ancestors 'self'");
		expect(policy).not.toContain("unsafe-eval");
		expect(policy).not.toBe(two.headers.get("content-security-policy"));
		expect(one.headers.get("x-content-type-options")).toBe("nosniff");
		expect(one.headers.get("referrer-policy")).toBe("same-origin");
		expect(one.headers.get("cache-control")).toBe("private, no-store");
		const secret = await new TestBrowser(app).get("/auth/first-admin/0123456789abcdef/");
		expect(secret.headers.get("referrer-policy")).toBe("no-referrer");
	});
	it("answer HEAD as GET without a body", async () => {
		const answer = await new TestBrowser(app).get("/auth/auth/", { method: "HEAD" });
		expect([answer.status, await answer.text()]).toEqual([200, ""]);
	});
});

describe("the first administrator", () => {
	it("is made once, by a link that works only while there is none", async () => {
		const own = await createTestDatabase();
		const first = createTestApp({ db: own.db, routes });
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
