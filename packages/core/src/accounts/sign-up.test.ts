import { countStatements } from "@opengsync/db/transaction";
import { UserRole } from "@opengsync/domain/catalog";
import { describe, expect, it, vi } from "vitest";
import type { Viewer } from "../context.ts";
import { ForbiddenError, NotFoundError, NotPossibleError } from "../errors.ts";
import { hashToken } from "../shared/token-hash.ts";
import { runAs } from "../testing.ts";
import { activateUser } from "./activate-user.ts";
import { completeRegistration } from "./complete-registration.ts";
import { inviteUser, type NewUser } from "./invite-user.ts";
import { findRegistration } from "./one-time-links.ts";
import { checkPassword, unusablePassword } from "./passwords.ts";
import { requestPasswordReset, resetPassword } from "./reset-password.ts";
import { MemorySignInThrottle, signIn } from "./sign-in.ts";
import { signUp } from "./sign-up.ts";
import { type AccountTrial, newPassword, tryAccounts } from "./testing/account-trial.ts";

const argon2 = vi.hoisted(() => ({ runs: 0 }));
vi.mock("@node-rs/argon2", async (load) => {
	const real = await load<typeof import("@node-rs/argon2")>();
	const counted =
		<Arguments extends unknown[], Result>(run: (...args: Arguments) => Result) =>
		(...args: Arguments) => {
			argon2.runs += 1;
			return run(...args);
		};
	return { ...real, hash: counted(real.hash), verify: counted(real.verify) };
});

let trial: AccountTrial;
tryAccounts((opened) => {
	trial = opened;
});

describe("signing up", () => {
	it("refuses a foreign domain, and sends different mails to known and unknown addresses (§19 case 16)", async () => {
		const context = trial.anonymous({ services: trial.limited });
		await expect(signUp(context, { email: "a@elsewhere.net" })).rejects.toThrow("permitted domain");
		expect(await trial.takeMails()).toEqual([]);
		const known = await trial.person(UserRole.CLIENT.id, { email: "Known@example.org" });
		await signUp(context, { email: "KNOWN@example.org" });
		await signUp(context, { email: "Unknown@Example.org" });
		const mails = await trial.takeMails();
		expect(mails.map((mail) => [mail.subject, mail.recipients])).toEqual([
			["Welcome Back to OpeNGSync", [known.email]],
			["OpeNGSync User Registration", ["unknown@example.org"]],
		]);
		expect(mails[0]?.text).not.toContain("/auth/register/");
	});

	it("does the same work for known and unknown addresses, and so does a forgotten password", async () => {
		const known = await trial.person(UserRole.CLIENT.id);
		const deactivated = await trial.person(UserRole.DEACTIVATED.id);
		const cost = async (command: typeof signUp, email: string) => {
			argon2.runs = 0;
			const { statements } = await countStatements(trial.db, (db) => command(trial.anonymous({ db }), { email }));
			return { statements, argon2: argon2.runs };
		};
		const nobody = "nobody@example.org";
		expect(await cost(signUp, known.email)).toEqual(await cost(signUp, nobody));
		const forgotten = await cost(requestPasswordReset, known.email);
		expect(forgotten.statements).toBeGreaterThan(3);
		expect(await cost(requestPasswordReset, nobody)).toEqual(forgotten);
		expect(await cost(requestPasswordReset, deactivated.email)).toEqual(forgotten);
	});

	it("costs a sign-in the same for unknown, wrong and unusable", async () => {
		const user = await trial.person(UserRole.CLIENT.id);
		const unusable = await trial.person(UserRole.DEACTIVATED.id, { password: unusablePassword() });
		const cost = async (email: string) => {
			argon2.runs = 0;
			const context = { db: trial.db, throttle: new MemorySignInThrottle(), requestId: "test" };
			expect((await signIn(context, { email, password: "wrong" })).kind).toBe("wrong");
			return argon2.runs;
		};
		await cost("nobody@example.org");
		expect([await cost(user.email), await cost("nobody@example.org"), await cost(unusable.email)]).toEqual([1, 1, 1]);
	});

	it("makes the account with address and role of the link, once, and not with a guess of either", async () => {
		const admin = await trial.person(UserRole.ADMIN.id);
		const invitation = { email: "New.Technician@example.org", roleId: UserRole.TECHNICIAN.id, firstName: null, lastName: null };
		expect(await runAs(trial.db, admin, trial.services, (context) => inviteUser(context, invitation))).toBeNull();
		const token = await trial.takeToken();
		const input = { token, firstName: "New", lastName: "Technician", ...newPassword };
		for (const wrong of [`${token}x`, token.slice(1), token.toUpperCase(), ""]) {
			await expect(completeRegistration(trial.anonymous(), { ...input, token: wrong })).rejects.toThrow(NotFoundError);
		}
		const stored = await trial.db.selectFrom("one_time_link").select("token_hash").execute();
		expect(stored.map((link) => link.token_hash)).toContain(hashToken(token));
		const id = await completeRegistration(trial.anonymous(), input);
		expect(await trial.userRow(id)).toMatchObject({ email: "new.technician@example.org", role_id: UserRole.TECHNICIAN.id });
		await expect(completeRegistration(trial.anonymous(), input)).rejects.toThrow(NotFoundError);
		expect(await findRegistration(trial.db, token, trial.now)).toBeNull();
	});

	it("is over after 24 hours, and once the address got an account otherwise (§19 case 17)", async () => {
		await signUp(trial.anonymous(), { email: "late@example.org" });
		const late = await trial.takeToken();
		trial.now = new Date(trial.now.getTime() + 24 * 3_600_000 - 1000);
		expect(await findRegistration(trial.db, late, trial.now)).not.toBeNull();
		trial.now = new Date(trial.now.getTime() + 1000);
		const input = { firstName: "A", lastName: "B", ...newPassword };
		await expect(completeRegistration(trial.anonymous(), { ...input, token: late })).rejects.toThrow(NotFoundError);
		await signUp(trial.anonymous(), { email: "twice@example.org" });
		const first = await trial.takeToken();
		await signUp(trial.anonymous(), { email: "twice@example.org" });
		const second = await trial.takeToken();
		const both = await Promise.allSettled(
			[first, second].map((token) => completeRegistration(trial.anonymous(), { ...input, token })),
		);
		expect(both.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
		await expect(completeRegistration(trial.anonymous(), { ...input, token: second })).rejects.toThrow(NotFoundError);
	});

	it("refuses weak and mistyped passwords at their fields", async () => {
		await signUp(trial.anonymous(), { email: "weak@example.org" });
		const token = await trial.takeToken();
		const attempt = completeRegistration(trial.anonymous(), {
			token,
			firstName: "A",
			lastName: "B",
			password: "short",
			repetition: "other",
		});
		await expect(attempt).rejects.toMatchObject({ fields: [{ field: "password" }, { field: "repetition" }] });
	});
});

describe("adding a user", () => {
	const input: NewUser = { email: "added@example.org", roleId: UserRole.CLIENT.id, firstName: null, lastName: null };

	it("is for staff, with the roles that they may give", async () => {
		const [client, technician, admin] = await Promise.all(
			[UserRole.CLIENT.id, UserRole.TECHNICIAN.id, UserRole.ADMIN.id].map((id) => trial.person(id)),
		);
		if (!client || !technician || !admin) throw new Error("No people");
		const invite = (viewer: Viewer, roleId: number) =>
			runAs(trial.db, viewer, trial.services, (context) => inviteUser(context, { ...input, roleId }));
		await expect(invite(client, UserRole.CLIENT.id)).rejects.toThrow(ForbiddenError);
		await expect(invite(technician, UserRole.ADMIN.id)).rejects.toThrow(ForbiddenError);
		await expect(invite(admin, UserRole.TEMPORARY.id)).rejects.toThrow(ForbiddenError);
		expect(await trial.takeMails()).toEqual([]);
		await invite(admin, UserRole.ADMIN.id);
		await invite(technician, UserRole.CLIENT.id);
		expect(await trial.takeMails()).toHaveLength(2);
	});

	it("makes a deactivated account without mail, into which nobody can sign in; staff is told of known addresses", async () => {
		const technician = await trial.person(UserRole.TECHNICIAN.id);
		const add = (values: Partial<NewUser>) =>
			runAs(trial.db, technician, trial.limited, (context) =>
				inviteUser(context, { ...input, email: "Guest@elsewhere.net", roleId: UserRole.DEACTIVATED.id, ...values }),
			);
		await expect(add({ firstName: "Guest" })).rejects.toMatchObject({ fields: [{ field: "lastName" }] });
		const id = await add({ firstName: "Guest", lastName: "Person" });
		expect(await trial.takeMails()).toEqual([]);
		const row = await trial.userRow(id ?? 0);
		expect(row).toMatchObject({ email: "guest@elsewhere.net", role_id: UserRole.DEACTIVATED.id });
		expect((await checkPassword(row.password, row.password)).right).toBe(false);
		await expect(add({ firstName: "Guest", lastName: "Person" })).rejects.toMatchObject({ fields: [{ field: "email" }] });
	});

	it("activates a deactivated account by a link, by staff only and only once", async () => {
		const technician = await trial.person(UserRole.TECHNICIAN.id);
		const guest = await trial.person(UserRole.DEACTIVATED.id, { password: unusablePassword() });
		const activate = (viewer: Viewer) =>
			runAs(trial.db, viewer, trial.services, (context) => activateUser(context, { userId: guest.id }));
		await expect(activate(await trial.person(UserRole.CLIENT.id))).rejects.toThrow(ForbiddenError);
		await activate(technician);
		const token = await trial.takeToken();
		expect((await trial.userRow(guest.id)).role_id).toBe(UserRole.CLIENT.id);
		await expect(activate(technician)).rejects.toThrow(NotPossibleError);
		await resetPassword(trial.anonymous(), { token, ...newPassword });
		const throttle = new MemorySignInThrottle();
		const outcome = await signIn(
			{ db: trial.db, throttle, requestId: "test" },
			{ email: guest.email, password: newPassword.password },
		);
		expect(outcome.kind).toBe("right");
	});
});
