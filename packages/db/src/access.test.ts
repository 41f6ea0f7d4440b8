import { AccessType, AffiliationType, DataPathType, MediaFileType, UserRole } from "@opengsync/domain/catalog";
import type { RawBuilder } from "kysely";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as access from "./access.ts";
import { createTestDatabase, type TestDatabase } from "./testing/database.ts";
import * as create from "./testing/factories.ts";

const { NONE, VIEW, EDIT, OWNER, INSIDER, ADMIN } = AccessType;
let database: TestDatabase;
let viewers: Record<string, access.Viewer>;
let objects: Record<string, { table: string; id: number; level: (viewer: access.Viewer) => RawBuilder<number> }>;

async function viewerIn(roleId: number): Promise<access.Viewer> {
	const { id } = await create.createUser(database.db, { role_id: roleId });
	return { id, roleId };
}

beforeAll(async () => {
	database = await createTestDatabase();
	const { db } = database;
	const owner = await viewerIn(UserRole.CLIENT.id);
	const member = await viewerIn(UserRole.CLIENT.id);
	const manager = await viewerIn(UserRole.CLIENT.id);
	viewers = {
		owner,
		member,
		manager,
		stranger: await viewerIn(UserRole.CLIENT.id),
		temporary: { id: owner.id, roleId: UserRole.TEMPORARY.id },
		deactivated: { id: owner.id, roleId: UserRole.DEACTIVATED.id },
		technician: await viewerIn(UserRole.TECHNICIAN.id),
		bioinformatician: await viewerIn(UserRole.BIOINFORMATICIAN.id),
		admin: await viewerIn(UserRole.ADMIN.id),
	};
	const group = await create.createGroup(
		db,
		{},
		{
			[owner.id]: AffiliationType.OWNER.id,
			[member.id]: AffiliationType.MEMBER.id,
			[manager.id]: AffiliationType.MANAGER.id,
		},
	);
	const request = await create.createRequest(db, { requestor_id: owner.id, group_id: group.id });
	const ungrouped = await create.createRequest(db, { requestor_id: owner.id });
	const project = await create.createProject(db, { owner_id: owner.id, group_id: group.id });
	const sample = await create.createSample(db, { project_id: project.id });
	const library = await create.createLibrary(db, { seq_request_id: request.id });
	const pool = await create.createPool(db, { seq_request_id: request.id });
	const internalPool = await create.createPool(db);
	const experiment = await create.createExperiment(db);
	const file = (values: { seq_request_id?: number; experiment_id?: number; uploader_id?: number }, n: number) =>
		db
			.insertInto("media_file")
			.values({
				name: "file",
				extension: ".pdf",
				type_id: MediaFileType.CUSTOM.id,
				uuid: `00000000-0000-7000-8000-00000000000${n}`,
				size_bytes: 1,
				uploader_id: viewers.technician?.id ?? 0,
				...values,
			})
			.returning("id")
			.executeTakeFirstOrThrow();
	const path = (values: { project_id?: number; experiment_id?: number; library_id?: number }) =>
		db
			.insertInto("data_path")
			.values({ path: "a/b", type_id: DataPathType.CUSTOM.id, ...values })
			.returning("id")
			.executeTakeFirstOrThrow();
	const uploaded = { seq_request_id: (await create.createRequest(db)).id, uploader_id: owner.id };
	objects = {
		ungroupedProject: {
			table: "project",
			id: (await create.createProject(db, { owner_id: owner.id })).id,
			level: access.projectLevel,
		},
		ownSample: { table: "sample", id: (await create.createSample(db, { owner_id: owner.id })).id, level: access.sampleLevel },
		ownLibrary: { table: "library", id: (await create.createLibrary(db, { owner_id: owner.id })).id, level: access.libraryLevel },
		ownPool: { table: "pool", id: (await create.createPool(db, { owner_id: owner.id })).id, level: access.poolLevel },
		ownFile: { table: "media_file", id: (await file(uploaded, 3)).id, level: access.mediaFileLevel },
		request: { table: "seq_request", id: request.id, level: access.requestLevel },
		ungrouped: { table: "seq_request", id: ungrouped.id, level: access.requestLevel },
		project: { table: "project", id: project.id, level: access.projectLevel },
		sample: { table: "sample", id: sample.id, level: access.sampleLevel },
		library: { table: "library", id: library.id, level: access.libraryLevel },
		pool: { table: "pool", id: pool.id, level: access.poolLevel },
		internalPool: { table: "pool", id: internalPool.id, level: access.poolLevel },
		file: { table: "media_file", id: (await file({ seq_request_id: request.id }, 1)).id, level: access.mediaFileLevel },
		experimentFile: {
			table: "media_file",
			id: (await file({ experiment_id: experiment.id }, 2)).id,
			level: access.mediaFileLevel,
		},
		projectPath: { table: "data_path", id: (await path({ project_id: project.id })).id, level: access.dataPathLevel },
		libraryPath: { table: "data_path", id: (await path({ library_id: library.id })).id, level: access.dataPathLevel },
		experimentPath: { table: "data_path", id: (await path({ experiment_id: experiment.id })).id, level: access.dataPathLevel },
		group: { table: "group", id: group.id, level: access.groupLevel },
		account: { table: "lims_user", id: owner.id, level: access.userLevel },
	};
});
afterAll(() => database.drop());

async function levelOf(object: string, viewer: string): Promise<number | undefined> {
	const { table, id, level } = objects[object] ?? expect.fail(`no object ${object}`);
	const who = viewers[viewer] ?? expect.fail(`no viewer ${viewer}`);
	const { rows } = await sql<{ level: number }>`select ${level(who)} as level from ${sql.table(table)} where id = ${id}`.execute(
		database.db,
	);
	return rows[0]?.level;
}

describe("level of a client to an object", () => {
	test.each([
		["request", OWNER, EDIT, EDIT],
		["ungrouped", OWNER, NONE, NONE],
		["project", OWNER, EDIT, EDIT],
		["sample", OWNER, EDIT, EDIT],
		["library", OWNER, EDIT, EDIT],
		["pool", OWNER, EDIT, EDIT],
		["internalPool", NONE, NONE, NONE],
		["file", OWNER, EDIT, EDIT],
		["experimentFile", NONE, NONE, NONE],
		["projectPath", VIEW, VIEW, VIEW],
		["libraryPath", VIEW, VIEW, VIEW],
		["experimentPath", NONE, NONE, NONE],
		["group", OWNER, EDIT, VIEW],
		["account", OWNER, NONE, NONE],
	])("%s: a colleague sees what the group shares, a stranger nothing", async (object, owner, manager, member) => {
		expect(await levelOf(object, "owner")).toBe(owner.id);
		expect(await levelOf(object, "temporary")).toBe(owner.id);
		expect(await levelOf(object, "manager")).toBe(manager.id);
		expect(await levelOf(object, "member")).toBe(member.id);
		expect(await levelOf(object, "stranger")).toBe(NONE.id);
	});

	test("staff may see every object, deactivated users not even their own", async () => {
		for (const object of Object.keys(objects)) {
			expect(await levelOf(object, "technician")).toBe(INSIDER.id);
			expect(await levelOf(object, "bioinformatician")).toBe(INSIDER.id);
			expect(await levelOf(object, "admin")).toBe(ADMIN.id);
			expect(await levelOf(object, "deactivated")).toBe(NONE.id);
		}
	});

	test.each([
		// what belongs to the customer himself, without any group: he has it, nobody else does
		["ownSample", OWNER],
		["ownLibrary", OWNER],
		["ownPool", OWNER],
		["ownFile", OWNER],
	])("%s: what is not of the group is of its owner alone", async (object, owner) => {
		expect(await levelOf(object, "owner")).toBe(owner.id);
		for (const viewer of ["manager", "member", "stranger"]) expect(await levelOf(object, viewer)).toBe(NONE.id);
	});

	test("membership gives nothing to what members have not assigned to the group", async () => {
		for (const object of ["ungrouped", "ungroupedProject", "ownSample", "ownLibrary", "account"]) {
			expect(await levelOf(object, "owner")).toBe(OWNER.id);
			expect(await levelOf(object, "manager")).toBe(NONE.id);
		}
	});

	test("being an assignee changes nothing", async () => {
		const stranger = viewers.stranger ?? expect.fail();
		const [request, project] = [objects.request?.id ?? 0, objects.project?.id ?? 0];
		await database.db.insertInto("seq_request_assignee_link").values({ seq_request_id: request, user_id: stranger.id }).execute();
		await database.db.insertInto("project_assignee_link").values({ project_id: project, user_id: stranger.id }).execute();
		for (const object of ["request", "project", "library", "sample"]) expect(await levelOf(object, "stranger")).toBe(NONE.id);
	});

	test("handing a group over changes the levels to the group, not to what it shares", async () => {
		const [owner, manager] = [viewers.owner ?? expect.fail(), viewers.manager ?? expect.fail()];
		const setStanding = (userId: number, affiliation_type_id: number) =>
			database.db.updateTable("user_affiliation").set({ affiliation_type_id }).where("user_id", "=", userId).execute();
		await setStanding(owner.id, AffiliationType.MANAGER.id);
		await setStanding(manager.id, AffiliationType.OWNER.id);
		expect([await levelOf("group", "owner"), await levelOf("group", "manager")]).toEqual([EDIT.id, OWNER.id]);
		expect([await levelOf("request", "owner"), await levelOf("request", "manager")]).toEqual([OWNER.id, EDIT.id]);
		await setStanding(owner.id, AffiliationType.OWNER.id);
		await setStanding(manager.id, AffiliationType.MANAGER.id);
	});

	test("whoever leaves the group loses sight at once of all that it shares, and keeps what is the own", async () => {
		const member = viewers.member ?? expect.fail();
		const own = await create.createRequest(database.db, { requestor_id: member.id, group_id: objects.group?.id ?? null });
		objects.ofMember = { table: "seq_request", id: own.id, level: access.requestLevel };
		expect(await levelOf("ofMember", "manager")).toBe(EDIT.id);
		await database.db.deleteFrom("user_affiliation").where("user_id", "=", member.id).execute();
		for (const object of ["request", "project", "sample", "library", "pool", "file", "projectPath", "libraryPath", "group"])
			expect(await levelOf(object, "member")).toBe(NONE.id);
		expect(await levelOf("ofMember", "member")).toBe(OWNER.id);
		expect(await levelOf("ofMember", "manager")).toBe(EDIT.id);
	});
});

describe("rows in lists", () => {
	test.each([
		["seq_request", access.visibleRequests, access.requestLevel],
		["project", access.visibleProjects, access.projectLevel],
		["sample", access.visibleSamples, access.sampleLevel],
		["library", access.visibleLibraries, access.libraryLevel],
		["pool", access.visiblePools, access.poolLevel],
		["group", access.visibleGroups, access.groupLevel],
	])("%s: a list shows exactly what may be opened", async (table, visible, level) => {
		for (const viewer of Object.values(viewers)) {
			const { rows } = await sql<{ wrong: number }>`
				select count(*) as wrong from ${sql.table(table)} where (${visible(viewer)}) is distinct from (${level(viewer)} > 0)
				and not (${visible(viewer)} is null and ${level(viewer)} = 0)`.execute(database.db);
			expect(rows).toEqual([{ wrong: 0 }]);
		}
	});
});
