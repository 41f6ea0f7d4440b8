/** Files of all sheets that are no step of the annotation: template, what is filled in, upload; good and hostile ones. */
import type { Viewer } from "@opengsync/core/context";
import { readWorkbook } from "@opengsync/core/documents/read-workbook";
import { zipOf } from "@opengsync/core/documents/testing/zip-of";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import * as create from "@opengsync/db/testing/factories";
import {
	BarcodeOrientation,
	LibraryStatus,
	LibraryType,
	MuxType,
	PoolType,
	SeqRequestStatus,
	SubmissionType,
	UserRole,
} from "@opengsync/domain/catalog";
import type { RawSheet } from "@opengsync/domain/sheets/types";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestUser } from "../../framework/testing/test-app.ts";
import { indexRoutes } from "../indices/routes.ts";
import { labPrepRoutes } from "../lab-preps/routes.tsx";
import { projectRoutes } from "../projects/routes.tsx";
import { requestRoutes } from "../requests/routes.tsx";
import { libraryRoutes } from "./routes.tsx";

let database: TestDatabase;
let client: Viewer;
let staff: TestBrowser;
let stranger: TestBrowser;

beforeAll(async () => {
	database = await createTestDatabase();
	const { db } = database;
	const app = createTestApp({
		db,
		routes: [...libraryRoutes, ...labPrepRoutes, ...requestRoutes, ...projectRoutes, ...indexRoutes],
	});
	client = await createTestUser(db, UserRole.CLIENT.id);
	staff = await browserOf(app, db, await createTestUser(db, UserRole.TECHNICIAN.id));
	stranger = await browserOf(app, db, await createTestUser(db, UserRole.CLIENT.id));
	await staff.get("/libraries/");
	await stranger.get("/libraries/");
});
afterAll(() => database.drop());

/** A request with two libraries of a sample each. */
async function createLibraries(values: Parameters<typeof create.createLibrary>[1] = {}) {
	const { db } = database;
	const request = await create.createRequest(db, {
		requestor_id: client.id,
		submission_type_id: SubmissionType.QC_ONLY.id,
		status_id: SeqRequestStatus.SAMPLES_RECEIVED.id,
	});
	const project = await create.createProject(db, { owner_id: client.id });
	const pool = await create.createPool(db, { seq_request_id: request.id, owner_id: client.id, type_id: PoolType.EXTERNAL.id });
	const orientation = BarcodeOrientation.FORWARD_NOT_VALIDATED.id;
	const ids: number[] = [];
	for (const name of ["lung", "liver"]) {
		const owner = { seq_request_id: request.id, owner_id: client.id };
		const status_id = LibraryStatus.QC_PENDING.id;
		const { id } = await create.createLibrary(db, { ...owner, pool_id: pool.id, status_id, sample_name: "pool_a", ...values });
		const sample = await create.createSample(db, { name, project_id: project.id });
		await db.insertInto("sample_library_link").values({ sample_id: sample.id, library_id: id }).execute();
		await db.insertInto("library_index").values({ library_id: id, sequence_i7: "AAAACCCC", orientation }).execute();
		ids.push(id);
	}
	return { request: request.id, project: project.id, pool: pool.id, ids: [ids[0] ?? 0, ids[1] ?? 0] as const };
}

const hash = { type_id: LibraryType.TENX_ANTIBODY_CAPTURE.id, mux_type_id: MuxType.TENX_ABC_HASH.id };
const onChip = { mux_type_id: MuxType.TENX_ON_CHIP.id };

/** Starts a run and goes on to its sheet; the address of the step. */
async function startRun(path: string, step: string, chosen: readonly number[] = []): Promise<string> {
	const run = (await staff.post(path)).headers.get("location") ?? "";
	if (chosen.length > 0) await staff.post(`${run}select_samples/`, { library_ids: chosen.map(String) });
	return `${run}${step}/`;
}

async function createPrep(ids: readonly number[]): Promise<number> {
	const { db } = database;
	const prep = await create.createLabPrep(db);
	await db
		.updateTable("library")
		.set({ lab_prep_id: prep.id })
		.where("id", "in", [...ids])
		.execute();
	return prep.id;
}

/** Every kind of sheet outside the annotation: its address, and a title that it has. */
const sheets: readonly (readonly [what: string, open: () => Promise<string>, title: string])[] = [
	["the properties of a library", async () => `/libraries/${(await createLibraries()).ids[0]}/properties/`, "Property"],
	["the features of a library", async () => `/libraries/${(await createLibraries(hash)).ids[0]}/features/`, "Pattern"],
	["multiplexing by hashtags", async () => `/libraries/${(await createLibraries(hash)).ids[0]}/multiplexing/`, "Pattern"],
	["multiplexing on the chip", async () => `/libraries/${(await createLibraries(onChip)).ids[0]}/multiplexing/`, "Barcode ID"],
	["properties of a request", async () => `/seq_requests/${(await createLibraries()).request}/library_properties/`, "Library ID"],
	["properties of a project", async () => `/projects/${(await createLibraries()).project}/library_properties/`, "Library ID"],
	["attributes of a project", async () => `/projects/${(await createLibraries()).project}/sample_attributes/`, "Cell Type"],
	["libraries edited together", async () => bulkEdit(await createLibraries()), "Library Type"],
	["sample pools", async () => `/lab_preps/${await createPrep((await createLibraries(onChip)).ids)}/sample_pools/`, "Pool"],
	["QC measurements", async () => `/seq_requests/${(await createLibraries()).request}/qc/`, "RIN/DIN"],
	[
		"indices of a re-index run",
		async () => {
			const { pool, ids } = await createLibraries();
			return startRun(`/pools/${pool}/reindex/`, "barcode_input", ids);
		},
		"i7 Sequence",
	],
	[
		"orientation in an index check",
		async () => startRun(`/pools/${(await createLibraries()).pool}/index_check/`, "index_orientation"),
		"i7 is written",
	],
];

function bulkEdit({ request, ids }: { request: number; ids: readonly number[] }): string {
	return `/workflows/edit_libraries/sheet/?seq_request_id=${request}&library_ids=${ids.join()}`;
}

/** The address of a file of a sheet. */
function fileOf(address: string, name: string): string {
	const [path = "", query] = address.split("?");
	return query ? `${path}${name}?${query}` : `${path}${name}`;
}

/** What the spreadsheet on the page of a sheet is given. */
async function readConfig(address: string) {
	const page = await (await staff.get(address.replace(/(barcode_input|index_orientation)\/$/, ""))).text();
	const [, json = "null"] = /data-island-input=""[^>]*>([\s\S]*?)<\/script>/.exec(page) ?? [];
	const [, seen = ""] = /name="seen" value="([^"]+)"/.exec(page) ?? [];
	return { seen, config: JSON.parse(json) as { initial: RawSheet; files: Record<string, string> } };
}

const postSheet = (browser: TestBrowser, address: string, sheet: RawSheet) =>
	browser.post(
		address,
		{},
		{
			headers: { "content-type": "application/json", "x-csrf-token": browser.csrfToken },
			body: JSON.stringify(sheet),
		},
	);

async function cellsOf(response: Response): Promise<readonly (readonly string[])[]> {
	expect(response.status).toBe(200);
	const [sheet] = await readWorkbook(new Uint8Array(await response.arrayBuffer()));
	return sheet?.cells ?? [];
}

describe.each(sheets)("%s", (_what, open, title) => {
	test("offer their template, take a workbook, and hand out what is filled in", async () => {
		const address = await open();
		const { config } = await readConfig(address);
		expect(config.files).toEqual({
			readUrl: fileOf(address, "read_workbook/"),
			templateUrl: fileOf(address, "template.xlsx"),
			filledUrl: fileOf(address, "filled.xlsx"),
			fileName: expect.stringMatching(/^\w+\.xlsx$/),
		});
		const template = await staff.get(fileOf(address, "template.xlsx"));
		const bytes = new Uint8Array(await template.clone().arrayBuffer());
		expect((await cellsOf(template))[0]).toContain(title);

		const upload = await staff.post(fileOf(address, "read_workbook/"), { file: new File([bytes], "t.xlsx") });
		expect((await upload.json()).sheets[0].cells[0]).toContain(title);

		const typed = { columns: config.initial.columns, rows: [config.initial.columns.map(() => "=1+1")] };
		const filled = await cellsOf(await postSheet(staff, fileOf(address, "filled.xlsx"), typed));
		expect(filled[1]).toEqual(typed.rows[0]);
	});

	test("answer hostile uploads with a sentence, and nobody else", async () => {
		const address = await open();
		const read = fileOf(address, "read_workbook/");
		const hostile: readonly [File | string, number, RegExp][] = [
			[new File([zipOf("xl/worksheets/sheet1.xml", new Uint8Array(90_000_000))], "t.xlsx"), 422, /more than is accepted/],
			[new File(["%PDF-1.7 nothing"], "t.xlsx"), 422, /not an Excel workbook/],
			[new File([new Uint8Array(5 * 1024 * 1024 + 1)], "t.xlsx"), 413, /larger than 5 MB/],
			["no file", 422, /Choose a file/],
		];
		for (const [file, status, message] of hostile) {
			const answer = await staff.post(read, { file });
			expect([answer.status, await answer.text()]).toEqual([status, expect.stringMatching(message)]);
		}
		const tooLong = { columns: [title], rows: Array.from({ length: 5001 }, () => ["x"]) };
		expect((await postSheet(staff, fileOf(address, "filled.xlsx"), tooLong)).status).toBe(400);

		expect((await stranger.get(fileOf(address, "template.xlsx"))).status).toBe(403);
		expect((await stranger.post(read, { file: new File(["x"], "t.xlsx") })).status).toBe(403);
		expect((await postSheet(stranger, fileOf(address, "filled.xlsx"), { columns: [], rows: [] })).status).toBe(403);
	});
});

test("a downloaded sheet of libraries, changed and sent back, changes the libraries", async () => {
	const libraries = await createLibraries();
	const address = bulkEdit(libraries);
	const { config, seen } = await readConfig(address);
	const [columns = [], ...rows] = await cellsOf(await postSheet(staff, config.files.filledUrl ?? "", config.initial));
	expect(rows.map((row) => row[0])).toEqual(libraries.ids.map(String));
	const changed = rows.map((row) => row.map((cell, index) => (columns[index] === "Sample Name" ? "spleen" : cell)));
	const saved = await staff.post(address, { sheet: JSON.stringify({ columns, rows: changed }), seen });
	expect(saved.status).toBe(303);
	const stored = await database.db
		.selectFrom("library")
		.select("sample_name")
		.where("id", "in", [...libraries.ids])
		.execute();
	expect(stored).toEqual([{ sample_name: "spleen" }, { sample_name: "spleen" }]);
});
