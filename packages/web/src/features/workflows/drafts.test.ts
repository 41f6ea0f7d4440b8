import type { Viewer } from "@opengsync/core/context";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createGroup, createRequest } from "@opengsync/db/testing/factories";
import { AffiliationType, UserRole } from "@opengsync/domain/catalog";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestUser } from "../../framework/testing/test-app.ts";
import { annotationRoutes } from "../annotation/routes.tsx";
import { requestRoutes } from "../requests/routes.tsx";

let database: TestDatabase;
let app: Hono;
let owner: Viewer;
let colleague: Viewer;
let stranger: Viewer;
let groupId: number;

beforeAll(async () => {
	database = await createTestDatabase();
	const { db } = database;
	app = createTestApp({ db, routes: [...annotationRoutes, ...requestRoutes] });
	owner = await createTestUser(db, UserRole.CLIENT.id);
	colleague = await createTestUser(db, UserRole.CLIENT.id);
	stranger = await createTestUser(db, UserRole.CLIENT.id);
	const member = AffiliationType.MEMBER.id;
	groupId = (await createGroup(db, {}, { [owner.id]: member, [colleague.id]: member })).id;
});
afterAll(() => database.drop());

const samples = (...names: string[]) => ({ columns: ["Sample Name", "Genome"], rows: names.map((name) => [name, null]) });

/** A run of the owner that stands at the samples. */
async function runAtSamples(): Promise<{ url: string; requestId: number; browser: TestBrowser }> {
	const { db } = database;
	const { id } = await createRequest(db, { requestor_id: owner.id, group_id: groupId });
	const browser = await browserOf(app, db, owner);
	const url = (await browser.post(`/seq_requests/${id}/annotation/`)).headers.get("location") ?? "";
	const fields = { project_title: `Project of ${id}`, project_description: "Text" };
	expect((await browser.post(`${url}project_select/`, fields)).status).toBe(303);
	return { url, requestId: id, browser };
}

/** Keeps a draft as the page's script does. */
async function keep(browser: TestBrowser, url: string, version: number, sheet: unknown, values: unknown = {}) {
	const response = await browser.get(`${url}sample_annotation/draft/`, {
		method: "POST",
		headers: { "content-type": "application/json", "x-csrf-token": browser.csrfToken },
		body: JSON.stringify({ version, sheet, values }),
	});
	const text = await response.text();
	return { status: response.status, text, version: response.status === 200 ? Number(JSON.parse(text).version) : 0 };
}

/** What the page gives the sheet. */
async function sheetOfPage(browser: TestBrowser, url: string) {
	const page = await (await browser.get(url)).text();
	const json = /data-island-input="">(.*?)<\/script>/s.exec(page)?.[1] ?? "null";
	return JSON.parse(json) as { initial: { rows: unknown[][] }; draft: { version: number; changedAt: string | null } };
}

describe("drafts", () => {
	test("what was typed is there on another computer, and gone once the step is accepted", async () => {
		const { url, browser } = await runAtSamples();
		expect((await sheetOfPage(browser, url)).draft).toMatchObject({ version: 0, changedAt: null });
		const first = await keep(browser, url, 0, samples("lung_1"));
		const second = await keep(browser, url, first.version, samples("lung_1", "lung\u0000_2 \ud800"));
		expect(second.status).toBe(200);
		const elsewhere = await browserOf(app, database.db, owner);
		const shown = await sheetOfPage(elsewhere, url);
		expect(shown.initial.rows).toEqual([
			["lung_1", null],
			["lung_2 \ufffd", null],
		]);
		expect(shown.draft.version).toBe(second.version);
		const sheet = JSON.stringify({ columns: ["Sample Name", "Genome"], rows: [["lung_1", "Human (Homo sapiens)"]] });
		expect((await elsewhere.post(`${url}sample_annotation/`, { sheet })).status).toBe(303);
		expect(await database.db.selectFrom("workflow_draft").selectAll().execute()).toEqual([]);
		const late = await keep(browser, url, second.version, samples("lung_1"));
		expect([late.status, late.text]).toEqual([409, expect.stringContaining("left already")]);
	});

	test("a tab that does not know the newest version is refused and overwrites nothing, also after the draft was used up", async () => {
		const { url, browser } = await runAtSamples();
		const first = await keep(browser, url, 0, samples("lung_1"));
		expect((await keep(browser, url, 0, samples("other"))).status).toBe(409);
		expect((await keep(browser, url, first.version, samples("lung_1", "lung_2"))).status).toBe(200);
		expect((await keep(browser, url, first.version, samples("older"))).text).toContain("another tab");
		expect((await sheetOfPage(browser, url)).initial.rows).toHaveLength(2);
		const sheet = JSON.stringify({ columns: ["Sample Name", "Genome"], rows: [["lung_1", "Human (Homo sapiens)"]] });
		await browser.post(`${url}sample_annotation/`, { sheet });
		await browser.post(`${url}back/`);
		const again = await keep(browser, url, 0, samples("lung_1"));
		expect(again.version).toBeGreaterThan(first.version + 1);
		expect((await keep(browser, url, first.version, samples("older"))).status).toBe(409);
	});

	test("two tabs that save at once: one is kept, the other told", async () => {
		const { url, browser } = await runAtSamples();
		const answers = await Promise.all(["a", "b", "c"].map((name) => keep(browser, url, 0, samples(`lung_${name}`))));
		expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409]);
	});

	test("a draft can be put aside, is bounded in size and never stops a refused submission from being shown", async () => {
		const { url, browser } = await runAtSamples();
		await keep(browser, url, 0, samples("lung_1"));
		const headers = { "x-csrf-token": browser.csrfToken };
		expect((await browser.get(`${url}sample_annotation/draft/`, { method: "DELETE", headers })).status).toBe(200);
		expect((await sheetOfPage(browser, url)).initial.rows).toEqual([]);
		const large = { columns: ["Sample Name"], rows: Array.from({ length: 3000 }, () => ["x".repeat(4000)]) };
		expect((await keep(browser, url, 0, large)).status).toBe(413);
		expect((await keep(browser, url, 0, { columns: [], rows: Array.from({ length: 5001 }, () => []) })).status).toBe(400);
		await keep(browser, url, 0, samples("draft"));
		const refused = await browser.post(`${url}sample_annotation/`, { sheet: JSON.stringify(samples("sent")) });
		expect(refused.status).toBe(422);
		expect(await refused.text()).toContain("sent");
	});

	test("nobody else keeps drafts in somebody's annotation, and none without signing in or from another site", async () => {
		const { url, browser } = await runAtSamples();
		expect((await keep(await browserOf(app, database.db, stranger), url, 0, samples("x"))).status).toBe(403);
		const told = await keep(await browserOf(app, database.db, colleague), url, 0, samples("x"));
		expect([told.status, told.text]).toEqual([409, expect.stringContaining(`${owner.firstName} ${owner.lastName}`)]);
		browser.csrfToken = "wrong";
		expect((await keep(browser, url, 0, samples("x"))).status).toBe(400);
		browser.cookies.clear();
		expect((await keep(browser, url, 0, samples("x"))).status).toBe(401);
		expect(
			await database.db
				.selectFrom("workflow_draft")
				.where("uuid", "=", url.split("/")[4] ?? "")
				.selectAll()
				.execute(),
		).toEqual([]);
	});
});

describe("taking over", () => {
	test("a member of the group is told whose it is and since when, takes over with the draft, and the former owner is told", async () => {
		const { url, requestId, browser } = await runAtSamples();
		const kept = await keep(browser, url, 0, samples("lung_1", "lung_2"));
		const other = await browserOf(app, database.db, colleague);
		const started = await other.post(`/seq_requests/${requestId}/annotation/`);
		expect(started.headers.get("location")).toBe(`/seq_requests/${requestId}/annotation/`);
		const page = await (await other.get(`/seq_requests/${requestId}/annotation/`)).text();
		expect(page).toContain(`${owner.firstName} ${owner.lastName}`);
		expect(page).toMatch(/last changed\s*<time/);
		expect((await other.post(`${url}take-over/`, { owner_id: String(stranger.id) })).status).toBe(409);
		expect((await other.post(`${url}take-over/`, {})).status).toBe(400);
		expect((await other.post(`${url}take-over/`, { owner_id: String(owner.id) })).headers.get("location")).toBe(url);
		expect((await sheetOfPage(other, url)).initial.rows).toHaveLength(2);

		const late = await keep(browser, url, kept.version, samples("lung_1", "lung_2", "lung_3"));
		expect([late.status, late.text]).toEqual([409, expect.stringContaining("is working on this annotation now")]);
		const sheet = JSON.stringify({ columns: ["Sample Name", "Genome"], rows: [["late", "Human (Homo sapiens)"]] });
		const told = await browser.post(`${url}sample_annotation/`, { sheet });
		expect(told.status).toBe(409);
		expect(await told.text()).toContain(`${colleague.firstName} ${colleague.lastName}`);
		for (const action of ["back/", "discard/"]) expect((await browser.post(`${url}${action}`)).status).toBe(409);
		expect((await sheetOfPage(other, url)).initial.rows).toHaveLength(2);
		expect((await browser.post(`${url}take-over/`, { owner_id: String(colleague.id) })).status).toBe(303);
		expect((await browser.get(url)).status).toBe(200);
	});

	test("who wants to begin anew may; a stranger may neither see nor take over", async () => {
		const { url, requestId } = await runAtSamples();
		const other = await browserOf(app, database.db, colleague);
		const own = await other.post(`/seq_requests/${requestId}/annotation/`, { anew: "1" });
		expect(own.headers.get("location")).not.toBe(url);
		const outside = await browserOf(app, database.db, stranger);
		expect((await outside.get(`/seq_requests/${requestId}/annotation/`)).status).toBe(403);
		expect((await outside.post(`${url}take-over/`, { owner_id: String(owner.id) })).status).toBe(403);
	});
});
