import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import * as create from "@opengsync/db/testing/factories";
import { FeatureType, IndexType, LibraryStatus, SubmissionType, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommandContext, Viewer } from "../context.ts";
import { ForbiddenError, NotFoundError, NotPossibleError } from "../errors.ts";
import { createTestServices, runAs } from "../testing.ts";
import { type ResequenceType, resequenceLibraries } from "./resequence-libraries.ts";

const services = createTestServices();
let database: TestDatabase;
let client: Viewer;
let staff: Viewer;

async function viewerIn(roleId: number): Promise<Viewer> {
	const user = await create.createUser(database.db, { role_id: roleId });
	return { id: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, roleId };
}
const as = <T>(viewer: Viewer, work: (context: CommandContext) => Promise<T>) => runAs(database.db, viewer, services, work);
const all = { kind: "all" } as const;
const again = (viewer: Viewer, ids: readonly number[], type: ResequenceType = "indexed") =>
	as(viewer, (context) => resequenceLibraries(context, all, ids, type));
const row = (id: number) => database.db.selectFrom("library").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
const indicesOf = (id: number) =>
	database.db.selectFrom("library_index").select(["sequence_i7", "name_i7"]).where("library_id", "=", id).orderBy("id").execute();

/** A sequenced library with everything that a clone takes along or leaves. */
async function fullLibrary() {
	const { db } = database;
	const pool = await create.createPool(db);
	const library = await create.createLibrary(db, {
		owner_id: client.id,
		pool_id: pool.id,
		status_id: LibraryStatus.SEQUENCED.id,
		index_type_id: IndexType.DUAL_INDEX.id,
		seq_depth_requested: 12.5,
		nuclei_isolation: true,
		properties: JSON.stringify({ slide: "V01" }),
		qubit_concentration: 3,
		avg_fragment_size: 400,
		volume: 20,
		qc: JSON.stringify({ q30: 90 }),
	});
	const sample = await create.createSample(db);
	const mux = JSON.stringify({ barcode: "OB1" });
	await db.insertInto("sample_library_link").values({ sample_id: sample.id, library_id: library.id, mux, qc: mux }).execute();
	await db
		.insertInto("library_index")
		.values(["AAAA", "CCCC"].map((sequence_i7) => ({ library_id: library.id, sequence_i7, name_i7: "N" })))
		.execute();
	const feature = await db
		.insertInto("feature")
		.values({ name: "Feature", sequence: "ACGT", pattern: "5P(BC)", read: "R2", type_id: FeatureType.ANTIBODY.id })
		.returning("id")
		.executeTakeFirstOrThrow();
	await db.insertInto("library_feature_link").values({ library_id: library.id, feature_id: feature.id }).execute();
	return library;
}

beforeAll(async () => {
	database = await createTestDatabase();
	client = await viewerIn(UserRole.CLIENT.id);
	staff = await viewerIn(UserRole.TECHNICIAN.id);
});
afterAll(() => database.drop());

describe("sequencing a library again", () => {
	it("copies what the library is and leaves behind what was done with it", async () => {
		const library = await fullLibrary();
		const [clone] = await again(staff, [library.id]);
		const made = await row(clone?.id ?? 0);
		expect(made).toEqual({
			...library,
			id: made.id,
			clone_number: 1,
			original_library_id: library.id,
			status_id: LibraryStatus.STORED.id,
			pool_id: null,
			qubit_concentration: null,
			avg_fragment_size: null,
			volume: null,
			qc: null,
			timestamp_stored_utc: null,
		});
		expect(await indicesOf(made.id)).toEqual(await indicesOf(library.id));
		const links = await database.db.selectFrom("sample_library_link").selectAll().where("library_id", "=", made.id).execute();
		expect(links).toMatchObject([{ mux: { barcode: "OB1" }, qc: null }]);
		const features = await database.db.selectFrom("library_feature_link").selectAll().where("library_id", "=", made.id).execute();
		expect(features).toHaveLength(1);
	});
	it("leaves the indices of a library that is prepared anew", async () => {
		const library = await fullLibrary();
		const [clone] = await again(staff, [library.id], "raw");
		expect(await row(clone?.id ?? 0)).toMatchObject({
			status_id: LibraryStatus.ACCEPTED.id,
			index_type_id: null,
			protocol_id: null,
			seq_request_id: library.seq_request_id,
		});
		expect(await indicesOf(clone?.id ?? 0)).toEqual([]);
	});
	it("counts clones of clones at the root", async () => {
		const { id } = await fullLibrary();
		const [first] = await again(staff, [id]);
		const both = await again(staff, [first?.id ?? 0, id]);
		expect(both.map((clone) => [clone.sourceId, clone.cloneNumber])).toEqual([
			[id, 2],
			[first?.id, 3],
		]);
		for (const clone of both) expect((await row(clone.id)).original_library_id).toBe(id);
	});
	it("gives different numbers when several people do it at once", async () => {
		const { id } = await fullLibrary();
		const [first] = await again(staff, [id]);
		const chosen = [[id], [first?.id ?? 0], [first?.id ?? 0, id], [id, first?.id ?? 0]];
		const clones = (await Promise.all(chosen.map((ids) => again(staff, ids)))).flat();
		expect(clones.map((clone) => clone.cloneNumber).sort((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7]);
	});
	it("is for staff", async () => {
		const { id } = await fullLibrary();
		await expect(again(client, [id])).rejects.toThrow(ForbiddenError);
		await expect(again(staff, [id, 999_999])).rejects.toThrow(NotFoundError);
	});
	it("is refused for a request that was never to be sequenced", async () => {
		const request = await create.createRequest(database.db, { submission_type_id: SubmissionType.QC_ONLY.id });
		const library = await create.createLibrary(database.db, { seq_request_id: request.id });
		await expect(again(staff, [library.id])).rejects.toThrow(NotPossibleError);
	});
	it("takes libraries of the named request only", async () => {
		const [one, two] = [await fullLibrary(), await fullLibrary()];
		const scope = { kind: "request", id: one.seq_request_id } as const;
		const save = as(staff, (context) => resequenceLibraries(context, scope, [one.id, two.id], "indexed"));
		await expect(save).rejects.toThrow(NotFoundError);
	});
});
