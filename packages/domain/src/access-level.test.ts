import { describe, expect, it } from "vitest";
import {
	type AccessLevel,
	childLevel,
	dataPathLevel,
	groupLevel,
	hasLevel,
	highestLevel,
	kitLevel,
	mayInDraft,
	projectLevel,
	requestLevel,
	staffOnlyLevel,
	userLevel,
	type Viewer,
	workflowRunLevel,
} from "./access-level.ts";
import { AffiliationType, membersOf, UserRole } from "./catalog.ts";
import { isActive, isAdmin, isInsider } from "./roles.ts";

const client: Viewer = { id: 1, roleId: UserRole.CLIENT.id };
const other = 2;

const everyLevel: [string, (viewer: Viewer | null) => AccessLevel][] = [
	["request", (viewer) => requestLevel({ viewer, requestorId: 1, affiliationWithGroup: 3 })],
	["project", (viewer) => projectLevel({ viewer, ownerId: 1, affiliationWithGroup: 3 })],
	["child", (viewer) => childLevel({ viewer, ownerId: 1, parentLevel: 50 })],
	["data path", (viewer) => dataPathLevel({ viewer, targetLevel: 50 })],
	["group", (viewer) => groupLevel({ viewer, affiliation: 1 })],
	["user", (viewer) => userLevel({ viewer, userId: 1 })],
	["experiment", staffOnlyLevel],
	["kit", kitLevel],
	["workflow run", (viewer) => workflowRunLevel({ viewer, userId: 1 })],
];

describe.each(everyLevel)("level to a %s", (_name, level) => {
	it("is nothing for nobody, even the owner, once deactivated", () => {
		expect(level(null)).toBe(0);
		expect(level({ id: 1, roleId: UserRole.DEACTIVATED.id })).toBe(0);
	});
	it("is nothing for a role that does not exist", () => expect(level({ id: 1, roleId: 77 })).toBe(0));
	it("is that of the role for staff", () => {
		expect(level({ id: 1, roleId: UserRole.ADMIN.id })).toBe(100);
		expect(level({ id: 1, roleId: UserRole.TECHNICIAN.id })).toBe(90);
		expect(level({ id: 1, roleId: UserRole.BIOINFORMATICIAN.id })).toBe(90);
	});
	it("is that of a client for a temporary account", () =>
		expect(level({ id: 1, roleId: UserRole.TEMPORARY.id })).toBe(level(client)));
});

describe("a client", () => {
	it("owns own requests, edits those of own groups, sees no others", () => {
		expect(requestLevel({ viewer: client, requestorId: 1, affiliationWithGroup: null })).toBe(50);
		for (const affiliation of membersOf(AffiliationType)) {
			expect(requestLevel({ viewer: client, requestorId: other, affiliationWithGroup: affiliation.id })).toBe(20);
			expect(projectLevel({ viewer: client, ownerId: other, affiliationWithGroup: affiliation.id })).toBe(20);
		}
		expect(requestLevel({ viewer: client, requestorId: other, affiliationWithGroup: null })).toBe(0);
	});
	it("reaches samples, libraries, pools and files through the parent", () => {
		expect(childLevel({ viewer: client, ownerId: other, parentLevel: 20 })).toBe(20);
		expect(childLevel({ viewer: client, ownerId: 1, parentLevel: 0 })).toBe(50);
		expect(childLevel({ viewer: client, ownerId: other, parentLevel: null })).toBe(0);
		expect(childLevel({ viewer: client, ownerId: null, parentLevel: null })).toBe(0);
	});
	it("only looks at data paths, and at none of an experiment", () => {
		expect(dataPathLevel({ viewer: client, targetLevel: 50 })).toBe(10);
		expect(dataPathLevel({ viewer: client, targetLevel: 0 })).toBe(0);
		expect(dataPathLevel({ viewer: client, targetLevel: null })).toBe(0);
	});
	it("has the standing in a group that the affiliation gives", () =>
		expect([1, 2, 3, null].map((affiliation) => groupLevel({ viewer: client, affiliation }))).toEqual([50, 20, 10, 0]));
	it("sees neither other users nor what is staff's, but all kits", () => {
		expect(userLevel({ viewer: client, userId: other })).toBe(0);
		expect(workflowRunLevel({ viewer: client, userId: other })).toBe(0);
		expect(staffOnlyLevel(client)).toBe(0);
		expect(kitLevel(client)).toBe(10);
	});
});

describe("comparisons", () => {
	it("a higher level includes the lower ones", () => {
		expect(hasLevel(50, 20)).toBe(true);
		expect(hasLevel(20, 20)).toBe(true);
		expect(hasLevel(10, 20)).toBe(false);
		expect(highestLevel(10, 50, 20)).toBe(50);
		expect(highestLevel()).toBe(0);
	});
	it("editors may change drafts only, staff also later, and only admins where the rule says so", () => {
		expect(mayInDraft(20, true)).toBe(true);
		expect(mayInDraft(20, false)).toBe(false);
		expect(mayInDraft(90, false)).toBe(true);
		expect(mayInDraft(90, false, 100)).toBe(false);
	});
	it("knows staff, admins and dead accounts", () => {
		expect(
			membersOf(UserRole)
				.filter((role) => isInsider(role.id))
				.map((role) => role.key),
		).toEqual(["ADMIN", "BIOINFORMATICIAN", "TECHNICIAN"]);
		expect(
			membersOf(UserRole)
				.filter((role) => isAdmin(role.id))
				.map((role) => role.key),
		).toEqual(["ADMIN"]);
		expect(
			membersOf(UserRole)
				.filter((role) => !isActive(role.id))
				.map((role) => role.key),
		).toEqual(["DEACTIVATED"]);
	});
});
