import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createUser } from "@opengsync/db/testing/factories";
import { countStatements } from "@opengsync/db/transaction";
import { UserRole } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Viewer } from "../context.ts";
import { ForbiddenError, InvalidInputError, NotFoundError, NotPossibleError } from "../errors.ts";
import { hashToken } from "../shared/token-hash.ts";
import { createTestServices, runAs } from "../testing.ts";
import type { AccountContext } from "./account-context.ts";
import { activateUser } from "./activate-user.ts";
import { changeUserEmail, confirmEmailChange, requestEmailChange } from "./change-email.ts";
import { changePassword } from "./change-password.ts";
import { completeRegistration } from "./complete-registration.ts";
import { inviteUser, type NewUser } from "./invite-user.ts";
import { findRegistration, findUserLink } from "./one-time-links.ts";
import { checkPassword, hashPassword, unusablePassword } from "./passwords.ts";
import { requestPasswordReset, resetPassword, sendPasswordResetMail } from "./reset-password.ts";
import { MemorySignInThrottle, signIn } from "./sign-in.ts";
import { signOutEverywhere } from "./sign-out-everywhere.ts";
import { signUp } from "./sign-up.ts";
import { updateUser } from "./update-user.ts";

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

const oldPassword = "the old password";
const newPassword = { password: "a new password", repetition: "a new password" };

let database: TestDatabase;
let now = new Date("2026-03-01T10:00:00Z");
let oldHash = "";
const services = createTestServices({ now: () => now });
const limited = { ...services, config: { ...services.config, emailDomainWhiteList: ["example.org"] } };

function anonymous(overrides: Partial<AccountContext> = {}): AccountContext {
	const actor = { userId: null, impersonatorId: null, via: "web", requestId: "test" } as const;
	return { db: database.db, services, actor, ...overrides };
}

async function person(roleId: number, values: { email?: string; password?: string } = {}): Promise<Viewer> {
	const user = await createUser(database.db, { role_id: roleId, password: oldHash, ...values });
	return { id: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, roleId };
}

const userRow = (id: number) => database.db.selectFrom("lims_user").selectAll().where("id", "=", id).executeTakeFirstOrThrow();

interface SentMail {
	readonly recipients: string[];
	readonly subject: string;
	readonly text: string;
}

/** Mails since the last call, oldest first. */
async function takeMails(): Promise<SentMail[]> {
	const { rows } = await sql<SentMail & { id: number }>`SELECT id, recipients, subject, text FROM mail ORDER BY id`.execute(
		database.db,
	);
	await sql`DELETE FROM mail`.execute(database.db);
	return rows;
}

/** The token of the only mail that waits. */
async function takeToken(): Promise<string> {
	const mails = await takeMails();
	expect(mails).toHaveLength(1);
	return /\/auth\/\w+\/([\w-]+)\//.exec(mails[0]?.text ?? "")?.[1] ?? "";
}

async function giveAccess(userId: number): Promise<number> {
	const session = { user_id: userId, csrf_secret: "x", expires_at: new Date("2099-01-01") };
	const { id } = await database.db
		.insertInto("session")
		.values({ ...session, token_hash: `session-${userId}-${Math.random()}` })
		.returning("id")
		.executeTakeFirstOrThrow();
	await database.db
		.insertInto("api_token")
		.values({ owner_id: userId, token_hash: `api-${userId}-${Math.random()}`, time_valid_min: 60 })
		.execute();
	await database.db
		.insertInto("passkey")
		.values({ user_id: userId, credential_id: `key-${userId}-${Math.random()}`, public_key: Buffer.from("k"), name: "Key" })
		.execute();
	return id;
}

/** Sessions, usable API tokens and passkeys of a user. */
async function accessOf(userId: number) {
	const { rows } = await sql<{ sessions: number; tokens: number; passkeys: number }>`SELECT
		(SELECT count(*)::int FROM session WHERE user_id = ${userId}) AS sessions,
		(SELECT count(*)::int FROM api_token WHERE owner_id = ${userId} AND NOT expired) AS tokens,
		(SELECT count(*)::int FROM passkey WHERE user_id = ${userId}) AS passkeys`.execute(database.db);
	return rows[0];
}

beforeAll(async () => {
	database = await createTestDatabase();
	oldHash = await hashPassword(oldPassword);
});
afterAll(() => database.drop());
beforeEach(async () => {
	now = new Date("2026-03-01T10:00:00Z");
	await sql`DELETE FROM mail`.execute(database.db);
});

describe("signing up", () => {
	it("refuses a foreign domain, and sends different mails to known and unknown addresses (§19 case 16)", async () => {
		const context = anonymous({ services: limited });
		await expect(signUp(context, { email: "a@elsewhere.net" })).rejects.toThrow("permitted domain");
		expect(await takeMails()).toEqual([]);
		const known = await person(UserRole.CLIENT.id, { email: "Known@example.org" });
		await signUp(context, { email: "KNOWN@example.org" });
		await signUp(context, { email: "Unknown@Example.org" });
		const mails = await takeMails();
		expect(mails.map((mail) => [mail.subject, mail.recipients])).toEqual([
			["Welcome Back to OpeNGSync", [known.email]],
			["OpeNGSync User Registration", ["unknown@example.org"]],
		]);
		expect(mails[0]?.text).not.toContain("/auth/register/");
	});

	it("does the same work for known and unknown addresses, and so does a forgotten password", async () => {
		const known = await person(UserRole.CLIENT.id);
		const deactivated = await person(UserRole.DEACTIVATED.id);
		const cost = async (command: typeof signUp, email: string) => {
			argon2.runs = 0;
			const { statements } = await countStatements(database.db, (db) => command(anonymous({ db }), { email }));
			return { statements, argon2: argon2.runs };
		};
		const nobody = "nobody@example.org";
		expect(await cost(signUp, known.email)).toEqual(await cost(signUp, nobody));
		const forgotten = await cost(requestPasswordReset, known.email);
		expect(forgotten.statements).toBeGreaterThan(3);
		expect(await cost(requestPasswordReset, nobody)).toEqual(forgotten);
		expect(await cost(requestPasswordReset, deactivated.email)).toEqual(forgotten);
	});

	it("makes the account with address and role of the link, once, and not with a guess of either", async () => {
		const admin = await person(UserRole.ADMIN.id);
		const invitation = { email: "New.Technician@example.org", roleId: UserRole.TECHNICIAN.id, firstName: null, lastName: null };
		expect(await runAs(database.db, admin, services, (context) => inviteUser(context, invitation))).toBeNull();
		const token = await takeToken();
		const input = { token, firstName: "New", lastName: "Technician", ...newPassword };
		for (const wrong of [`${token}x`, token.slice(1), token.toUpperCase(), ""]) {
			await expect(completeRegistration(anonymous(), { ...input, token: wrong })).rejects.toThrow(NotFoundError);
		}
		const stored = await database.db.selectFrom("one_time_link").select("token_hash").execute();
		expect(stored.map((link) => link.token_hash)).toContain(hashToken(token));
		const id = await completeRegistration(anonymous(), input);
		expect(await userRow(id)).toMatchObject({ email: "new.technician@example.org", role_id: UserRole.TECHNICIAN.id });
		await expect(completeRegistration(anonymous(), input)).rejects.toThrow(NotFoundError);
		expect(await findRegistration(database.db, token, now)).toBeNull();
	});

	it("is over after 24 hours, and once the address got an account otherwise (§19 case 17)", async () => {
		await signUp(anonymous(), { email: "late@example.org" });
		const late = await takeToken();
		now = new Date(now.getTime() + 24 * 3_600_000 - 1000);
		expect(await findRegistration(database.db, late, now)).not.toBeNull();
		now = new Date(now.getTime() + 1000);
		const input = { firstName: "A", lastName: "B", ...newPassword };
		await expect(completeRegistration(anonymous(), { ...input, token: late })).rejects.toThrow(NotFoundError);
		await signUp(anonymous(), { email: "twice@example.org" });
		const first = await takeToken();
		await signUp(anonymous(), { email: "twice@example.org" });
		const second = await takeToken();
		const both = await Promise.allSettled([first, second].map((token) => completeRegistration(anonymous(), { ...input, token })));
		expect(both.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
		await expect(completeRegistration(anonymous(), { ...input, token: second })).rejects.toThrow(NotFoundError);
	});

	it("refuses weak and mistyped passwords at their fields", async () => {
		await signUp(anonymous(), { email: "weak@example.org" });
		const token = await takeToken();
		const attempt = completeRegistration(anonymous(), {
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
			[UserRole.CLIENT.id, UserRole.TECHNICIAN.id, UserRole.ADMIN.id].map((id) => person(id)),
		);
		if (!client || !technician || !admin) throw new Error("No people");
		const invite = (viewer: Viewer, roleId: number) =>
			runAs(database.db, viewer, services, (context) => inviteUser(context, { ...input, roleId }));
		await expect(invite(client, UserRole.CLIENT.id)).rejects.toThrow(ForbiddenError);
		await expect(invite(technician, UserRole.ADMIN.id)).rejects.toThrow(ForbiddenError);
		await expect(invite(admin, UserRole.TEMPORARY.id)).rejects.toThrow(ForbiddenError);
		expect(await takeMails()).toEqual([]);
		await invite(admin, UserRole.ADMIN.id);
		await invite(technician, UserRole.CLIENT.id);
		expect(await takeMails()).toHaveLength(2);
	});

	it("makes a deactivated account without mail, into which nobody can sign in; staff is told of known addresses", async () => {
		const technician = await person(UserRole.TECHNICIAN.id);
		const add = (values: Partial<NewUser>) =>
			runAs(database.db, technician, limited, (context) =>
				inviteUser(context, { ...input, email: "Guest@elsewhere.net", roleId: UserRole.DEACTIVATED.id, ...values }),
			);
		await expect(add({ firstName: "Guest" })).rejects.toMatchObject({ fields: [{ field: "lastName" }] });
		const id = await add({ firstName: "Guest", lastName: "Person" });
		expect(await takeMails()).toEqual([]);
		const row = await userRow(id ?? 0);
		expect(row).toMatchObject({ email: "guest@elsewhere.net", role_id: UserRole.DEACTIVATED.id });
		expect((await checkPassword(row.password, row.password)).right).toBe(false);
		await expect(add({ firstName: "Guest", lastName: "Person" })).rejects.toMatchObject({ fields: [{ field: "email" }] });
	});

	it("activates a deactivated account by a link, by staff only and only once", async () => {
		const technician = await person(UserRole.TECHNICIAN.id);
		const guest = await person(UserRole.DEACTIVATED.id, { password: unusablePassword() });
		const activate = (viewer: Viewer) =>
			runAs(database.db, viewer, services, (context) => activateUser(context, { userId: guest.id }));
		await expect(activate(await person(UserRole.CLIENT.id))).rejects.toThrow(ForbiddenError);
		await activate(technician);
		const token = await takeToken();
		expect((await userRow(guest.id)).role_id).toBe(UserRole.CLIENT.id);
		await expect(activate(technician)).rejects.toThrow(NotPossibleError);
		await resetPassword(anonymous(), { token, ...newPassword });
		const throttle = new MemorySignInThrottle();
		const outcome = await signIn(
			{ db: database.db, throttle, requestId: "test" },
			{ email: guest.email, password: newPassword.password },
		);
		expect(outcome.kind).toBe("right");
	});
});

describe("resetting a password", () => {
	const forgot = async (email: string) => {
		await requestPasswordReset(anonymous(), { email });
		return takeToken();
	};

	it("ends all sessions, tokens and passkeys of the person, and nobody else's (§19 case 19)", async () => {
		const user = await person(UserRole.TECHNICIAN.id);
		const neighbour = await person(UserRole.TECHNICIAN.id);
		for (const { id } of [user, user, neighbour]) await giveAccess(id);
		const outcome = await resetPassword(anonymous(), { token: await forgot(user.email.toUpperCase()), ...newPassword });
		expect(outcome).toEqual({ userId: user.id, revokedTokens: 2, removedPasskeys: 2 });
		expect(await accessOf(user.id)).toEqual({ sessions: 0, tokens: 0, passkeys: 0 });
		expect(await accessOf(neighbour.id)).toEqual({ sessions: 1, tokens: 1, passkeys: 1 });
		expect((await checkPassword(newPassword.password, (await userRow(user.id)).password)).right).toBe(true);
	});

	it("refuses a link used twice, altered, of somebody else, after 24 hours, or after any change of the password (§19 case 17)", async () => {
		const user = await person(UserRole.CLIENT.id);
		const other = await person(UserRole.CLIENT.id);
		const token = await forgot(user.email);
		const older = await forgot(user.email);
		const use = (text: string) => resetPassword(anonymous(), { token: text, ...newPassword });
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
		now = new Date(now.getTime() + 24 * 3_600_000);
		await expect(use(late)).rejects.toThrow(NotFoundError);
	});

	it("is void once the address or role changed", async () => {
		const admin = await person(UserRole.ADMIN.id);
		const user = await person(UserRole.CLIENT.id);
		const open = (token: string) => findUserLink(database.db, token, ["password_reset"], now);
		const beforeMove = await forgot(user.email);
		expect(await open(beforeMove)).not.toBeNull();
		await runAs(database.db, admin, services, (context) =>
			changeUserEmail(context, { userId: user.id, email: "moved@example.org" }),
		);
		expect((await takeMails()).map((mail) => mail.recipients)).toEqual([[user.email], ["moved@example.org"]]);
		expect(await open(beforeMove)).toBeNull();
		const beforeEnd = await forgot("moved@example.org");
		const role = (roleId: number) =>
			runAs(database.db, admin, services, (context) => updateUser(context, user.id, { firstName: "A", lastName: "B", roleId }));
		await role(UserRole.DEACTIVATED.id);
		expect(await open(beforeEnd)).toBeNull();
		await role(UserRole.CLIENT.id);
		expect(await open(beforeEnd)).toBeNull();
	});

	it("mails nothing to addresses without an active account, and keeps no link for them that works", async () => {
		const deactivated = await person(UserRole.DEACTIVATED.id);
		await requestPasswordReset(anonymous(), { email: deactivated.email });
		await requestPasswordReset(anonymous(), { email: "never-heard-of@example.org" });
		expect(await takeMails()).toEqual([]);
		const { rows } = await sql`SELECT FROM one_time_link WHERE email = 'never-heard-of@example.org'`.execute(database.db);
		expect(rows).toEqual([]);
	});

	it("is mailed by an admin or oneself only, and remembered in the audit trail", async () => {
		const user = await person(UserRole.CLIENT.id);
		const send = (viewer: Viewer) =>
			runAs(database.db, viewer, services, (context) => sendPasswordResetMail(context, { userId: user.id }));
		await expect(send(await person(UserRole.TECHNICIAN.id))).rejects.toThrow(ForbiddenError);
		await send(await person(UserRole.ADMIN.id));
		await send(user);
		expect(await takeMails()).toHaveLength(2);
		const { rows } =
			await sql`SELECT changes FROM audit_event WHERE table_name = 'link_sent' AND row_key = ${`lims_user/${user.id}`}`.execute(
				database.ownerDb,
			);
		expect(rows).toEqual([{ changes: { mail: "reset", email: user.email } }, { changes: { mail: "reset", email: user.email } }]);
	});
});

describe("changing a password", () => {
	it("needs the present one, and ends other sessions and tokens but no passkeys", async () => {
		const user = await person(UserRole.TECHNICIAN.id);
		const keptSessionId = await giveAccess(user.id);
		await giveAccess(user.id);
		const change = (currentPassword: string) =>
			runAs(database.db, user, services, (context) =>
				changePassword(context, { ...newPassword, currentPassword, keptSessionId }),
			);
		await expect(change("wrong")).rejects.toMatchObject({ fields: [{ field: "currentPassword" }] });
		expect(await accessOf(user.id)).toEqual({ sessions: 2, tokens: 2, passkeys: 2 });
		expect(await change(oldPassword)).toEqual({ revokedTokens: 2 });
		expect(await accessOf(user.id)).toEqual({ sessions: 1, tokens: 0, passkeys: 2 });
		const left = await database.db.selectFrom("session").select("id").where("user_id", "=", user.id).execute();
		expect(left).toEqual([{ id: keptSessionId }]);
	});

	it("is not possible for an admin who works in the account", async () => {
		const user = await person(UserRole.CLIENT.id);
		const admin = await person(UserRole.ADMIN.id);
		const attempt = runAs(database.db, user, services, (context) =>
			changePassword(
				{ ...context, actor: { ...context.actor, impersonatorId: admin.id } },
				{ ...newPassword, currentPassword: oldPassword, keptSessionId: null },
			),
		);
		await expect(attempt).rejects.toThrow(NotPossibleError);
	});

	it("costs a sign-in the same for unknown, wrong and unusable", async () => {
		const user = await person(UserRole.CLIENT.id);
		const unusable = await person(UserRole.DEACTIVATED.id, { password: unusablePassword() });
		const cost = async (email: string) => {
			argon2.runs = 0;
			const context = { db: database.db, throttle: new MemorySignInThrottle(), requestId: "test" };
			expect((await signIn(context, { email, password: "wrong" })).kind).toBe("wrong");
			return argon2.runs;
		};
		await cost("nobody@example.org");
		expect([await cost(user.email), await cost("nobody@example.org"), await cost(unusable.email)]).toEqual([1, 1, 1]);
	});
});

describe("changing an address", () => {
	const ask = (viewer: Viewer, email: string, currentPassword = oldPassword) =>
		runAs(database.db, viewer, limited, (context) => requestEmailChange(context, { email, currentPassword }));

	it("happens by the link at the new address, once, and tells the old one", async () => {
		const user = await person(UserRole.CLIENT.id);
		await expect(ask(user, "fresh@example.org", "wrong")).rejects.toMatchObject({ fields: [{ field: "currentPassword" }] });
		await expect(ask(user, "fresh@elsewhere.net")).rejects.toMatchObject({ fields: [{ field: "email" }] });
		await ask(user, "Fresh@example.org");
		const token = await takeToken();
		expect((await userRow(user.id)).email).toBe(user.email);
		await expect(resetPassword(anonymous(), { token, ...newPassword })).rejects.toThrow(NotFoundError);
		await confirmEmailChange(anonymous(), { token });
		expect((await userRow(user.id)).email).toBe("fresh@example.org");
		expect((await takeMails()).map((mail) => [mail.subject, mail.recipients])).toEqual([
			["OpeNGSync E-mail Changed", [user.email]],
		]);
		await expect(confirmEmailChange(anonymous(), { token })).rejects.toThrow(NotFoundError);
	});

	it("does not tell whether the new address is taken, and never takes it from its owner", async () => {
		const user = await person(UserRole.CLIENT.id);
		const owner = await person(UserRole.CLIENT.id);
		await ask(user, owner.email);
		expect((await takeMails()).map((mail) => [mail.subject, mail.recipients])).toEqual([
			["Welcome Back to OpeNGSync", [owner.email]],
		]);
		await ask(user, "soon-taken@example.org");
		const token = await takeToken();
		await person(UserRole.CLIENT.id, { email: "soon-taken@example.org" });
		await expect(confirmEmailChange(anonymous(), { token })).rejects.toThrow(NotFoundError);
	});

	it("of somebody else is an admin's", async () => {
		const user = await person(UserRole.CLIENT.id);
		const change = (viewer: Viewer, email: string) =>
			runAs(database.db, viewer, services, (context) => changeUserEmail(context, { userId: user.id, email }));
		await expect(change(await person(UserRole.TECHNICIAN.id), "x@example.org")).rejects.toThrow(ForbiddenError);
		const admin = await person(UserRole.ADMIN.id);
		await expect(change(admin, admin.email.toUpperCase())).rejects.toThrow(InvalidInputError);
	});
});

describe("editing a user", () => {
	const names = { firstName: "Ada", lastName: "Example" };
	const edit = (viewer: Viewer, userId: number, roleId: number | null) =>
		runAs(database.db, viewer, services, (context) => updateUser(context, userId, { ...names, roleId }));

	it("ignores a role sent by somebody who may not give it", async () => {
		const technician = await person(UserRole.TECHNICIAN.id);
		await edit(technician, technician.id, UserRole.ADMIN.id);
		expect(await userRow(technician.id)).toMatchObject({ first_name: "Ada", role_id: UserRole.TECHNICIAN.id });
		const client = await person(UserRole.CLIENT.id);
		await expect(edit(technician, client.id, null)).rejects.toThrow(ForbiddenError);
		await expect(edit(client, technician.id, null)).rejects.toThrow(ForbiddenError);
	});

	it("ends all access of who is set to DEACTIVATED at once (§19 case 14)", async () => {
		const admin = await person(UserRole.ADMIN.id);
		const technician = await person(UserRole.TECHNICIAN.id);
		await giveAccess(technician.id);
		await edit(admin, technician.id, UserRole.CLIENT.id);
		expect(await accessOf(technician.id)).toEqual({ sessions: 1, tokens: 1, passkeys: 1 });
		await edit(admin, technician.id, UserRole.DEACTIVATED.id);
		expect(await accessOf(technician.id)).toEqual({ sessions: 0, tokens: 0, passkeys: 0 });
	});

	it("never leaves the facility without an admin, even when two demote each other at once", async () => {
		await sql`UPDATE lims_user SET role_id = ${UserRole.CLIENT.id} WHERE role_id = ${UserRole.ADMIN.id}`.execute(
			database.ownerDb,
		);
		for (let round = 0; round < 5; round++) {
			await sql`UPDATE lims_user SET role_id = ${UserRole.CLIENT.id} WHERE role_id = ${UserRole.ADMIN.id}`.execute(
				database.ownerDb,
			);
			const one = await person(UserRole.ADMIN.id);
			const two = await person(UserRole.ADMIN.id);
			const outcomes = await Promise.allSettled([edit(one, two.id, UserRole.CLIENT.id), edit(two, one.id, UserRole.CLIENT.id)]);
			expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
			const left = [one, two].map(({ id }) => userRow(id));
			expect((await Promise.all(left)).filter((row) => row.role_id === UserRole.ADMIN.id)).toHaveLength(1);
		}
		await sql`UPDATE lims_user SET role_id = ${UserRole.CLIENT.id} WHERE role_id = ${UserRole.ADMIN.id}`.execute(
			database.ownerDb,
		);
		const last = await person(UserRole.ADMIN.id);
		await expect(edit(last, last.id, UserRole.CLIENT.id)).rejects.toMatchObject({ fields: [{ field: "roleId" }] });
		const second = await person(UserRole.ADMIN.id);
		const both = await Promise.allSettled([edit(last, last.id, UserRole.CLIENT.id), edit(second, second.id, UserRole.CLIENT.id)]);
		expect(both.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
	});

	it("signs out everywhere by oneself or an admin, the sessions in somebody else's account too", async () => {
		const admin = await person(UserRole.ADMIN.id);
		const other = await person(UserRole.ADMIN.id);
		const client = await person(UserRole.CLIENT.id);
		await giveAccess(admin.id);
		const borrowed = await giveAccess(client.id);
		await database.db.updateTable("session").set({ impersonator_id: admin.id }).where("id", "=", borrowed).execute();
		const end = (viewer: Viewer) =>
			runAs(database.db, viewer, services, (context) => signOutEverywhere(context, { userId: admin.id }));
		await expect(end(await person(UserRole.TECHNICIAN.id))).rejects.toThrow(ForbiddenError);
		await end(other);
		expect(await accessOf(admin.id)).toMatchObject({ sessions: 0, tokens: 1 });
		expect(await accessOf(client.id)).toMatchObject({ sessions: 0 });
	});
});
