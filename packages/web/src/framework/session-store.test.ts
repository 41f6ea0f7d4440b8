import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createUser } from "@opengsync/db/testing/factories";
import { countStatements } from "@opengsync/db/transaction";
import { UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSession, findSession, sessionLifeSeconds } from "./session-store.ts";

let database: TestDatabase;
const began = new Date("2026-11-22T08:00:00Z");
const after = (seconds: number) => new Date(began.getTime() + seconds * 1000);

beforeAll(async () => {
	database = await createTestDatabase();
});

afterAll(() => database.drop());

async function start(roleId: number = UserRole.CLIENT.id) {
	const user = await createUser(database.db, { role_id: roleId });
	const origin = { userAgent: "x".repeat(600), address: "192.0.2.7", method: "password" } as const;
	return { user, ...(await createSession(database.db, user.id, origin, began)) };
}

describe("a session", () => {
	it("gives its user in one statement, and an unknown token nobody", async () => {
		const { user, token } = await start();
		const { result, statements } = await countStatements(database.db, (counted) => findSession(counted, token, after(30)));
		expect([result?.viewer.email, statements]).toEqual([user.email, 1]);
		expect(await findSession(database.db, "unknown", began)).toBeNull();
	});
	it("lives seven days from its last request", async () => {
		const { token } = await start();
		expect(await findSession(database.db, token, after(sessionLifeSeconds - 60))).not.toBeNull();
		expect(await findSession(database.db, token, after(2 * sessionLifeSeconds - 120))).not.toBeNull();
		expect(await findSession(database.db, token, after(4 * sessionLifeSeconds))).toBeNull();
	});
	it("is dead at the next request when the account is deactivated", async () => {
		const { user, token } = await start();
		await database.db.updateTable("lims_user").set({ role_id: UserRole.DEACTIVATED.id }).where("id", "=", user.id).execute();
		expect(await findSession(database.db, token, after(1))).toBeNull();
	});
	it("has the role that the user has now", async () => {
		const { user, token } = await start(UserRole.TECHNICIAN.id);
		await database.db.updateTable("lims_user").set({ role_id: UserRole.CLIENT.id }).where("id", "=", user.id).execute();
		expect((await findSession(database.db, token, after(1)))?.viewer.roleId).toBe(UserRole.CLIENT.id);
	});
	it("opens no temporary account without the admin behind it", async () => {
		const { token } = await start(UserRole.TEMPORARY.id);
		expect(await findSession(database.db, token, after(1))).toBeNull();
	});
});
