import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import * as create from "@opengsync/db/testing/factories";
import { GenomeRef, LibraryStatus, LibraryType, MuxType, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommandContext, Viewer } from "../context.ts";
import { BadRequestError, ForbiddenError, NotFoundError, NotPossibleError } from "../errors.ts";
import { createTestServices, runAs } from "../testing.ts";
import { removeSampleFromLibrary } from "./remove-sample.ts";
import { type LibraryInput, updateLibrary } from "./update-library.ts";

const services = createTestServices();
let database: TestDatabase;
let client: Viewer;
let staff: Viewer;

async function viewerIn(roleId: number): Promise<Viewer> {
	const user = await create.createUser(database.db, { role_id: roleId });
	return { id: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, roleId };
}
const as = <T>(viewer: Viewer, work: (context: CommandContext) => Promise<T>) => runAs(database.db, viewer, services, work);
const row = (id: number) => database.db.selectFrom("library").selectAll().where("id", "=", id).executeTakeFirst();
const edit = (viewer: Viewer, id: number, changes: Partial<LibraryInput> = {}) => {
	const unchanged = { name: "mouse.liver-1", typeId: LibraryType.WGS.id, genomeRefId: GenomeRef.MOUSE.id, muxTypeId: null };
	return as(viewer, (context) => updateLibrary(context, id, { ...unchanged, nucleiIsolation: true, statusId: null, ...changes }));
};

/** A library with as many samples. */
async function libraryWith(numSamples: number) {
	const { db } = database;
	const library = await create.createLibrary(db, { owner_id: client.id });
	const sampleIds: number[] = [];
	for (let n = 0; n < numSamples; n++) sampleIds.push((await create.createSample(db)).id);
	const links = sampleIds.map((sample_id) => ({ sample_id, library_id: library.id }));
	await db.insertInto("sample_library_link").values(links).execute();
	return { library, sampleIds };
}

beforeAll(async () => {
	database = await createTestDatabase();
	client = await viewerIn(UserRole.CLIENT.id);
	staff = await viewerIn(UserRole.TECHNICIAN.id);
});
afterAll(() => database.drop());

describe("editing a library", () => {
	it("calls it after the sample and its type, and gives the status to staff only", async () => {
		const { id } = await create.createLibrary(database.db, { owner_id: client.id });
		await edit(client, id, { statusId: LibraryStatus.STORED.id, muxTypeId: MuxType.TENX_OLIGO.id });
		expect(await row(id)).toMatchObject({
			name: `mouse.liver-1_${LibraryType.WGS.identifier}`,
			sample_name: "mouse.liver-1",
			type_id: LibraryType.WGS.id,
			genome_ref_id: GenomeRef.MOUSE.id,
			mux_type_id: MuxType.TENX_OLIGO.id,
			nuclei_isolation: true,
			status_id: LibraryStatus.DRAFT.id,
		});
		await edit(staff, id, { statusId: LibraryStatus.STORED.id });
		expect(await row(id)).toMatchObject({ status_id: LibraryStatus.STORED.id, mux_type_id: null });
		await expect(edit(client, id)).rejects.toThrow(ForbiddenError);
		await expect(edit(staff, id, { statusId: 77 })).rejects.toThrow(BadRequestError);
		await expect(edit(staff, 999_999)).rejects.toThrow(NotFoundError);
	});
	it("refuses names that break files and what the catalog does not have, all at once", async () => {
		const { id } = await create.createLibrary(database.db, { owner_id: client.id });
		const wrong = { name: "Mäuse", typeId: 9999, genomeRefId: 9999, muxTypeId: 9999 };
		await expect(edit(client, id, wrong)).rejects.toMatchObject({
			fields: ["name", "typeId", "genomeRefId", "muxTypeId"].map((field) => ({ field })),
		});
		for (const name of ["abc", "x".repeat(65), "two words"]) await expect(edit(client, id, { name })).rejects.toThrow(/name:/);
	});
});

describe("removing a sample from a library", () => {
	const remove = (viewer: Viewer, libraryId: number, sampleId: number) =>
		as(viewer, (context) => removeSampleFromLibrary(context, libraryId, sampleId));
	it("keeps both, and the last sample in its place", async () => {
		const { library, sampleIds } = await libraryWith(2);
		const [first = 0, second = 0] = sampleIds;
		await remove(client, library.id, first);
		await expect(remove(client, library.id, second)).rejects.toThrow(NotPossibleError);
		const samples = await database.db.selectFrom("sample").select("id").where("id", "in", sampleIds).execute();
		expect(samples).toHaveLength(2);
	});
	it("leaves one sample when two people remove the two at the same moment", async () => {
		const { library, sampleIds } = await libraryWith(2);
		const results = await Promise.allSettled(sampleIds.map((id) => remove(staff, library.id, id)));
		expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
	});
	it("does not find a sample of another library", async () => {
		const [one, other] = [await libraryWith(2), await libraryWith(2)];
		await expect(remove(staff, one.library.id, other.sampleIds[0] ?? 0)).rejects.toThrow(NotFoundError);
	});
});
