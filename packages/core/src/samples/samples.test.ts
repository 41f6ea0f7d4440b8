import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import * as create from "@opengsync/db/testing/factories";
import { SampleStatus, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommandContext, Viewer } from "../context.ts";
import { BadRequestError, ForbiddenError, NotFoundError, NotPossibleError } from "../errors.ts";
import { createTestServices, runAs } from "../testing.ts";
import { deleteSample } from "./delete-sample.ts";
import { updateSample } from "./update-sample.ts";

const services = createTestServices();
let database: TestDatabase;
let client: Viewer;
let stranger: Viewer;
let staff: Viewer;
let projectId: number;

async function viewerIn(roleId: number): Promise<Viewer> {
	const user = await create.createUser(database.db, { role_id: roleId });
	return { id: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, roleId };
}
const as = <T>(viewer: Viewer, work: (context: CommandContext) => Promise<T>) => runAs(database.db, viewer, services, work);
const sampleOf = (values: { name?: string; status_id?: number | null } = {}) =>
	create.createSample(database.db, { project_id: projectId, ...values });
const row = (id: number) => database.db.selectFrom("sample").selectAll().where("id", "=", id).executeTakeFirst();
const rename = (viewer: Viewer, id: number, name: string, statusId: number | null = null) =>
	as(viewer, (context) => updateSample(context, id, { name, statusId }));

beforeAll(async () => {
	database = await createTestDatabase();
	client = await viewerIn(UserRole.CLIENT.id);
	stranger = await viewerIn(UserRole.CLIENT.id);
	staff = await viewerIn(UserRole.TECHNICIAN.id);
	projectId = (await create.createProject(database.db, { owner_id: client.id })).id;
});
afterAll(() => database.drop());

describe("editing a sample", () => {
	it("is for the customer while it is a draft, then for staff, never for strangers", async () => {
		const draft = await sampleOf();
		await rename(client, draft.id, "renamed_1");
		expect(await row(draft.id)).toMatchObject({ name: "renamed_1" });
		await expect(rename(stranger, draft.id, "renamed_2")).rejects.toThrow(ForbiddenError);
		for (const status_id of [SampleStatus.STORED.id, null]) {
			const { id } = await sampleOf({ status_id });
			await expect(rename(client, id, `by_client_${id}`)).rejects.toThrow(/no longer a draft/);
			await rename(staff, id, `by_staff_${id}`);
			expect(await row(id)).toMatchObject({ name: `by_staff_${id}`, status_id });
		}
		await expect(rename(staff, 999_999, "nobody")).rejects.toThrow(NotFoundError);
	});
	it("keeps names unique within the project and free of characters that break files", async () => {
		const [first, second] = [await sampleOf({ name: "mouse_1" }), await sampleOf({ name: "mouse_2" })];
		await expect(rename(client, second.id, "mouse_1")).rejects.toThrow(/another sample/i);
		for (const wrong of ["abc", "mouse 1", "mouse-1", "Müller_1", "x".repeat(65)]) {
			await expect(rename(client, first.id, wrong)).rejects.toThrow(/name:/);
		}
		await create.createSample(database.db, { name: "elsewhere" });
		await rename(client, second.id, "elsewhere");
	});
	it("leaves a name of an older database as it is", async () => {
		const { id } = await sampleOf({ name: "old-name (1)" });
		await rename(staff, id, "old-name (1)", SampleStatus.STORED.id);
		expect(await row(id)).toMatchObject({ name: "old-name (1)", status_id: SampleStatus.STORED.id });
	});
	it("sets the status for staff only", async () => {
		const { id, name } = await sampleOf();
		await rename(client, id, name, SampleStatus.STORED.id);
		expect(await row(id)).toMatchObject({ status_id: SampleStatus.DRAFT.id });
		await expect(rename(staff, id, name, 77)).rejects.toThrow(BadRequestError);
	});
});

describe("deleting a sample", () => {
	it("removes its links, and is refused where a library would be left without sample", async () => {
		const { db } = database;
		const [one, other] = [await sampleOf(), await sampleOf()];
		const library = await create.createLibrary(db, { name: "mixed_library" });
		const links = [one, other].map(({ id }) => ({ sample_id: id, library_id: library.id }));
		await db.insertInto("sample_library_link").values(links).execute();
		await expect(as(stranger, (context) => deleteSample(context, one.id))).rejects.toThrow(ForbiddenError);
		expect(await as(client, (context) => deleteSample(context, one.id))).toBe(projectId);
		expect(await row(one.id)).toBeUndefined();
		await expect(as(client, (context) => deleteSample(context, other.id))).rejects.toThrow(
			"It is the only sample of mixed_library.",
		);
		await expect(as(staff, (context) => deleteSample(context, other.id))).rejects.toThrow(NotPossibleError);
	});
	it("leaves no library without sample when both of its samples are deleted at the same moment", async () => {
		const { db } = database;
		const [one, other] = [await sampleOf(), await sampleOf()];
		const library = await create.createLibrary(db);
		const links = [one, other].map(({ id }) => ({ sample_id: id, library_id: library.id }));
		await db.insertInto("sample_library_link").values(links).execute();
		const results = await Promise.allSettled([one, other].map(({ id }) => as(client, (context) => deleteSample(context, id))));
		expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
	});
});
