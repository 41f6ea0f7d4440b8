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
