import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import * as create from "@opengsync/db/testing/factories";
import { LibraryStatus, LibraryType, MuxType, PrepStatus, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommandContext, Viewer } from "../context.ts";
import { ForbiddenError, NotFoundError, NotPossibleError } from "../errors.ts";
import { fingerprintOf } from "../libraries/sheet-edit.ts";
import { createTestServices, runAs } from "../testing.ts";
import { openPrepSheet, savePrepSheet } from "./prep-sheet.ts";
import { samplePoolsSheet } from "./sample-pools.ts";

const services = createTestServices();
let database: TestDatabase;
let staff: Viewer;

async function viewerIn(roleId: number): Promise<Viewer> {
	const user = await create.createUser(database.db, { role_id: roleId });
	return { id: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, roleId };
}
const as = <T>(viewer: Viewer, work: (context: CommandContext) => Promise<T>) => runAs(database.db, viewer, services, work);

/** A prep with one on-chip library of two samples, indexed. */
async function prepWithLibrary() {
	const { db } = database;
	const prep = await create.createLabPrep(db);
	const library = await create.createLibrary(db, {
		lab_prep_id: prep.id,
		sample_name: "pool_a",
		name: `pool_a_${LibraryType.TENX_SC_GEX_3PRIME.identifier}`,
		...{
			type_id: LibraryType.TENX_SC_GEX_3PRIME.id,
			mux_type_id: MuxType.TENX_ON_CHIP.id,
			status_id: LibraryStatus.PREPARING.id,
		},
	});
	const samples = [await create.createSample(db), await create.createSample(db)];
	const links = samples.map(({ id }, n) => ({
		sample_id: id,
		library_id: library.id,
		mux: JSON.stringify({ barcode: `OB${n + 1}` }),
	}));
	await db.insertInto("sample_library_link").values(links).execute();
	await db.insertInto("library_index").values({ library_id: library.id, sequence_i7: "ACGT" }).execute();
	return { prepId: prep.id, library, samples };
}
async function regroup(viewer: Viewer, prepId: number, ...pools: string[]) {
	const { presented } = await openPrepSheet(database.db, viewer, prepId, samplePoolsSheet);
	const rows = presented.initial.rows.map((cells, index) => [cells[0] ?? null, cells[1] ?? null, pools[index] ?? null]);
	const edit = { sheet: { columns: presented.initial.columns, rows }, seen: fingerprintOf(presented.initial) };
	return as(viewer, (context) => savePrepSheet(context, prepId, samplePoolsSheet, edit));
}
const librariesOf = (prepId: number) =>
	database.db.selectFrom("library").selectAll().where("lab_prep_id", "=", prepId).orderBy("name").execute();

beforeAll(async () => {
	database = await createTestDatabase();
	staff = await viewerIn(UserRole.TECHNICIAN.id);
});
afterAll(() => database.drop());

describe("regrouping the samples of a prep", () => {
	it("makes new libraries with barcodes and indices of the old one, which goes; the samples stay", async () => {
		const { prepId, library, samples } = await prepWithLibrary();
		expect(await regroup(staff, prepId, "pool_b", "x")).toEqual({ accepted: true });
		const made = await librariesOf(prepId);
		expect(made.map((row) => [row.sample_name, row.status_id, row.seq_request_id])).toEqual([
			["canceled_samples", LibraryStatus.FAILED.id, library.seq_request_id],
			["pool_b", LibraryStatus.PREPARING.id, library.seq_request_id],
		]);
		const linkOf = (id: number) =>
			database.db.selectFrom("sample_library_link").select(["sample_id", "mux"]).where("library_id", "=", id).execute();
		expect(await linkOf(made[1]?.id ?? 0)).toEqual([{ sample_id: samples[0]?.id, mux: { barcode: "OB1" } }]);
		const indices = await database.db
			.selectFrom("library_index")
			.select("sequence_i7")
			.where("library_id", "=", made[1]?.id ?? 0)
			.execute();
		expect(indices).toEqual([{ sequence_i7: "ACGT" }]);
		expect(await database.db.selectFrom("library").select("id").where("id", "=", library.id).execute()).toEqual([]);
		const ids = samples.map((sample) => sample.id);
		expect(await database.db.selectFrom("sample").select("id").where("id", "in", ids).execute()).toHaveLength(2);
	});
	it("gives no library a new id without need", async () => {
		const { prepId, library } = await prepWithLibrary();
		expect(await regroup(staff, prepId, "pool_a", "pool_a")).toEqual({ accepted: true });
		expect((await librariesOf(prepId)).map((row) => row.id)).toEqual([library.id]);
	});
	it("leaves alone what is on an experiment, and completed preps", async () => {
		const { prepId, library } = await prepWithLibrary();
		const experiment = await create.createExperiment(database.db);
		const pool = await create.createPool(database.db, { experiment_id: experiment.id });
		await database.db.updateTable("library").set({ pool_id: pool.id }).where("id", "=", library.id).execute();
		expect(await regroup(staff, prepId, "pool_b", "pool_b")).toMatchObject({
			accepted: false,
			problems: [{ code: "pool.on_experiment" }],
		});
		await database.db.updateTable("lab_prep").set({ status_id: PrepStatus.COMPLETED.id }).where("id", "=", prepId).execute();
		await expect(regroup(staff, prepId, "pool_b", "pool_b")).rejects.toThrow(NotPossibleError);
	});
	it("is for staff", async () => {
		const { prepId } = await prepWithLibrary();
		const client = await viewerIn(UserRole.CLIENT.id);
		await expect(regroup(client, prepId, "pool_b", "pool_b")).rejects.toThrow(ForbiddenError);
		await expect(openPrepSheet(database.db, staff, 999_999, samplePoolsSheet)).rejects.toThrow(NotFoundError);
	});
});
