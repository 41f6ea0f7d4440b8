import { hashToken } from "@opengsync/core/shared/token-hash";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { UserRole } from "@opengsync/domain/catalog";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { developerRoutes } from "../features/dev/routes.tsx";
import { bySpecificity, findHiddenRoutes } from "./route.ts";
import { TestBrowser } from "./testing/browser.ts";
import { failing, sampleRoutes } from "./testing/sample-routes.tsx";
import { browserOf, createTestApp, createTestUser } from "./testing/test-app.ts";

let database: TestDatabase;
let app: Hono;

beforeAll(async () => {
	database = await createTestDatabase();
	app = createTestApp({ db: database.db, routes: sampleRoutes });
});

afterAll(() => database.drop());

describe("a route table", () => {
	it("is refused when one route hides another", () => {
		const hidden = [failing("page", "/a/:id/"), failing("page", "/a/:other/")];
		expect(findHiddenRoutes(hidden)).toEqual(["GET /a/:other/ is hidden by /a/:id/"]);
		expect(() => createTestApp({ db: database.db, routes: hidden })).toThrow("is hidden by");
		expect(findHiddenRoutes([...sampleRoutes, ...developerRoutes()])).toEqual([]);
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
