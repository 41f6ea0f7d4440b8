import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestBrowser } from "./testing/browser.ts";
import { sampleRoutes } from "./testing/sample-routes.tsx";
import { createTestApp } from "./testing/test-app.ts";

let database: TestDatabase;
let app: Hono;

beforeAll(async () => {
	database = await createTestDatabase();
	app = createTestApp({ db: database.db, routes: sampleRoutes });
});

afterAll(() => database.drop());

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
