import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import {
	createExperiment,
	createLibrary,
	createPool,
	createRequest,
	createSample,
	createUser,
} from "@opengsync/db/testing/factories";
import {
	ExperimentStatus,
	LibraryStatus,
	PoolStatus,
	SampleStatus,
	SeqRequestStatus,
	SubmissionType,
	UserRole,
} from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommandContext, Viewer } from "../context.ts";
import { ForbiddenError, InvalidInputError, NotFoundError, NotPossibleError } from "../errors.ts";
import { createTestServices, runAs } from "../testing.ts";
import { recordMeasurements } from "./record-measurements.ts";
import { storeMaterial } from "./store-material.ts";

let database: TestDatabase;
let technician: Viewer;
let client: Viewer;
const now = new Date("2026-03-01T10:00:00Z");
const services = createTestServices({ now: () => now });
const as = <T>(viewer: Viewer, work: (context: CommandContext) => Promise<T>) => runAs(database.db, viewer, services, work);

async function viewerWith(roleId: number): Promise<Viewer> {
	const user = await createUser(database.db, { role_id: roleId });
	return { id: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, roleId };
}

beforeAll(async () => {
	database = await createTestDatabase();
	technician = await viewerWith(UserRole.TECHNICIAN.id);
	client = await viewerWith(UserRole.CLIENT.id);
});

afterAll(() => database.drop());

const nothing = { sampleIds: [], libraryIds: [], poolIds: [] };
const statusIn = async (table: "sample" | "library" | "pool" | "seq_request", id: number) =>
	(await database.db.selectFrom(table).select("status_id").where("id", "=", id).executeTakeFirstOrThrow()).status_id;

async function requestWith(submissionTypeId: number) {
	const request = await createRequest(database.db, {
		submission_type_id: submissionTypeId,
		status_id: SeqRequestStatus.ACCEPTED.id,
	});
	const sample = await createSample(database.db, { status_id: SampleStatus.WAITING_DELIVERY.id });
	const library = await createLibrary(database.db, { seq_request_id: request.id, status_id: LibraryStatus.ACCEPTED.id });
	await database.db.insertInto("sample_library_link").values({ sample_id: sample.id, library_id: library.id }).execute();
	return { request, sample, library };
}

describe("storing material", () => {
	it("moves a request of raw samples on only when its last sample has come", async () => {
		const { request, sample, library } = await requestWith(SubmissionType.RAW_SAMPLES.id);
		const late = await createSample(database.db, { status_id: SampleStatus.WAITING_DELIVERY.id });
		await database.db.insertInto("sample_library_link").values({ sample_id: late.id, library_id: library.id }).execute();
		await as(technician, (context) => storeMaterial(context, { ...nothing, sampleIds: [sample.id] }));
		expect(await statusIn("seq_request", request.id)).toBe(SeqRequestStatus.ACCEPTED.id);
		await as(technician, (context) => storeMaterial(context, { ...nothing, sampleIds: [late.id] }));
		expect(await statusIn("seq_request", request.id)).toBe(SeqRequestStatus.SAMPLES_RECEIVED.id);
		expect(await statusIn("library", library.id)).toBe(LibraryStatus.ACCEPTED.id);
	});

	it("stores libraries, pooled ones as POOLED, and prepares a request of pools with its last pool", async () => {
		const { request, library } = await requestWith(SubmissionType.UNPOOLED_LIBRARIES.id);
		await as(technician, (context) => storeMaterial(context, { ...nothing, libraryIds: [library.id] }));
		expect(await statusIn("library", library.id)).toBe(LibraryStatus.STORED.id);
		expect(await statusIn("seq_request", request.id)).toBe(SeqRequestStatus.SAMPLES_RECEIVED.id);
		const pooled = await requestWith(SubmissionType.POOLED_LIBRARIES.id);
		const pool = await createPool(database.db, { seq_request_id: pooled.request.id, status_id: PoolStatus.ACCEPTED.id });
		const inPool = await createLibrary(database.db, { pool_id: pool.id, status_id: LibraryStatus.ACCEPTED.id });
		await as(technician, (context) => storeMaterial(context, { ...nothing, libraryIds: [inPool.id], poolIds: [pool.id] }));
		expect(await statusIn("library", inPool.id)).toBe(LibraryStatus.POOLED.id);
		expect(await statusIn("pool", pool.id)).toBe(PoolStatus.STORED.id);
		expect(await statusIn("seq_request", pooled.request.id)).toBe(SeqRequestStatus.PREPARED.id);
	});

	it("lowers nothing that is further on", async () => {
		const sample = await createSample(database.db, { status_id: SampleStatus.REJECTED.id });
		const library = await createLibrary(database.db, { status_id: LibraryStatus.SEQUENCED.id });
		const failed = await createLibrary(database.db, { status_id: LibraryStatus.FAILED.id });
		const pool = await createPool(database.db, { status_id: PoolStatus.REPOOLED.id });
		const all = { sampleIds: [sample.id], libraryIds: [library.id, failed.id], poolIds: [pool.id] };
		await as(technician, (context) => storeMaterial(context, all));
		expect(await statusIn("sample", sample.id)).toBe(SampleStatus.REJECTED.id);
		expect(await statusIn("library", library.id)).toBe(LibraryStatus.SEQUENCED.id);
		expect(await statusIn("library", failed.id)).toBe(LibraryStatus.FAILED.id);
		expect(await statusIn("pool", pool.id)).toBe(PoolStatus.REPOOLED.id);
	});

	it("sends libraries of a QC-only request to their measurement, once", async () => {
		const { request, sample, library } = await requestWith(SubmissionType.QC_ONLY.id);
		const store = () => as(technician, (context) => storeMaterial(context, { ...nothing, sampleIds: [sample.id] }));
		await store();
		expect(await statusIn("library", library.id)).toBe(LibraryStatus.QC_PENDING.id);
		expect(await statusIn("seq_request", request.id)).toBe(SeqRequestStatus.SAMPLES_RECEIVED.id);
		await database.db
			.updateTable("library")
			.set({ status_id: LibraryStatus.QC_COMPLETED.id })
			.where("id", "=", library.id)
			.execute();
		await store();
		expect(await statusIn("library", library.id)).toBe(LibraryStatus.QC_COMPLETED.id);
	});

	it("stores all or nothing, and is for staff", async () => {
		const { sample } = await requestWith(SubmissionType.RAW_SAMPLES.id);
		const ids = { ...nothing, sampleIds: [sample.id], poolIds: [999_999] };
		await expect(as(technician, (context) => storeMaterial(context, ids))).rejects.toThrow(NotFoundError);
		expect(await statusIn("sample", sample.id)).toBe(SampleStatus.WAITING_DELIVERY.id);
		await expect(as(technician, (context) => storeMaterial(context, nothing))).rejects.toThrow(InvalidInputError);
		await expect(as(client, (context) => storeMaterial(context, ids))).rejects.toThrow(ForbiddenError);
	});
});

describe("measuring", () => {
	const measure = (
		viewer: Viewer,
		kind: "sample" | "library" | "pool" | "lane",
		id: number,
		qubit: number | null,
		size: number | null,
	) =>
		as(viewer, (context) =>
			recordMeasurements(context, [{ kind, id, qubitConcentrationNgPerUl: qubit, avgFragmentSizeBp: size }]),
		);

	it("keeps what was not measured now, takes 0 as a value, and stores accepted pools only", async () => {
		const accepted = await createPool(database.db, { status_id: PoolStatus.ACCEPTED.id, avg_fragment_size: 400 });
		await measure(technician, "pool", accepted.id, 0, null);
		const row = await database.db.selectFrom("pool").selectAll().where("id", "=", accepted.id).executeTakeFirst();
		expect(row).toMatchObject({ qubit_concentration: 0, avg_fragment_size: 400, status_id: PoolStatus.STORED.id });
		expect(row?.timestamp_stored_utc).toEqual(now);
		const draft = await createPool(database.db, { status_id: PoolStatus.DRAFT.id });
		await measure(technician, "pool", draft.id, 5, 300);
		expect(await statusIn("pool", draft.id)).toBe(PoolStatus.DRAFT.id);
	});

	it("writes lanes before their final dilution, and no longer once sequencing has begun", async () => {
		const experiment = await createExperiment(database.db);
		const lane = experiment.lanes[0]?.id ?? 0;
		await measure(technician, "lane", lane, 3, 450);
		const row = await database.db.selectFrom("lane").selectAll().where("id", "=", lane).executeTakeFirst();
		expect(row).toMatchObject({ original_qubit_concentration: 3, avg_fragment_size: 450, sequencing_qubit_concentration: null });
		await database.db
			.updateTable("experiment")
			.set({ status_id: ExperimentStatus.SEQUENCING.id })
			.where("id", "=", experiment.id)
			.execute();
		await expect(measure(technician, "lane", lane, 4, null)).rejects.toThrow(NotPossibleError);
	});

	it("refuses negative values, unknown objects and clients", async () => {
		const library = await createLibrary(database.db);
		await expect(measure(technician, "library", library.id, -1, null)).rejects.toThrow(InvalidInputError);
		await expect(measure(technician, "sample", 999_999, 1, null)).rejects.toThrow(NotFoundError);
		await expect(measure(client, "library", library.id, 1, null)).rejects.toThrow(ForbiddenError);
	});
});
