import { UserRole } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import type { Viewer } from "../context.ts";
import { ForbiddenError, InvalidInputError, NotFoundError, NotPossibleError } from "../errors.ts";
import { runAs } from "../testing.ts";
import { changeUserEmail, confirmEmailChange, requestEmailChange } from "./change-email.ts";
import { changePassword } from "./change-password.ts";
import { resetPassword } from "./reset-password.ts";
import { signOutEverywhere } from "./sign-out-everywhere.ts";
import { type AccountTrial, newPassword, oldPassword, tryAccounts } from "./testing/account-trial.ts";
import { updateUser } from "./update-user.ts";

let trial: AccountTrial;
tryAccounts((opened) => {
	trial = opened;
});

describe("changing a password", () => {
	it("needs the present one, and ends other sessions and tokens but no passkeys", async () => {
		const user = await trial.person(UserRole.TECHNICIAN.id);
		const keptSessionId = await trial.giveAccess(user.id);
		await trial.giveAccess(user.id);
		const change = (currentPassword: string) =>
			runAs(trial.db, user, trial.services, (context) =>
				changePassword(context, { ...newPassword, currentPassword, keptSessionId }),
			);
		await expect(change("wrong")).rejects.toMatchObject({ fields: [{ field: "currentPassword" }] });
		expect(await trial.accessOf(user.id)).toEqual({ sessions: 2, tokens: 2, passkeys: 2 });
		expect(await change(oldPassword)).toEqual({ revokedTokens: 2 });
		expect(await trial.accessOf(user.id)).toEqual({ sessions: 1, tokens: 0, passkeys: 2 });
		const left = await trial.db.selectFrom("session").select("id").where("user_id", "=", user.id).execute();
		expect(left).toEqual([{ id: keptSessionId }]);
	});

	it("is not possible for an admin who works in the account", async () => {
		const user = await trial.person(UserRole.CLIENT.id);
		const admin = await trial.person(UserRole.ADMIN.id);
		const attempt = runAs(trial.db, user, trial.services, (context) =>
			changePassword(
				{ ...context, actor: { ...context.actor, impersonatorId: admin.id } },
				{ ...newPassword, currentPassword: oldPassword, keptSessionId: null },
			),
		);
		await expect(attempt).rejects.toThrow(NotPossibleError);
	});
});

describe("changing an address", () => {
	const ask = (viewer: Viewer, email: string, currentPassword = oldPassword) =>
		runAs(trial.db, viewer, trial.limited, (context) => requestEmailChange(context, { email, currentPassword }));

	it("happens by the link at the new address, once, and tells the old one", async () => {
		const user = await trial.person(UserRole.CLIENT.id);
		await expect(ask(user, "fresh@example.org", "wrong")).rejects.toMatchObject({ fields: [{ field: "currentPassword" }] });
		await expect(ask(user, "fresh@elsewhere.net")).rejects.toMatchObject({ fields: [{ field: "email" }] });
		await ask(user, "Fresh@example.org");
		const token = await trial.takeToken();
		expect((await trial.userRow(user.id)).email).toBe(user.email);
		await expect(resetPassword(trial.anonymous(), { token, ...newPassword })).rejects.toThrow(NotFoundError);
		await confirmEmailChange(trial.anonymous(), { token });
		expect((await trial.userRow(user.id)).email).toBe("fresh@example.org");
		expect((await trial.takeMails()).map((mail) => [mail.subject, mail.recipients])).toEqual([
			["OpeNGSync E-mail Changed", [user.email]],
		]);
		await expect(confirmEmailChange(trial.anonymous(), { token })).rejects.toThrow(NotFoundError);
	});

	it("does not tell whether the new address is taken, and never takes it from its owner", async () => {
		const user = await trial.person(UserRole.CLIENT.id);
		const owner = await trial.person(UserRole.CLIENT.id);
		await ask(user, owner.email);
		expect((await trial.takeMails()).map((mail) => [mail.subject, mail.recipients])).toEqual([
			["Welcome Back to OpeNGSync", [owner.email]],
		]);
		await ask(user, "soon-taken@example.org");
		const token = await trial.takeToken();
		await trial.person(UserRole.CLIENT.id, { email: "soon-taken@example.org" });
		await expect(confirmEmailChange(trial.anonymous(), { token })).rejects.toThrow(NotFoundError);
	});

	it("of somebody else is an admin's", async () => {
		const user = await trial.person(UserRole.CLIENT.id);
		const change = (viewer: Viewer, email: string) =>
			runAs(trial.db, viewer, trial.services, (context) => changeUserEmail(context, { userId: user.id, email }));
		await expect(change(await trial.person(UserRole.TECHNICIAN.id), "x@example.org")).rejects.toThrow(ForbiddenError);
		const admin = await trial.person(UserRole.ADMIN.id);
		await expect(change(admin, admin.email.toUpperCase())).rejects.toThrow(InvalidInputError);
	});
});

describe("editing a user", () => {
	const names = { firstName: "Ada", lastName: "Example" };
	const edit = (viewer: Viewer, userId: number, roleId: number | null) =>
		runAs(trial.db, viewer, trial.services, (context) => updateUser(context, userId, { ...names, roleId }));

	it("ignores a role sent by somebody who may not give it", async () => {
		const technician = await trial.person(UserRole.TECHNICIAN.id);
		await edit(technician, technician.id, UserRole.ADMIN.id);
		expect(await trial.userRow(technician.id)).toMatchObject({ first_name: "Ada", role_id: UserRole.TECHNICIAN.id });
		const client = await trial.person(UserRole.CLIENT.id);
		await expect(edit(technician, client.id, null)).rejects.toThrow(ForbiddenError);
		await expect(edit(client, technician.id, null)).rejects.toThrow(ForbiddenError);
	});

	it("ends all access of who is set to DEACTIVATED at once (§19 case 14)", async () => {
		const admin = await trial.person(UserRole.ADMIN.id);
		const technician = await trial.person(UserRole.TECHNICIAN.id);
		await trial.giveAccess(technician.id);
		await edit(admin, technician.id, UserRole.CLIENT.id);
		expect(await trial.accessOf(technician.id)).toEqual({ sessions: 1, tokens: 1, passkeys: 1 });
		await edit(admin, technician.id, UserRole.DEACTIVATED.id);
		expect(await trial.accessOf(technician.id)).toEqual({ sessions: 0, tokens: 0, passkeys: 0 });
	});

	it("never leaves the facility without an admin, even when two demote each other at once", async () => {
		await sql`UPDATE lims_user SET role_id = ${UserRole.CLIENT.id} WHERE role_id = ${UserRole.ADMIN.id}`.execute(trial.ownerDb);
		for (let round = 0; round < 5; round++) {
			await sql`UPDATE lims_user SET role_id = ${UserRole.CLIENT.id} WHERE role_id = ${UserRole.ADMIN.id}`.execute(trial.ownerDb);
			const one = await trial.person(UserRole.ADMIN.id);
			const two = await trial.person(UserRole.ADMIN.id);
			const outcomes = await Promise.allSettled([edit(one, two.id, UserRole.CLIENT.id), edit(two, one.id, UserRole.CLIENT.id)]);
			expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
			const left = [one, two].map(({ id }) => trial.userRow(id));
			expect((await Promise.all(left)).filter((row) => row.role_id === UserRole.ADMIN.id)).toHaveLength(1);
		}
		await sql`UPDATE lims_user SET role_id = ${UserRole.CLIENT.id} WHERE role_id = ${UserRole.ADMIN.id}`.execute(trial.ownerDb);
		const last = await trial.person(UserRole.ADMIN.id);
		await expect(edit(last, last.id, UserRole.CLIENT.id)).rejects.toMatchObject({ fields: [{ field: "roleId" }] });
		const second = await trial.person(UserRole.ADMIN.id);
		const both = await Promise.allSettled([edit(last, last.id, UserRole.CLIENT.id), edit(second, second.id, UserRole.CLIENT.id)]);
		expect(both.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
	});

	it("signs out everywhere by oneself or an admin, the sessions in somebody else's account too", async () => {
		const admin = await trial.person(UserRole.ADMIN.id);
		const other = await trial.person(UserRole.ADMIN.id);
		const client = await trial.person(UserRole.CLIENT.id);
		await trial.giveAccess(admin.id);
		const borrowed = await trial.giveAccess(client.id);
		await trial.db.updateTable("session").set({ impersonator_id: admin.id }).where("id", "=", borrowed).execute();
		const end = (viewer: Viewer) =>
			runAs(trial.db, viewer, trial.services, (context) => signOutEverywhere(context, { userId: admin.id }));
		await expect(end(await trial.person(UserRole.TECHNICIAN.id))).rejects.toThrow(ForbiddenError);
		await end(other);
		expect(await trial.accessOf(admin.id)).toMatchObject({ sessions: 0, tokens: 1 });
		expect(await trial.accessOf(client.id)).toMatchObject({ sessions: 0 });
	});
});
