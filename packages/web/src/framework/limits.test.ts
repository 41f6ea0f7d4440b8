import { randomBytes } from "node:crypto";
import { hashToken } from "@opengsync/core/shared/token-hash";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { serviceRoutes } from "../features/service/routes.ts";
import { apiTokenWith, publicly, shareToken } from "./policy.ts";
import { MemoryRateLimiter } from "./rate-limit.ts";
import { defineRoute, type Route } from "./route.ts";
import { TestBrowser } from "./testing/browser.ts";
import { sampleRoutes } from "./testing/sample-routes.tsx";
import { browserOf, createTestApp, createTestUser, testPassword } from "./testing/test-app.ts";

let database: TestDatabase;
let clock: number;
let app: ReturnType<typeof createTestApp>;
const good = randomBytes(32).toString("base64url");

function limited(path: string, changes: Partial<Route>): Route {
	const handler: Route["handler"] = (exchange) => exchange.text("ok");
	return { ...defineRoute({ method: "GET", path, kind: "file", policy: publicly, summary: path, handler }), ...changes };
}

const routes: Route[] = [
	...sampleRoutes,
	...serviceRoutes,
	limited("/link/:token", { policy: shareToken, limit: { name: "link", requests: 20, perSeconds: 60, everybody: true } }),
	limited("/zip/:token", {
		policy: shareToken,
		limit: { name: "zip", requests: 3, perSeconds: 60, everybody: true, kept: true },
	}),
	limited("/api/limited/", { kind: "api", policy: apiTokenWith("read"), limit: { name: "api", requests: 3, perSeconds: 1 } }),
];

/** Statuses of a number of requests, a tenth of a second apart. */
async function repeat(times: number, ask: () => Promise<Response> | Response, stepMs = 100): Promise<number[]> {
	const statuses: number[] = [];
	for (let index = 0; index < times; index++) {
		clock += stepMs;
		statuses.push((await ask()).status);
	}
	return statuses;
}

const all = (times: number, status: number) => Array.from({ length: times }, () => status);

beforeAll(async () => {
	database = await createTestDatabase();
	const owner = await createTestUser(database.db, UserRole.TECHNICIAN.id);
	await database.db
		.insertInto("api_token")
		.values({ token_hash: hashToken(good), time_valid_min: 60, owner_id: owner.id, scopes: ["read"] })
		.execute();
	await database.db
		.insertInto("share_token")
		.values({ token_hash: hashToken(good), token_sealed: "", time_valid_min: 60, owner_id: owner.id })
		.execute();
});

beforeEach(() => {
	clock = 0;
	app = createTestApp({ db: database.db, routes, limiter: new MemoryRateLimiter(() => clock) });
});

afterAll(() => database.drop());

describe("limits", () => {
	it("stop the 21st sign-in within a minute from one address, also of staff who know the password", async () => {
		const admin = await createTestUser(database.db, UserRole.ADMIN.id);
		const browser = await browserOf(app, database.db, admin);
		await browser.get("/auth/auth/");
		expect(await repeat(20, () => browser.post("/auth/auth/", { email: "x@example.org", password: "" }))).toEqual(all(20, 422));
		const answer = await browser.post("/auth/auth/", { email: admin.email, password: testPassword });
		expect(answer.status).toBe(429);
		expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(50);
		clock += 60_000;
		expect((await browser.post("/auth/auth/", { email: admin.email, password: testPassword })).status).toBe(303);
	});
	it("let 20 requests a second through, and say when to come again", async () => {
		expect(await repeat(20, () => app.request("/auth/auth/"), 10)).toEqual(all(20, 200));
		const answer = await app.request("/auth/auth/");
		expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "1"]);
		expect(await answer.text()).toMatch(/try again in \d+ seconds?/);
		const api = await app.request("/api/nothing/");
		expect([api.status, api.headers.get("content-type")]).toEqual([429, "text/plain; charset=utf-8"]);
		const part = await new TestBrowser(app).get("/refused/", { fragment: true });
		expect([part.status, await part.text()]).toEqual([429, ""]);
		expect(part.headers.get("hx-trigger")).toContain("Too many requests");
		clock += 1000;
		expect((await app.request("/auth/auth/")).status).toBe(200);
	});
	it("of the status are its own: five a second", async () => {
		expect(await repeat(6, () => app.request("/status/"), 10)).toEqual([...all(5, 200), 429]);
		expect((await app.request("/auth/auth/")).status).toBe(200);
	});
	it("of notices are ten a second", async () => {
		expect(await repeat(11, () => app.request("/retrieve_flash_messages/"), 10)).toEqual([...all(10, 204), 429]);
	});
});

describe("guessing", () => {
	it("of share links ends after 20 a minute, while 10,000 requests with a valid link within a minute all pass (§19 case 26)", async () => {
		const began = clock;
		for (let count = 0; count < 10_000; count++) {
			clock = began + count * 6;
			expect((await app.request(`/link/${good}`)).status).toBe(200);
		}
		clock += 60_000;
		const guess = () => app.request(`/link/${randomBytes(32).toString("base64url")}`);
		expect(await repeat(20, guess)).toEqual(all(20, 200));
		expect((await guess()).status).toBe(429);
		expect((await app.request(`/link/${good}`)).status).toBe(200);
	});
	it("with a valid link makes no more archives than three a minute", async () => {
		expect(await repeat(4, () => app.request(`/zip/${good}`))).toEqual([...all(3, 200), 429]);
		expect((await app.request(`/link/${good}`)).status).toBe(200);
		expect((await app.request(`/zip/${good}`)).status).toBe(429);
	});
	it("of API tokens ends after the limit, while a valid one is not slowed down", async () => {
		const call = (token: string) => app.request("/api/limited/", { headers: { authorization: `Bearer ${token}` } });
		expect(await repeat(100, () => call(good), 1)).toEqual(all(100, 200));
		expect(await repeat(4, () => call("wrong"), 10)).toEqual([...all(3, 403), 429]);
		expect(await repeat(1, () => call(good), 10)).toEqual([200]);
	});
	it("of passwords is not made easier by a valid API token", async () => {
		const browser = new TestBrowser(app);
		await browser.get("/auth/auth/");
		const statuses = await repeat(21, async () => {
			await app.request("/api/limited/", { headers: { authorization: `Bearer ${good}` } });
			return browser.post("/auth/auth/", { email: "x@example.org", password: "" });
		});
		expect(statuses).toEqual([...all(20, 422), 429]);
	});
});
