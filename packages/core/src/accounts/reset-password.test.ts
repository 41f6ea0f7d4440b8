import { UserRole } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import type { Viewer } from "../context.ts";
import { ForbiddenError, NotFoundError } from "../errors.ts";
import { runAs } from "../testing.ts";
import { changeUserEmail } from "./change-email.ts";
import { findUserLink } from "./one-time-links.ts";
import { checkPassword } from "./passwords.ts";
import { requestPasswordReset, resetPassword, sendPasswordResetMail } from "./reset-password.ts";
import { type AccountTrial, newPassword, tryAccounts } from "./testing/account-trial.ts";
import { updateUser } from "./update-user.ts";

let trial: AccountTrial;
tryAccounts((opened) => {
	trial = opened;
});

describe("resetting a password", () => {
	const forgot = async (email: string) => {
		await requestPasswordReset(trial.anonymous(), { email });
		return trial.takeToken();
	};

	it("ends all sessions, tokens and passkeys of the person, and nobody else's (§19 case 19)", async () => {
		const user = await trial.person(UserRole.TECHNICIAN.id);
		const neighbour = await trial.person(UserRole.TECHNICIAN.id);
		for (const { id } of [user, user, neighbour]) await trial.giveAccess(id);
		const outcome = await resetPassword(trial.anonymous(), { token: await forgot(user.email.toUpperCase()), ...newPassword });
		expect(outcome).toEqual({ userId: user.id, revokedTokens: 2, removedPasskeys: 2 });
		expect(await trial.accessOf(user.id)).toEqual({ sessions: 0, tokens: 0, passkeys: 0 });
		expect(await trial.accessOf(neighbour.id)).toEqual({ sessions: 1, tokens: 1, passkeys: 1 });
		expect((await checkPassword(newPassword.password, (await trial.userRow(user.id)).password)).right).toBe(true);
	});

	it("refuses a link used twice, altered, of somebody else, after 24 hours, or after any change of the password (§19 case 17)", async () => {
		const user = await trial.person(UserRole.CLIENT.id);
		const other = await trial.person(UserRole.CLIENT.id);
		const token = await forgot(user.email);
		const older = await forgot(user.email);
		const use = (text: string) => resetPassword(trial.anonymous(), { token: text, ...newPassword });
		for (const wrong of [
			`${token}x`,
			token.replace(/^\d+/, String(other.id)),
			token.replace(/^\d+-/, ""),
			"0-x",
			"99999999999-x",
			"",
		]) {
			await expect(use(wrong), wrong).rejects.toThrow(NotFoundError);
		}
		const both = await Promise.allSettled([use(token), use(token)]);
		expect(both.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
		await expect(use(token)).rejects.toThrow(NotFoundError);
		await expect(use(older)).rejects.toThrow(NotFoundError);
		const late = await forgot(user.email);
		trial.now = new Date(trial.now.getTime() + 24 * 3_600_000);
		await expect(use(late)).rejects.toThrow(NotFoundError);
	});

	it("is void once the address or role changed", async () => {
		const admin = await trial.person(UserRole.ADMIN.id);
		const user = await trial.person(UserRole.CLIENT.id);
		const open = (token: string) => findUserLink(trial.db, token, ["password_reset"], trial.now);
		const beforeMove = await forgot(user.email);
		expect(await open(beforeMove)).not.toBeNull();
		await runAs(trial.db, admin, trial.services, (context) =>
			changeUserEmail(context, { userId: user.id, email: "moved@example.org" }),
		);
		expect((await trial.takeMails()).map((mail) => mail.recipients)).toEqual([[user.email], ["moved@example.org"]]);
		expect(await open(beforeMove)).toBeNull();
		const beforeEnd = await forgot("moved@example.org");
		const role = (roleId: number) =>
			runAs(trial.db, admin, trial.services, (context) =>
				updateUser(context, user.id, { firstName: "A", lastName: "B", roleId }),
			);
		await role(UserRole.DEACTIVATED.id);
		expect(await open(beforeEnd)).toBeNull();
		await role(UserRole.CLIENT.id);
		expect(await open(beforeEnd)).toBeNull();
	});

	it("mails nothing to addresses without an active account, and keeps no link for them that works", async () => {
		const deactivated = await trial.person(UserRole.DEACTIVATED.id);
		await requestPasswordReset(trial.anonymous(), { email: deactivated.email });
		await requestPasswordReset(trial.anonymous(), { email: "never-heard-of@example.org" });
		expect(await trial.takeMails()).toEqual([]);
		const { rows } = await sql`SELECT FROM one_time_link WHERE email = 'never-heard-of@example.org'`.execute(trial.db);
		expect(rows).toEqual([]);
		const refused = await sql`SELECT FROM audit_event WHERE table_name = 'link_refused'`.execute(trial.ownerDb);
		expect(refused.rows).toHaveLength(2);
	});

	it("leaves no links behind for ever", async () => {
		const user = await trial.person(UserRole.CLIENT.id);
		await requestPasswordReset(trial.anonymous(), { email: user.email });
		const count = async () =>
			(await trial.db.selectFrom("one_time_link").select("id").where("user_id", "=", user.id).execute()).length;
		trial.now = new Date(trial.now.getTime() + 8 * 24 * 3_600_000 - 1);
		await requestPasswordReset(trial.anonymous(), { email: "nobody@example.org" });
		expect(await count()).toBe(1);
		trial.now = new Date(trial.now.getTime() + 1);
		await requestPasswordReset(trial.anonymous(), { email: "nobody@example.org" });
		expect(await count()).toBe(0);
	});

	it("is mailed by an admin or oneself only, and remembered in the audit trail", async () => {
		const user = await trial.person(UserRole.CLIENT.id);
		const send = (viewer: Viewer) =>
			runAs(trial.db, viewer, trial.services, (context) => sendPasswordResetMail(context, { userId: user.id }));
		await expect(send(await trial.person(UserRole.TECHNICIAN.id))).rejects.toThrow(ForbiddenError);
		await send(await trial.person(UserRole.ADMIN.id));
		await send(user);
		expect(await trial.takeMails()).toHaveLength(2);
		const { rows } =
			await sql`SELECT changes FROM audit_event WHERE table_name = 'link_sent' AND row_key = ${`lims_user/${user.id}`}`.execute(
				trial.ownerDb,
			);
		expect(rows).toEqual([{ changes: { mail: "reset", email: user.email } }, { changes: { mail: "reset", email: user.email } }]);
	});
});
