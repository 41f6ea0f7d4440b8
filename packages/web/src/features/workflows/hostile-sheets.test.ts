/** Sheets that somebody sends to do harm, through the pages, the upload and the HTTP API (requests-and-annotation.md §3). */
import { startAnnotation, submitAnnotationStep } from "@opengsync/core/annotation/annotation-run";
import type { Viewer } from "@opengsync/core/context";
import { readWorkbook } from "@opengsync/core/documents/read-workbook";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createRequest } from "@opengsync/db/testing/factories";
import { transact } from "@opengsync/db/transaction";
import { SubmissionType, UserRole } from "@opengsync/domain/catalog";
import type { RawSheet } from "@opengsync/domain/sheets/types";
import type { Hono } from "hono";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestServices, createTestUser } from "../../framework/testing/test-app.ts";
import { annotationRoutes } from "../annotation/routes.tsx";
import { annotationApiRoutes } from "../api/annotation-routes.ts";
import { AnnotationClient, createToken } from "../api/testing/annotation-client.ts";

const human = "Human (Homo sapiens)";
const columns = ["Sample Name", "Genome"];
const sheetOf = (...rows: RawSheet["rows"]): RawSheet => ({ columns, rows });
const tooLarge = /at most 5000 rows, 200 columns and 4096 characters/;

let database: TestDatabase;
let app: Hono;
let owner: Viewer;
let browser: TestBrowser;
let script: AnnotationClient;
let base: string;
let run: string;

beforeAll(async () => {
	database = await createTestDatabase();
	const { db } = database;
	app = createTestApp({ db, routes: [...annotationRoutes, ...annotationApiRoutes] });
	owner = await createTestUser(db, UserRole.BIOINFORMATICIAN.id);
	browser = await browserOf(app, db, owner);
	script = new AnnotationClient(app, await createToken(db, owner));
});
afterAll(() => database.drop());

/** A run of its own that stands at the sheet of the samples. */
beforeEach(async () => {
	const { db } = database;
	const request = await createRequest(db, { requestor_id: owner.id, submission_type_id: SubmissionType.RAW_SAMPLES.id });
	const actor = { userId: owner.id, impersonatorId: null, via: "web", requestId: "test" } as const;
	run = await transact(db, actor, async (tx) => {
		const context = { tx, actor, viewer: owner, services: createTestServices() };
		const { uuid } = await startAnnotation(context, request.id);
		const values = { project_title: `Project of request ${request.id}`, project_description: "Text" };
		await submitAnnotationStep(context, request.id, uuid, "project_select", { values });
		return uuid;
	});
	base = `/seq_requests/${request.id}/annotation/${run}/`;
	await browser.get(base);
});

const submitSheet = (sheet: unknown) => browser.post(`${base}sample_annotation/`, { sheet: JSON.stringify(sheet) });

function postJson(path: string, body: unknown): Promise<Response> {
	const headers = { "content-type": "application/json", "x-csrf-token": browser.csrfToken };
	return browser.post(path, {}, { headers, body: JSON.stringify(body) });
}

/** The sheet as the page of the step offers it. */
async function offeredSheet(): Promise<RawSheet> {
	const page = await (await browser.get(base)).text();
	const [, json = "{}"] = /data-island-input="">(.*?)<\/script>/s.exec(page) ?? [];
	return JSON.parse(json).initial;
}

const manyRows = Array.from({ length: 100_000 }, (_, index) => [`sample_${index}`, human]);
const longCell = "x".repeat(1_000_000);

describe("a sheet that is too large", () => {
	test.each<[string, RawSheet]>([
		["100,000 rows", { columns, rows: manyRows }],
		["a cell of 1 MB", sheetOf([longCell, human])],
		["a title of 1 MB", { columns: [longCell], rows: [["a"]] }],
		["100,000 columns", { columns: manyRows.map(([name = ""]) => name), rows: [] }],
		["a row of 100,000 cells", sheetOf(manyRows.map(([name = ""]) => name))],
	])(
		"%s: refused with the limits, by the page and by the API, and what was typed before is still there",
		async (_what, sheet) => {
			const typed = sheetOf(["lung_1", human]);
			expect((await postJson(`${base}sample_annotation/draft/`, { version: 0, sheet: typed })).status).toBe(200);

			const page = await submitSheet(sheet);
			expect(page.status).toBe(400);
			expect(await page.text()).toMatch(tooLarge);
			const answer = await script.call("POST", `workflow-runs/${run}/steps/sample_annotation/`, { ...sheet });
			expect(answer.status).toBe(400);
			expect(answer.text).toMatch(tooLarge);
			expect(answer.text.length).toBeLessThan(2_000);
			expect((await postJson(`${base}sample_annotation/draft/`, { version: 1, sheet })).status).toBe(400);
			expect((await postJson(`${base}sample_annotation/filled.xlsx`, sheet)).status).toBe(400);

			expect(await offeredSheet()).toEqual(typed);
		},
	);

	test("more than the server takes at all: refused without being read", async () => {
		const body = JSON.stringify({ columns, rows: [["x".repeat(21 * 1024 * 1024)]] });
		const answer = await app.request(`http://localhost/api/v1/workflow-runs/${run}/steps/sample_annotation/`, {
			method: "POST",
			headers: { authorization: "Bearer nobody", "content-type": "application/json", "content-length": String(body.length) },
			body,
		});
		expect([401, 413]).toContain(answer.status);
		const page = await submitSheet({ columns, rows: [["x".repeat(21 * 1024 * 1024)]] });
		expect(page.status).toBe(413);
	});
});

describe("text that would do something elsewhere", () => {
	const html = `</script><img src=x onerror=alert(1)>"'&`;

	test("HTML in cells, titles and names is shown as text wherever it comes back", async () => {
		const page = await submitSheet({ columns: [...columns, html], rows: [[html, html, html]] });
		expect(page.status).toBe(422);
		const text = await page.text();
		expect(text).not.toContain("<img");
		expect(text).toContain("&lt;img src=x");
		const [, json = ""] = /data-island-input="">(.*?)<\/script>/s.exec(text) ?? [];
		expect(JSON.parse(json).initial.rows).toEqual([[html, html, html]]);
	});

	test("a formula stays text: in the sheet, in its workbook and as an attribute of a sample", async () => {
		const formula = '=HYPERLINK("http://example.org")';
		const workbook = await postJson(`${base}sample_annotation/filled.xlsx`, sheetOf([formula, "@SUM(A1)"]));
		const [sheet] = await readWorkbook(new Uint8Array(await workbook.arrayBuffer()));
		expect(sheet?.cells[1]).toEqual([formula, "@SUM(A1)"]);

		expect((await submitSheet(sheetOf(["lung_1", human]))).status).toBe(303);
		const attributes = { columns: ["Sample Name", "Sample ID", "Tissue"], rows: [["lung_1", "new", formula]] };
		const next = await browser.post(`${base}sample_attribute_annotation/`, { sheet: JSON.stringify(attributes) });
		expect(next.status).toBe(303);
	});

	test("names that only look alike are not taken for each other, and invisible characters fall away", async () => {
		const lookAlike = sheetOf(["lung_1", human], ["lung\u200b_\u202e1", human], ["lung_1\u0000", human], ["lυng_2", human]);
		const answer = await script.submit(run, "sample_annotation", { ...lookAlike });
		if (answer.accepted) throw new Error("accepted");
		expect(answer.problems.map(({ row, code }) => [row, code])).toEqual([
			[1, "sample_name.duplicate"],
			[2, "sample_name.duplicate"],
			[3, "sample_name.duplicate"],
			[4, "sample_name.invalid"],
		]);
		const clean = sheetOf(["lung\u200b_\u202e1", human]);
		expect(await script.submit(run, "sample_annotation", { ...clean })).toMatchObject({ accepted: true });
		const { current } = await script.show(run);
		expect(current.sheet?.rows[0]?.[0]).toBe("lung_1");
	});

	test.each<[string, unknown]>([
		["the largest number", { columns, rows: [[Number.MAX_VALUE, human]] }],
		["halves of characters", sheetOf(["lung_1", "\ud800"])],
		["a name of the language's own", { columns: ["__proto__", "constructor"], rows: [["a", "b"]] }],
		["objects in cells", { columns, rows: [[{ toString: "x" }, human]] }],
		["rows that are no rows", { columns, rows: "all" }],
		["nothing", null],
	])("%s is answered with a sentence, never with a failure", async (_what, sheet) => {
		const page = await submitSheet(sheet);
		expect([400, 422]).toContain(page.status);
		const body = typeof sheet === "object" ? sheet : {};
		const answer = await script.call("POST", `workflow-runs/${run}/steps/sample_annotation/`, body);
		expect([200, 400, 422]).toContain(answer.status);
		expect((await script.show(run)).current.name).toBe("sample_annotation");
	});
});

test("5,000 rows that are all wrong are answered within seconds, with a page that a browser can show", async () => {
	const wrong = sheetOf(...Array.from({ length: 5_000 }, () => ["lung_1", "nobody"]));
	const startMs = performance.now();
	const page = await submitSheet(wrong);
	expect(page.status).toBe(422);
	expect((await page.text()).length).toBeLessThan(8_000_000);
	expect(performance.now() - startMs).toBeLessThan(10_000);
});
