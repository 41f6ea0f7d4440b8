import { readFileSync } from "node:fs";
import type { Viewer } from "@opengsync/core/context";
import { importKitFolder } from "@opengsync/core/kits/import-kits";
import { readKitAssets } from "@opengsync/core/kits/read-kit-assets";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createRequest } from "@opengsync/db/testing/factories";
import { transact } from "@opengsync/db/transaction";
import { ServiceType, SubmissionType, UserRole } from "@opengsync/domain/catalog";
import { parseTsv } from "@opengsync/domain/sheets/parse-tsv";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApp, createTestUser } from "../../framework/testing/test-app.ts";
import { annotationApiRoutes } from "./annotation-routes.ts";
import { AnnotationClient, createToken } from "./testing/annotation-client.ts";
import {
	type Body,
	expectedLibraries,
	expectedSteps,
	type Family,
	familyCases,
	inputsOf,
	type Submission,
	sampleNames,
} from "./testing/annotation-families.ts";

let database: TestDatabase;
let app: Hono;
let staff: Viewer;
let script: AnnotationClient;

beforeAll(async () => {
	database = await createTestDatabase();
	const { db } = database;
	app = createTestApp({ db, routes: annotationApiRoutes });
	staff = await createTestUser(db, UserRole.BIOINFORMATICIAN.id);
	const actor = { userId: staff.id, impersonatorId: null, via: "setup", requestId: "test" } as const;
	await transact(db, actor, async (tx) => importKitFolder({ tx }, await readKitAssets()));
	script = new AnnotationClient(app, await createToken(db, staff));
});
afterAll(() => database.drop());

const submissions = {
	R: SubmissionType.RAW_SAMPLES.id,
	P: SubmissionType.POOLED_LIBRARIES.id,
	U: SubmissionType.UNPOOLED_LIBRARIES.id,
} as const;

async function newRequest(submission: Submission): Promise<number> {
	const row = { submission_type_id: submissions[submission], requestor_id: staff.id };
	return (await createRequest(database.db, row)).id;
}

const bulk: Family = { name: "bulk", service: "BULK_RNA_SEQ", libraries: ["BULK_RNA_SEQ"] };
let titles = 0;
const newTitle = () => `Scripted project ${++titles}`;

/** Submits valid inputs until the given step is open; returns what was submitted where. */
async function walkTo(run: string, family: Family, last: string): Promise<{ step: string; good: Body }[]> {
	const visited: { step: string; good: Body }[] = [];
	for (;;) {
		const { current } = await script.show(run);
		if (current.name === last) return visited;
		const { good } = inputsOf(current, family, newTitle());
		const answer = await script.submit(run, current.name, good);
		if (!answer.accepted) throw new Error(`${current.name}: ${JSON.stringify(answer.problems)}`);
		visited.push({ step: current.name, good });
	}
}

/** Libraries of a request as stored. */
function librariesOf(requestId: number) {
	return database.db.selectFrom("library").select(["id", "name"]).where("seq_request_id", "=", requestId).orderBy("id").execute();
}

describe.each(familyCases)("%s, %s", (_name, submission, family) => {
	test("a script is asked the right steps, told every mistake at its cell, and gets what it described", async () => {
		const requestId = await newRequest(submission);
		const { run, step, resumed } = await script.start(requestId);
		expect([step, resumed]).toEqual(["project_select", false]);
		const visited: string[] = [];
		for (;;) {
			const { current, history } = await script.show(run);
			visited.push(current.name);
			expect(history.map((entry) => entry.step)).toEqual(visited);
			if (current.kind === "review") break;
			expect(current.kind === "sheet").toBe(current.columns !== null);
			const { good, bad } = inputsOf(current, family, newTitle());
			const refused = await script.submit(run, current.name, bad.body);
			if (refused.accepted) throw new Error(`${current.name} took ${JSON.stringify(bad.body)}`);
			const found = refused.problems.find(
				(problem) => problem.row === bad.row && problem.columns.includes(bad.column) && bad.code.test(problem.code),
			);
			expect(found, `${current.name}: ${JSON.stringify(refused.problems)}`).toMatchObject({ severity: "error" });
			expect((await script.show(run)).history, "a refused attempt changes nothing").toEqual(history);
			const accepted = await script.submit(run, current.name, good);
			if (!accepted.accepted) throw new Error(`${current.name}: ${JSON.stringify(accepted.problems)}`);
			const after = await script.show(run);
			expect(accepted.next).toBe(after.current.name);
			expect(await script.submit(run, current.name, good), "again applies nothing twice").toEqual(accepted);
			expect((await script.show(run)).history).toEqual(after.history);
		}
		expect(visited).toEqual([
			"project_select",
			"sample_annotation",
			"sample_attribute_annotation",
			...expectedSteps(family, submission),
		]);
		const created = await script.complete(run);
		if (!created.accepted) throw new Error(JSON.stringify(created));
		const stored = await librariesOf(requestId);
		expect(stored.map((library) => library.name).sort()).toEqual(expectedLibraries(family));
		expect([...created.libraries].sort((a, b) => a.id - b.id)).toEqual(stored);
		expect(created.samples.map((sample) => sample.name)).toEqual(sampleNames);
		expect(created.project.created).toBe(true);
		expect(created.pools).toHaveLength(submission === "P" ? 1 : 0);
		expect((await script.call("GET", `workflow-runs/${run}/`)).status).toBe(404);
	});
});

describe("driving a run", () => {
	test("Back leads from every step to the one before, filled as it was submitted, down to the first", async () => {
		const requestId = await newRequest("P");
		const { run } = await script.start(requestId);
		const visited = await walkTo(run, bulk, "complete");
		for (const { step, good } of visited.toReversed()) {
			expect(await script.back(run)).toEqual({ step });
			const { current } = await script.show(run);
			expect(current.name).toBe(step);
			if (good.columns) expect(current.sheet).toEqual({ columns: good.columns, rows: good.rows });
			else expect(current.values).toMatchObject(good.values?.pool_0_m_reads ? { pool_0_m_reads: "200" } : (good.values ?? {}));
		}
		expect(await script.call("POST", `workflow-runs/${run}/back/`)).toEqual({ status: 400, text: "This is the first step." });
	});

	test("steps that are not reached, do not apply, were left or do not exist are refused with the reason, and nothing changes", async () => {
		const requestId = await newRequest("R");
		const { run } = await script.start(requestId);
		await walkTo(run, bulk, "select_service");
		const before = await script.show(run);
		const attempt = (step: string, body: Body) => script.call("POST", `workflow-runs/${run}/steps/${step}/`, body);
		expect(await attempt("complete", { values: {} })).toEqual({ status: 400, text: '"Review" has not been reached yet.' });
		expect((await attempt("barcode_input", { columns: [], rows: [] })).text).toMatch(/not part of this run/);
		expect((await attempt("project_select", { values: { project_title: "Another title" } })).text).toMatch(
			/already been submitted/,
		);
		expect(await attempt("dance", {})).toMatchObject({ status: 400 });
		expect((await script.call("POST", `workflow-runs/${run}/complete/`)).text).toMatch(/steps left/);
		expect(await script.show(run)).toEqual(before);
	});

	test.each<[string, unknown, RegExp]>([
		["a misspelt field", { values: { servce_type_id: 100 } }, /no field "servce_type_id"/],
		["rows without titles", { rows: [["a"]] }, /columns: is missing/],
		["values that are a list", { values: ["a"] }, /values/],
		["a cell that is an object", { columns: ["Sample Name"], rows: [[{}]] }, /rows/],
		["too many rows", { columns: ["Sample Name"], rows: Array.from({ length: 5001 }, () => ["a"]) }, /at most 5000 rows/],
		["a huge cell", { columns: ["Sample Name"], rows: [["a".repeat(1_000_000)]] }, /4096 characters/],
	])("a body with %s is answered with what is wrong", async (_name, body, message) => {
		const requestId = await newRequest("R");
		const { run } = await script.start(requestId);
		const answer = await script.call("POST", `workflow-runs/${run}/steps/project_select/`, body);
		expect(answer.status).toBe(400);
		expect(answer.text).toMatch(message);
	});

	test("starting again resumes; discarding removes, and the run says that it has expired", async () => {
		const requestId = await newRequest("R");
		const first = await script.start(requestId);
		await walkTo(first.run, bulk, "sample_attribute_annotation");
		expect(await script.start(requestId)).toMatchObject({ run: first.run, step: "sample_attribute_annotation", resumed: true });
		expect((await script.call("POST", `workflow-runs/${first.run}/discard/`)).status).toBe(200);
		for (const path of ["steps/project_select/", "back/", "discard/", "complete/"]) {
			const answer = await script.call("POST", `workflow-runs/${first.run}/${path}`, {});
			expect(answer).toEqual({ status: 404, text: "This workflow has expired. Please start again." });
		}
		expect(await script.start(requestId)).toMatchObject({ resumed: false });
	});

	test("of two scripts that complete at once exactly one creates", async () => {
		const requestId = await newRequest("P");
		const { run } = await script.start(requestId);
		await walkTo(run, bulk, "complete");
		const answers = await Promise.all([1, 2, 3].map(() => script.call("POST", `workflow-runs/${run}/complete/`)));
		expect(answers.map((answer) => answer.status).sort()).toEqual([200, 404, 404]);
		expect(await librariesOf(requestId)).toHaveLength(sampleNames.length);
	});

	test("indices that clash are refused at the completion until the clash is confirmed", async () => {
		const requestId = await newRequest("P");
		const { run } = await script.start(requestId);
		await walkTo(run, bulk, "barcode_input");
		const { current } = await script.show(run);
		const columns = ["Library Name", "i7 Sequence", "i5 Sequence"];
		const rows = (current.sheet?.rows ?? []).map((row) => [row[0] ?? null, "CTGTACCA", "AGTCTGTG"]);
		expect(await script.submit(run, "barcode_input", { columns, rows })).toMatchObject({ accepted: true });
		await walkTo(run, bulk, "complete");
		const { current: review } = await script.show(run);
		expect(review.review?.find((tab) => tab.key === "barcodes")?.severity).toBe("error");
		const refused = await script.complete(run);
		expect(refused).toMatchObject({ accepted: false, problems: [{ column: "confirm_clash" }] });
		expect(await script.submit(run, "complete", { values: { confirm_clash: true } })).toEqual({ accepted: true, next: null });
		expect(await script.complete(run)).toMatchObject({ accepted: true });
		const comments = await database.db.selectFrom("comment").select("text").where("seq_request_id", "=", requestId).execute();
		expect(comments.map((comment) => comment.text).join()).toContain("Index clash confirmed");
	});

	test("a title that was taken meanwhile leads back to the project, and nothing is created", async () => {
		const requestId = await newRequest("R");
		const { run } = await script.start(requestId);
		await walkTo(run, bulk, "complete");
		const title = `Scripted project ${titles}`;
		const visited = (await script.show(run)).history[0]?.step;
		const used = await database.db.selectFrom("workflow_run").select("state").where("uuid", "=", run).executeTakeFirstOrThrow();
		const taken = /Scripted project \d+/.exec(JSON.stringify(used.state))?.[0] ?? title;
		await database.db.insertInto("project").values({ title: taken, owner_id: staff.id, status_id: 0 }).execute();
		const refused = await script.complete(run);
		expect(refused).toMatchObject({ accepted: false, returned_to: { step: visited }, problems: [{ column: "project_title" }] });
		expect((await script.show(run)).current.name).toBe("project_select");
		expect(await librariesOf(requestId)).toEqual([]);
	});
});

describe("a facility's real sheet of pooled libraries", () => {
	const sheet = parseTsv(readFileSync(new URL("../../../../core/fixtures/pooled-bulk-rna.tsv", import.meta.url), "utf8"));
	const [header = [], ...lines] = sheet.filter((row) => row.some((cell) => cell !== ""));

	test("its titles are understood, its genomes mended by the proposed repairs, its indices stored as they are", async () => {
		const requestId = await newRequest("P");
		const { run } = await script.start(requestId);
		await walkTo(run, bulk, "sample_annotation");
		const refused = await script.submit(run, "sample_annotation", { columns: header, rows: lines });
		if (refused.accepted) throw new Error("taken as it was");
		const rows = lines.map((line) => [...line]);
		const genome = header.indexOf("Genome");
		for (const { code, severity, repair } of refused.problems) {
			if (severity === "error") expect([code, repair?.cells.length]).toEqual(["genome_id.invalid", 1]);
			for (const cell of repair?.cells ?? []) {
				expect(cell.column).toBe("Genome");
				rows[cell.row - 1]?.splice(genome, 1, cell.value);
			}
		}
		expect(await script.submit(run, "sample_annotation", { columns: header, rows })).toMatchObject({ accepted: true });
		const attributes = await script.show(run);
		const { columns = [], rows: shown = [] } = attributes.current.sheet ?? {};
		await script.submit(run, "sample_attribute_annotation", { columns, rows: shown });
		await script.submit(run, "select_service", { values: { service_type_id: ServiceType.BULK_RNA_SEQ.id } });
		await walkTo(run, bulk, "barcode_input");
		const library = header.indexOf("Library Name");
		const named = lines.map((line) => line.map((cell, at) => (at === library ? `${line[0]}_BULKRNA` : cell)));
		const taken = await script.submit(run, "barcode_input", { columns: header, rows: named });
		expect(taken.accepted, JSON.stringify(taken)).toBe(true);
		await walkTo(run, bulk, "complete");
		expect(await script.complete(run)).toMatchObject({ accepted: true });
		const stored = await database.db
			.selectFrom("library_index")
			.innerJoin("library", "library.id", "library_index.library_id")
			.select(["sequence_i7", "sequence_i5"])
			.where("library.seq_request_id", "=", requestId)
			.orderBy("library.id")
			.execute();
		expect(stored).toEqual(lines.map((line) => ({ sequence_i7: line[8], sequence_i5: line[9] })));
	});
});

describe("who may", () => {
	test("calls without token, with a token that only reads, or to a request that is not there are refused", async () => {
		const requestId = await newRequest("R");
		const reader = new AnnotationClient(app, await createToken(database.db, staff, ["read"]));
		expect((await reader.call("POST", `requests/${requestId}/annotation/`)).status).toBe(403);
		const { run } = await script.start(requestId);
		expect((await reader.call("GET", `workflow-runs/${run}/`)).status).toBe(200);
		expect((await reader.call("POST", `workflow-runs/${run}/discard/`)).status).toBe(403);
		expect((await new AnnotationClient(app, "x").call("POST", `requests/${requestId}/annotation/`)).status).toBe(403);
		expect((await app.request(`http://localhost/api/v1/workflow-runs/${run}/`)).status).toBe(401);
		expect((await script.call("POST", "requests/999999/annotation/")).status).toBe(404);
		expect((await script.call("GET", "workflow-runs/nothing/")).status).toBe(404);
	});

	test("addresses without the final / lead to those with it and keep the method", async () => {
		const response = await app.request("http://localhost/api/v1/requests/1/annotation", { method: "POST" });
		expect([response.status, response.headers.get("location")]).toEqual([308, "/api/v1/requests/1/annotation/"]);
	});

	test("a colleague's run is taken over after being told whose it is; its former owner is told at the next input", async () => {
		const { db } = database;
		const requestId = await newRequest("P");
		const { run } = await script.start(requestId);
		await walkTo(run, bulk, "barcode_input");
		const other = await createTestUser(db, UserRole.TECHNICIAN.id);
		const colleague = new AnnotationClient(app, await createToken(db, other));
		expect(await colleague.call("GET", `workflow-runs/${run}/`)).toMatchObject({ status: 409 });
		const { colleagues } = await colleague.start(requestId);
		expect(colleagues).toMatchObject([
			{ run, owner_id: staff.id, owner: `${staff.firstName} ${staff.lastName}`, step: "barcode_input" },
		]);
		expect(await colleague.call("POST", `workflow-runs/${run}/take-over/`, { owner_id: other.id })).toMatchObject({
			status: 409,
		});
		expect(await colleague.call("POST", `workflow-runs/${run}/take-over/`, { owner_id: staff.id })).toEqual({
			status: 200,
			text: '{"step":"barcode_input"}',
		});
		const { current, history } = await colleague.show(run);
		expect(history).toHaveLength(7);
		const { good } = inputsOf(current, bulk, newTitle());
		const late = await script.call("POST", `workflow-runs/${run}/steps/barcode_input/`, good);
		expect(late.status).toBe(409);
		expect(late.text).toContain(`${other.firstName} ${other.lastName} is working on this annotation now`);
		expect(await colleague.submit(run, "barcode_input", good)).toMatchObject({ accepted: true });
	});
});
