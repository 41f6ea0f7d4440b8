import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createUser } from "@opengsync/db/testing/factories";
import { transact } from "@opengsync/db/transaction";
import { UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Viewer } from "../context.ts";
import { ForbiddenError, NotPossibleError } from "../errors.ts";
import { createTestServices, runAs } from "../testing.ts";
import { endLapsedSessions, endSession, endSessionsOfUser } from "./end-sessions.ts";
import { beginWorkingAs } from "./work-as.ts";

let database: TestDatabase;
let admin: Viewer;
let former: number;
const services = createTestServices();
const actor = { userId: null, impersonatorId: null, via: "worker", requestId: "test" } as const;

async function person(roleId: number): Promise<Viewer> {
	const user = await createUser(database.db, { role_id: roleId });
	return { id: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, roleId };
}

let sessions = 0;

async function openSession(userId: number, impersonatorId: number | null = null, expiresAt = new Date(Date.now() + 60_000)) {
	const row = {
		token_hash: `${++sessions}`,
		user_id: userId,
		csrf_secret: "",
		expires_at: expiresAt,
		impersonator_id: impersonatorId,
	};
	const { id } = await database.db.insertInto("session").values(row).returning("id").executeTakeFirstOrThrow();
	return id;
}

/** The admin works in the account of somebody who left. @returns the session */
async function work(by = admin, expiresAt?: Date): Promise<number> {
	await runAs(database.db, by, services, (context) => beginWorkingAs(context, { userId: former }));
	return openSession(former, by.id, expiresAt);
}

async function roleOf(userId: number): Promise<number> {
	const user = await database.db.selectFrom("lims_user").select("role_id").where("id", "=", userId).executeTakeFirstOrThrow();
	return user.role_id;
}

async function events(kind: string) {
	const found = await database.db
		.selectFrom("audit_event")
		.select("changes")
		.where("table_name", "=", kind)
		.where("row_key", "=", `lims_user/${former}`)
		.execute();
	return found.map(({ changes }) => changes);
}

const end = <T>(how: (tx: Parameters<Parameters<typeof transact<T>>[2]>[0]) => Promise<T>) => transact(database.db, actor, how);

beforeAll(async () => {
	database = await createTestDatabase();
	admin = await person(UserRole.ADMIN.id);
});

beforeEach(async () => {
	former = (await person(UserRole.DEACTIVATED.id)).id;
});

afterAll(() => database.drop());

describe("an admin who works in a deactivated account", () => {
	it("makes it temporary, and both are remembered at begin and end", async () => {
		const session = await work();
		expect(await roleOf(former)).toBe(UserRole.TEMPORARY.id);
		expect(await end((tx) => endSession(tx, session))).toBe(true);
		expect(await roleOf(former)).toBe(UserRole.DEACTIVATED.id);
		const both = [{ admin_id: admin.id, user_id: former }];
		expect([await events("working_as_began"), await events("working_as_ended")]).toEqual([both, both]);
	});
	it("leaves it deactivated when the session runs out and nobody comes back", async () => {
		await work(admin, new Date(Date.now() - 1000));
		expect(await end((tx) => endLapsedSessions(tx, new Date()))).toBeGreaterThan(0);
		expect(await roleOf(former)).toBe(UserRole.DEACTIVATED.id);
		expect(await events("working_as_ended")).toHaveLength(1);
	});
	it("leaves it deactivated when somebody ends all sessions, the user's or the admin's", async () => {
		await work();
		await end((tx) => endSessionsOfUser(tx, former, "signed out everywhere"));
		expect(await roleOf(former)).toBe(UserRole.DEACTIVATED.id);
		await work();
		await end((tx) => endSessionsOfUser(tx, admin.id, "password changed"));
		expect(await roleOf(former)).toBe(UserRole.DEACTIVATED.id);
	});
	it("leaves it deactivated when the admin is demoted", async () => {
		const demoted = await person(UserRole.ADMIN.id);
		await work(demoted);
		await database.db.updateTable("lims_user").set({ role_id: UserRole.CLIENT.id }).where("id", "=", demoted.id).execute();
		await end((tx) => endLapsedSessions(tx, new Date()));
		expect(await roleOf(former)).toBe(UserRole.DEACTIVATED.id);
	});
	it("does not shut out a second admin who still works there", async () => {
		const session = await work();
		const other = await work(await person(UserRole.ADMIN.id));
		await end((tx) => endSession(tx, session));
		expect(await roleOf(former)).toBe(UserRole.TEMPORARY.id);
		await end((tx) => endSession(tx, other));
		expect(await roleOf(former)).toBe(UserRole.DEACTIVATED.id);
	});
	it("cannot go on from there to a third account, nor begin in the account of an admin, nor without being one", async () => {
		const technician = await person(UserRole.TECHNICIAN.id);
		const begin = (viewer: Viewer, userId: number) =>
			runAs(database.db, viewer, services, (context) => beginWorkingAs(context, { userId }));
		await expect(begin(technician, former)).rejects.toThrow(ForbiddenError);
		const otherAdmin = await person(UserRole.ADMIN.id);
		await expect(begin(admin, otherAdmin.id)).rejects.toThrow(NotPossibleError);
		const inside = { userId: technician.id, impersonatorId: admin.id, via: "web", requestId: "test" } as const;
		const further = transact(database.db, inside, (tx) =>
			beginWorkingAs({ tx, actor: inside, viewer: admin, services }, { userId: former }),
		);
		await expect(further).rejects.toThrow(ForbiddenError);
	});
});

describe("ending sessions of a user", () => {
	it("spares the one that is kept and everybody else's", async () => {
		const [one, other] = [await person(UserRole.CLIENT.id), await person(UserRole.CLIENT.id)];
		const kept = await openSession(one.id);
		await openSession(one.id);
		const foreign = await openSession(other.id);
		expect(await end((tx) => endSessionsOfUser(tx, one.id, "signed out everywhere", kept))).toBe(1);
		const left = await database.db.selectFrom("session").select("id").where("user_id", "in", [one.id, other.id]).execute();
		expect(left.map(({ id }) => id).sort()).toEqual([kept, foreign].sort());
	});
});
