import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MemoryRateLimiter } from "./rate-limit.ts";
import { TestBrowser } from "./testing/browser.ts";
import { sampleRoutes } from "./testing/sample-routes.tsx";
import { createTestApp } from "./testing/test-app.ts";

let database: TestDatabase;

beforeAll(async () => {
	database = await createTestDatabase();
});

afterAll(() => database.drop());

describe("limits", () => {
	it("stop the 21st sign-in within a minute from one address", async () => {
		const limited = createTestApp({ db: database.db, routes: sampleRoutes, limiter: new MemoryRateLimiter(() => clock) });
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
