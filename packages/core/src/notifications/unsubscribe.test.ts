import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { transact } from "@opengsync/db/transaction";
import { UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ForbiddenError } from "../errors.ts";
import { createTestServices, runAs } from "../testing.ts";
import { notifyQualityReport, notifySamplesReceived } from "./notify-requests.ts";
import { saveNotificationPreferences, unsubscribe } from "./preferences.ts";
import { chooseMode, createStaffedRequest, createViewer, takeMails } from "./testing.ts";
import { readUnsubscribeToken, writeUnsubscribeToken } from "./unsubscribe-token.ts";

let database: TestDatabase;
const services = createTestServices();
const actor = { userId: null, impersonatorId: null, via: "web", requestId: "test" } as const;
const key = services.config.secretKey;

beforeAll(async () => {
	database = await createTestDatabase();
});
beforeEach(() => database.db.deleteFrom("mail").execute());
afterAll(() => database.drop());

const tell = (requestId: number) =>
	transact(database.db, actor, async (tx) => {
		await notifySamplesReceived({ tx, actor, services }, [requestId]);
		await notifyQualityReport({ tx, actor, services }, requestId, 1);
	});
const decline = (token: string) =>
	transact(database.db, actor, async (tx) => {
		const target = readUnsubscribeToken(key, token);
		if (target) await unsubscribe(tx, target, new Date());
		return target;
	});
const tokenIn = (headers: Record<string, string>) => /unsubscribe\/([^/]+)\//.exec(headers["List-Unsubscribe"] ?? "")?.[1] ?? "";

describe("the link to get no more mails", () => {
	it("declines the kind of its mail alone, for the account, and twice is as once", async () => {
		const { request, requestor, contactEmail } = await createStaffedRequest(database.db);
		await tell(request.id);
		const [first] = await takeMails(database.db);
		const token = tokenIn(first?.headers ?? {});
		expect(first?.recipients).toEqual([requestor.email]);
		await decline(token);
		await decline(token);
		expect(
			await database.db
				.selectFrom("notification_preference")
				.select(["kind", "mode"])
				.where("user_id", "=", requestor.id)
				.execute(),
		).toEqual([{ kind: "samples_received", mode: "never" }]);
		await tell(request.id);
		const mails = await takeMails(database.db);
		expect(mails.map((mail) => [mail.recipients[0], mail.subject.includes("measured")])).toEqual([
			[contactEmail, false],
			[requestor.email, true],
			[contactEmail, true],
		]);
	});

	it("works for an address without account, and still counts once there is an account", async () => {
		const { request, requestor, contactEmail } = await createStaffedRequest(database.db);
		await tell(request.id);
		const mail = (await takeMails(database.db)).find(({ recipients }) => recipients[0] === contactEmail);
		await decline(tokenIn(mail?.headers ?? {}));
		await decline(tokenIn(mail?.headers ?? {}));
		await tell(request.id);
		const again = (await takeMails(database.db)).map(({ recipients, subject }) => [recipients[0], subject.includes("measured")]);
		expect(again).toEqual([
			[requestor.email, false],
			[requestor.email, true],
			[contactEmail, true],
		]);
		const account = await createViewer(database.db, UserRole.CLIENT.id);
		await database.db.updateTable("lims_user").set({ email: contactEmail }).where("id", "=", account.id).execute();
		await tell(request.id);
		expect((await takeMails(database.db)).filter(({ recipients }) => recipients[0] === contactEmail)).toHaveLength(1);
		await chooseMode(database.db, account.id, "samples_received", "immediate");
		await tell(request.id);
		expect((await takeMails(database.db)).filter(({ recipients }) => recipients[0] === contactEmail)).toHaveLength(2);
	});

	it("declines also what waits for the digest", async () => {
		const { request, requestor } = await createStaffedRequest(database.db);
		await chooseMode(database.db, requestor.id, "samples_received", "daily");
		await tell(request.id);
		await decline(writeUnsubscribeToken(key, { userId: requestor.id, email: requestor.email, kinds: ["samples_received"] }));
		expect(
			await database.db.selectFrom("notification_digest_item").select("id").where("user_id", "=", requestor.id).execute(),
		).toEqual([]);
	});

	it("is nobody else's: altered, of another key, or of another purpose it opens nothing", async () => {
		const token = writeUnsubscribeToken(key, { userId: 1, email: "a@example.org", kinds: ["mention"] });
		expect(readUnsubscribeToken(key, token)).toEqual({ userId: 1, email: "a@example.org", kinds: ["mention"] });
		expect(readUnsubscribeToken("another key", token)).toBeNull();
		for (let place = 0; place < token.length; place += 7) {
			const altered = token.slice(0, place) + (token[place] === "A" ? "B" : "A") + token.slice(place + 1);
			expect(readUnsubscribeToken(key, altered)).toBeNull();
		}
		for (const text of ["", "A", "x".repeat(300), `${token}\0`, `${token}=`, ` ${token}`])
			expect(readUnsubscribeToken(key, text)).toBeNull();
		expect(token).not.toContain(Buffer.from("a@example.org").toString("base64url").slice(0, 12));
	});
});

describe("choices on the own page", () => {
	it("are kept, and only by the owner", async () => {
		const owner = await createViewer(database.db, UserRole.CLIENT.id);
		const other = await createViewer(database.db, UserRole.ADMIN.id);
		const input = { userId: owner.id, modes: new Map([["data_released", "daily"]] as const) };
		await expect(runAs(database.db, other, services, (context) => saveNotificationPreferences(context, input))).rejects.toThrow(
			ForbiddenError,
		);
		await runAs(database.db, owner, services, (context) => saveNotificationPreferences(context, input));
		const rows = await database.db.selectFrom("notification_preference").selectAll().where("user_id", "=", owner.id).execute();
		expect(rows).toEqual([{ user_id: owner.id, kind: "data_released", mode: "daily" }]);
	});
});
