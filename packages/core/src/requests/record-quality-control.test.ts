import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createExperiment, createLibrary, createPool, createRequest, createSample } from "@opengsync/db/testing/factories";
import { LibraryStatus, SampleStatus, SeqRequestStatus, SubmissionType, UserRole } from "@opengsync/domain/catalog";
import type { RawCell } from "@opengsync/domain/sheets/types";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Viewer } from "../context.ts";
import { ForbiddenError, InvalidInputError, NotPossibleError } from "../errors.ts";
import { addPools } from "../experiments/pools.ts";
import { type FileChanges, withFileChanges } from "../files/file-changes.ts";
import { storeMaterial } from "../lab/store-material.ts";
import { fingerprintOf } from "../libraries/sheet-edit.ts";
import { createViewer, takeMails } from "../notifications/testing.ts";
import { createTestServices, runAs } from "../testing.ts";
import { listMeasuredSamples, presentQualityControl, recordQualityControl } from "./record-quality-control.ts";

let database: TestDatabase;
let technician: Viewer;
let requestor: Viewer;
const services = createTestServices();
const pdf = { fileName: "bioanalyzer.pdf", content: new TextEncoder().encode("%PDF-1.4 report") };

beforeAll(async () => {
	database = await createTestDatabase();
	technician = await createViewer(database.db, UserRole.TECHNICIAN.id);
	requestor = await createViewer(database.db, UserRole.CLIENT.id);
});
beforeEach(() => database.db.deleteFrom("mail").execute());
afterAll(() => database.drop());

/** A QC-only request that is accepted, with two samples that are stored unless told otherwise. */
async function qcRequest({ store = true } = {}) {
	const { db } = database;
	const { id } = await createRequest(db, {
		submission_type_id: SubmissionType.QC_ONLY.id,
		status_id: SeqRequestStatus.ACCEPTED.id,
		requestor_id: requestor.id,
	});
	const samples = [];
	for (const _ of [1, 2]) {
		const sample = await createSample(db, { status_id: SampleStatus.WAITING_DELIVERY.id });
		const library = await createLibrary(db, { seq_request_id: id, status_id: LibraryStatus.ACCEPTED.id });
		await db.insertInto("sample_library_link").values({ sample_id: sample.id, library_id: library.id }).execute();
		samples.push({ id: sample.id, name: sample.name, libraryId: library.id });
	}
	const sampleIds = samples.map((sample) => sample.id);
	if (store)
		await runAs(db, technician, services, (context) => storeMaterial(context, { sampleIds, libraryIds: [], poolIds: [] }));
	await db.deleteFrom("mail").execute();
	return { id, samples };
}

const shown = async (id: number) => presentQualityControl(await listMeasuredSamples(database.db, id));

async function save(
	id: number,
	measured: readonly RawCell[][],
	options: { viewer?: Viewer; report?: typeof pdf; seen?: string } = {},
) {
	const { initial } = await shown(id);
	const sheet = {
		columns: initial.columns,
		rows: initial.rows.map((row, index) => [...row.slice(0, 2), ...(measured[index] ?? row.slice(2))]),
	};
	const edit = { sheet, seen: options.seen ?? fingerprintOf(initial) };
	return withFileChanges(services.files, (changes: FileChanges) =>
		runAs(database.db, options.viewer ?? technician, services, (context) =>
			recordQualityControl(context, id, { edit, report: options.report ?? null }, changes),
		),
	);
}

const statusOf = async (id: number) =>
	(await database.db.selectFrom("seq_request").select("status_id").where("id", "=", id).executeTakeFirstOrThrow()).status_id;
const libraryOf = (id: number) => database.db.selectFrom("library").selectAll().where("id", "=", id).executeTakeFirstOrThrow();

describe("measuring a QC-only request", () => {
	it("writes samples and libraries, and finishes with the last sample; the requestor is told once", async () => {
		const { id, samples } = await qcRequest();
		expect(await save(id, [[48.2, 1850, 8.7, 30, "fine"]])).toEqual({ accepted: true, isFinished: false });
		expect(await statusOf(id)).toBe(SeqRequestStatus.SAMPLES_RECEIVED.id);
		expect(await libraryOf(samples[0]?.libraryId ?? 0)).toMatchObject({
			status_id: LibraryStatus.QC_COMPLETED.id,
			qubit_concentration: 48.2,
			avg_fragment_size: 1850,
			integrity_number: 8.7,
			volume: 30,
			qc_comment: "fine",
		});
		expect((await libraryOf(samples[1]?.libraryId ?? 0)).status_id).toBe(LibraryStatus.QC_PENDING.id);
		expect(await takeMails(database.db)).toEqual([]);

		const empty = [0, null, null, null, "empty tube"];
		expect(await save(id, [[48.2, 1850, 8.7, 30, "fine"], empty], { report: pdf })).toEqual({ accepted: true, isFinished: true });
		expect(await statusOf(id)).toBe(SeqRequestStatus.FINISHED.id);
		const sample = await database.db
			.selectFrom("sample")
			.selectAll()
			.where("id", "=", samples[1]?.id ?? 0)
			.executeTakeFirst();
		expect(sample).toMatchObject({ qubit_concentration: 0, qc_comment: "empty tube" });
		const mails = await takeMails(database.db);
		expect(mails.map((mail) => mail.recipients)).toEqual([[requestor.email]]);
		expect(mails[0]?.text).toContain("All 2 samples are measured");
		const files = await database.db
			.selectFrom("media_file")
			.select(["name", "type_id"])
			.where("seq_request_id", "=", id)
			.execute();
		expect(files).toHaveLength(1);
		expect((await listMeasuredSamples(database.db, id)).map((row) => row.reportName)).toEqual([
			"bioanalyzer.pdf",
			"bioanalyzer.pdf",
		]);

		expect(await save(id, [[50, 1850, 8.7, 30, "fine"], empty]), "a correction").toEqual({ accepted: true, isFinished: false });
		expect((await libraryOf(samples[0]?.libraryId ?? 0)).qubit_concentration).toBe(50);
		expect(await takeMails(database.db)).toEqual([]);
	});

	it("leaves what was measured for another request out until it is measured for this one", async () => {
		const { id, samples } = await qcRequest();
		await database.db
			.updateTable("sample")
			.set({ qubit_concentration: 99 })
			.where("id", "=", samples[0]?.id ?? 0)
			.execute();
		expect((await shown(id)).initial.rows.map((row) => row[2])).toEqual([null, null]);
	});

	it("writes nothing when the sheet is wrong, and keeps no file of a save that failed", async () => {
		const { id, samples } = await qcRequest();
		const outcome = await save(id, [[-1, null, null, null, null]], { report: pdf });
		expect(outcome.accepted).toBe(false);
		expect((await libraryOf(samples[0]?.libraryId ?? 0)).status_id).toBe(LibraryStatus.QC_PENDING.id);
		const forged = { fileName: "report.pdf", content: new TextEncoder().encode("<html>") };
		await expect(save(id, [[1, null, null, null, null]], { report: forged })).rejects.toThrow(InvalidInputError);
		await expect(save(id, [], { report: pdf }), "nothing measured that it could be about").rejects.toThrow(InvalidInputError);
		expect((await libraryOf(samples[0]?.libraryId ?? 0)).status_id).toBe(LibraryStatus.QC_PENDING.id);
		expect(await database.db.selectFrom("media_file").select("id").where("seq_request_id", "=", id).execute()).toEqual([]);
	});

	it("tells of what somebody else saved meanwhile", async () => {
		const { id } = await qcRequest();
		const seen = fingerprintOf((await shown(id)).initial);
		await save(id, [[5, null, null, null, null]]);
		const outcome = await save(id, [[7, null, null, null, null]], { seen });
		expect(outcome.accepted ? [] : outcome.problems.map((problem) => problem.code)).toEqual(["sheet.changed"]);
	});

	it("leaves a library that was taken out, and still finishes", async () => {
		const { id, samples } = await qcRequest();
		await database.db
			.updateTable("library")
			.set({ status_id: LibraryStatus.FAILED.id })
			.where("id", "=", samples[1]?.libraryId ?? 0)
			.execute();
		expect(await save(id, [[5, null, null, null, null]])).toEqual({ accepted: true, isFinished: true });
		expect((await libraryOf(samples[1]?.libraryId ?? 0)).qubit_concentration).toBeNull();
	});

	it("is for staff, for QC-only requests, and after the samples have arrived", async () => {
		const { id } = await qcRequest();
		await expect(save(id, [], { viewer: requestor })).rejects.toThrow(ForbiddenError);
		const waiting = await qcRequest({ store: false });
		await expect(save(waiting.id, [])).rejects.toThrow(NotPossibleError);
		await database.db
			.updateTable("seq_request")
			.set({ submission_type_id: SubmissionType.RAW_SAMPLES.id })
			.where("id", "=", id)
			.execute();
		await expect(save(id, [[1, null, null, null, null]])).rejects.toThrow(NotPossibleError);
	});

	it("never reaches a flow cell", async () => {
		const { id } = await qcRequest();
		const experiment = await createExperiment(database.db);
		const own = await createPool(database.db, { seq_request_id: id });
		const mixed = await createPool(database.db);
		await createLibrary(database.db, { seq_request_id: id, pool_id: mixed.id });
		for (const pool of [own, mixed]) {
			const adding = runAs(database.db, technician, services, (context) => addPools(context, experiment.id, [pool.id]));
			await expect(adding).rejects.toThrow("QC-only requests are not sequenced");
		}
	});
});
