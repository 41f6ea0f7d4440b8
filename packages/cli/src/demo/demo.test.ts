import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkPassword } from "@opengsync/core/accounts/passwords";
import { loadConfig } from "@opengsync/core/config";
import type { Services } from "@opengsync/core/context";
import { createDirectoryFileStore } from "@opengsync/core/files/directory-file-store";
import { createCaptureTransport } from "@opengsync/core/mail/capture-transport";
import { runStatusEngine } from "@opengsync/core/status-engine/run-status-engine";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { transact } from "@opengsync/db/transaction";
import {
	ExperimentStatus,
	LibraryStatus,
	LibraryType,
	MuxType,
	memberById,
	PrepStatus,
	ProjectStatus,
	SeqRequestStatus,
	ServiceType,
	SubmissionType,
	UserRole,
} from "@opengsync/domain/catalog";
import { analyseClashes } from "@opengsync/domain/indices/clash";
import { scanRunFolders } from "@opengsync/worker/jobs/scan-run-folders";
import { pino } from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { fillDemo } from "./fill-demo.ts";
import { demoPassword } from "./people.ts";

const dataFolder = mkdtempSync(path.join(tmpdir(), "opengsync-demo-"));
const config = loadConfig({ dataFolder, port: 5000, secretKey: "x".repeat(40), demo: true, environment: {} });
const services: Services = {
	config,
	files: createDirectoryFileStore(config.mediaFolder),
	mail: createCaptureTransport(),
	now: () => new Date(),
};
const lines: string[] = [];
let database: TestDatabase;

const fill = () => fillDemo({ db: database.db, services, dataFolder, log: (line) => lines.push(line) });

beforeAll(async () => {
	database = await createTestDatabase();
	await fill();
}, 120_000);
afterAll(async () => {
	await database.drop();
	rmSync(dataFolder, { recursive: true });
});

const present = <Row>(rows: readonly Row[], read: (row: Row) => number) => [...new Set(rows.map(read))].sort((a, b) => a - b);
const idsOf = (members: readonly { readonly id: number }[]) => members.map((member) => member.id).sort((a, b) => a - b);

it("tells what it does", () => {
	expect(lines.length).toBeGreaterThan(3);
});

it("says so when it was interrupted, instead of showing half a facility", async () => {
	const mark = path.join(dataFolder, "demonstration-unfinished");
	expect(existsSync(mark)).toBe(false);
	writeFileSync(mark, "");
	await expect(fill()).rejects.toThrow("was interrupted while it was filled in");
	rmSync(mark);
	await fill();
	expect(lines.at(-1)).toContain("There are users already");
});

it("lets the four people of the sign-in page in, and the deactivated one not", async () => {
	const users = await database.db.selectFrom("lims_user").selectAll().execute();
	expect(users).toHaveLength(12);
	for (const name of ["admin", "technician", "bioinformatician", "client"]) {
		const user = users.find((candidate) => candidate.email === `${name}@example.org`);
		expect((await checkPassword(demoPassword, user?.password ?? "")).right).toBe(true);
	}
	const roles = [UserRole.ADMIN, UserRole.BIOINFORMATICIAN, UserRole.CLIENT, UserRole.DEACTIVATED, UserRole.TECHNICIAN];
	expect(present(users, (user) => user.role_id)).toEqual(idsOf(roles));
});

it("shows a request in every status that can occur, and of every kind of material", async () => {
	const requests = await database.db.selectFrom("seq_request").selectAll().execute();
	const { FAILED: _reserved, ...statuses } = SeqRequestStatus;
	expect(present(requests, (request) => request.status_id)).toEqual(idsOf(Object.values(statuses)));
	expect(present(requests, (request) => request.submission_type_id)).toEqual(idsOf(Object.values(SubmissionType)));
	expect(requests.length).toBeGreaterThanOrEqual(36);
	const submitted = requests.flatMap((request) =>
		request.timestamp_submitted_utc ? [request.timestamp_submitted_utc.getTime()] : [],
	);
	expect(Math.max(...submitted) - Math.min(...submitted)).toBeGreaterThan(300 * 24 * 60 * 60 * 1000);
});

it("shows every assay family", async () => {
	const libraries = await database.db.selectFrom("library").select(["type_id", "service_type_id"]).execute();
	const types = present(libraries, (library) => library.type_id);
	const { BULK_RNA_SEQ, WGS, WES, ATAC_SEQ, PARSE_SC_GEX, PARSE_SC_CRISPR, OPENST, TENX_VISIUM_FFPE, WG_EM_SEQ } = LibraryType;
	const { TENX_SC_GEX_3PRIME, TENX_SC_GEX_5PRIME, TENX_VDJ_B, TENX_VDJ_T, TENX_ANTIBODY_CAPTURE, TENX_MUX_OLIGO } = LibraryType;
	const { TENX_SC_GEX_FLEX, TENX_SC_ABC_FLEX, TENX_SC_ATAC, ARTIC_SARS_COV_2 } = LibraryType;
	expect(types).toEqual(
		expect.arrayContaining(
			idsOf([BULK_RNA_SEQ, WGS, WES, ATAC_SEQ, PARSE_SC_GEX, PARSE_SC_CRISPR, OPENST, TENX_VISIUM_FFPE, WG_EM_SEQ]).concat(
				idsOf([TENX_SC_GEX_3PRIME, TENX_SC_GEX_5PRIME, TENX_VDJ_B, TENX_VDJ_T, TENX_ANTIBODY_CAPTURE, TENX_MUX_OLIGO]),
				idsOf([TENX_SC_GEX_FLEX, TENX_SC_ABC_FLEX, TENX_SC_ATAC, ARTIC_SARS_COV_2]),
			),
		),
	);
	const services = present(libraries, (library) => library.service_type_id);
	expect(services).toEqual(expect.arrayContaining([ServiceType.TENX_SC_MULTIOME.id, ServiceType.TENX_SC_16_PLEX_FLEX.id]));
});

it("shows a prep in the middle of its work, with libraries multiplexed in every way that has a sheet", async () => {
	const libraries = await database.db
		.selectFrom("library")
		.innerJoin("lab_prep", "lab_prep.id", "library.lab_prep_id")
		.select(["lab_prep_id", "mux_type_id", "type_id", "library.status_id"])
		.where("lab_prep.status_id", "=", PrepStatus.PREPARING.id)
		.execute();
	expect(present(libraries, (library) => library.lab_prep_id ?? 0)).toHaveLength(1);
	expect(present(libraries, (library) => library.status_id)).toEqual([LibraryStatus.PREPARING.id]);
	const { TENX_ABC_HASH, TENX_FLEX_PROBE, TENX_ON_CHIP } = MuxType;
	expect(present(libraries, (library) => library.mux_type_id ?? -1)).toEqual(
		idsOf([TENX_ABC_HASH, TENX_FLEX_PROBE, TENX_ON_CHIP]),
	);
	const { TENX_SC_GEX_FLEX, TENX_SC_ABC_FLEX } = LibraryType;
	expect(present(libraries, (library) => library.type_id)).toEqual(
		expect.arrayContaining(idsOf([TENX_SC_GEX_FLEX, TENX_SC_ABC_FLEX])),
	);
});

it("leaves no library of an accepted request without a sample, and no pooled one without an index", async () => {
	const libraries = await database.db
		.selectFrom("library")
		.innerJoin("seq_request", "seq_request.id", "library.seq_request_id")
		.leftJoin("sample_library_link", "sample_library_link.library_id", "library.id")
		.leftJoin("library_index", "library_index.library_id", "library.id")
		.select(["library.name", "library.pool_id", "sample_library_link.sample_id", "library_index.sequence_i7"])
		.where("seq_request.status_id", ">=", SeqRequestStatus.ACCEPTED.id)
		.execute();
	expect(libraries.length).toBeGreaterThan(400);
	expect(libraries.filter((library) => library.sample_id === null)).toEqual([]);
	expect(libraries.filter((library) => library.pool_id !== null && library.sequence_i7 === null)).toEqual([]);
});

/** Libraries of the request of this name: type, samples with their tags, indices. */
async function librariesOf(requestName: string) {
	const { db } = database;
	const libraries = await db
		.selectFrom("library")
		.innerJoin("seq_request", "seq_request.id", "library.seq_request_id")
		.select(["library.id", "library.name", "library.type_id"])
		.where("seq_request.name", "=", requestName)
		.execute();
	const ids = libraries.map((library) => library.id);
	const links = await db.selectFrom("sample_library_link").selectAll().where("library_id", "in", ids).execute();
	const indices = await db.selectFrom("library_index").selectAll().where("library_id", "in", ids).execute();
	return { libraries, links, indices };
}

it("has a complete 10x multiome with hashing: three libraries per pool, every sample with its tag", async () => {
	const { libraries, links } = await librariesOf("PBMC multiome with hashing");
	expect(libraries).toHaveLength(6);
	const types = [...memberById(ServiceType, ServiceType.TENX_SC_MULTIOME.id).libraryTypeIds, LibraryType.TENX_MUX_OLIGO.id];
	expect(present(libraries, (library) => library.type_id)).toEqual([...types].sort((a, b) => a - b));
	for (const library of libraries) {
		const tags = links.filter((link) => link.library_id === library.id).map((link) => JSON.stringify(link.mux));
		expect(tags).toHaveLength(2);
		expect(new Set(tags).size).toBe(2);
		for (const tag of tags) expect(tag).toMatch(/"barcode":"[ACGT]{15}"/);
	}
});

it("has a plate of 384 libraries in one pool that can be told apart by their dual indices", async () => {
	const { libraries, indices } = await librariesOf("384 clones of a screen");
	expect(libraries).toHaveLength(384);
	const names = new Map(libraries.map((library) => [library.id, library.name]));
	const records = indices.map((index) => ({
		libraryId: index.library_id,
		libraryName: names.get(index.library_id) ?? "",
		i7: index.sequence_i7,
		i5: index.sequence_i5,
	}));
	expect(records).toHaveLength(384);
	expect(records.filter((record) => !record.i5)).toEqual([]);
	const { rows } = analyseClashes({ records });
	expect(rows.filter((row) => row.severity === "error").map((row) => row.libraryName)).toEqual([]);
	const wells = await database.db
		.selectFrom("sample_plate_link")
		.select("well_idx")
		.where("library_id", "in", [...names.keys()])
		.execute();
	expect(new Set(wells.map((well) => well.well_idx)).size).toBe(384);
});

it("has experiments in every stage, and projects whose data have been handed over", async () => {
	const experiments = await database.db.selectFrom("experiment").selectAll().execute();
	expect(present(experiments, (experiment) => experiment.status_id)).toEqual(idsOf(Object.values(ExperimentStatus)));
	const delivered = await database.db
		.selectFrom("project")
		.selectAll()
		.where("status_id", "=", ProjectStatus.DELIVERED.id)
		.execute();
	expect(delivered.length).toBeGreaterThan(2);
	expect(delivered.every((project) => project.share_token_id !== null)).toBe(true);
	const mails = await database.db.selectFrom("mail").select("subject").where("status", "=", "sent").execute();
	expect(mails.length).toBeGreaterThan(4);
});

it("shows files that are there", async () => {
	const paths = await database.db.selectFrom("data_path").select("path").execute();
	const folder = paths.find(({ path: shared }) => shared.endsWith("NS6_0102"))?.path ?? "";
	expect(await readdir(path.join(config.shareRoot, folder))).toEqual(["counts.tsv", "fastq", "md5sums.txt", "report.html"]);
	const form = await database.db.selectFrom("media_file").selectAll().executeTakeFirstOrThrow();
	const stored = await readFile(path.join(config.mediaFolder, "seq_auth_forms", `${form.uuid}${form.extension}`));
	expect(stored.subarray(0, 5).toString()).toBe("%PDF-");
	expect(loadConfig({ dataFolder, port: 5000, secretKey: "x".repeat(40), environment: {} }).sharePathMapping).toEqual({
		PROCESSED_DATA: path.join(config.shareRoot, "PROCESSED_DATA"),
	});
});

it("is at rest: the worker finds no status to move before the next scan", async () => {
	const actor = { userId: null, impersonatorId: null, via: "worker", requestId: "test" } as const;
	expect(await transact(database.db, actor, (tx) => runStatusEngine(tx, services.now()))).toEqual([]);
});

it("gives the scan a real run, whose experiment has the libraries of its sample sheet, and keeps the other runs", async () => {
	const actor = { userId: null, impersonatorId: null, via: "worker", requestId: "test" } as const;
	const log = pino({ level: "silent" });
	const scan = await scanRunFolders(database.db, actor, config.illuminaRunFolder, config.timeZone, services.now, log);
	expect(scan).toMatchObject({ outcomes: { added: 1, skipped: 0 }, archived: [] });
	const experiment = await database.db
		.selectFrom("experiment")
		.selectAll()
		.where("name", "=", "Clinical2_A1_DVT_SP_SampleSheet")
		.executeTakeFirstOrThrow();
	expect(experiment.status_id).toBe(ExperimentStatus.SEQUENCED.id);
	const indices = await database.db
		.selectFrom("lane_pool_link")
		.innerJoin("library", "library.pool_id", "lane_pool_link.pool_id")
		.innerJoin("library_index", "library_index.library_id", "library.id")
		.select(["lane_num", "sequence_i7", "sequence_i5"])
		.where("lane_pool_link.experiment_id", "=", experiment.id)
		.orderBy("lane_num")
		.orderBy("sequence_i7", "desc")
		.execute();
	expect(indices.map((index) => `${index.lane_num} ${index.sequence_i7} ${index.sequence_i5}`)).toEqual([
		"1 GAACTGAGCG TCGTGGAGCG",
		"1 AGGTCAGATA CTACAAGATA",
		"2 GAACTGAGCG TCGTGGAGCG",
		"2 AGGTCAGATA CTACAAGATA",
	]);
});

it("changes nothing when it is started again, and says so", async () => {
	const count = () =>
		database.db
			.selectFrom("audit_event")
			.select(({ fn }) => fn.countAll<string>().as("count"))
			.executeTakeFirstOrThrow();
	const before = await count();
	await fill();
	expect(await count()).toEqual(before);
	expect(lines.at(-1)).toContain("users already");
});
