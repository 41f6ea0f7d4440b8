import { recordEvent } from "@opengsync/core/audit/record-event";
import type { Viewer } from "@opengsync/core/context";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createLibrary, createPool, createRequest } from "@opengsync/db/testing/factories";
import { type Actor, countStatements, transact } from "@opengsync/db/transaction";
import { SeqRequestStatus, UserRole } from "@opengsync/domain/catalog";
import type { Hono } from "hono";
import { type KyselyPlugin, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestUser } from "../../framework/testing/test-app.ts";
import { routes } from "../../routes.ts";
import { historyTab } from "./addresses.ts";
import { historyRoutes } from "./routes.tsx";

let database: TestDatabase;
let app: Hono;
let owner: Viewer;
let other: Viewer;
let staff: Viewer;
let admin: Viewer;
const browsers = new Map<Viewer, TestBrowser>();

beforeAll(async () => {
	database = await createTestDatabase();
	app = createTestApp({ db: database.db, routes: historyRoutes });
	owner = await createTestUser(database.db, UserRole.CLIENT.id);
	other = await createTestUser(database.db, UserRole.CLIENT.id);
	staff = await createTestUser(database.db, UserRole.TECHNICIAN.id);
	admin = await createTestUser(database.db, UserRole.ADMIN.id);
	for (const viewer of [owner, other, staff, admin]) browsers.set(viewer, await browserOf(app, database.db, viewer));
});
afterAll(() => database.drop());

const actorOf = (viewer: Viewer, impersonator: Viewer | null = null): Actor => ({
	userId: viewer.id,
	impersonatorId: impersonator?.id ?? null,
	via: "web",
	requestId: "request-77",
});

/** The text of a fragment as a person reads it. */
async function read(viewer: Viewer, path: string): Promise<{ status: number; text: string; html: string }> {
	const response = await (browsers.get(viewer) as TestBrowser).get(path);
	const html = await response.text();
	const text = html
		.replaceAll(/<select[\s\S]*?<\/select>/g, "")
		.replaceAll(/<[^>]+>/g, " ")
		.replaceAll(/\s+/g, " ")
		.trim();
	return { status: response.status, text, html };
}

async function submittedRequest() {
	const { id } = await createRequest(database.db, { requestor_id: owner.id, status_id: SeqRequestStatus.SUBMITTED.id });
	await transact(database.db, actorOf(staff), (tx) =>
		tx.updateTable("seq_request").set({ status_id: SeqRequestStatus.ACCEPTED.id }).where("id", "=", id).execute(),
	);
	return id;
}

describe("history of a request", () => {
	it("says who changed what, when and by which way", async () => {
		const id = await submittedRequest();
		const { text } = await read(staff, `/htmx/seq_requests/${id}/history`);
		expect(text).toContain("Demo User 3");
		expect(text).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d · web page/);
		expect(text).toContain("changed status from Submitted to Accepted");
		expect(text).toContain("created the request");
		expect(text).not.toContain("request-77");
		expect((await read(admin, `/htmx/seq_requests/${id}/history`)).text).toContain("request-77");
	});

	it("shows a client the change, but neither who of the staff, nor ids, nor internal columns and parts", async () => {
		const id = await submittedRequest();
		await transact(database.db, actorOf(staff), async (tx) => {
			await tx
				.updateTable("seq_request")
				.set({ review_checklist: JSON.stringify({ secret: true }) })
				.where("id", "=", id)
				.execute();
			await tx.insertInto("seq_request_assignee_link").values({ seq_request_id: id, user_id: staff.id }).execute();
			await recordEvent(tx, { kind: "link_sent", object: { table: "seq_request", id }, details: { address: "192.0.2.9" } });
		});
		const { text } = await read(owner, `/htmx/seq_requests/${id}/history`);
		expect(text).toContain("Facility staff");
		expect(text).toContain("changed status from Submitted to Accepted");
		expect(text).not.toMatch(/Demo User 3|request-77|web page|review checklist|assignee|192\.0\.2\.9/);
		expect((await read(staff, `/htmx/seq_requests/${id}/history`)).text).toMatch(
			/changed review checklist.*added assignee Demo User 3/,
		);
	});

	it("is closed to a client who may not see the request, and does not say whether there is one", async () => {
		const id = await submittedRequest();
		expect((await read(other, `/htmx/seq_requests/${id}/history`)).status).toBe(403);
		expect((await read(other, "/htmx/seq_requests/99999/history")).status).toBe(404);
		expect((await read(staff, "/htmx/experiments/99999/history")).status).toBe(404);
		expect((await read(owner, "/htmx/experiments/1/history")).status).toBe(403);
		expect((await read(other, `/htmx/users/${owner.id}/history`)).status).toBe(403);
	});

	it("says when an admin worked as the client", async () => {
		const id = await submittedRequest();
		await transact(database.db, actorOf(owner, admin), (tx) =>
			tx.updateTable("seq_request").set({ name: "Renamed by somebody" }).where("id", "=", id).execute(),
		);
		expect((await read(staff, `/htmx/seq_requests/${id}/history`)).text).toContain("Demo User 4 as Demo User 1");
		expect((await read(owner, `/htmx/seq_requests/${id}/history`)).text).not.toContain("Demo User 4");
	});

	it("keeps what belonged to it: comments that were deleted, libraries that came and went, its contacts", async () => {
		const id = await submittedRequest();
		const library = await createLibrary(database.db, { seq_request_id: id, name: "liver_library" });
		await transact(database.db, actorOf(staff), async (tx) => {
			const comment = { seq_request_id: id, author_id: staff.id, text: "Too little material" };
			await tx.insertInto("comment").values(comment).execute();
			await tx.updateTable("library").set({ volume: 12 }).where("id", "=", library.id).execute();
		});
		await transact(database.db, actorOf(staff), async (tx) => {
			await tx.deleteFrom("comment").where("seq_request_id", "=", id).execute();
			await tx.deleteFrom("library").where("id", "=", library.id).execute();
			await sql`UPDATE contact SET phone = '123456' WHERE id = (SELECT billing_contact_id FROM seq_request WHERE id = ${id})`.execute(
				tx,
			);
		});
		const { text } = await read(staff, `/htmx/seq_requests/${id}/history`);
		expect(text).toContain("added comment Too little material");
		expect(text).toContain("removed comment Too little material");
		expect(text).toContain("added library liver_library");
		expect(text).toContain("removed library liver_library");
		expect(text).toContain("set phone of contact");
		expect(text).not.toContain("volume");
	});

	it("counts many rows instead of naming each, at the same number of statements", async () => {
		const id = await submittedRequest();
		await transact(database.db, actorOf(owner), (tx) =>
			sql`INSERT INTO library (name, sample_name, type_id, genome_ref_id, service_type_id, owner_id, seq_request_id)
				SELECT 'lib_' || n, 'sample_' || n, 3, 1, 1, ${owner.id}, ${id} FROM generate_series(1, 1536) n`.execute(tx),
		);
		const { result, statements } = await countStatements(database.db, async (counted) => {
			const counting = createTestApp({ db: counted, routes: historyRoutes });
			const browser = await browserOf(counting, database.db, owner);
			return (await browser.get(`/htmx/seq_requests/${id}/history`)).text();
		});
		expect(result).toContain("added 1,536 libraries");
		expect(result.match(/lib_\d+/g)?.length ?? 0).toBe(0);
		expect(statements).toBeLessThanOrEqual(6);
	});

	it("is narrowed by person, field and day, and a day without changes says so", async () => {
		const id = await submittedRequest();
		const url = `/htmx/seq_requests/${id}/history`;
		expect((await read(staff, `${url}?person=${staff.id}`)).text).not.toContain("created the request");
		expect((await read(staff, `${url}?field=status_id`)).text).toContain("changed status");
		expect((await read(staff, `${url}?field=comment`)).text).toContain("Nothing fits this filter");
		expect((await read(staff, `${url}?to=2001-01-01`)).text).toContain("Nothing fits this filter");
		expect((await read(staff, `${url}?from=2001-01-01&to=`)).text).toContain("changed status");
		expect((await read(staff, `${url}?from=yesterday`)).status).toBe(400);
		expect((await read(owner, `${url}?field=review_checklist`)).text).toContain("changed status");
	});

	it("comes in pages, each change once", async () => {
		const id = await submittedRequest();
		for (let number = 1; number <= 30; number++) {
			await transact(database.db, actorOf(staff), (tx) =>
				tx
					.updateTable("seq_request")
					.set({ name: `Name number ${number}` })
					.where("id", "=", id)
					.execute(),
			);
		}
		const first = await read(staff, `/htmx/seq_requests/${id}/history`);
		const older = /hx-get="([^"]+before=\d+[^"]*)"/.exec(first.html)?.[1]?.replaceAll("&amp;", "&") ?? "";
		const second = await read(staff, older);
		const seen = [first, second].flatMap(({ text }) =>
			[...text.matchAll(/to Name number (\d+)/g)].map((match) => Number(match[1])),
		);
		expect(seen).toEqual(Array.from({ length: 30 }, (_, index) => 30 - index));
		expect(second.html).not.toContain("before=");
	});

	it("shows what people entered as text", async () => {
		const id = await submittedRequest();
		await database.db.updateTable("seq_request").set({ name: "<img src=x onerror=alert(1)>" }).where("id", "=", id).execute();
		expect((await read(staff, `/htmx/seq_requests/${id}/history`)).html).not.toContain("<img");
	});
});

describe("history of other objects", () => {
	it("of a pool: libraries that came by a change of theirs", async () => {
		const pool = await createPool(database.db, { owner_id: owner.id });
		const library = await createLibrary(database.db, { name: "pooled_library", owner_id: owner.id });
		await database.db.updateTable("library").set({ pool_id: pool.id }).where("id", "=", library.id).execute();
		expect((await read(owner, `/htmx/pools/${pool.id}/history`)).text).toContain("added library pooled_library");
		await database.db.updateTable("library").set({ pool_id: null }).where("id", "=", library.id).execute();
		expect((await read(owner, `/htmx/pools/${pool.id}/history`)).text).toContain("removed library pooled_library");
		await database.db.deleteFrom("library").where("id", "=", library.id).execute();
		expect((await read(staff, `/htmx/pools/${pool.id}/history`)).text).toContain(`added library ${library.id}`);
		expect((await read(owner, `/htmx/pools/${pool.id}/history`)).text).not.toContain("library library");
	});

	it("of a pool: many libraries that came at once are said to have been added", async () => {
		const pool = await createPool(database.db, { owner_id: owner.id });
		const { id: request } = await createRequest(database.db, { requestor_id: owner.id });
		await sql`INSERT INTO library (name, sample_name, type_id, genome_ref_id, service_type_id, owner_id, seq_request_id)
			SELECT 'lib_' || n, 'sample_' || n, 3, 1, 1, ${owner.id}, ${request} FROM generate_series(1, 12) n`.execute(database.db);
		await database.db.updateTable("library").set({ pool_id: pool.id }).where("seq_request_id", "=", request).execute();
		expect((await read(staff, `/htmx/pools/${pool.id}/history`)).text).toContain("added 12 libraries");
	});

	it("of an account: sign-ins with address for staff, own changes for oneself", async () => {
		await transact(database.db, actorOf(owner), async (tx) => {
			await tx.updateTable("lims_user").set({ last_name: "Renamed" }).where("id", "=", owner.id).execute();
			await recordEvent(tx, { kind: "sign_in", object: { table: "lims_user", id: owner.id }, details: { address: "192.0.2.1" } });
		});
		expect((await read(admin, `/htmx/users/${owner.id}/history`)).text).toContain("signed in (address 192.0.2.1)");
		const own = await read(owner, `/htmx/users/${owner.id}/history`);
		expect(own.text).toContain("changed last name from User 1 to Renamed");
		expect(own.text).not.toContain("192.0.2.1");
	});

	it.each(["experiments", "lab_preps", "seq_runs", "kits", "groups", "projects", "samples", "libraries"])(
		"of %s can be asked",
		async (path) => {
			expect((await read(staff, `/htmx/${path}/1/history`)).status).toBeLessThan(500);
		},
	);
});

describe("pages of objects", () => {
	it("ask the database nothing for the history until its tab is opened", async () => {
		const id = await submittedRequest();
		const asked: string[] = [];
		const page = createTestApp({ db: database.db.withPlugin(recorder(asked)), routes });
		const browser = await browserOf(page, database.db, staff);
		const html = await (await browser.get(`/seq_requests/${id}/`)).text();
		expect(html).toContain(`hx-get="${historyTab("request", id).href}"`);
		expect(asked.length).toBeGreaterThan(0);
		expect(asked.filter((statement) => statement.includes("audit_event"))).toEqual([]);
	});
});

/** Keeps every statement as text. */
function recorder(asked: string[]): KyselyPlugin {
	return {
		transformQuery: ({ node }) => {
			asked.push(JSON.stringify(node));
			return node;
		},
		transformResult: async ({ result }) => result,
	};
}
