import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import {
	createLibrary,
	createPool,
	createProject,
	createRequest,
	createSample,
	createUser,
} from "@opengsync/db/testing/factories";
import {
	LibraryStatus,
	PoolStatus,
	ProjectStatus,
	RequestResponse,
	SampleStatus,
	SeqRequestStatus,
	UserRole,
} from "@opengsync/domain/catalog";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Viewer } from "../context.ts";
import { createTestServices, runAs } from "../testing.ts";
import { processRequest } from "./process-request.ts";

let database: TestDatabase;
let technician: Viewer;

beforeAll(async () => {
	database = await createTestDatabase();
	const user = await createUser(database.db, { role_id: UserRole.TECHNICIAN.id });
	technician = { id: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, roleId: user.role_id };
});
afterAll(() => database.drop());

test.each([
	["ACCEPTED", "ACCEPTED", "WAITING_DELIVERY", "ACCEPTED", "POOLED", "ACCEPTED", "PROCESSING", true],
	["PENDING_REVISION", "DRAFT", "DRAFT", "DRAFT", "DRAFT", "DRAFT", "DRAFT", false],
	["REJECTED", "REJECTED", "REJECTED", "REJECTED", "REJECTED", "REJECTED", "DRAFT", false],
] as const)(
	"%s moves request, samples, libraries, pools and projects as the rules say",
	async (response, request, sampleStatus, library, pooledLibrary, pool, projectStatus, keepsSubmission) => {
		const { db } = database;
		const { id } = await createRequest(db, { status_id: SeqRequestStatus.SUBMITTED.id, timestamp_submitted_utc: new Date() });
		const project = await createProject(db);
		const sample = await createSample(db, { project_id: project.id, status_id: SampleStatus.DRAFT.id });
		const tube = await createPool(db, { seq_request_id: id, status_id: PoolStatus.SUBMITTED.id });
		const submitted = { seq_request_id: id, status_id: LibraryStatus.SUBMITTED.id };
		const loose = await createLibrary(db, submitted);
		const pooled = await createLibrary(db, { ...submitted, pool_id: tube.id });
		const failed = await createLibrary(db, { seq_request_id: id, status_id: LibraryStatus.FAILED.id });
		await db.insertInto("sample_library_link").values({ sample_id: sample.id, library_id: loose.id }).execute();

		const input = {
			responseId: RequestResponse[response].id,
			notificationEmail: "a@example.org",
			comment: "Why",
			assignToMe: true,
		};
		const run = () => runAs(db, technician, createTestServices(), (context) => processRequest(context, id, input));
		await run();

		const statusOf = (table: "seq_request" | "sample" | "library" | "pool" | "project", key: number) =>
			db.selectFrom(table).select("status_id").where("id", "=", key).executeTakeFirstOrThrow();
		expect(await statusOf("seq_request", id)).toEqual({ status_id: SeqRequestStatus[request].id });
		expect(await statusOf("sample", sample.id)).toEqual({ status_id: SampleStatus[sampleStatus].id });
		expect(await statusOf("library", loose.id)).toEqual({ status_id: LibraryStatus[library].id });
		expect(await statusOf("library", pooled.id)).toEqual({ status_id: LibraryStatus[pooledLibrary].id });
		expect(await statusOf("library", failed.id)).toEqual({ status_id: LibraryStatus.FAILED.id });
		expect(await statusOf("pool", tube.id)).toEqual({ status_id: PoolStatus[pool].id });
		expect(await statusOf("project", project.id)).toEqual({ status_id: ProjectStatus[projectStatus].id });
		const row = await db
			.selectFrom("seq_request")
			.select("timestamp_submitted_utc")
			.where("id", "=", id)
			.executeTakeFirstOrThrow();
		expect(row.timestamp_submitted_utc !== null).toBe(keepsSubmission);
		const comment = await db.selectFrom("comment").select("text").where("seq_request_id", "=", id).executeTakeFirstOrThrow();
		expect(comment.text).toBe(`Request ${RequestResponse[response].label}. Comment: Why`);
		await expect(run()).rejects.toThrow(/Only a submitted request/);
	},
);
