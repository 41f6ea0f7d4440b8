import { hashToken } from "@opengsync/core/shared/token-hash";
import type { Db } from "@opengsync/db/connection";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { countStatements } from "@opengsync/db/transaction";
import { UserRole } from "@opengsync/domain/catalog";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findApiCaller } from "../../framework/api-token.ts";
import { apiTokenWith } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";
import { browserOf, createTestApp, createTestServices, createTestUser } from "../../framework/testing/test-app.ts";
import { routes } from "../../routes.ts";
import { readsRoutes } from "../api/reads-routes.ts";
import { userRoutes } from "../users/routes.tsx";

let database: TestDatabase;
let app: Hono;
let now = new Date();

const changing: Route = defineRoute({
	method: "POST",
	path: "/api/v1/demo/",
	kind: "api",
	policy: apiTokenWith("write"),
	summary: "Changes something",
	handler: (exchange) => exchange.json({ done: true }),
});

beforeAll(async () => {
	database = await createTestDatabase();
	const services = createTestServices({ now: () => now });
	app = createTestApp({ db: database.db, routes: [changing, ...readsRoutes, ...userRoutes], services });
});

afterAll(() => database.drop());

async function storeToken(
	token: string,
	ownerId: number,
	values: { scopes?: string[]; expired?: boolean; created_utc?: Date } = {},
) {
	const row = { token_hash: hashToken(token), time_valid_min: 60, owner_id: ownerId, ...values };
	const { id } = await database.db.insertInto("api_token").values(row).returning("id").executeTakeFirstOrThrow();
	return id;
}

function call(path: string, token: string): Promise<Response> {
	return Promise.resolve(app.request(path, { method: "POST", headers: { authorization: `Bearer ${token}` } }));
}

async function lastUse(id: number): Promise<Date | null> {
	const row = await database.db.selectFrom("api_token").select("last_used_at").where("id", "=", id).executeTakeFirstOrThrow();
	return row.last_used_at;
}

describe("an API token", () => {
	it("may do only what its scopes say, and the answer names the missing one", async () => {
		const owner = await createTestUser(database.db, UserRole.TECHNICIAN.id);
		await storeToken("reading", owner.id, { scopes: ["read"] });
		const answer = await call("/api/v1/demo/", "reading");
		expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('"write"')]);
		expect((await call("/validate_api_token/", "reading")).status).toBe(200);
		await storeToken("pipeline", owner.id, { scopes: ["pipeline"] });
		expect((await call("/validate_api_token/", "pipeline")).status).toBe(200);
		expect((await call("/api/v1/stats/set_library_lane_reads/", "reading")).status).toBe(403);
		await storeToken("several", owner.id, { scopes: ["write", "read"] });
		expect([(await call("/api/v1/demo/", "several")).status, (await call("/validate_api_token/", "several")).status]).toEqual([
			200, 200,
		]);
	});

	it("tells whose it is and which it is, not its text", async () => {
		const owner = await createTestUser(database.db, UserRole.TECHNICIAN.id);
		const id = await storeToken("which", owner.id);
		const answer = await call("/validate_api_token/", "which");
		expect(await answer.json()).toEqual({ result: "success", owner_id: owner.id, token_id: id, owner_email: owner.email });
	});

	it("is refused from the moment its owner is no longer staff", async () => {
		const owner = await createTestUser(database.db, UserRole.TECHNICIAN.id);
		await storeToken("leaver", owner.id);
		const setRole = (roleId: number) =>
			database.db.updateTable("lims_user").set({ role_id: roleId }).where("id", "=", owner.id).execute();
		const statuses: number[] = [];
		for (const role of [UserRole.TECHNICIAN, UserRole.CLIENT, UserRole.DEACTIVATED]) {
			await setRole(role.id);
			statuses.push((await call("/validate_api_token/", "leaver")).status);
		}
		expect(statuses).toEqual([200, 403, 403]);
	});

	it("in the body must be a text; the header wins", async () => {
		const owner = await createTestUser(database.db, UserRole.TECHNICIAN.id);
		await storeToken("right", owner.id);
		const send = async (apiToken: unknown, headers: Record<string, string> = {}) => {
			const body = JSON.stringify({ api_token: apiToken });
			const init = { method: "POST", headers: { "content-type": "application/json", ...headers }, body };
			return (await app.request("/validate_api_token/", init)).status;
		};
		expect(await send("right")).toBe(200);
		for (const wrong of [17, true, null, ["right"], { text: "right" }]) expect(await send(wrong)).toBe(403);
		expect(await send("wrong", { authorization: "Bearer right" })).toBe(200);
		expect(await send("right", { authorization: "Bearer wrong" })).toBe(403);
	});

	it("shows when it was last used, written at most once a minute", async () => {
		const owner = await createTestUser(database.db, UserRole.TECHNICIAN.id);
		const id = await storeToken("used", owner.id);
		now = new Date();
		const first = now;
		await call("/validate_api_token/", "used");
		expect(await lastUse(id)).toEqual(first);
		now = new Date(first.getTime() + 59_000);
		await call("/validate_api_token/", "used");
		expect(await lastUse(id)).toEqual(first);
		now = new Date(first.getTime() + 60_000);
		await call("/validate_api_token/", "used");
		expect(await lastUse(id)).toEqual(now);
		now = new Date();
	});

	it("costs one statement per call between two notes of its use", async () => {
		const owner = await createTestUser(database.db, UserRole.TECHNICIAN.id);
		await storeToken("busy", owner.id);
		const ask = (db: Db) => findApiCaller(db, "busy", { scope: "read", requestId: "test", address: "none", now });
		await ask(database.db);
		const { statements } = await countStatements(database.db, ask);
		expect(statements).toBe(1);
	});

	it("that is refused leaves an event without its text", async () => {
		const owner = await createTestUser(database.db, UserRole.TECHNICIAN.id);
		const revoked = await storeToken("revoked", owner.id, { expired: true });
		await storeToken("old", owner.id, { created_utc: new Date(Date.now() - 3_700_000) });
		for (const token of ["revoked", "old", "guessed"]) {
			const answer = await call("/validate_api_token/", token);
			expect([answer.status, (await answer.text()).includes(token)]).toEqual([403, false]);
		}
		const events = await database.db
			.selectFrom("audit_event")
			.select(["actor_id", "row_key", "changes"])
			.where("table_name", "=", "api_token_refused")
			.orderBy("id", "desc")
			.limit(3)
			.execute();
		expect(events.map(({ changes }) => changes)).toEqual([
			{ reason: "unknown", address: "none" },
			{ reason: "expired", address: "none" },
			{ reason: "revoked", address: "none" },
		]);
		expect(events[2]).toMatchObject({ actor_id: owner.id, row_key: `api_token/${revoked}` });
		expect(JSON.stringify(events)).not.toContain("guessed");
	});
});

describe("the form of a new token", () => {
	it("makes a token with the ticked scopes, shows it once, and asks again when nothing is ticked", async () => {
		const owner = await createTestUser(database.db, UserRole.TECHNICIAN.id);
		const browser = await browserOf(app, database.db, owner);
		const address = `/users/${owner.id}/api_tokens/new/`;
		expect(await (await browser.get(address)).text()).toMatch(/name="read"[^>]*checked|checked[^>]*name="read"/);
		const fields = { name: "nightly", timeValidMin: "525600" };
		expect((await browser.post(address, fields)).status).toBe(422);
		const page = await (await browser.post(address, { ...fields, pipeline: "true" })).text();
		const token = /[\w-]{43}/.exec(page.slice(page.indexOf("cannot be seen again")))?.[0] ?? "";
		const stored = await database.db
			.selectFrom("api_token")
			.select(["name", "scopes"])
			.where("token_hash", "=", hashToken(token))
			.execute();
		expect(stored).toEqual([{ name: "nightly", scopes: ["pipeline"] }]);
		const list = await (await browser.get(`/htmx/users/${owner.id}/api_tokens`)).text();
		expect(list).toContain("nightly");
		expect(list).not.toContain(token);
	});
});

describe("the route table", () => {
	it("lets only tokens for pipelines store reads, link data and release it", () => {
		const ofPipelines = routes.filter((route) => /^\/api\/(v1\/)?(stats|shares)\//.test(route.path));
		expect(ofPipelines.length).toBeGreaterThan(6);
		const scopes = new Set(ofPipelines.map(({ policy }) => (policy.kind === "apiToken" ? policy.scope : policy.kind)));
		expect([...scopes]).toEqual(["pipeline"]);
	});
});
