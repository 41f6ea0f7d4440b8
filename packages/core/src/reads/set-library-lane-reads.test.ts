import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createExperiment, createLibrary, createPool, createUser } from "@opengsync/db/testing/factories";
import { ExperimentStatus, LibraryStatus, PoolStatus, UserRole } from "@opengsync/domain/catalog";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Viewer } from "../context.ts";
import { BadRequestError, ForbiddenError, NotFoundError } from "../errors.ts";
import { createTestServices, runAs } from "../testing.ts";
import { type LaneReads, setLibraryLaneReads } from "./set-library-lane-reads.ts";

let database: TestDatabase;
let pipeline: Viewer;
let client: Viewer;
const now = new Date("2026-03-01T10:00:00Z");
const services = createTestServices({ now: () => now });

async function viewerWith(roleId: number): Promise<Viewer> {
	const user = await createUser(database.db, { role_id: roleId });
	return { id: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, roleId };
}

beforeAll(async () => {
	database = await createTestDatabase();
	pipeline = await viewerWith(UserRole.BIOINFORMATICIAN.id);
	client = await viewerWith(UserRole.CLIENT.id);
});

afterAll(() => database.drop());

const report = (reads: LaneReads, viewer = pipeline) =>
	runAs(database.db, viewer, services, (context) => setLibraryLaneReads(context, reads));

const experimentRow = (id: number) =>
	database.db.selectFrom("experiment").selectAll().where("id", "=", id).executeTakeFirstOrThrow();

/** An experiment whose run is going on, with two libraries in a pool. */
async function sequencing(statusId: number = ExperimentStatus.SEQUENCING.id) {
	const experiment = await createExperiment(database.db, { status_id: statusId });
	const pool = await createPool(database.db, { experiment_id: experiment.id, status_id: PoolStatus.STORED.id });
	const values = { pool_id: pool.id, experiment_id: experiment.id, status_id: LibraryStatus.POOLED.id };
	const libraries = [await createLibrary(database.db, values), await createLibrary(database.db, values)] as const;
	const reads = (libraryId: number | null, numReads = 10, lane = 1): LaneReads => ({
		experimentName: experiment.name,
		lane,
		libraryId,
		numReads,
		qc: null,
	});
	return { experiment, pool, libraries, reads };
}

describe("reporting reads", () => {
	it("demultiplexes the experiment with its last library and keeps the time at which it was finished", async () => {
		const { experiment, pool, libraries, reads } = await sequencing();
		await report(reads(libraries[0].id));
		expect((await experimentRow(experiment.id)).status_id).toBe(ExperimentStatus.SEQUENCING.id);
		await report(reads(libraries[1].id));
		const row = await experimentRow(experiment.id);
		expect(row.status_id).toBe(ExperimentStatus.DEMULTIPLEXED.id);
		expect(row.timestamp_finished_utc).toEqual(now);
		const pools = await database.db.selectFrom("pool").select("status_id").where("id", "=", pool.id).executeTakeFirst();
		expect(pools?.status_id).toBe(PoolStatus.SEQUENCED.id);
		const raised = await database.db.selectFrom("library").select("status_id").where("pool_id", "=", pool.id).execute();
		expect(raised.map((library) => library.status_id)).toEqual([LibraryStatus.SEQUENCED.id, LibraryStatus.SEQUENCED.id]);
	});

	it("takes the time of the run where it is known", async () => {
		const { experiment, libraries, reads } = await sequencing();
		await database.db
			.insertInto("seq_run")
			.values({
				experiment_name: experiment.name,
				status_id: 1,
				instrument_name: "A1",
				run_folder: "folder",
				flowcell_id: "H1",
				read_type_id: 1,
				timestamps: JSON.stringify({ completed: "2026-02-03T04:05:06+01:00" }),
			})
			.execute();
		for (const library of libraries) await report(reads(library.id));
		expect((await experimentRow(experiment.id)).timestamp_finished_utc).toEqual(new Date("2026-02-03T03:05:06Z"));
	});

	it("keeps one row per lane and library, undetermined reads included, and counts beyond 32 bit", async () => {
		const { experiment, reads } = await sequencing();
		await report(reads(null, 1));
		await report(reads(null, 6_000_000_000));
		await report(reads(null, 5, 2));
		const rows = await database.db
			.selectFrom("seq_quality")
			.select(["lane", "num_reads"])
			.where("experiment_id", "=", experiment.id)
			.orderBy("lane")
			.execute();
		expect(rows).toEqual([
			{ lane: 1, num_reads: 6_000_000_000 },
			{ lane: 2, num_reads: 5 },
		]);
	});

	it("never revives a failed experiment, and tells of a library that is elsewhere", async () => {
		const { experiment, libraries, reads } = await sequencing(ExperimentStatus.FAILED.id);
		for (const library of libraries) expect(await report(reads(library.id))).toEqual({ libraryElsewhere: false });
		expect((await experimentRow(experiment.id)).status_id).toBe(ExperimentStatus.FAILED.id);
		const elsewhere = await createLibrary(database.db);
		expect(await report(reads(elsewhere.id))).toEqual({ libraryElsewhere: true });
	});

	it("refuses what does not exist, and clients", async () => {
		const { libraries, reads } = await sequencing();
		await expect(report({ ...reads(null), experimentName: "no such run" })).rejects.toThrow(NotFoundError);
		await expect(report(reads(null, 1, 3))).rejects.toThrow(BadRequestError);
		await expect(report(reads(999_999))).rejects.toThrow(NotFoundError);
		await expect(report(reads(libraries[0].id), client)).rejects.toThrow(ForbiddenError);
	});
});
