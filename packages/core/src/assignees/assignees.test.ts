import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import * as create from "@opengsync/db/testing/factories";
import { AffiliationType, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommandContext, Viewer } from "../context.ts";
import { ForbiddenError, InvalidInputError, NotFoundError } from "../errors.ts";
import { assignProject, unassignProject } from "../projects/assign-project.ts";
import { assignRequest, unassignRequest } from "../requests/assign-request.ts";
import { createTestServices, runAs } from "../testing.ts";

const services = createTestServices();
let database: TestDatabase;
let client: Viewer;
let staff: Viewer;
let colleague: Viewer;
let gone: Viewer;
const ids = { request: 0, project: 0 };

async function viewerIn(roleId: number): Promise<Viewer> {
	const user = await create.createUser(database.db, { role_id: roleId });
	return { id: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, roleId };
}
const as = <T>(viewer: Viewer, work: (context: CommandContext) => Promise<T>) => runAs(database.db, viewer, services, work);

beforeAll(async () => {
	database = await createTestDatabase();
	client = await viewerIn(UserRole.CLIENT.id);
	staff = await viewerIn(UserRole.TECHNICIAN.id);
	colleague = await viewerIn(UserRole.BIOINFORMATICIAN.id);
	gone = await viewerIn(UserRole.DEACTIVATED.id);
	const group = await create.createGroup(database.db, {}, { [client.id]: AffiliationType.OWNER.id });
	ids.request = (await create.createRequest(database.db, { requestor_id: client.id, group_id: group.id })).id;
	ids.project = (await create.createProject(database.db, { owner_id: client.id })).id;
});
afterAll(() => database.drop());

describe.each([
	["request", assignRequest, unassignRequest],
	["project", assignProject, unassignProject],
] as const)("assignees of a %s", (kind, assign, unassign) => {
	const add = (viewer: Viewer, user: Viewer) => as(viewer, (context) => assign(context, ids[kind], user.id));
	const remove = (viewer: Viewer, user: Viewer) => as(viewer, (context) => unassign(context, ids[kind], user.id));
	it("are staff, each once, put there and taken off by staff", async () => {
		expect(await add(staff, staff)).toBe(true);
		expect(await add(staff, staff)).toBe(false);
		expect(await add(staff, colleague)).toBe(true);
		for (const user of [client, gone]) await expect(add(staff, user)).rejects.toThrow(InvalidInputError);
		await remove(colleague, staff);
		await expect(remove(colleague, staff)).rejects.toThrow(NotFoundError);
		expect(await add(staff, staff)).toBe(true);
	});
	it("are not the business of customers, not even of the owner", async () => {
		for (const user of [client, staff]) await expect(add(client, user)).rejects.toThrow(ForbiddenError);
		await expect(remove(client, colleague)).rejects.toThrow(ForbiddenError);
		await expect(as(staff, (context) => assign(context, 999_999, staff.id))).rejects.toThrow(NotFoundError);
	});
});
