import { connect } from "@opengsync/db/connection";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { UserRole } from "@opengsync/domain/catalog";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serviceRoutes } from "../features/service/routes.ts";
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
	it("can be fetched, once, by whoever is signed in and by whoever is not", async () => {
		const service = createTestApp({ db: database.db, routes: [...sampleRoutes, ...serviceRoutes] });
		const member = await browserOf(service, database.db, await createTestUser(database.db, UserRole.CLIENT.id));
		await member.get("/members/");
		await member.post("/members/");
		const stranger = await browserOf(service, database.db, await createTestUser(database.db, UserRole.CLIENT.id));
		expect((await stranger.get("/retrieve_flash_messages/")).status).toBe(204);
		expect(await (await member.get("/retrieve_flash_messages/")).json()).toEqual([
			{ category: "success", message: "Grüße <b>!" },
		]);
		expect((await member.get("/retrieve_flash_messages/")).status).toBe(204);
		await member.post("/auth/sign_out/");
		expect(await (await member.get("/retrieve_flash_messages/")).json()).toEqual([
			{ category: "info", message: "You are signed out." },
		]);
		expect((await member.get("/retrieve_flash_messages/")).status).toBe(204);
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
	it("are plain text for programs and for links, nothing but a notice for parts of pages, pages for people", async () => {
		const browser = new TestBrowser(app);
		const cases: [string, number, RegExp][] = [
			["/api/echo/", 405, /^text\/plain/],
			["/api/nothing/", 404, /^text\/plain/],
			["/files/share/nothing/", 404, /^text\/plain/],
			["/shared/0123456789abcdef", 500, /^text\/plain/],
			["/htmx/nothing", 404, /^$/],
			["/nothing/", 404, /^text\/html/],
			["/auth/auth/?next=a&next=b", 200, /^text\/html/],
		];
		for (const [address, status, type] of cases) {
			const answer = await browser.get(address);
			expect([address, answer.status, answer.headers.get("content-type") ?? ""]).toEqual([
				address,
				status,
				expect.stringMatching(type),
			]);
		}
		expect((await browser.get("/api/echo/")).headers.get("allow")).toBe("OPTIONS, POST");
	});
	it("refuse bodies beyond 20 MB", async () => {
		const browser = await browserOf(app, database.db, await createTestUser(database.db, UserRole.CLIENT.id));
		await browser.get("/members/");
		const answer = await browser.post("/members/", { file: new File([new Uint8Array(21 * 1_048_576)], "large.bin") });
		expect(answer.status).toBe(413);
	});
});
