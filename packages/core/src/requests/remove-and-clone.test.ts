import { readFile } from "node:fs/promises";
import path from "node:path";
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
	FeatureType,
	LibraryStatus,
	MediaFileType,
	PoolStatus,
	PoolType,
	SeqRequestStatus,
	SubmissionType,
	UserRole,
} from "@opengsync/domain/catalog";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CommandContext, Viewer } from "../context.ts";
import { ForbiddenError, NotFoundError, NotPossibleError } from "../errors.ts";
import { withFileChanges } from "../files/file-changes.ts";
import { storeMediaFile } from "../files/store-media-file.ts";
import { createTestServices, runAs } from "../testing.ts";
import { cloneRequest } from "./clone-request.ts";
import { deleteRequest } from "./delete-request.ts";
import { removeAllLibraries, removeLibrary, removeSampleFromRequest } from "./remove-libraries.ts";
import { submitRequest } from "./submit-request.ts";
import { tickReviewStep } from "./tick-review-step.ts";

let database: TestDatabase;
let technician: Viewer;
let admin: Viewer;
let client: Viewer;
let stranger: Viewer;
const services = createTestServices();

async function makeViewer(roleId: number): Promise<Viewer> {
	const user = await createUser(database.db, { role_id: roleId });
	return { id: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, roleId: user.role_id };
}

beforeAll(async () => {
	database = await createTestDatabase();
	[technician, admin, client, stranger] = [
		await makeViewer(UserRole.TECHNICIAN.id),
		await makeViewer(UserRole.ADMIN.id),
		await makeViewer(UserRole.CLIENT.id),
		await makeViewer(UserRole.CLIENT.id),
	];
});
afterAll(() => database.drop());

const as = <T>(viewer: Viewer, work: (context: CommandContext) => Promise<T>) => runAs(database.db, viewer, services, work);

async function countOf(table: string, ids: readonly number[]): Promise<number> {
	const { rows } = await sql<{
		n: number;
	}>`SELECT count(*)::int AS n FROM ${sql.table(table)} WHERE id = ANY(${[...ids]}::int[])`.execute(database.db);
	return rows[0]?.n ?? -1;
}

/**
 * A request with libraries A (first sample), B (first and second), C (second, not in the pool) in an external pool, and a first sample that
 * another request uses, too.
 */
async function makeMaterial(statusId: number = SeqRequestStatus.DRAFT.id) {
	const { db } = database;
	const request = await createRequest(db, { requestor_id: client.id, status_id: statusId });
	const other = await createRequest(db, { requestor_id: client.id });
	const project = await createProject(db, { owner_id: client.id });
	const shared = await createSample(db, { project_id: project.id, owner_id: client.id });
	const own = await createSample(db, { project_id: project.id, owner_id: client.id });
	const pool = await createPool(db, { seq_request_id: request.id, type_id: PoolType.EXTERNAL.id });
	const mine = { seq_request_id: request.id, owner_id: client.id };
	const a = await createLibrary(db, { ...mine, pool_id: pool.id });
	const b = await createLibrary(db, { ...mine, pool_id: pool.id });
	const c = await createLibrary(db, mine);
	const elsewhere = await createLibrary(db, { seq_request_id: other.id, owner_id: client.id });
	const links: [number, number][] = [
		[shared.id, a.id],
		[shared.id, b.id],
		[own.id, b.id],
		[own.id, c.id],
		[shared.id, elsewhere.id],
	];
	for (const [sample_id, library_id] of links) {
		await db
			.insertInto("sample_library_link")
			.values({ sample_id, library_id, mux: JSON.stringify({ barcode: "B1" }) })
			.execute();
	}
	await db.insertInto("library_index").values({ library_id: a.id, sequence_i7: "ACGTACGT", orientation: 1 }).execute();
	return { request, other, shared, own, pool, a, b, c, elsewhere };
}

async function librariesOf(requestId: number) {
	return database.db.selectFrom("library").selectAll().where("seq_request_id", "=", requestId).orderBy("id").execute();
}

describe("removing libraries", () => {
	test("takes the samples that nothing else needs, and leaves the others", async () => {
		const { request, shared, own, a, b, c } = await makeMaterial();
		await as(client, (context) => removeLibrary(context, request.id, c.id));
		expect(await countOf("sample", [shared.id, own.id])).toBe(2);
		await as(client, (context) => removeLibrary(context, request.id, b.id));
		expect(await countOf("sample", [own.id])).toBe(0);
		await as(client, (context) => removeLibrary(context, request.id, a.id));
		expect(await countOf("sample", [shared.id])).toBe(1);
	});

	test("takes custom features that no library uses any more, never those of a kit in use elsewhere", async () => {
		const { db } = database;
		const { request, a, c, elsewhere } = await makeMaterial();
		const values = { name: "CD3", sequence: "ACGT", pattern: "5P(BC)", read: "R2", type_id: FeatureType.ANTIBODY.id };
		const [lonely, used] = [
			await db.insertInto("feature").values(values).returning("id").executeTakeFirstOrThrow(),
			await db.insertInto("feature").values(values).returning("id").executeTakeFirstOrThrow(),
		];
		for (const [library_id, feature_id] of [
			[a.id, lonely.id],
			[c.id, used.id],
			[elsewhere.id, used.id],
		] as const)
			await db.insertInto("library_feature_link").values({ library_id, feature_id }).execute();
		expect(await as(client, (context) => removeAllLibraries(context, request.id))).toBe(3);
		expect(await countOf("feature", [lonely.id])).toBe(0);
		expect(await countOf("feature", [used.id])).toBe(1);
	});

	test("a sample goes with all libraries that contain it, but stays in its project", async () => {
		const { request, own, shared } = await makeMaterial();
		expect(await as(client, (context) => removeSampleFromRequest(context, request.id, own.id))).toBe(2);
		expect(await countOf("sample", [own.id, shared.id])).toBe(2);
		expect(await librariesOf(request.id)).toHaveLength(1);
		await expect(as(client, (context) => removeSampleFromRequest(context, request.id, own.id))).rejects.toThrow(NotFoundError);
	});

	test("is for the requestor in a draft, then for staff below sequenced, then for admins; strangers never", async () => {
		const { request, a, c, elsewhere } = await makeMaterial(SeqRequestStatus.SUBMITTED.id);
		for (const viewer of [client, stranger]) {
			await expect(as(viewer, (context) => removeLibrary(context, request.id, c.id))).rejects.toThrow(ForbiddenError);
			await expect(as(viewer, (context) => removeAllLibraries(context, request.id))).rejects.toThrow(ForbiddenError);
		}
		await expect(as(technician, (context) => removeLibrary(context, request.id, elsewhere.id))).rejects.toThrow(NotFoundError);
		await as(technician, (context) => removeLibrary(context, request.id, c.id));
		await database.db.updateTable("library").set({ status_id: LibraryStatus.SEQUENCED.id }).where("id", "=", a.id).execute();
		await expect(as(technician, (context) => removeLibrary(context, request.id, a.id))).rejects.toThrow(/sequenced/);
		await expect(as(technician, (context) => removeAllLibraries(context, request.id))).rejects.toThrow(/sequenced/);
		expect(await librariesOf(request.id)).toHaveLength(2);
		expect(await as(admin, (context) => removeAllLibraries(context, request.id))).toBe(2);
		await expect(as(admin, (context) => removeAllLibraries(context, request.id))).rejects.toThrow(NotPossibleError);
	});
});

describe("deleting a request", () => {
	const remove = (viewer: Viewer, id: number) =>
		withFileChanges(services.files, (changes) => as(viewer, (context) => deleteRequest(context, id, changes)));

	test("takes everything that is only its own, files after the commit, and nothing of others", async () => {
		const { request, other, shared, own, pool, a, elsewhere } = await makeMaterial();
		const internal = await createPool(database.db, { seq_request_id: request.id, type_id: PoolType.INTERNAL.id });
		const guest = await createLibrary(database.db, {
			seq_request_id: other.id,
			pool_id: pool.id,
			status_id: LibraryStatus.POOLED.id,
		});
		const content = new TextEncoder().encode("%PDF-1.4\n");
		const file = await withFileChanges(services.files, (changes) =>
			as(client, (context) =>
				storeMediaFile(
					context,
					{
						typeId: MediaFileType.SEQ_AUTH_FORM.id,
						target: { kind: "seqRequest", id: request.id },
						file: { fileName: "form.pdf", content },
						comment: "signed",
					},
					changes,
				),
			),
		);
		const stored = path.join(services.config.dataFolder, "media", MediaFileType.SEQ_AUTH_FORM.folder, `${file.uuid}.pdf`);
		await readFile(stored);
		await as(client, (context) =>
			submitRequest(context, request.id, {
				byMail: false,
				submissionTime: new Date(Date.now() + 86_400_000),
				customTimeAgreed: true,
				comment: null,
			}),
		);
		const before = await database.db.selectFrom("seq_request").selectAll().where("id", "=", request.id).executeTakeFirstOrThrow();
		await expect(remove(client, request.id)).rejects.toThrow(ForbiddenError);
		await expect(remove(technician, request.id)).rejects.toThrow(/Only an admin/);
		await remove(admin, request.id);

		const { contact_person_id, billing_contact_id, organization_contact_id, sample_submission_event_id: event } = before;
		expect(await countOf("seq_request", [request.id])).toBe(0);
		expect(await countOf("contact", [contact_person_id, billing_contact_id, organization_contact_id, pool.contact_id])).toBe(0);
		expect(await countOf("event", [event ?? 0])).toBe(0);
		expect(await countOf("library", [a.id])).toBe(0);
		expect(await countOf("pool", [pool.id, internal.id])).toBe(1);
		expect(await countOf("sample", [own.id, shared.id])).toBe(1);
		expect(await countOf("media_file", [file.id])).toBe(0);
		await expect(readFile(stored)).rejects.toThrow(/ENOENT/);
		const left = await database.db.selectFrom("library").selectAll().where("id", "=", guest.id).executeTakeFirstOrThrow();
		expect(left).toMatchObject({ pool_id: null, status_id: LibraryStatus.STORED.id });
		expect(await countOf("library", [elsewhere.id])).toBe(1);
	});

	test("twice at once happens once, and the second is told that it is gone", async () => {
		const { request } = await makeMaterial();
		const results = await Promise.allSettled([remove(client, request.id), remove(client, request.id)]);
		expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
		expect(results.find((result) => result.status === "rejected")?.reason).toBeInstanceOf(NotFoundError);
	});
});

describe("cloning a request", () => {
	test.each([
		["pooled", SubmissionType.POOLED_LIBRARIES, [LibraryStatus.POOLED, LibraryStatus.POOLED, LibraryStatus.STORED], 1],
		["indexed", SubmissionType.UNPOOLED_LIBRARIES, [LibraryStatus.STORED, LibraryStatus.STORED, LibraryStatus.STORED], 1],
		["raw", SubmissionType.RAW_SAMPLES, [LibraryStatus.ACCEPTED, LibraryStatus.ACCEPTED, LibraryStatus.ACCEPTED], 0],
	] as const)(
		"%s: contacts are copied, libraries have the status that the method says",
		async (method, type, statuses, numIndices) => {
			const { request, pool, a } = await makeMaterial(SeqRequestStatus.FINISHED.id);
			const id = await as(technician, (context) => cloneRequest(context, request.id, method));
			const clone = await database.db.selectFrom("seq_request").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
			expect(clone).toMatchObject({
				name: `RE: ${request.name}`,
				status_id: SeqRequestStatus.DRAFT.id,
				requestor_id: client.id,
				submission_type_id: type.id,
				timestamp_submitted_utc: null,
			});
			expect(clone.contact_person_id).not.toBe(request.contact_person_id);
			const libraries = await librariesOf(id);
			expect(libraries.map((library) => library.status_id).sort()).toEqual(statuses.map((status) => status.id).sort());
			expect(libraries.every((library) => library.clone_number === 1)).toBe(true);
			const indices = await database.db
				.selectFrom("library_index")
				.select("sequence_i7")
				.where(
					"library_id",
					"in",
					libraries.map((library) => library.id),
				)
				.execute();
			expect(indices).toHaveLength(numIndices);
			const links = await database.db
				.selectFrom("sample_library_link")
				.select("mux")
				.where(
					"library_id",
					"in",
					libraries.map((library) => library.id),
				)
				.execute();
			expect(links.map((link) => link.mux)).toEqual(Array(4).fill({ barcode: "B1" }));
			const pools = await database.db.selectFrom("pool").selectAll().where("seq_request_id", "=", id).execute();
			expect(pools.map((row) => [row.name, row.status_id, row.original_pool_id])).toEqual(
				method === "pooled" ? [[`${pool.name}_re1`, PoolStatus.STORED.id, pool.id]] : [],
			);
			expect(libraries.filter((library) => library.pool_id !== null)).toHaveLength(method === "pooled" ? 2 : 0);
			const emails = await database.db
				.selectFrom("seq_request_delivery_email_link")
				.select("email")
				.where("seq_request_id", "=", id)
				.execute();
			expect(emails).toEqual([{ email: client.email }]);
			expect(await librariesOf(request.id)).toHaveLength(3);
			expect(a.pool_id).toBe(pool.id);
		},
	);

	test("twice at once gives two clones with numbers of their own", async () => {
		const { request, pool } = await makeMaterial();
		const clone = () => as(technician, (context) => cloneRequest(context, request.id, "pooled"));
		const ids = await Promise.all([clone(), clone()]);
		const numbers = await Promise.all(ids.map(async (id) => (await librariesOf(id)).map((library) => library.clone_number)));
		expect(numbers.map((row) => new Set(row).size)).toEqual([1, 1]);
		expect(numbers.flat().sort()).toEqual([1, 1, 1, 2, 2, 2]);
		const pools = await database.db.selectFrom("pool").select("name").where("original_pool_id", "=", pool.id).execute();
		expect(pools.map((row) => row.name).sort()).toEqual([`${pool.name}_re1`, `${pool.name}_re2`]);
	});

	test("is for staff, and pooled only where there are pools", async () => {
		const request = await createRequest(database.db, { requestor_id: client.id });
		await expect(as(client, (context) => cloneRequest(context, request.id, "raw"))).rejects.toThrow();
		await expect(as(technician, (context) => cloneRequest(context, request.id, "pooled"))).rejects.toThrow(NotPossibleError);
	});
});

describe("the review", () => {
	test("keeps ticks, refuses what is derived or ticked by a workflow, and ends with the decision", async () => {
		const { id } = await createRequest(database.db, { status_id: SeqRequestStatus.SUBMITTED.id });
		const tick = (step: string, done: boolean) => as(technician, (context) => tickReviewStep(context, id, step, done));
		await Promise.all([tick("check_contacts", true), tick("check_comments", true)]);
		await tick("check_comments", false);
		const row = await database.db
			.selectFrom("seq_request")
			.select("review_checklist")
			.where("id", "=", id)
			.executeTakeFirstOrThrow();
		expect(row.review_checklist).toEqual({ check_contacts: true, check_comments: false });
		for (const step of ["index_check", "check_barcodes", "submission_processed", "__proto__", ""]) {
			await expect(tick(step, true)).rejects.toThrow(/cannot be ticked/);
		}
		await expect(tick("auth_form_checked", true)).rejects.toThrow(/no authorization form/);
		await database.db.updateTable("seq_request").set({ status_id: SeqRequestStatus.ACCEPTED.id }).where("id", "=", id).execute();
		await expect(tick("check_contacts", false)).rejects.toThrow(NotPossibleError);
	});
});
