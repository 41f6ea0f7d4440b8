import { recordEventAlone } from "@opengsync/core/audit/record-event";
import type { Viewer } from "@opengsync/core/context";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createProject } from "@opengsync/db/testing/factories";
import { transact } from "@opengsync/db/transaction";
import { UserRole } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestUser } from "../../framework/testing/test-app.ts";
import { auditRoutes } from "./audit-routes.tsx";

let database: TestDatabase;
let admin: Viewer;
let browser: TestBrowser;
let staffBrowser: TestBrowser;

beforeAll(async () => {
	database = await createTestDatabase();
	const app = createTestApp({ db: database.db, routes: auditRoutes });
	admin = await createTestUser(database.db, UserRole.ADMIN.id);
	browser = await browserOf(app, database.db, admin);
	staffBrowser = await browserOf(app, database.db, await createTestUser(database.db, UserRole.TECHNICIAN.id));
	const project = await createProject(database.db, { title: "Liver atlas" });
	const actor = { userId: admin.id, impersonatorId: null, via: "api", requestId: "request-9" } as const;
	await transact(database.db, actor, (tx) =>
		tx.updateTable("project").set({ title: "=Liver, and kidney" }).where("id", "=", project.id).execute(),
	);
	await recordEventAlone(database.db, actor, {
		kind: "sign_in",
		object: { table: "lims_user", id: admin.id },
		details: { address: "192.0.2.1" },
	});
	await sql`INSERT INTO setting (key, value) SELECT 'key ' || n, '1' FROM generate_series(1, 2500) n`.execute(database.db);
});
afterAll(() => database.drop());

const read = async (path: string) => (await browser.get(path)).text();
const numbers = (html: string) => [...html.matchAll(/<td class="font-mono">(\d+)<\/td>/g)].map((match) => Number(match[1]));

it("shows the newest first and every event once over the pages", async () => {
	const first = await read("/admin/audit/");
	const older = /href="([^"]+)" rel="next"/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? "";
	const second = await read(older);
	const ids = [...numbers(first), ...numbers(second)];
	expect(ids).toHaveLength(100);
	expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a));
});

it.each([
	["table=project", "changed title of the project"],
	["action=E", "signed in (address 192.0.2.1)"],
	["request_id=request-9", "changed title of the project"],
	["via=api&action=U", "changed title of the project"],
	["table=sign_in&key=lims_user/1", "signed in"],
])("is narrowed by %s", async (query, expected) => {
	const html = await read(`/admin/audit/?${query}`);
	expect(html.replaceAll(/<[^>]+>/g, "")).toContain(expected);
	expect(html).not.toContain("added setting");
});

it("is narrowed by person and day", async () => {
	expect(await read(`/admin/audit/?person=${admin.id}`)).not.toContain("added setting");
	expect(await read("/admin/audit/?to=2001-01-01")).toContain("No events fit");
	expect(await read("/admin/audit/?from=2999-01-01")).toContain("No events fit");
	const today = new Date().toISOString().slice(0, 10);
	expect(numbers(await read(`/admin/audit/?from=${today}`)).length).toBe(50);
	expect((await browser.get("/admin/audit/?via=magic")).status).toBe(400);
});

it("tells by name whose changes are shown, also when the address has only a number", async () => {
	const html = await read(`/admin/audit/?person=${admin.id}`);
	const field = /<input[^>]*name="person"[^>]*>/.exec(html)?.[0] ?? html;
	const { first_name, last_name } = await database.db
		.selectFrom("lims_user")
		.select(["first_name", "last_name"])
		.where("id", "=", admin.id)
		.executeTakeFirstOrThrow();
	expect(field).toContain(`data-chosen-label="${first_name} ${last_name}"`);
	expect(field).toContain('data-source="/htmx/users/search"');
	expect(field).toContain(`value="${admin.id}"`);
	expect(await read("/admin/audit/?person=123456789")).toContain("No events fit");
});

it("finds a period long ago and nothing beside it", async () => {
	await database.ownerDb.transaction().execute(async (tx) => {
		await sql`SET LOCAL session_replication_role = replica`.execute(tx);
		await sql`INSERT INTO audit_event (id, occurred_at, via, table_name, row_key, action, changes)
			SELECT -500 + n, '2020-01-01T12:00Z'::timestamptz + make_interval(days => n), 'web', 'setting', 'past', 'I', '{}'
			FROM generate_series(0, 365) n`.execute(tx);
	});
	const events = (await read("/admin/audit/export.jsonl?from=2020-03-01&to=2020-03-03")).trimEnd().split("\n");
	expect(events.map((line) => (JSON.parse(line) as { at: string }).at.slice(0, 10))).toEqual([
		"2020-03-03",
		"2020-03-02",
		"2020-03-01",
	]);
});

it("is exported whole as CSV and as JSON lines, with the filter, and opens in a spreadsheet without running formulas", async () => {
	const lines = (await read("/admin/audit/export.csv")).trimEnd().split("\r\n");
	const { count } = await database.db
		.selectFrom("audit_event")
		.select(({ fn }) => fn.countAll<number>().as("count"))
		.executeTakeFirstOrThrow();
	expect(lines).toHaveLength(Number(count) + 1);
	expect(await read("/admin/audit/export.csv?table=project&action=U")).toContain(
		"changed title of the project =Liver, and kidney from",
	);
	const events = (await read("/admin/audit/export.jsonl?table=project"))
		.trimEnd()
		.split("\n")
		.map((line): unknown => JSON.parse(line));
	expect(events).toMatchObject([
		{ table: "project", action: "U", changes: { title: ["Liver atlas", "=Liver, and kidney"] } },
		{ table: "project", action: "I" },
	]);
});

it("is closed to everybody but admins", async () => {
	for (const path of ["/admin/audit/", "/admin/audit/export.csv", "/admin/audit/export.jsonl"]) {
		expect((await staffBrowser.get(path)).status).toBe(403);
	}
});
