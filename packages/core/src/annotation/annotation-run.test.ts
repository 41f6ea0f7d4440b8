import { readFileSync } from "node:fs";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createUser } from "@opengsync/db/testing/factories";
import type { StepInput } from "@opengsync/domain/annotation/state";
import {
	DataDeliveryMode,
	GenomeRef,
	LibraryStatus,
	PoolStatus,
	ReadType,
	SeqRequestStatus,
	ServiceType,
	SubmissionType,
} from "@opengsync/domain/catalog";
import { emptyRequestForm, type RequestFormValues } from "@opengsync/domain/request-form";
import { parseTsv } from "@opengsync/domain/sheets/parse-tsv";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Viewer } from "../context.ts";
import { createRequest } from "../requests/create-request.ts";
import { createTestServices, runAs } from "../testing.ts";
import { WorkflowExpiredError } from "../workflow-runs/workflow-run.ts";
import { completeAnnotation, goBackInAnnotation, startAnnotation, submitAnnotationStep } from "./annotation-run.ts";

function requestForm(name: string, submissionTypeId: number): RequestFormValues {
	return {
		...emptyRequestForm,
		isDisclaimerAccepted: true,
		name,
		submissionTypeId,
		readTypeId: ReadType.PAIRED_END.id,
		dataDeliveryModeId: DataDeliveryMode.READS_ONLY.id,
		contactName: "Contact Person",
		contactEmail: "contact@example.org",
		contactPhone: "1",
		organizationName: "Institute",
		organizationAddress: "Street 1",
		billingName: "Accounting",
		billingEmail: "billing@example.org",
		billingAddress: "Street 1",
	};
}

const example = parseTsv(readFileSync(new URL("../../fixtures/pooled-bulk-rna.tsv", import.meta.url), "utf8"))
	.slice(1)
	.filter((row) => row[0]);
const names = example.map((row) => String(row[0]));
const human = `${GenomeRef.HUMAN.label} (${GenomeRef.HUMAN.organismLatinName})`;

let database: TestDatabase;
let viewer: Viewer;
let stranger: Viewer;
const services = createTestServices();

function asViewer(row: { id: number; email: string; first_name: string; last_name: string; role_id: number }): Viewer {
	return { id: row.id, email: row.email, firstName: row.first_name, lastName: row.last_name, roleId: row.role_id };
}

beforeAll(async () => {
	database = await createTestDatabase();
	viewer = asViewer(await createUser(database.db));
	stranger = asViewer(await createUser(database.db));
});
afterAll(() => database.drop());

const as = <T>(work: Parameters<typeof runAs<T>>[3], who: Viewer = viewer) => runAs(database.db, who, services, work);

async function submitAll(requestId: number, uuid: string, inputs: readonly (readonly [string, StepInput])[]): Promise<void> {
	for (const [step, input] of inputs) {
		const outcome = await as((context) => submitAnnotationStep(context, requestId, uuid, step, input));
		expect(outcome, `${step}: ${JSON.stringify(outcome)}`).toMatchObject({ accepted: true });
	}
}

const project = (title: string): StepInput => ({ values: { project_title: title, project_description: "Text" } });
const samples: StepInput = { sheet: { columns: ["Sample Name", "Genome"], rows: names.map((name) => [name, human]) } };
const attributes: StepInput = {
	sheet: { columns: ["Sample Name", "Sample ID", "Tissue"], rows: names.map((name) => [name, "new", "blood"]) },
};
const service: StepInput = { values: { service_type_id: String(ServiceType.BULK_RNA_SEQ.id) } };
const libraries = names.map((name) => `${name}_BULKRNA`);
const pools: StepInput = { sheet: { columns: ["Library Name", "Pool"], rows: libraries.map((name) => [name, "R0195"]) } };
const poolNames: StepInput = {
	values: { contact_name: "Contact Person", contact_email: "contact@example.org", contact_phone: "1", pool_0_name: "R0195" },
};
const indices: StepInput = {
	sheet: {
		columns: ["Library Name", "i7 Sequence", "i5 Sequence"],
		rows: example.map((row, index) => [libraries[index] ?? "", String(row[8]), String(row[9])]),
	},
};

describe("annotation of a request", () => {
	test("raw samples become project, samples and libraries, and the run is gone", async () => {
		const requestId = await as((context) => createRequest(context, requestForm("Raw bulk RNA", SubmissionType.RAW_SAMPLES.id)));
		const { uuid } = await as((context) => startAnnotation(context, requestId));
		await submitAll(requestId, uuid, [
			["project_select", project("Raw project")],
			["sample_annotation", samples],
			["sample_attribute_annotation", attributes],
			["select_service", service],
		]);
		const done = await as((context) => completeAnnotation(context, requestId, uuid, { values: {} }));
		expect(done).toMatchObject({ accepted: true });
		const rows = await database.db.selectFrom("library").selectAll().where("seq_request_id", "=", requestId).execute();
		expect(rows).toHaveLength(names.length);
		expect(rows.every((row) => row.status_id === LibraryStatus.DRAFT.id && row.genome_ref_id === GenomeRef.HUMAN.id)).toBe(true);
		const stored = await database.db
			.selectFrom("sample")
			.selectAll()
			.where("name", "=", names[0] ?? "")
			.executeTakeFirstOrThrow();
		expect(stored.attributes).toEqual({ tissue: { type_id: 6, value: "blood" } });
		await expect(as((context) => completeAnnotation(context, requestId, uuid, { values: {} }))).rejects.toThrow(
			WorkflowExpiredError,
		);
	});

	test("two people pressing Complete at the same time create everything once", async () => {
		const requestId = await as((context) => createRequest(context, requestForm("Twice at once", SubmissionType.RAW_SAMPLES.id)));
		const { uuid } = await as((context) => startAnnotation(context, requestId));
		await submitAll(requestId, uuid, [
			["project_select", project("Twice project")],
			["sample_annotation", samples],
			["sample_attribute_annotation", attributes],
			["select_service", service],
		]);
		const results = await Promise.allSettled(
			[1, 2, 3].map(() => as((context) => completeAnnotation(context, requestId, uuid, { values: {} }))),
		);
		expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
		const rows = await database.db.selectFrom("library").select("id").where("seq_request_id", "=", requestId).execute();
		expect(rows).toHaveLength(names.length);
	});

	test("somebody else's run and request stay closed", async () => {
		const requestId = await as((context) => createRequest(context, requestForm("Mine alone", SubmissionType.RAW_SAMPLES.id)));
		const { uuid } = await as((context) => startAnnotation(context, requestId));
		await expect(as((context) => startAnnotation(context, requestId), stranger)).rejects.toThrow(/permission/);
		await expect(
			as((context) => submitAnnotationStep(context, requestId, uuid, "project_select", project("Stolen")), stranger),
		).rejects.toThrow(WorkflowExpiredError);
	});

	test("pooled libraries with typed indices become libraries in a pool", async () => {
		const requestId = await as((context) =>
			createRequest(context, requestForm("Pooled bulk RNA", SubmissionType.POOLED_LIBRARIES.id)),
		);
		const { uuid } = await as((context) => startAnnotation(context, requestId));
		await submitAll(requestId, uuid, [
			["project_select", project("Pooled project")],
			["sample_annotation", samples],
			["sample_attribute_annotation", attributes],
			["select_service", service],
			["pooled_library_annotation", pools],
			["pool_mapping", poolNames],
			["barcode_input", indices],
		]);
		const step = await as((context) => startAnnotation(context, requestId));
		expect(step).toMatchObject({ uuid, step: "barcode_match", resumed: true });
		await submitAll(requestId, uuid, [
			[
				"barcode_match",
				{
					values: {
						kit_i7: "custom",
						orientation_i7: "forward",
						primer_i7: "AGATCGGAAGAGC",
						kit_i5: "custom",
						orientation_i5: "forward",
						primer_i5: "AGATCGGAAGAGC",
					},
				},
			],
		]);
		const back = await as((context) => goBackInAnnotation(context, requestId, uuid));
		expect(back).toBe("barcode_match");
		const again = await as((context) =>
			submitAnnotationStep(context, requestId, uuid, "barcode_match", {
				values: {
					kit_i7: "custom",
					orientation_i7: "forward",
					primer_i7: "A",
					kit_i5: "custom",
					orientation_i5: "forward",
					primer_i5: "A",
				},
			}),
		);
		expect(again.accepted).toBe(true);
		expect(
			await as((context) => completeAnnotation(context, requestId, uuid, { values: { confirm_clash: true } })),
		).toMatchObject({ accepted: true });
		const pool = await database.db
			.selectFrom("pool")
			.selectAll()
			.where("seq_request_id", "=", requestId)
			.executeTakeFirstOrThrow();
		expect(pool).toMatchObject({ name: "R0195", status_id: PoolStatus.DRAFT.id });
		const stored = await database.db
			.selectFrom("library_index")
			.innerJoin("library", "library.id", "library_index.library_id")
			.select(["library.name", "sequence_i7", "sequence_i5", "orientation"])
			.where("library.pool_id", "=", pool.id)
			.orderBy("library.id")
			.execute();
		expect(stored).toHaveLength(example.length);
		expect(stored[0]).toEqual({ name: libraries[0], sequence_i7: example[0]?.[8], sequence_i5: example[0]?.[9], orientation: 3 });
		const request = await database.db
			.selectFrom("seq_request")
			.select("status_id")
			.where("id", "=", requestId)
			.executeTakeFirstOrThrow();
		expect(request.status_id).toBe(SeqRequestStatus.DRAFT.id);
	});
});
