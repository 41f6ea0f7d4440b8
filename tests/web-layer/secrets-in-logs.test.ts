// No secret reaches the log, whatever becomes of the request.
import { randomBytes } from "node:crypto";
import { hashToken } from "@opengsync/core/shared/token-hash";
import { createShareToken } from "@opengsync/core/sharing/tokens";
import { runAs } from "@opengsync/core/testing";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { UserRole } from "@opengsync/domain/catalog";
import { loggedError } from "@opengsync/web/framework/log-safely";
import { publicly } from "@opengsync/web/framework/policy";
import { defineRoute, type Route } from "@opengsync/web/framework/route";
import { TestBrowser } from "@opengsync/web/framework/testing/browser";
import { createTestApp, createTestServices, createTestUser, testPassword } from "@opengsync/web/framework/testing/test-app";
import { routes as productRoutes } from "@opengsync/web/routes";
import { sql } from "kysely";
import pino from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";

let database: TestDatabase;
let log = "";
let app: ReturnType<typeof createTestApp>;

/** Fails as a defect does: the database repeats the row, with the hash of the password. */
const failing: Route = defineRoute({
	method: "GET",
	path: "/fails/",
	kind: "page",
	policy: publicly,
	summary: "Fails",
	handler: async (exchange) => {
		await sql`INSERT INTO lims_user (first_name, last_name, email, password, role_id) VALUES ('a', 'b', 'c@example.org', '$argon2id$secret-hash', NULL)`.execute(
			exchange.db,
		);
		return exchange.text("never");
	},
});

beforeAll(async () => {
	database = await createTestDatabase();
	const logger = pino({ level: "trace" }, { write: (line: string) => collect(line) });
	app = createTestApp({ db: database.db, routes: [...productRoutes, failing], logger });
});
afterAll(() => database.drop());

function collect(line: string): void {
	log += line;
}

const secret = () => randomBytes(32).toString("base64url");

it("the log knows requests by number, status and pattern, and no secret", async () => {
	const admin = await createTestUser(database.db, UserRole.ADMIN.id);
	const browser = new TestBrowser(app);
	await browser.signIn(admin.email, "a wrong password");
	await browser.signIn(admin.email, testPassword);
	const session = browser.cookies.get("opengsync_session") ?? "";
	await browser.get("/?next=secret-in-the-query");

	const [good, bad, share, unknownShare, link, search] = [secret(), secret(), "", secret(), secret(), "searched-for-a-name"];
	const values = { token_hash: hashToken(good), time_valid_min: 60, owner_id: admin.id, scopes: ["read", "write", "pipeline"] };
	await database.db.insertInto("api_token").values(values).execute();
	for (const token of [good, bad]) {
		await app.request("/validate_api_token/", { headers: { authorization: `Bearer ${token}` } });
		const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ api_token: token }) };
		await app.request("/validate_api_token/", init);
		await app.request("/validate_api_token", init);
		await app.request(`/validate_api_token/?api_token=${token}`);
	}
	const made = await runAs(database.db, admin, createTestServices(), ({ tx }) =>
		createShareToken(tx, { secretKey: "secret", now: new Date() }, { ownerId: admin.id, timeValidMin: 60, paths: ["A"] }),
	);
	for (const token of [made.token, unknownShare]) {
		for (const address of [
			"/files/share/validate/",
			"/files/share/browse/",
			"/api/files/browse/",
			"/files/webdav/share/",
			"/files/share/nothing/",
		]) {
			for (const method of ["GET", "POST", "OPTIONS"]) await app.request(`${address}${token}`, { method });
			await app.request(`${address}${token}/A/file.txt`);
			await app.request(`${address}${token}/`);
		}
	}
	for (const route of productRoutes.filter(({ path }) => path.startsWith("/auth/") && path.includes(":token"))) {
		const address = route.path.replace(":token", link);
		for (const path of [address, address.slice(0, -1), `${address}x`, address.replace("/auth/", "/Auth/")]) {
			await app.request(path, { method: route.method });
		}
	}
	await browser.get(`/search?q=${search}`);
	const failed = await app.request("/fails/");
	expect(failed.status).toBe(500);

	const secrets = [
		testPassword,
		"a wrong password",
		session,
		browser.csrfToken,
		good,
		bad,
		made.token,
		unknownShare,
		link,
		share,
	];
	for (const each of [...secrets.filter(Boolean), "secret-in-the-query", search, "$argon2id", "c@example.org"]) {
		expect([each, log.includes(each)]).toEqual([each, false]);
	}
	const lines = log
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line) as Record<string, unknown>);
	expect(lines.length).toBeGreaterThan(50);
	expect(
		lines
			.filter((line) => line.msg === "request")
			.every((line) => typeof line.requestId === "string" && typeof line.status === "number"),
	).toBe(true);
	const reference = failed.headers.get("x-request-id") ?? "none";
	expect(await failed.text()).toContain(reference);
	expect(lines.filter((line) => line.requestId === reference).map((line) => line.msg)).toEqual(["request failed", "request"]);
	expect(JSON.stringify(lines.find((line) => line.msg === "request failed"))).toContain("role_id");
});

it("a defect is logged with what helps to find it", () => {
	const error = Object.assign(new Error("broken", { cause: new Error("why") }), {
		code: "23502",
		column: "role_id",
		detail: "Failing row contains (hash-of-a-password)",
	});
	const logged = loggedError(error);
	expect(logged).toMatchObject({ message: "broken", code: "23502", column: "role_id", cause: "why" });
	expect(JSON.stringify(logged)).not.toContain("hash-of");
	expect(loggedError("text with a secret")).toEqual({ type: "string" });
});
