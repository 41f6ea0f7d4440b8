import { describe, expect, it } from "vitest";
import { hasLevel, roleLevel, staffOnlyLevel } from "./access-level.ts";
import { membersOf, UserRole } from "./catalog.ts";
import { isActive, isAdmin, isInsider } from "./roles.ts";

describe.each([
	["any object", roleLevel],
	["an experiment", staffOnlyLevel],
])("level to %s", (_name, level) => {
	it("is nothing once deactivated", () => expect(level({ roleId: UserRole.DEACTIVATED.id })).toBe(0));
	it("is nothing for a role that does not exist", () => expect(level({ roleId: 77 })).toBe(0));
	it("is that of the role for staff", () => {
		expect(level({ roleId: UserRole.ADMIN.id })).toBe(100);
		expect(level({ roleId: UserRole.TECHNICIAN.id })).toBe(90);
		expect(level({ roleId: UserRole.BIOINFORMATICIAN.id })).toBe(90);
	});
	it("is that of a client for a temporary account", () =>
		expect(level({ roleId: UserRole.TEMPORARY.id })).toBe(level({ roleId: UserRole.CLIENT.id })));
});

it("a client's level depends on the object, and is none to what is staff's", () => {
	expect(roleLevel({ roleId: UserRole.CLIENT.id })).toBeNull();
	expect(staffOnlyLevel({ roleId: UserRole.CLIENT.id })).toBe(0);
});

it("a higher level includes the lower ones", () => {
	expect(hasLevel(50, 20)).toBe(true);
	expect(hasLevel(20, 20)).toBe(true);
	expect(hasLevel(10, 20)).toBe(false);
});

it("staff, admins and dead accounts are known", () => {
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
