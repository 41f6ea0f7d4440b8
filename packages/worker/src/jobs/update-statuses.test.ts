import { createTestServices } from "@opengsync/core/testing";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createContact, createLibrary, createRequest, createSample, createUser } from "@opengsync/db/testing/factories";
import { LibraryStatus, SampleStatus, SeqRequestStatus } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, expect, it } from "vitest";
import { updateStatuses } from "./update-statuses.ts";

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(() => database.drop());

it("tells of samples that the job finds received, once", async () => {
	const { db } = database;
	const requestor = await createUser(db);
	const contact = await createContact(db, { email: requestor.email });
	const request = await createRequest(db, {
		requestor_id: requestor.id,
		contact_person_id: contact.id,
		status_id: SeqRequestStatus.ACCEPTED.id,
	});
	const sample = await createSample(db, { status_id: SampleStatus.STORED.id });
	const library = await createLibrary(db, { seq_request_id: request.id, status_id: LibraryStatus.ACCEPTED.id });
	await db.insertInto("sample_library_link").values({ sample_id: sample.id, library_id: library.id }).execute();
	const actor = { userId: null, impersonatorId: null, via: "worker", requestId: "job" } as const;
	for (const _ of [1, 2]) await updateStatuses(db, actor, createTestServices());
	const mails = await db.selectFrom("mail").select(["recipients", "subject"]).execute();
	expect(mails.map((mail) => mail.recipients)).toEqual([[requestor.email]]);
	expect(mails[0]?.subject).toContain("arrived");
});
