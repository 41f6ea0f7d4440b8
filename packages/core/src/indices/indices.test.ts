import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createLibrary, createPool, createRequest, createUser } from "@opengsync/db/testing/factories";
import type { StepInput } from "@opengsync/domain/annotation/state";
import {
	BarcodeOrientation,
	BarcodeType,
	IndexType,
	KitType,
	SeqRequestStatus,
	SubmissionType,
	UserRole,
} from "@opengsync/domain/catalog";
import type { IndexCheckFacts } from "@opengsync/domain/index-check/facts";
import type { ReindexFacts } from "@opengsync/domain/reindex/facts";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CommandContext, Viewer } from "../context.ts";
import { createTestServices, runAs } from "../testing.ts";
import { noObject, type RunDefinition } from "../workflow-runs/definition.ts";
import { completeRun, presentRun, startRun, submitRunStep } from "../workflow-runs/run-workflow.ts";
import { takeOverRun } from "../workflow-runs/take-over.ts";
import { indexCheckDefinition } from "./index-check-run.ts";
import { type Reindexed, reindexDefinition } from "./reindex-run.ts";

let database: TestDatabase;
const services = createTestServices();
let staff: Viewer;
let colleague: Viewer;
let client: Viewer;
let stranger: Viewer;
let kitId: number;

beforeAll(async () => {
	database = await createTestDatabase();
	const newViewer = async (roleId: number): Promise<Viewer> => {
		const row = await createUser(database.db, { role_id: roleId });
		return { id: row.id, email: row.email, firstName: row.first_name, lastName: row.last_name, roleId: row.role_id };
	};
	staff = await newViewer(UserRole.TECHNICIAN.id);
	colleague = await newViewer(UserRole.BIOINFORMATICIAN.id);
	client = await newViewer(UserRole.CLIENT.id);
	stranger = await newViewer(UserRole.CLIENT.id);
	kitId = await createDualKit();
});
afterAll(() => database.drop());

/** A kit of one adapter at A1: i7 ACGTACGTAC, i5 TTGCATTGCA. */
async function createDualKit(): Promise<number> {
	const { db } = database;
	const values = { name: "Dual kit", identifier: "777", kit_type_id: KitType.INDEX_KIT.id };
	const { id } = await db.insertInto("kit").values(values).returning("id").executeTakeFirstOrThrow();
	await db.insertInto("index_kit").values({ id, type_id: IndexType.DUAL_INDEX.id }).execute();
	const adapter = await db
		.insertInto("adapter")
		.values({ index_kit_id: id, well: "A1" })
		.returning("id")
		.executeTakeFirstOrThrow();
	const side = (name: string, sequence: string, typeId: number) => ({
		name,
		sequence,
		type_id: typeId,
		adapter_id: adapter.id,
		index_kit_id: id,
	});
	await db
		.insertInto("barcode")
		.values([side("D1", "ACGTACGTAC", BarcodeType.INDEX_I7.id), side("D1", "TTGCATTGCA", BarcodeType.INDEX_I5.id)])
		.execute();
	return id;
}

const as = <T>(who: Viewer, work: (context: CommandContext) => Promise<T>) => runAs(database.db, who, services, work);
const { FORWARD, FORWARD_NOT_VALIDATED } = BarcodeOrientation;

interface Sequenced {
	readonly requestId: number;
	readonly poolId: number;
	/** Library with a kit index, library with a typed index, library without. */
	readonly ids: readonly [number, number, number];
}

/** A request of a customer's pool with three libraries. */
async function createSequenced(owner: Viewer = client): Promise<Sequenced> {
	const { db } = database;
	const request = await createRequest(db, { requestor_id: owner.id, submission_type_id: SubmissionType.POOLED_LIBRARIES.id });
	const pool = await createPool(db, { owner_id: owner.id, seq_request_id: request.id });
	const make = async (name: string) =>
		(await createLibrary(db, { name, owner_id: owner.id, seq_request_id: request.id, pool_id: pool.id })).id;
	const ids = [await make("from_kit"), await make("typed"), await make("bare")] as const;
	const dual = { index_kit_i7_id: kitId, index_kit_i5_id: kitId, name_i7: "D1", name_i5: "D1" };
	await db
		.insertInto("library_index")
		.values([
			{ library_id: ids[0], ...dual, sequence_i7: "ACGTACGTAC", sequence_i5: "TTGCATTGCA", orientation: FORWARD.id },
			{ library_id: ids[1], sequence_i7: "AACCAACCAA", sequence_i5: "GGTTGGTTGG", orientation: FORWARD_NOT_VALIDATED.id },
		])
		.execute();
	return { requestId: request.id, poolId: pool.id, ids };
}

/** Index sets of libraries as texts, in order, with the index type. */
async function indicesOf(ids: readonly number[]) {
	const { rows } = await sql<{ id: number; type: number | null; sets: string[] }>`
		SELECT l.id, l.index_type_id AS type, ARRAY(SELECT concat_ws('+', i.sequence_i7, i.sequence_i5) || '/' || COALESCE(i.orientation, 0)
			FROM library_index i WHERE i.library_id = l.id ORDER BY i.id) AS sets
		FROM library l WHERE l.id = ANY(${[...ids]}::int[]) ORDER BY l.id`.execute(database.db);
	return rows.map((row) => row.sets);
}

const columns = ["Library ID", "Library Name", "Index Well", "i7 Kit", "i7 Sequence", "i5 Sequence"];
const sheetOf = (...rows: (string | number | null)[][]): StepInput => ({ sheet: { columns, rows } });
const choose = (...ids: readonly number[]): StepInput => ({ values: { library_ids: ids.map(String) } });

/** Submits the inputs to the steps in order; returns the id of the run. */
async function runTo<Facts>(
	who: Viewer,
	definition: RunDefinition<Facts, unknown>,
	objectId: number,
	inputs: readonly (readonly [string, StepInput])[],
): Promise<string> {
	const { uuid } = await as(who, (context) => startRun(context, definition, objectId));
	for (const [step, input] of inputs) {
		const outcome = await as(who, (context) => submitRunStep(context, definition, objectId, uuid, step, input));
		expect(outcome).toMatchObject({ accepted: true });
	}
	return uuid;
}

const complete = <Facts, Completed>(who: Viewer, definition: RunDefinition<Facts, Completed>, objectId: number, uuid: string) =>
	as(who, (context) => completeRun(context, definition, objectId, uuid, null));

const fromRequest: RunDefinition<ReindexFacts, Reindexed> = reindexDefinition("request");
const fromPool = reindexDefinition("pool");

describe("re-index", () => {
	test("a customer gives a kit to one library and deletes the index of another; the third stays as it is", async () => {
		const { requestId, ids } = await createSequenced();
		const uuid = await runTo(client, fromRequest, requestId, [
			["select_samples", choose(ids[1], ids[2])],
			["barcode_input", sheetOf([ids[1], "typed", "del"], [ids[2], "bare", "A1", "#777"])],
		]);
		const outcome = await complete(client, fromRequest, requestId, uuid);
		expect(outcome).toEqual({ accepted: true, created: { changed: 2, deleted: 1 } });
		expect(await indicesOf(ids)).toEqual([["ACGTACGTAC+TTGCATTGCA/1"], [], ["ACGTACGTAC+TTGCATTGCA/1"]]);
	});

	test("of two who complete at once exactly one writes; nothing is there twice", async () => {
		const { requestId, ids } = await createSequenced();
		const uuid = await runTo(client, fromRequest, requestId, [
			["select_samples", choose(ids[2])],
			["barcode_input", sheetOf([ids[2], "bare", "A1", "#777"])],
		]);
		const both = await Promise.allSettled([1, 2].map(() => complete(client, fromRequest, requestId, uuid)));
		expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
		expect(await indicesOf([ids[2]])).toEqual([["ACGTACGTAC+TTGCATTGCA/1"]]);
	});

	test("two runs for the same library, from its request and from its pool: the later one is told", async () => {
		const { requestId, poolId, ids } = await createSequenced();
		const inputs = (i7: string): (readonly [string, StepInput])[] => [
			["select_samples", choose(ids[2])],
			["barcode_input", sheetOf([ids[2], "bare", null, null, i7, null])],
			["barcode_match", { values: { kit_i7: "custom", orientation_i7: "forward", primer_i7: "ACGT" } }],
		];
		const first = await runTo(client, fromRequest, requestId, inputs("AAAAAAAAAA"));
		const second = await runTo(staff, fromPool, poolId, inputs("CCCCCCCCCC"));
		const results = await Promise.allSettled([
			complete(client, fromRequest, requestId, first),
			complete(staff, fromPool, poolId, second),
		]);
		const accepted = results.filter((result) => result.status === "fulfilled" && result.value.accepted);
		expect(accepted).toHaveLength(1);
		const [sets] = await indicesOf([ids[2]]);
		expect(sets).toHaveLength(1);
	});

	test("libraries of another request are refused, whatever is sent", async () => {
		const { requestId, poolId, ids } = await createSequenced();
		const other = await createSequenced(stranger);
		const { uuid } = await as(client, (context) => startRun(context, fromRequest, requestId));
		const foreign = choose(ids[0], other.ids[0]);
		const refused = await as(client, (context) =>
			submitRunStep(context, fromRequest, requestId, uuid, "select_samples", foreign),
		);
		expect(refused).toMatchObject({ accepted: false, fieldErrors: [{ field: "library_ids" }] });
		await expect(as(client, (context) => startRun(context, fromRequest, other.requestId))).rejects.toThrow(/permission/);
		await expect(as(client, (context) => startRun(context, fromPool, poolId))).rejects.toThrow(/permission/);
		await expect(as(client, (context) => startRun(context, reindexDefinition("none"), noObject))).rejects.toThrow(/permission/);
		await expect(presentRun(database.db, stranger, fromRequest, requestId, uuid)).rejects.toThrow(/expired/);
		await expect(presentRun(database.db, client, fromRequest, other.requestId, uuid)).rejects.toThrow(/expired/);
	});

	test("a customer whose request was submitted meanwhile is refused at the last moment, too", async () => {
		const { requestId, ids } = await createSequenced();
		const uuid = await runTo(client, fromRequest, requestId, [
			["select_samples", choose(ids[1])],
			["barcode_input", sheetOf([ids[1], "typed", "del"])],
		]);
		const submitted = SeqRequestStatus.SUBMITTED.id;
		await database.db.updateTable("seq_request").set({ status_id: submitted }).where("id", "=", requestId).execute();
		await expect(complete(client, fromRequest, requestId, uuid)).rejects.toThrow(/submitted/);
		expect(await indicesOf([ids[1]])).toEqual([["AACCAACCAA+GGTTGGTTGG/3"]]);
		expect(await as(staff, (context) => takeOverRun(context, fromRequest, requestId, uuid, client.id))).toBe("complete_reindex");
		expect(await complete(staff, fromRequest, requestId, uuid)).toMatchObject({ accepted: true });
		expect(await indicesOf([ids[1]])).toEqual([[]]);
	});

	test("raw samples are not re-indexed from their request, but staff does it by number; the request is told the primers", async () => {
		const request = await createRequest(database.db, { requestor_id: client.id });
		const library = await createLibrary(database.db, { name: "raw", seq_request_id: request.id });
		await expect(as(staff, (context) => startRun(context, fromRequest, request.id))).rejects.toThrow(/prepared/);
		const byNumber = reindexDefinition("none");
		const uuid = await runTo(staff, byNumber, noObject, [
			["select_samples", { values: { library_ids: String(library.id) } }],
			["barcode_input", sheetOf([library.id, "raw", null, null, "AAAACCCC", null])],
			["barcode_match", { values: { kit_i7: "custom", orientation_i7: "reverseComplement", primer_i7: "ACGTTT" } }],
		]);
		expect(await complete(staff, byNumber, noObject, uuid)).toMatchObject({ accepted: true });
		expect(await indicesOf([library.id])).toEqual([["GGGGTTTT/3"]]);
		const comments = await database.db.selectFrom("comment").select("text").where("seq_request_id", "=", request.id).execute();
		expect(comments.map(({ text }) => text)).toEqual([expect.stringContaining("raw"), expect.stringContaining("ACGTTT")]);
		const { index_type_id } = await database.db
			.selectFrom("library")
			.select("index_type_id")
			.where("id", "=", library.id)
			.executeTakeFirstOrThrow();
		expect(index_type_id).toBe(IndexType.SINGLE_INDEX_I7.id);
	});

	test("in the review a customer does not learn the names of others' libraries in the pool", async () => {
		const { requestId, poolId, ids } = await createSequenced();
		await createLibrary(database.db, { name: "secret", owner_id: stranger.id, pool_id: poolId });
		const uuid = await runTo(client, fromRequest, requestId, [
			["select_samples", choose(ids[1])],
			["barcode_input", sheetOf([ids[1], "typed", "del"])],
		]);
		const shownTo = async (who: Viewer) =>
			JSON.stringify((await presentRun(database.db, who, fromRequest, requestId, uuid)).view);
		expect(await shownTo(client)).not.toContain("secret");
		await as(staff, (context) => takeOverRun(context, fromRequest, requestId, uuid, client.id));
		expect(await shownTo(staff)).toContain("secret");
	});
});

describe("index check", () => {
	const definition: RunDefinition<IndexCheckFacts, unknown> = indexCheckDefinition("request");
	const headers = ["Index ID", "Library Name", "i7 Sequence", "i7 is written", "i5 Sequence", "i5 is written"];

	async function openIndexOf(libraryId: number): Promise<number> {
		const row = await database.db
			.selectFrom("library_index")
			.select("id")
			.where("library_id", "=", libraryId)
			.executeTakeFirstOrThrow();
		return row.id;
	}
	const answers = (id: number, i7: string, i5: string): StepInput => ({
		sheet: { columns: headers, rows: [[id, "typed", "AACCAACCAA", i7, "GGTTGGTTGG", i5]] },
	});
	const isTicked = async (requestId: number) =>
		(await database.db.selectFrom("seq_request").select("review_checklist").where("id", "=", requestId).executeTakeFirstOrThrow())
			.review_checklist;

	test("turns what was written in reverse, leaves kit indices alone and ticks the review step, once", async () => {
		const { requestId, ids } = await createSequenced();
		const input = answers(await openIndexOf(ids[1]), "Reverse Complement", "Forward");
		const uuid = await runTo(staff, definition, requestId, [["index_orientation", input]]);
		expect(await isTicked(requestId)).toBeNull();
		const both = await Promise.allSettled([1, 2].map(() => complete(staff, definition, requestId, uuid)));
		expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
		expect(await indicesOf(ids)).toEqual([["ACGTACGTAC+TTGCATTGCA/1"], ["TTGGTTGGTT+GGTTGGTTGG/1"], []]);
		expect(await isTicked(requestId)).toEqual({ index_check: true });
	});

	test("is for staff only, and a colleague may take it over", async () => {
		const { requestId, ids } = await createSequenced();
		await expect(as(client, (context) => startRun(context, definition, requestId))).rejects.toThrow(/permission/);
		const input = answers(await openIndexOf(ids[1]), "I don't know", "I don't know");
		const uuid = await runTo(staff, definition, requestId, [["index_orientation", input]]);
		await expect(complete(client, definition, requestId, uuid)).rejects.toThrow(/expired/);
		await expect(complete(colleague, definition, requestId, uuid)).rejects.toThrow(/is working on this index check/);
		await as(colleague, (context) => takeOverRun(context, definition, requestId, uuid, staff.id));
		expect(await complete(colleague, definition, requestId, uuid)).toMatchObject({ accepted: true });
		expect(await indicesOf([ids[1]])).toEqual([["AACCAACCAA+GGTTGGTTGG/3"]]);
	});

	test("an index that was changed meanwhile leads back to the sheet", async () => {
		const { requestId, ids } = await createSequenced();
		const id = await openIndexOf(ids[1]);
		const uuid = await runTo(staff, definition, requestId, [["index_orientation", answers(id, "Forward", "Forward")]]);
		await database.db.updateTable("library_index").set({ sequence_i7: "CCCCCCCCCC" }).where("id", "=", id).execute();
		expect(await complete(staff, definition, requestId, uuid)).toMatchObject({
			accepted: false,
			returnedTo: { step: "index_orientation" },
		});
	});

	test("from a pool it ticks only requests of which nothing is left outside of the pool", async () => {
		const { requestId, poolId, ids } = await createSequenced();
		const outside = await createLibrary(database.db, { name: "outside", seq_request_id: requestId });
		await database.db.insertInto("library_index").values({ library_id: outside.id, sequence_i7: "AAAATTTT" }).execute();
		const ofPool = indexCheckDefinition("pool");
		const input = answers(await openIndexOf(ids[1]), "Forward", "Forward");
		const uuid = await runTo(staff, ofPool, poolId, [["index_orientation", input]]);
		expect(await complete(staff, ofPool, poolId, uuid)).toMatchObject({ accepted: true });
		expect(await isTicked(requestId)).toBeNull();
	});
});
