/** The client against the application itself, with a database. */
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createRequest } from "@opengsync/db/testing/factories";
import { SubmissionType, UserRole } from "@opengsync/domain/catalog";
import { annotationApiRoutes } from "@opengsync/web/features/api/annotation-routes";
import type * as schemas from "@opengsync/web/features/api/annotation-schemas";
import { createToken } from "@opengsync/web/features/api/testing/annotation-client";
import { type Family, inputsOf } from "@opengsync/web/features/api/testing/annotation-families";
import { createTestApp, createTestUser } from "@opengsync/web/framework/testing/test-app";
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from "vitest";
import type { z } from "zod";
import type { CreatedObjects, RefusedStep, StartedRun, StepAnswer, StepInput, WorkflowRun } from "./annotation.ts";
import { OpengsyncClient } from "./client.ts";

let database: TestDatabase;
let client: OpengsyncClient;
let colleague: OpengsyncClient;
let staffId: number;

beforeAll(async () => {
	database = await createTestDatabase();
	const { db } = database;
	const app = createTestApp({ db, routes: annotationApiRoutes });
	const connect = async () => {
		const staff = await createTestUser(db, UserRole.BIOINFORMATICIAN.id);
		const token = await createToken(db, staff);
		return { staff, client: new OpengsyncClient("http://localhost/", token, async (url, init) => app.request(url, init)) };
	};
	const own = await connect();
	client = own.client;
	staffId = own.staff.id;
	colleague = (await connect()).client;
});
afterAll(() => database.drop());

async function newRequest(): Promise<number> {
	const values = { submission_type_id: SubmissionType.RAW_SAMPLES.id, requestor_id: staffId };
	return (await createRequest(database.db, values)).id;
}

const bulk: Family = { name: "bulk", service: "BULK_RNA_SEQ", libraries: ["BULK_RNA_SEQ"] };
let titles = 0;

/** Sends valid input until the review is open. */
async function walkToReview(run: string): Promise<void> {
	for (;;) {
		const { current } = await client.readWorkflowRun(run);
		if (current.kind === "review") return;
		const { good } = inputsOf(current as z.output<typeof schemas.stepDefinition>, bulk, `Scripted project ${++titles}`);
		expect(await client.sendStep(run, current.name, good as StepInput)).toMatchObject({ accepted: true });
	}
}

describe("annotating by the typed client", () => {
	test("a run is started, filled in and completed, and names what it created", async () => {
		const requestId = await newRequest();
		const { run, step, resumed } = await client.startAnnotation(requestId);
		expect([step, resumed]).toEqual(["project_select", false]);
		expect(await client.startAnnotation(requestId)).toMatchObject({ run, resumed: true });
		await walkToReview(run);
		const created = await client.completeRun(run);
		if (!created.accepted) throw new Error(JSON.stringify(created.problems));
		const stored = await database.db
			.selectFrom("library")
			.select(["id", "name"])
			.where("seq_request_id", "=", requestId)
			.execute();
		expect(created.libraries.toSorted((a, b) => a.id - b.id)).toEqual(stored.toSorted((a, b) => a.id - b.id));
		await expect(client.completeRun(run)).rejects.toMatchObject({ name: "ApiError", status: 404 });
	});

	test("a refused step comes back with its problems instead of an exception", async () => {
		const { run } = await client.startAnnotation(await newRequest());
		const answer = await client.sendStep(run, "project_select", { values: { project_title: "abc" } });
		if (answer.accepted) throw new Error("accepted");
		expect(answer.problems[0]).toMatchObject({ severity: "error", row: null });
		await expect(client.sendStep(run, "../../complete", { values: {} })).rejects.toMatchObject({ status: 400 });
	});

	test("one goes back, a colleague takes over, and discards", async () => {
		const requestId = await newRequest();
		const { run, step } = await client.startAnnotation(requestId);
		const { current } = await client.readWorkflowRun(run);
		const { good } = inputsOf(current as z.output<typeof schemas.stepDefinition>, bulk, `Scripted project ${++titles}`);
		await client.sendStep(run, step, good as StepInput);
		expect(await client.goBack(run)).toEqual({ step });
		const { run: other, colleagues } = await colleague.startAnnotation(requestId);
		expect(colleagues).toMatchObject([{ run, owner_id: staffId }]);
		await colleague.discardRun(other);
		expect(await colleague.takeOverRun(run, staffId)).toEqual({ step });
		await expect(client.goBack(run)).rejects.toMatchObject({ status: 409 });
		await colleague.discardRun(run);
		await expect(colleague.readWorkflowRun(run)).rejects.toMatchObject({ status: 404 });
	});
});

test("the client's types are those that the application answers and takes", () => {
	expectTypeOf<z.output<typeof schemas.startedRun>>().toExtend<StartedRun>();
	expectTypeOf<z.output<typeof schemas.runState>>().toExtend<WorkflowRun>();
	expectTypeOf<z.output<typeof schemas.stepAnswer>>().toExtend<StepAnswer>();
	expectTypeOf<z.output<typeof schemas.completeAnswer>>().toExtend<CreatedObjects | RefusedStep>();
});
