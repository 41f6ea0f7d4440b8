import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import {
	createGroup,
	createLibrary,
	createSample,
	createUser,
	createProject as projectRow,
} from "@opengsync/db/testing/factories";
import { transact } from "@opengsync/db/transaction";
import { AffiliationType, DataPathType, LibraryStatus, ProjectStatus, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadConfig } from "../config.ts";
import type { CommandContext, Viewer } from "../context.ts";
import { ForbiddenError, InvalidInputError, NotFoundError, NotPossibleError } from "../errors.ts";
import { createDirectoryFileStore } from "../files/directory-file-store.ts";
import { completeProject } from "./complete-project.ts";
import { createProject } from "./create-project.ts";
import { deleteProject } from "./delete-project.ts";
import type { ProjectInput } from "./project-input.ts";
import { removeProjectDataPath } from "./remove-project-data-path.ts";
import { updateProject } from "./update-project.ts";

let database: TestDatabase;
let client: Viewer;
let staff: Viewer;

const config = loadConfig({ dataFolder: "/nonexistent", port: 5000, secretKey: "a key for tests only", environment: {} });
const services = {
	config,
	files: createDirectoryFileStore(config.mediaFolder),
	mail: { deliver: async () => {} },
	now: () => new Date(),
};

const as = <Result>(viewer: Viewer, work: (context: CommandContext) => Promise<Result>) => {
	const actor = { userId: viewer.id, impersonatorId: null, via: "web", requestId: "test" } as const;
	return transact(database.db, actor, (tx) => work({ tx, actor, viewer, services }));
};

async function person(roleId: number): Promise<Viewer> {
	const user = await createUser(database.db, { role_id: roleId });
	return { id: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, roleId };
}

let titles = 0;
const input = (values: Partial<ProjectInput> = {}): ProjectInput => {
	titles += 1;
	return {
		identifier: null,
		title: `A title ${titles}`,
		description: "What it is about",
		groupId: null,
		ownerId: null,
		statusId: null,
		...values,
	};
};
const row = (id: number) => database.db.selectFrom("project").selectAll().where("id", "=", id).executeTakeFirst();

beforeAll(async () => {
	database = await createTestDatabase();
	client = await person(UserRole.CLIENT.id);
	staff = await person(UserRole.TECHNICIAN.id);
});
afterAll(() => database.drop());

describe("creating a project", () => {
	it("makes the client its owner whatever the form says, and a draft", async () => {
		const id = await as(client, (context) =>
			createProject(context, input({ ownerId: staff.id, statusId: ProjectStatus.DELIVERED.id })),
		);
		expect(await row(id)).toMatchObject({ owner_id: client.id, status_id: ProjectStatus.DRAFT.id });
	});
	it("lets staff choose the owner", async () => {
		const id = await as(staff, (context) => createProject(context, input({ ownerId: client.id, identifier: "BSA_0001" })));
		expect(await row(id)).toMatchObject({ owner_id: client.id, identifier: "BSA_0001" });
		await expect(as(staff, (context) => createProject(context, input({ identifier: "BSA_0001" })))).rejects.toThrow(/identifier/);
	});
	it("refuses a title of one's own a second time, and of anybody's to staff", async () => {
		const first = input();
		await as(client, (context) => createProject(context, first));
		await expect(as(client, (context) => createProject(context, first))).rejects.toThrow(InvalidInputError);
		await expect(as(staff, (context) => createProject(context, first))).rejects.toThrow(InvalidInputError);
		const other = await person(UserRole.CLIENT.id);
		expect(await as(other, (context) => createProject(context, first))).toBeGreaterThan(0);
	});
	it("gives a client no access to a foreign group", async () => {
		const foreign = await createGroup(database.db);
		const own = await createGroup(database.db, {}, { [client.id]: AffiliationType.OWNER.id });
		await expect(as(client, (context) => createProject(context, input({ groupId: foreign.id })))).rejects.toThrow(/groupId/);
		expect(await as(client, (context) => createProject(context, input({ groupId: own.id })))).toBeGreaterThan(0);
		await expect(
			as(staff, (context) => createProject(context, input({ groupId: foreign.id, ownerId: client.id }))),
		).rejects.toThrow(/owner does not belong/);
	});
});

describe("changing a project", () => {
	it("lets the owner set the identifier once, and neither status nor owner", async () => {
		const project = await projectRow(database.db, { owner_id: client.id });
		const change = { ownerId: staff.id, statusId: ProjectStatus.DELIVERED.id };
		await as(client, (context) => updateProject(context, project.id, input({ ...change, identifier: "MINE_1" })));
		await as(client, (context) => updateProject(context, project.id, input({ ...change, identifier: "MINE_2" })));
		expect(await row(project.id)).toMatchObject({
			identifier: "MINE_1",
			owner_id: client.id,
			status_id: ProjectStatus.DRAFT.id,
		});
	});
	it("is for staff once work has begun, and never for strangers", async () => {
		const project = await projectRow(database.db, { owner_id: client.id, status_id: ProjectStatus.PROCESSING.id });
		await expect(as(client, (context) => updateProject(context, project.id, input()))).rejects.toThrow(ForbiddenError);
		await as(staff, (context) => updateProject(context, project.id, input({ title: "Changed by staff" })));
		expect(await row(project.id)).toMatchObject({ title: "Changed by staff", owner_id: client.id });
		const draft = await projectRow(database.db);
		await expect(as(client, (context) => updateProject(context, draft.id, input()))).rejects.toThrow(ForbiddenError);
	});
	it("keeps a project that has samples", async () => {
		const project = await projectRow(database.db, { owner_id: client.id });
		const sample = await createSample(database.db, { project_id: project.id });
		await expect(as(client, (context) => deleteProject(context, project.id))).rejects.toThrow("It has 1 sample.");
		await database.db.deleteFrom("sample").where("id", "=", sample.id).execute();
		await as(client, (context) => deleteProject(context, project.id));
		expect(await row(project.id)).toBeUndefined();
	});
	it("completes it only when all libraries are shared, and says how many are not", async () => {
		const project = await projectRow(database.db, { status_id: ProjectStatus.SEQUENCED.id });
		const sample = await createSample(database.db, { project_id: project.id });
		const library = await createLibrary(database.db, { status_id: LibraryStatus.SEQUENCED.id });
		await database.db.insertInto("sample_library_link").values({ sample_id: sample.id, library_id: library.id }).execute();
		await expect(as(staff, (context) => completeProject(context, project.id))).rejects.toThrow("1 library is not shared yet.");
		await database.db.updateTable("library").set({ status_id: LibraryStatus.SHARED.id }).where("id", "=", library.id).execute();
		await expect(as(client, (context) => completeProject(context, project.id))).rejects.toThrow(ForbiddenError);
		await as(staff, (context) => completeProject(context, project.id));
		expect(await row(project.id)).toMatchObject({ status_id: ProjectStatus.DELIVERED.id });
		await expect(as(staff, (context) => completeProject(context, project.id))).rejects.toThrow(NotPossibleError);
	});
	it("unlinks a data path of this project only", async () => {
		const [mine, other] = [await projectRow(database.db), await projectRow(database.db)];
		const path = await database.db
			.insertInto("data_path")
			.values({ path: "A/b", type_id: DataPathType.DIRECTORY.id, project_id: mine.id })
			.returning("id")
			.executeTakeFirstOrThrow();
		await expect(as(staff, (context) => removeProjectDataPath(context, other.id, path.id))).rejects.toThrow(NotFoundError);
		await as(staff, (context) => removeProjectDataPath(context, mine.id, path.id));
		expect(await database.db.selectFrom("data_path").selectAll().execute()).toEqual([]);
	});
});
