import { startAnnotation, submitAnnotationStep } from "@opengsync/core/annotation/annotation-run";
import type { Viewer } from "@opengsync/core/context";
import { readWorkbook } from "@opengsync/core/documents/read-workbook";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createRequest } from "@opengsync/db/testing/factories";
import { transact } from "@opengsync/db/transaction";
import { SubmissionType, UserRole } from "@opengsync/domain/catalog";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestServices, createTestUser } from "../../framework/testing/test-app.ts";
import { annotationRoutes } from "../annotation/routes.tsx";

let database: TestDatabase;
let app: Hono;
let owner: Viewer;
let browser: TestBrowser;
let stranger: TestBrowser;
let base: string;

beforeAll(async () => {
	database = await createTestDatabase();
	const { db } = database;
	const services = createTestServices();
	app = createTestApp({ db, routes: annotationRoutes, services });
	owner = await createTestUser(db, UserRole.CLIENT.id);
	browser = await browserOf(app, db, owner);
	stranger = await browserOf(app, db, await createTestUser(db, UserRole.CLIENT.id));
	const request = await createRequest(db, { requestor_id: owner.id, submission_type_id: SubmissionType.RAW_SAMPLES.id });
	const actor = { userId: owner.id, impersonatorId: null, via: "web", requestId: "test" } as const;
	const run = await transact(db, actor, async (tx) => {
		const context = { tx, actor, viewer: owner, services };
		const { uuid } = await startAnnotation(context, request.id);
		const values = { project_title: "Project of the test", project_description: "Text" };
		const outcome = await submitAnnotationStep(context, request.id, uuid, "project_select", { values });
		expect(outcome).toMatchObject({ accepted: true });
		return uuid;
	});
	base = `/seq_requests/${request.id}/annotation/${run}`;
	await browser.get(`${base}/`);
});
afterAll(() => database.drop());

async function cellsOf(response: Response): Promise<readonly (readonly string[])[]> {
	expect(response.status).toBe(200);
	const [sheet] = await readWorkbook(new Uint8Array(await response.arrayBuffer()));
	return sheet?.cells ?? [];
}

describe("workbooks of the sheet of a step", () => {
	it("the template has the sheet's titles and comes back through the upload as it was written", async () => {
		const template = await browser.get(`${base}/sample_annotation/template.xlsx`);
		const bytes = new Uint8Array(await template.clone().arrayBuffer());
		const [titles] = await cellsOf(template);
		expect(titles).toContain("Sample Name");
		const upload = await browser.post(`${base}/sample_annotation/read_workbook/`, { file: new File([bytes], "t.xlsx") });
		expect(await upload.json()).toMatchObject({ sheets: [{ cells: [titles] }, { name: "Help" }] });
	});

	it("what is filled in can be downloaded before it is submitted", async () => {
		const content = {
			columns: ["Sample Name", "Genome"],
			rows: [
				["=A1", "Human"],
				["s2", null],
			],
		};
		const response = await browser.post(
			`${base}/sample_annotation/filled.xlsx`,
			{},
			{
				headers: { "content-type": "application/json", "x-csrf-token": browser.csrfToken },
				body: JSON.stringify(content),
			},
		);
		expect(await cellsOf(response)).toEqual([["Sample Name", "Genome"], ["=A1", "Human"], ["s2"]]);
	});

	it("other people's requests, other steps and too large sheets are refused", async () => {
		expect((await stranger.get(`${base}/sample_annotation/template.xlsx`)).status).toBe(403);
		expect((await browser.get(`${base}/review/template.xlsx`)).status).toBe(400);
		expect((await browser.get(`${base.slice(0, -4)}0000/sample_annotation/template.xlsx`)).status).toBeGreaterThanOrEqual(400);
		const rows = Array.from({ length: 5001 }, () => ["x"]);
		const response = await browser.post(
			`${base}/sample_annotation/filled.xlsx`,
			{},
			{
				headers: { "content-type": "application/json", "x-csrf-token": browser.csrfToken },
				body: JSON.stringify({ columns: ["Sample Name"], rows }),
			},
		);
		expect(response.status).toBe(400);
	});

	it.each([
		["a text file", new File(["sample\tgenome\n"], "t.xlsx"), 422, /not an Excel workbook/],
		["no file at all", "text", 422, /Choose a file/],
		["more than 5 MB", new File([new Uint8Array(5 * 1024 * 1024 + 1)], "t.xlsx"), 413, /larger than 5 MB/],
	])("an upload of %s is answered with a sentence", async (_, file, status, message) => {
		const response = await browser.post(`${base}/sample_annotation/read_workbook/`, { file });
		expect(response.status).toBe(status);
		expect(await response.json()).toMatchObject({ message: expect.stringMatching(message) });
	});
});
