import { Readable } from "node:stream";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createRequest } from "@opengsync/db/testing/factories";
import { MediaFileType, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestServices, createTestUser } from "../../framework/testing/test-app.ts";
import { fileRoutes } from "./routes.tsx";

const content = Buffer.from("%PDF-1.4\n");
let database: TestDatabase;
let owner: TestBrowser;
let stranger: TestBrowser;
let staff: TestBrowser;
let fileId = 0;

beforeAll(async () => {
	database = await createTestDatabase();
	const { db } = database;
	const services = createTestServices({
		files: {
			write: async () => undefined,
			read: async (_, name) => (name.startsWith("lost") ? null : { stream: Readable.from([content]), sizeBytes: content.length }),
			remove: async () => undefined,
		},
	});
	const app = createTestApp({ db, routes: fileRoutes, services });
	const requestor = await createTestUser(db, UserRole.CLIENT.id);
	owner = await browserOf(app, db, requestor);
	stranger = await browserOf(app, db, await createTestUser(db, UserRole.CLIENT.id));
	staff = await browserOf(app, db, await createTestUser(db, UserRole.TECHNICIAN.id));
	const request = await createRequest(db, { requestor_id: requestor.id });
	fileId = await createFile(request.id, requestor.id, "3f0b0b52-0000-7000-8000-000000000001");
});
afterAll(() => database.drop());

async function createFile(requestId: number, uploaderId: number, uuid: string): Promise<number> {
	const file = await database.db
		.insertInto("media_file")
		.values({
			name: 'Übersicht "2"',
			extension: ".pdf",
			type_id: MediaFileType.SEQ_AUTH_FORM.id,
			uuid,
			size_bytes: content.length,
			uploader_id: uploaderId,
			seq_request_id: requestId,
		})
		.returning("id")
		.executeTakeFirstOrThrow();
	return file.id;
}

test("whoever sees the request downloads its file, under its name", async () => {
	for (const browser of [owner, staff]) {
		const response = await browser.get(`/download_file/${fileId}/`);
		expect(response.status).toBe(200);
		expect(response.headers.get("content-disposition")).toContain("attachment");
		expect(response.headers.get("content-disposition")).toContain("%C3%9Cbersicht");
		expect(Buffer.from(await response.arrayBuffer())).toEqual(content);
	}
	expect((await owner.get(`/pdf_file/${fileId}/`)).headers.get("content-type")).toBe("application/pdf");
});

test("somebody else's file stays closed, and what is not there is not found", async () => {
	expect((await stranger.get(`/download_file/${fileId}/`)).status).toBe(403);
	expect((await stranger.get(`/pdf_file/${fileId}/`)).status).toBe(403);
	expect((await owner.get("/download_file/999999/")).status).toBe(404);
	expect((await owner.get(`/img_file/${fileId}/`)).status).toBe(404);
});
