import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createUser } from "@opengsync/db/testing/factories";
import { transact } from "@opengsync/db/transaction";
import { UserRole } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Viewer } from "../context.ts";
import { createTestServices, runAs } from "../testing.ts";
import { checkSecondFactor, type SecondFactorContext } from "./check-second-factor.ts";
import { answerSecondFactor, findPendingSignIn, openPendingSignIn } from "./pending-sign-in.ts";
import { countRecoveryCodes } from "./recovery-codes.ts";
import { secondFactorNeed } from "./second-factor-need.ts";
import { MemorySignInThrottle } from "./sign-in.ts";
import { totpAddress } from "./totp.ts";
import {
	confirmTwoFactor,
	disableTwoFactor,
	offerTwoFactor,
	removeTwoFactorOf,
	renewRecoveryCodes,
	reopenOffer,
} from "./two-factor.ts";

let database: TestDatabase;
const start = new Date("2026-03-01T10:00:00Z");
const secretKey = "secret-of-the-tests-0123456789abcdef";
const services = createTestServices({ now: () => start });

beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(() => database.drop());

function later(seconds: number): Date {
	return new Date(start.getTime() + seconds * 1000);
}

function codeAt(secret: string, at: Date): string {
	return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() });
}

async function person(roleId: number = UserRole.CLIENT.id): Promise<Viewer> {
	const row = await createUser(database.db, { role_id: roleId });
	return { id: row.id, email: row.email, firstName: row.first_name, lastName: row.last_name, roleId };
}

function confirm(userId: number, secret: string, code: string, at = start): Promise<string[]> {
	const offer = { secret, sealed: "" };
	const actor = { userId, impersonatorId: null, via: "web", requestId: "test" } as const;
	return transact(database.db, actor, (tx) => confirmTwoFactor(tx, { secretKey, now: at }, { userId, offer, code }));
}

/** Somebody whose app is set up; its first code was used at the start. */
async function withTwoFactor(roleId?: number) {
	const viewer = await person(roleId);
	const { secret } = offerTwoFactor(secretKey, viewer.id, start);
	const codes = await confirm(viewer.id, secret, codeAt(secret, start));
	return { viewer, secret, codes };
}

function contextAt(now: Date, throttle = new MemorySignInThrottle(() => now.getTime())): SecondFactorContext {
	return { db: database.db, throttle, requestId: "test", secretKey, now, address: "192.0.2.7" };
}

describe("setting up an app", () => {
	it("keeps nothing until a code of the app is right", async () => {
		const viewer = await person();
		const { secret } = offerTwoFactor(secretKey, viewer.id, start);
		await expect(confirm(viewer.id, secret, codeAt(secret, later(-3600)))).rejects.toThrow("not right");
		expect(await secondFactorNeed(database.db, [], viewer.id)).toBe("none");
		expect(await confirm(viewer.id, secret, codeAt(secret, start))).toHaveLength(10);
		expect(await secondFactorNeed(database.db, [], viewer.id)).toBe("code");
	});

	it("does not let another secret take the place of one in force", async () => {
		const { viewer } = await withTwoFactor();
		const { secret } = offerTwoFactor(secretKey, viewer.id, start);
		await expect(confirm(viewer.id, secret, codeAt(secret, start))).rejects.toThrow("already");
	});

	it("takes an offer only from its user, unaltered and for 10 minutes", () => {
		const { sealed, secret } = offerTwoFactor(secretKey, 1, start);
		expect(reopenOffer(secretKey, 1, sealed, later(599))?.secret).toBe(secret);
		expect(reopenOffer(secretKey, 2, sealed, start)).toBeNull();
		expect(reopenOffer(secretKey, 1, sealed, later(600))).toBeNull();
		expect(reopenOffer("another key of the site", 1, sealed, start)).toBeNull();
		expect(reopenOffer(secretKey, 1, `${sealed.slice(0, 20)}A${sealed.slice(21)}B`, start)).toBeNull();
	});

	it("stores neither secret nor recovery codes in clear, also not in the audit trail", async () => {
		const { viewer, secret, codes } = await withTwoFactor();
		const stored = await sql<{ text: string }>`
			SELECT string_agg(row_to_json(f)::text, '') || (SELECT string_agg(row_to_json(r)::text, '') FROM recovery_code r WHERE user_id = ${viewer.id})
				|| (SELECT string_agg(changes::text, '') FROM audit_event) AS text
			FROM two_factor f WHERE user_id = ${viewer.id}`.execute(database.ownerDb);
		const text = stored.rows[0]?.text ?? "";
		expect(text).toContain("secret_sealed");
		for (const hidden of [secret, ...codes, ...codes.map((code) => code.replaceAll("-", ""))]) expect(text).not.toContain(hidden);
	});

	it("gives apps an address with a plain issuer", () => {
		const address = totpAddress("JBSWY3DPEHPK3PXP", { issuer: "Core: Vienna", account: "a@example.org" });
		expect(address).toMatch(/^otpauth:\/\/totp\/Core%20%20Vienna:a%40example\.org\?/);
		expect(address).toContain("secret=JBSWY3DPEHPK3PXP");
	});
});

describe("a code", () => {
	it("is right one step before and after, and not two", async () => {
		for (const [seconds, expected] of [
			[-30, "code"],
			[30, "code"],
			[-60, null],
			[60, null],
		] as const) {
			const { viewer, secret } = await withTwoFactor();
			const now = later(600);
			const shown = await checkSecondFactor(contextAt(now), viewer.id, codeAt(secret, later(600 + seconds)));
			expect([seconds, shown]).toEqual([seconds, expected]);
		}
	});

	it("is taken once, also when it comes twice at the same time or an older one follows", async () => {
		const { viewer, secret } = await withTwoFactor();
		const now = later(600);
		const code = codeAt(secret, now);
		const context = contextAt(now);
		const both = await Promise.all([1, 2, 3].map(() => checkSecondFactor(context, viewer.id, code)));
		expect(both.filter((shown) => shown !== null)).toEqual(["code"]);
		expect(await checkSecondFactor(context, viewer.id, codeAt(secret, later(570)))).toBeNull();
		expect(await checkSecondFactor(contextAt(later(630)), viewer.id, codeAt(secret, later(630)))).toBe("code");
	});

	it("of the setting up is not taken again", async () => {
		const { viewer, secret } = await withTwoFactor();
		expect(await checkSecondFactor(contextAt(start), viewer.id, codeAt(secret, start))).toBeNull();
	});

	it("of another user, or of nobody, is wrong", async () => {
		const { secret } = await withTwoFactor();
		const { viewer } = await withTwoFactor();
		const now = later(600);
		expect(await checkSecondFactor(contextAt(now), viewer.id, codeAt(secret, now))).toBeNull();
		expect(await checkSecondFactor(contextAt(now), (await person()).id, codeAt(secret, now))).toBeNull();
	});

	it("is refused, even the right one, after ten wrong ones of the account, and each failure is recorded", async () => {
		const { viewer, secret } = await withTwoFactor();
		const now = later(600);
		const context = contextAt(now);
		const wrong = codeAt(secret, later(-7200));
		await Promise.all(Array.from({ length: 10 }, () => checkSecondFactor(context, viewer.id, wrong)));
		expect(await checkSecondFactor(context, viewer.id, codeAt(secret, now))).toBeNull();
		expect(await context.throttle.isClosed(viewer.email)).toBe(true);
		const events = await database.ownerDb
			.selectFrom("audit_event")
			.select("changes")
			.where("table_name", "=", "second_factor_failed")
			.where("row_key", "=", `lims_user/${viewer.id}`)
			.execute();
		expect(events).toHaveLength(11);
		expect(events[0]?.changes).toMatchObject({ address: "192.0.2.7" });
	});
});

describe("a recovery code", () => {
	it("replaces the app once, however it is typed", async () => {
		const { viewer, codes } = await withTwoFactor();
		const context = contextAt(later(600));
		const [first = "", second = ""] = codes;
		const both = await Promise.all([1, 2].map(() => checkSecondFactor(context, viewer.id, first)));
		expect(both.filter((shown) => shown !== null)).toEqual(["recovery code"]);
		expect(await checkSecondFactor(context, viewer.id, ` ${second.toUpperCase().replaceAll("-", " ")} `)).toBe("recovery code");
		expect(await countRecoveryCodes(database.db, viewer.id)).toBe(8);
	});

	it("is void once new ones are made", async () => {
		const { viewer, codes } = await withTwoFactor();
		const renewed = await runAs(database.db, viewer, services, renewRecoveryCodes);
		expect(await checkSecondFactor(contextAt(later(600)), viewer.id, codes[0] ?? "")).toBeNull();
		expect(await checkSecondFactor(contextAt(later(600)), viewer.id, renewed[9] ?? "")).toBe("recovery code");
	});
});

describe("a pending sign-in", () => {
	const token = "token-of-a-pending-sign-in-";

	it("is finished by the right code, once", async () => {
		const { viewer, secret } = await withTwoFactor();
		const mine = `${token}${viewer.id}`;
		const now = later(600);
		await openPendingSignIn(database.db, mine, { userId: viewer.id, method: "password", next: "/projects/" }, now);
		const code = codeAt(secret, now);
		const both = await Promise.all([1, 2].map(() => answerSecondFactor(contextAt(now), mine, code)));
		expect(both.map((answer) => answer.kind).sort()).toEqual(["over", "right"]);
		const right = both.find((answer) => answer.kind === "right");
		expect(right).toMatchObject({ signIn: { userId: viewer.id, method: "password", next: "/projects/" }, shown: "code" });
	});

	it("has to begin again after five wrong codes, however many are sent at once", async () => {
		const { viewer, secret } = await withTwoFactor();
		const mine = `${token}${viewer.id}`;
		const now = later(600);
		await openPendingSignIn(database.db, mine, { userId: viewer.id, method: "password", next: null }, now);
		const context = contextAt(now);
		const answers = await Promise.all(Array.from({ length: 8 }, () => answerSecondFactor(context, mine, "no such code")));
		expect(answers.filter((answer) => answer.kind === "wrong")).toHaveLength(4);
		expect(await answerSecondFactor(context, mine, codeAt(secret, now))).toEqual({ kind: "over" });
	});

	it("is over after 10 minutes, and unknown to whoever has not its token", async () => {
		const { viewer, secret } = await withTwoFactor();
		const mine = `${token}${viewer.id}`;
		await openPendingSignIn(database.db, mine, { userId: viewer.id, method: "password", next: null }, start);
		expect(await findPendingSignIn(database.db, mine, later(599))).not.toBeNull();
		expect(await findPendingSignIn(database.db, `${mine}x`, start)).toBeNull();
		const now = later(600);
		expect(await answerSecondFactor(contextAt(now), mine, codeAt(secret, now))).toEqual({ kind: "over" });
	});

	it("takes no code of another user", async () => {
		const { viewer } = await withTwoFactor();
		const other = await withTwoFactor();
		const mine = `${token}${viewer.id}`;
		const now = later(600);
		await openPendingSignIn(database.db, mine, { userId: viewer.id, method: "password", next: null }, now);
		expect((await answerSecondFactor(contextAt(now), mine, codeAt(other.secret, now))).kind).toBe("wrong");
		expect((await answerSecondFactor(contextAt(now), mine, other.codes[0] ?? "")).kind).toBe("wrong");
	});
});

describe("ending it", () => {
	const enforcing = createTestServices({
		config: { ...services.config, signIn: { ...services.config.signIn, secondFactorRoles: ["TECHNICIAN"] } },
	});

	it("is up to the user unless the role demands it", async () => {
		const client = await withTwoFactor();
		const technician = await withTwoFactor(UserRole.TECHNICIAN.id);
		await runAs(database.db, client.viewer, enforcing, disableTwoFactor);
		expect(await secondFactorNeed(database.db, ["TECHNICIAN"], client.viewer.id)).toBe("none");
		expect(await countRecoveryCodes(database.db, client.viewer.id)).toBe(0);
		await expect(runAs(database.db, technician.viewer, enforcing, disableTwoFactor)).rejects.toThrow("role demands");
	});

	it("for somebody who lost the device is up to an admin; the role then demands a new one", async () => {
		const { viewer } = await withTwoFactor(UserRole.TECHNICIAN.id);
		const admin = await person(UserRole.ADMIN.id);
		const remove = (by: Viewer) => runAs(database.db, by, enforcing, (c) => removeTwoFactorOf(c, { userId: viewer.id }));
		await expect(remove(await person(UserRole.TECHNICIAN.id))).rejects.toThrow("permission");
		await expect(remove(viewer)).rejects.toThrow("permission");
		await remove(admin);
		expect(await secondFactorNeed(database.db, ["TECHNICIAN"], viewer.id)).toBe("set_up");
	});
});
