import { describe, expect, it } from "vitest";
import { UserRole } from "./catalog.ts";
import { isPermittedDomain, rolesForNewUser, type UserFacts, userAction, userActions } from "./user-actions.ts";

const { ADMIN, TECHNICIAN, BIOINFORMATICIAN, CLIENT, DEACTIVATED, TEMPORARY } = UserRole;

function facts(values: Partial<UserFacts>): UserFacts {
	return { roleId: CLIENT.id, isSelf: false, viewerRoleId: CLIENT.id, isWorkingAs: false, hasOtherAdmin: true, ...values };
}

const enabled = (values: Partial<UserFacts>) =>
	userActions(facts(values))
		.filter((action) => action.enabled)
		.map((action) => action.action);

describe("the actions on an account", () => {
	it.each([
		["oneself", { isSelf: true }, ["edit", "changeEmail", "changePassword", "sendResetMail", "signOutEverywhere"]],
		["a technician", { viewerRoleId: TECHNICIAN.id }, []],
		["a technician on a deactivated one", { viewerRoleId: TECHNICIAN.id, roleId: DEACTIVATED.id }, ["activate"]],
		["a bioinformatician on a deactivated one", { viewerRoleId: BIOINFORMATICIAN.id, roleId: DEACTIVATED.id }, ["activate"]],
		["an admin", { viewerRoleId: ADMIN.id }, ["edit", "changeRole", "changeEmail", "sendResetMail", "signOutEverywhere"]],
		[
			"an admin on a deactivated one",
			{ viewerRoleId: ADMIN.id, roleId: DEACTIVATED.id },
			["edit", "changeRole", "changeEmail", "activate"],
		],
		["another client", {}, []],
		["an admin who works in it", { isSelf: true, isWorkingAs: true }, ["edit", "sendResetMail"]],
	])("open to %s are those of the table", (_, values, expected) => {
		expect(enabled(values)).toEqual(expected);
	});

	it("leave the only admin an admin, and say why", () => {
		const own = { isSelf: true, roleId: ADMIN.id, viewerRoleId: ADMIN.id };
		expect(userAction("changeRole", facts({ ...own, hasOtherAdmin: false }))).toMatchObject({
			shown: true,
			enabled: false,
			forbidden: false,
			reason: "You are the only admin: make somebody else admin first.",
		});
		expect(userAction("changeRole", facts(own)).enabled).toBe(true);
		expect(userAction("changeRole", facts({ viewerRoleId: ADMIN.id, roleId: TEMPORARY.id })).enabled).toBe(false);
	});

	it("are hidden from who may never do them", () => {
		expect(userAction("changePassword", facts({ viewerRoleId: ADMIN.id }))).toMatchObject({ shown: false, forbidden: true });
		expect(userAction("activate", facts({ viewerRoleId: ADMIN.id }))).toMatchObject({ shown: false, forbidden: false });
	});
});

it("offers each inviter only the roles of the table", () => {
	expect(rolesForNewUser(null)).toEqual([CLIENT.id]);
	expect(rolesForNewUser(CLIENT.id)).toEqual([CLIENT.id]);
	expect(rolesForNewUser(TECHNICIAN.id)).toEqual([CLIENT.id, DEACTIVATED.id]);
	expect(new Set(rolesForNewUser(ADMIN.id))).toEqual(
		new Set([ADMIN.id, BIOINFORMATICIAN.id, TECHNICIAN.id, CLIENT.id, DEACTIVATED.id]),
	);
	expect(rolesForNewUser(ADMIN.id)[0]).toBe(CLIENT.id);
});

it("lets only listed domains register, without their subdomains", () => {
	const domains = ["example.org"];
	expect(isPermittedDomain("A@Example.ORG", domains)).toBe(true);
	for (const email of ["a@sub.example.org", "a@badexample.org", "a@example.org.evil.net", ""]) {
		expect(isPermittedDomain(email, domains), email).toBe(false);
	}
	expect(isPermittedDomain("a@evil.net", null)).toBe(true);
});
