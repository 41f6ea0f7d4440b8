// Hostile uploads: access-and-web.md §13.2, §19 case 28.
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createRequest } from "@opengsync/db/testing/factories";
import { MediaFileType, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestServices, createTestUser } from "../../framework/testing/test-app.ts";
import { routes } from "../../routes.ts";

let database: TestDatabase;
let browser: TestBrowser;
let requestId: number;
const stored = new Map<string, Uint8Array>();
const pdf = "%PDF-1.7\n";

beforeAll(async () => {
	database = await createTestDatabase();
	const services = createTestServices({
		files: {
			write: async (folder, name, content) => void stored.set(`${folder}/${name}`, content),
			read: async () => null,
			remove: async (folder, name) => void stored.delete(`${folder}/${name}`),
		},
	});
	const client = await createTestUser(database.db, UserRole.CLIENT.id);
	browser = await browserOf(createTestApp({ db: database.db, routes, services }), database.db, client);
	requestId = (await createRequest(database.db, { requestor_id: client.id })).id;
});
beforeEach(() => stored.clear());
afterAll(() => database.drop());

function attach(content: BlobPart, name: string, typeId: number = MediaFileType.CUSTOM.id): Promise<Response> {
	return browser.post(`/seq_requests/${requestId}/attach/`, { typeId: String(typeId), file: new File([content], name) });
}

describe("an upload", () => {
	it.each([
		["HTML that calls itself a PDF", "<!doctype html><script>alert(1)</script>", "form.pdf"],
		["a picture that calls itself a PDF", new Uint8Array([0x89, 0x50, 0x4e, 0x47]), "form.pdf"],
		["5 MB and a byte", `${pdf}${"x".repeat(5 * 1_048_576 + 1 - pdf.length)}`, "large.pdf"],
		["nothing", "", "empty.pdf"],
		["a page", "<script>alert(1)</script>", "page.html"],
		["a drawing with scripts", "<svg onload='alert(1)'/>", "drawing.svg"],
		["a program without extension", "#!/bin/sh", "run"],
	])("of %s is refused and leaves nothing behind", async (_what, content, name) => {
		const answer = await attach(content, name);
		expect(answer.status).toBe(422);
		expect(await answer.text()).toContain("attach-form-file-error");
		expect(stored.size).toBe(0);
	});
	it("of exactly 5 MB is taken", async () => {
		expect((await attach(`${pdf}${"x".repeat(5 * 1_048_576 - pdf.length)}`, "full.pdf")).status).toBe(303);
	});
	it("of a second authorization form is refused", async () => {
		expect((await attach(pdf, "one.pdf", MediaFileType.SEQ_AUTH_FORM.id)).status).toBe(303);
		expect((await attach(pdf, "two.pdf", MediaFileType.SEQ_AUTH_FORM.id)).status).toBe(422);
		expect(stored.size).toBe(1);
	});
	it("keeps its name as text only: the file on disk has a random one", async () => {
		expect((await attach(pdf, '../../etc/a"b\r\nc<img>.pdf')).status).toBe(303);
		expect([...stored.keys()]).toEqual([expect.stringMatching(/^[\w-]+\/[0-9a-f-]{36}\.pdf$/)]);
		const page = await (await browser.get(`/htmx/seq_requests/${requestId}/files`, { fragment: true })).text();
		expect(page).not.toContain("<img>");
	});
	it("of a type that the form does not offer is refused", async () => {
		expect((await attach(pdf, "x.pdf", 99)).status).toBe(422);
	});
});
