import type { Viewer } from "@opengsync/core/context";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import * as create from "@opengsync/db/testing/factories";
import { LabChecklistType, LibraryType, MuxType, PrepStatus, UserRole } from "@opengsync/domain/catalog";
import type { RawCell, RawSheet } from "@opengsync/domain/sheets/types";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestBrowser } from "../../framework/testing/browser.ts";
import { browserOf, createTestApp, createTestUser } from "../../framework/testing/test-app.ts";
import { labPrepRoutes } from "./routes.tsx";

const { TENX_OLIGO, TENX_FLEX_PROBE, TENX_ON_CHIP } = MuxType;
const { TENX_SC_GEX_FLEX, TENX_SC_ABC_FLEX, TENX_SC_GEX_3PRIME } = LibraryType;

let database: TestDatabase;
let technician: Viewer;
let staff: TestBrowser;
let client: TestBrowser;

beforeAll(async () => {
	database = await createTestDatabase();
	const app = createTestApp({ db: database.db, routes: labPrepRoutes });
	technician = await createTestUser(database.db, UserRole.TECHNICIAN.id);
	staff = await browserOf(app, database.db, technician);
	client = await browserOf(app, database.db, await createTestUser(database.db, UserRole.CLIENT.id));
});
afterAll(() => database.drop());

/** A prep with a library of each kind: how it is multiplexed, and its type. */
async function prepWith(kinds: readonly (readonly [muxTypeId: number | null, type: { readonly id: number }])[], name?: string) {
	const { db } = database;
	const prep = await create.createLabPrep(db, {
		creator_id: technician.id,
		checklist_type_id: LabChecklistType.TENX.id,
		...(name ? { name } : {}),
	});
	const sample = await create.createSample(db);
	for (const [mux_type_id, type] of kinds) {
		const values = { lab_prep_id: prep.id, mux_type_id, type_id: type.id, sample_name: "pool_a" };
		const library = await create.createLibrary(db, values);
		await db.insertInto("sample_library_link").values({ sample_id: sample.id, library_id: library.id }).execute();
	}
	return { ...prep, url: `/lab_preps/${prep.id}`, sample };
}
const fragmentOf = async (address: string) => (await staff.get(address, { fragment: true })).text();

/** The sheet and its fingerprint, as the page brings them into a browser. */
async function open(address: string) {
	const response = await staff.get(address);
	expect(response.status, address).toBe(200);
	const html = await response.text();
	const [, json = "null"] = /data-island-input=""[^>]*>([\s\S]*?)<\/script>/.exec(html) ?? [];
	const [, seen = ""] = /name="seen" value="([^"]+)"/.exec(html) ?? [];
	return { html, seen, ...(JSON.parse(json) as { initial: RawSheet }) };
}
/** Saves the sheet with other last cells. */
async function save(address: string, ...lastCells: RawCell[]) {
	const { initial, seen } = await open(address);
	const rows = initial.rows.map((row, index) => [...row.slice(0, -1), lastCells[index] ?? null]);
	return staff.post(address, { sheet: JSON.stringify({ columns: initial.columns, rows }), seen });
}

describe("the list of preps", () => {
	it("finds a prep by name and creator, filters by stage and checklist, and is for staff", async () => {
		const prep = await prepWith([[null, LibraryType.BULK_RNA_SEQ]], "zebra_prep");
		const page = await (await staff.get("/lab_preps/?name=zebra")).text();
		expect(page).toContain(`href="${prep.url}/"`);
		expect(page).toContain("10X Genomics");
		expect(await (await staff.get(`/lab_preps/?creator=${technician.lastName}`)).text()).toContain("zebra_prep");
		const { PREPARING, COMPLETED } = PrepStatus;
		expect(await (await staff.get(`/lab_preps/?status_in=${PREPARING.id}`)).text()).toContain("zebra_prep");
		expect(await (await staff.get(`/lab_preps/?status_in=${COMPLETED.id}`)).text()).not.toContain("zebra_prep");
		expect(await (await staff.get("/lab_preps/?checklist_type_in=1")).text()).not.toContain("zebra_prep");
		for (const order of ["name", "status", "checklist_type", "num_samples", "num_libraries"])
			expect((await staff.get(`/lab_preps/?sort_by=${order}`)).status, order).toBe(200);
		expect((await client.get("/lab_preps/")).status).toBe(403);
	});
});

describe("the page of a prep", () => {
	it("shows name and identifier, libraries, and where to go on with them", async () => {
		const prep = await prepWith([[null, LibraryType.BULK_RNA_SEQ]], "winter batch");
		const page = await (await staff.get(`${prep.url}/`)).text();
		expect(page).toContain(`winter batch [T${String(prep.prep_number).padStart(4, "0")}]`);
		for (const target of [`/workflows/resequence/?lab_prep_id=${prep.id}`, `/workflows/edit_libraries/?lab_prep_id=${prep.id}`])
			expect(page).toContain(target);
		expect(page).toContain("No library of this prep is multiplexed.");
		expect(await fragmentOf(`/htmx${prep.url}/libraries`)).toContain("pool_a");
		expect((await staff.get("/lab_preps/999999/")).status).toBe(404);
		expect((await client.get(`${prep.url}/`)).status).toBe(403);
	});
	it("offers the sheets that the prep has, and says why not the others", async () => {
		const prep = await prepWith([[TENX_FLEX_PROBE.id, TENX_SC_GEX_FLEX]]);
		const tab = await fragmentOf(`/htmx${prep.url}/multiplexing`);
		expect(tab).toContain(prep.sample.name);
		for (const sheet of ["sample_pools", "flex_mux"]) expect(tab).toContain(`href="${prep.url}/${sheet}/"`);
		for (const sheet of ["oligo_mux", "flex_antibody_mux", "on_chip_mux"]) expect(tab).not.toContain(`${prep.url}/${sheet}/`);
		expect(tab).toContain("No library of this prep is multiplexed on the chip.");
		expect(tab).not.toMatch(/Pattern|Read</);
		await database.db.updateTable("lab_prep").set({ status_id: PrepStatus.ARCHIVED.id }).where("id", "=", prep.id).execute();
		const archived = await fragmentOf(`/htmx${prep.url}/multiplexing`);
		expect(archived).toContain("The prep is archived.");
		expect(archived).not.toContain('href="/lab_preps/');
	});
});

describe("the multiplexing of a prep", () => {
	it("of Flex leads from gene expression to the antibodies, then back", async () => {
		const prep = await prepWith([
			[TENX_FLEX_PROBE.id, TENX_SC_GEX_FLEX],
			[TENX_FLEX_PROBE.id, TENX_SC_ABC_FLEX],
		]);
		const back = `${prep.url}/?tab=multiplexing`;
		const first = await save(`${prep.url}/flex_mux/`, "BC002");
		expect(first.headers.get("location")).toBe(`${prep.url}/flex_antibody_mux/`);
		const second = await open(`${prep.url}/flex_antibody_mux/`);
		expect(second.initial.rows[0]?.at(-1)).toBe("AB002");
		expect((await save(`${prep.url}/flex_antibody_mux/`, "AB002")).headers.get("location")).toBe(back);
		const tab = await fragmentOf(`/htmx${prep.url}/multiplexing`);
		for (const barcode of ["BC002", "AB002"]) expect(tab).toContain(barcode);
	});
	it("of Flex without antibodies is one sheet", async () => {
		const prep = await prepWith([[TENX_FLEX_PROBE.id, TENX_SC_GEX_FLEX]]);
		const saved = await save(`${prep.url}/flex_mux/`, "BC001");
		expect(saved.headers.get("location")).toBe(`${prep.url}/?tab=multiplexing`);
	});
	it("by oligos shows the table of kits and what is missing", async () => {
		const prep = await prepWith([[TENX_OLIGO.id, TENX_SC_GEX_3PRIME]]);
		const refused = await save(`${prep.url}/oligo_mux/`, null);
		expect(refused.status).toBe(422);
		expect(await refused.text()).toContain("Give either Kit and Feature, or Sequence, Pattern and Read.");
	});
	it("on the chip moves samples to their pools", async () => {
		const prep = await prepWith([[TENX_ON_CHIP.id, TENX_SC_GEX_3PRIME]]);
		const address = `${prep.url}/on_chip_mux/`;
		const { initial, seen } = await open(address);
		expect(initial.rows).toEqual([[prep.sample.name, "pool_a", null]]);
		const sheet = { columns: initial.columns, rows: [[prep.sample.name, "pool_b", "3"]] };
		const saved = await staff.post(address, { sheet: JSON.stringify(sheet), seen });
		expect(saved.headers.get("location")).toBe(`${prep.url}/?tab=multiplexing`);
		const tab = await fragmentOf(`/htmx${prep.url}/multiplexing`);
		expect(tab).toContain(`pool_b_${TENX_SC_GEX_3PRIME.identifier}`);
		expect(tab).toContain("OB3");
	});
	it("by sample pools starts from the present ones and is for staff", async () => {
		expect((await staff.get(`${(await prepWith([])).url}/sample_pools/`)).status).toBe(400);
		const { id, url, sample } = await prepWith([[TENX_ON_CHIP.id, TENX_SC_GEX_3PRIME]]);
		const address = `${url}/sample_pools/`;
		const { initial } = await open(address);
		expect(initial.rows).toEqual([[sample.id, sample.name, "pool_a"]]);
		expect((await save(address, "pool_b")).headers.get("location")).toBe(`${url}/?tab=multiplexing`);
		const made = await database.db.selectFrom("library").select("sample_name").where("lab_prep_id", "=", id).execute();
		expect(made).toEqual([{ sample_name: "pool_b" }]);
		expect((await client.get(address)).status).toBe(403);
	});
	it.each(["sample_pools", "oligo_mux", "flex_mux", "flex_antibody_mux", "on_chip_mux"])(
		"is refused once the prep is completed: %s",
		async (name) => {
			const prep = await prepWith([
				[TENX_OLIGO.id, TENX_SC_GEX_3PRIME],
				[TENX_ON_CHIP.id, TENX_SC_GEX_3PRIME],
				[TENX_FLEX_PROBE.id, TENX_SC_GEX_FLEX],
				[TENX_FLEX_PROBE.id, TENX_SC_ABC_FLEX],
			]);
			const address = `${prep.url}/${name}/`;
			expect((await staff.get(address)).status).toBe(200);
			await database.db.updateTable("lab_prep").set({ status_id: PrepStatus.COMPLETED.id }).where("id", "=", prep.id).execute();
			const refused = await staff.get(address);
			expect(refused.status).toBe(400);
			expect(await refused.text()).toContain("The prep is completed.");
			expect((await staff.post(address, { sheet: "{}", seen: "" })).status).toBe(400);
			expect((await client.post(address, { sheet: "{}", seen: "" })).status).toBe(403);
		},
	);
});
