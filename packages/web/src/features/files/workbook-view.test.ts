import { Readable } from "node:stream";
import { zipOf } from "@opengsync/core/documents/testing/zip-of";
import { writeTablesWorkbook } from "@opengsync/core/documents/write-tables-workbook";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createRequest } from "@opengsync/db/testing/factories";
import { MediaFileType, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestServices, createTestUser } from "../../framework/testing/test-app.ts";
import { requestRoutes } from "../requests/routes.tsx";
import { fileRoutes } from "./routes.tsx";

let database: TestDatabase;
let owner: TestBrowser;
let stranger: TestBrowser;
let requestId: number;
let userId: number;
const contents = new Map<string, Uint8Array>();

beforeAll(async () => {
	database = await createTestDatabase();
	const { db } = database;
	const services = createTestServices({
		files: {
			write: async () => undefined,
			read: async (_, name) => {
				const content = contents.get(name);
				return content ? { stream: Readable.from([content]), sizeBytes: content.length } : null;
			},
			remove: async () => undefined,
		},
	});
	const app = createTestApp({ db, routes: [...fileRoutes, ...requestRoutes], services });
	const requestor = await createTestUser(db, UserRole.CLIENT.id);
	userId = requestor.id;
	owner = await browserOf(app, db, requestor);
	stranger = await browserOf(app, db, await createTestUser(db, UserRole.CLIENT.id));
	requestId = (await createRequest(db, { requestor_id: requestor.id })).id;
});
afterAll(() => database.drop());

let numFiles = 0;

async function attach(content: Uint8Array, extension = ".xlsx"): Promise<number> {
	const uuid = `3f0b0b52-0000-7000-8000-00000000000${++numFiles}`;
	contents.set(uuid + extension, content);
	const values = { name: "plates", extension, uuid, size_bytes: content.length, uploader_id: userId, seq_request_id: requestId };
	const { id } = await database.db
		.insertInto("media_file")
		.values({ ...values, type_id: MediaFileType.CUSTOM.id })
		.returning("id")
		.executeTakeFirstOrThrow();
	return id;
}

const workbook = () =>
	writeTablesWorkbook([
		{
			name: "Plates <1>",
			columns: ["Well", "ng/µL"],
			rows: [
				["A1", 12.5],
				["<img src=x>", 3],
			],
		},
		{ name: "Notes", columns: ["Text"], rows: [["=1+1"]] },
	]);

test("an attached workbook is shown on the files tab, its sheets as tabs, its texts as text", async () => {
	const id = await attach(await workbook());
	const tab = await (await owner.get(`/htmx/seq_requests/${requestId}/files`, { fragment: true })).text();
	expect(tab).toContain(`/htmx/files/${id}/workbook`);
	const shown = await owner.get(`/htmx/files/${id}/workbook`, { fragment: true });
	expect(shown.status).toBe(200);
	const html = await shown.text();
	for (const text of ["Plates &lt;1&gt;", "Notes", ">12.5<", ">=1+1<", "&lt;img src=x&gt;", "font-weight:bold"])
		expect(html).toContain(text);
	expect(html).not.toContain("<img");
	const { sheets } = await (await owner.get(`/xlsx_data/${id}/`)).json();
	expect(sheets[0].rows[1]).toMatchObject([{ text: "A1" }, { text: "12.5" }]);
});

test("strangers see nothing of it, and other files are no workbooks", async () => {
	const id = await attach(await workbook());
	const pdf = await attach(new TextEncoder().encode("%PDF-1.7\n"), ".pdf");
	for (const path of [(file: number) => `/htmx/files/${file}/workbook`, (file: number) => `/xlsx_data/${file}/`]) {
		expect((await stranger.get(path(id))).status).toBe(403);
		expect((await owner.get(path(pdf))).status).toBe(404);
	}
});

test("a bomb or a damaged workbook is explained where it would be shown", async () => {
	const bomb = await attach(zipOf("xl/worksheets/sheet1.xml", new Uint8Array(90_000_000)));
	const damaged = await attach((await workbook()).slice(0, 500));
	expect(await (await owner.get(`/htmx/files/${bomb}/workbook`)).text()).toContain("more than is accepted");
	expect(await (await owner.get(`/htmx/files/${damaged}/workbook`)).text()).toContain("damaged");
	expect((await owner.get(`/xlsx_data/${bomb}/`)).status).toBe(422);
});
