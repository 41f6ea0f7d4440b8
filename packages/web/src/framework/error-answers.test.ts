import { connect } from "@opengsync/db/connection";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { UserRole } from "@opengsync/domain/catalog";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestBrowser } from "./testing/browser.ts";
import { sampleRoutes } from "./testing/sample-routes.tsx";
import { browserOf, createTestApp, createTestUser } from "./testing/test-app.ts";

let database: TestDatabase;
let app: Hono;

beforeAll(async () => {
	database = await createTestDatabase();
	app = createTestApp({ db: database.db, routes: sampleRoutes });
});

afterAll(() => database.drop());

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
		const downApp = createTestApp({ db: connection.db, routes: sampleRoutes });
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
