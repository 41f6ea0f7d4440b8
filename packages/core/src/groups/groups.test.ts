import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import * as create from "@opengsync/db/testing/factories";
import { AffiliationType, GroupType, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CommandContext, Viewer } from "../context.ts";
import { ForbiddenError, NotFoundError, NotPossibleError } from "../errors.ts";
import { createTestServices, runAs } from "../testing.ts";
import { addMember } from "./add-member.ts";
import { createGroup } from "./create-group.ts";
import { handOverGroup } from "./hand-over-group.ts";
import { removeMember } from "./remove-member.ts";
import { updateGroup } from "./update-group.ts";

const { OWNER, MANAGER, MEMBER } = AffiliationType;
const services = createTestServices();
let database: TestDatabase;
let owner: Viewer;
let manager: Viewer;
let member: Viewer;
let stranger: Viewer;
let staff: Viewer;
let groupId: number;

async function viewerIn(roleId: number): Promise<Viewer> {
	const user = await create.createUser(database.db, { role_id: roleId });
	return { id: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, roleId };
}
const as = <T>(viewer: Viewer, work: (context: CommandContext) => Promise<T>) => runAs(database.db, viewer, services, work);
const standing = async (viewer: Viewer) => {
	const where = database.db.selectFrom("user_affiliation").select("affiliation_type_id").where("group_id", "=", groupId);
	return (await where.where("user_id", "=", viewer.id).executeTakeFirst())?.affiliation_type_id;
};
const add = (email: string, affiliationTypeId: number = MEMBER.id) => ({ email, affiliationTypeId });

beforeAll(async () => {
	database = await createTestDatabase();
	owner = await viewerIn(UserRole.CLIENT.id);
	manager = await viewerIn(UserRole.CLIENT.id);
	member = await viewerIn(UserRole.CLIENT.id);
	stranger = await viewerIn(UserRole.CLIENT.id);
	staff = await viewerIn(UserRole.TECHNICIAN.id);
});
beforeEach(async () => {
	const members = { [owner.id]: OWNER.id, [manager.id]: MANAGER.id, [member.id]: MEMBER.id };
	groupId = (await create.createGroup(database.db, {}, members)).id;
});
afterAll(() => database.drop());

describe("a group", () => {
	it("belongs to whoever made it, and two groups never share a name, also after renaming", async () => {
		const make = (name: string) => as(member, (context) => createGroup(context, { name, typeId: GroupType.INSTITUTION.id }));
		groupId = await make("  Institute of Cells ");
		expect(await standing(member)).toBe(OWNER.id);
		await expect(make("Institute of Cells")).rejects.toThrow(/another group/i);
		await expect(make("Short")).rejects.toThrow(/6 and 128/);
		const rename = (name: string) =>
			as(member, (context) => updateGroup(context, groupId, { name, typeId: GroupType.COLLABORATION.id }));
		const other = await create.createGroup(database.db);
		await expect(rename(other.name)).rejects.toThrow(/another group/i);
		await rename("Institute of Tissues");
		const row = await database.db.selectFrom("group").selectAll().where("id", "=", groupId).executeTakeFirst();
		expect(row).toMatchObject({ name: "Institute of Tissues", type_id: GroupType.COLLABORATION.id });
	});
	it("is made once when two people take the same name at the same moment", async () => {
		const make = (viewer: Viewer) => as(viewer, (context) => createGroup(context, { name: "Same moment", typeId: 1 }));
		const results = await Promise.allSettled([make(owner), make(member)]);
		expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
	});
	it("is renamed by its owner and staff, not by managers, members or strangers", async () => {
		const rename = (viewer: Viewer, name: string) => as(viewer, (context) => updateGroup(context, groupId, { name, typeId: 1 }));
		await rename(owner, `Named by owner ${groupId}`);
		await rename(staff, `Named by staff ${groupId}`);
		for (const viewer of [manager, member, stranger])
			await expect(rename(viewer, "No such luck")).rejects.toThrow(ForbiddenError);
		await expect(as(staff, (context) => updateGroup(context, 999_999, { name: "Nobody's", typeId: 1 }))).rejects.toThrow(
			NotFoundError,
		);
	});
});

describe("members", () => {
	it("are added by their exact address in any case, with a standing that is offered", async () => {
		await as(manager, (context) => addMember(context, groupId, add(stranger.email.toUpperCase())));
		expect(await standing(stranger)).toBe(MEMBER.id);
		const refused = [
			[add(stranger.email), /belongs to the group already/],
			[add("nobody@example.org"), /no active account/],
			[add(stranger.email.slice(1)), /no active account/],
			[add(staff.email, OWNER.id), /Manager or Member/],
		] as const;
		for (const [input, message] of refused) {
			await expect(as(owner, (context) => addMember(context, groupId, input))).rejects.toThrow(message);
		}
		const gone = await create.createUser(database.db, { role_id: UserRole.DEACTIVATED.id });
		await expect(as(owner, (context) => addMember(context, groupId, add(gone.email)))).rejects.toThrow(/no active account/);
		for (const viewer of [member, await viewerIn(UserRole.CLIENT.id)])
			await expect(as(viewer, (context) => addMember(context, groupId, add(staff.email)))).rejects.toThrow(ForbiddenError);
	});
	it("leave by themselves, are removed by managers, and the owner stays", async () => {
		const remove = (viewer: Viewer, user: Viewer) => as(viewer, (context) => removeMember(context, groupId, user.id));
		await expect(remove(member, manager)).rejects.toThrow(ForbiddenError);
		await expect(remove(stranger, member)).rejects.toThrow(ForbiddenError);
		await expect(remove(owner, owner)).rejects.toThrow(NotPossibleError);
		await expect(remove(manager, owner)).rejects.toThrow(/owner cannot be removed/);
		await expect(remove(owner, stranger)).rejects.toThrow(NotFoundError);
		await remove(member, member);
		await remove(owner, manager);
		expect([await standing(owner), await standing(manager), await standing(member)]).toEqual([OWNER.id, undefined, undefined]);
	});
});

describe("handing over", () => {
	const handOver = (viewer: Viewer, user: Viewer) => as(viewer, (context) => handOverGroup(context, groupId, user.id));
	it("makes the former owner a manager; only the owner and staff do it, only to members", async () => {
		for (const viewer of [manager, member, stranger]) await expect(handOver(viewer, member)).rejects.toThrow(ForbiddenError);
		await expect(handOver(owner, stranger)).rejects.toThrow(NotFoundError);
		await expect(handOver(owner, owner)).rejects.toThrow(NotPossibleError);
		await handOver(owner, member);
		expect([await standing(owner), await standing(member)]).toEqual([MANAGER.id, OWNER.id]);
		await handOver(staff, owner);
		expect([await standing(owner), await standing(member)]).toEqual([OWNER.id, MANAGER.id]);
	});
	it("leaves exactly one owner when it is done twice at the same moment", async () => {
		const results = await Promise.allSettled([handOver(owner, member), handOver(owner, manager)]);
		expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
		const byStaff = await Promise.allSettled([handOver(staff, member), handOver(staff, manager), handOver(staff, owner)]);
		expect(byStaff.some(({ status }) => status === "fulfilled")).toBe(true);
		const owners = [await standing(owner), await standing(manager), await standing(member)].filter((type) => type === OWNER.id);
		expect(owners).toHaveLength(1);
	});
});
