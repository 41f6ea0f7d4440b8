import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { transact } from "@opengsync/db/transaction";
import { UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Viewer } from "../context.ts";
import { createTestServices } from "../testing.ts";
import { notifyComment, notifySamplesReceived } from "./notify-requests.ts";
import { lastDigestTime, sendDailyDigests } from "./send-daily-digests.ts";
import { chooseMode, createStaffedRequest, createViewer, takeMails } from "./testing.ts";

let database: TestDatabase;
let admin: Viewer;
let now = new Date();
const services = createTestServices({ now: () => now });
const actor = { userId: null, impersonatorId: null, via: "worker", requestId: "digest" } as const;

beforeAll(async () => {
	database = await createTestDatabase();
	admin = await createViewer(database.db, UserRole.ADMIN.id);
});
beforeEach(async () => {
	await database.db.deleteFrom("mail").execute();
	await database.db.deleteFrom("notification_digest_item").execute();
});
afterAll(() => database.drop());

const at = (text: string) => {
	now = new Date(text);
};
const send = () => sendDailyDigests(database.db, services, actor);
const tellOfComment = (requestId: number, text: string) =>
	transact(database.db, { ...actor, userId: admin.id }, (tx) => notifyComment({ tx, actor, services }, requestId, "A B", text));

/** Somebody who wants comments once a day, with a request. */
async function dailyReader() {
	const made = await createStaffedRequest(database.db);
	await chooseMode(database.db, made.assignee.id, "request_comment", "daily");
	return made;
}

describe("when digests are due: 07:00 of the facility (Vienna)", () => {
	it.each([
		["2026-11-22T06:30:00Z", "2026-11-22T06:00:00.000Z"],
		["2026-11-22T05:59:00Z", "2026-11-21T06:00:00.000Z"],
		["2026-03-29T05:30:00Z", "2026-03-29T05:00:00.000Z"],
		["2026-03-29T04:30:00Z", "2026-03-28T06:00:00.000Z"],
		["2026-03-29T22:30:00Z", "2026-03-29T05:00:00.000Z"],
		["2026-10-25T05:30:00Z", "2026-10-24T05:00:00.000Z"],
	])("at %s it was last %s", (text, due) => expect(lastDigestTime(new Date(text), "Europe/Vienna").toISOString()).toBe(due));
});

describe("the digest", () => {
	it("is one mail with everything of the day, and the second run of a day sends nothing", async () => {
		const { request, assignee } = await dailyReader();
		at("2026-11-21T10:00:00Z");
		await tellOfComment(request.id, "First <b>");
		await tellOfComment(request.id, "Second");
		expect(await send(), "not before the next morning").toBe(0);
		at("2026-11-22T06:00:00Z");
		expect(await send()).toBe(1);
		const mails = await takeMails(database.db);
		expect(mails.map((mail) => mail.recipients)).toEqual([[assignee.email]]);
		expect(mails[0]?.text).toContain("First");
		expect(mails[0]?.text).toContain("Second");
		expect(mails[0]?.html).toContain("First &lt;b&gt;");
		expect(mails[0]?.subject).toContain("2 things happened");
		await tellOfComment(request.id, "Third, after the digest of today");
		expect(await send()).toBe(0);
		expect(await takeMails(database.db)).toEqual([]);
		at("2026-11-23T06:00:00Z");
		expect(await send()).toBe(1);
	});

	it("is sent once by two workers at the same time", async () => {
		const { request } = await dailyReader();
		at("2026-11-21T10:00:00Z");
		await tellOfComment(request.id, "Hello");
		at("2026-11-22T07:00:00Z");
		const counts = await Promise.all([send(), send(), send()]);
		expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
		expect(await takeMails(database.db)).toHaveLength(1);
	});

	it("comes late rather than never when the worker was down", async () => {
		const { request } = await dailyReader();
		at("2026-11-18T10:00:00Z");
		await tellOfComment(request.id, "Hello");
		at("2026-11-22T15:00:00Z");
		expect(await send()).toBe(1);
	});

	it("leaves out what was declined since, what is for staff once one has left, and deactivated people", async () => {
		const { request, assignee } = await dailyReader();
		at("2026-11-21T10:00:00Z");
		await tellOfComment(request.id, "Hello");
		await chooseMode(database.db, assignee.id, "request_comment", "never");
		at("2026-11-22T10:00:00Z");
		expect(await send()).toBe(0);
		const second = await dailyReader();
		await chooseMode(database.db, second.requestor.id, "samples_received", "daily");
		at("2026-11-22T11:00:00Z");
		await tellOfComment(second.request.id, "Secret of staff");
		const context = { tx: database.db, actor, services };
		await transact(database.db, actor, (tx) => notifySamplesReceived({ ...context, tx }, [second.request.id]));
		await database.db.deleteFrom("mail").execute();
		const setRole = (id: number, roleId: number) =>
			database.db.updateTable("lims_user").set({ role_id: roleId }).where("id", "=", id).execute();
		await setRole(second.assignee.id, UserRole.CLIENT.id);
		await setRole(second.requestor.id, UserRole.DEACTIVATED.id);
		at("2026-11-23T11:00:00Z");
		expect(await send()).toBe(0);
		expect(await database.db.selectFrom("notification_digest_item").select("id").execute()).toEqual([]);
	});

	it("forgets a request that was deleted", async () => {
		const { request } = await dailyReader();
		at("2026-11-21T10:00:00Z");
		await tellOfComment(request.id, "Hello");
		await database.db.deleteFrom("seq_request").where("id", "=", request.id).execute();
		at("2026-11-22T10:00:00Z");
		expect(await send()).toBe(0);
	});
});
