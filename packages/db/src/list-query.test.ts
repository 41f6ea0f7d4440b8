import { LibraryStatus, SeqRequestStatus, UserRole } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Viewer } from "./access.ts";
import { countRows, countRowsLately } from "./list-count.ts";
import { BadListParameterError, listIds, runList } from "./list-query.ts";
import { experimentList } from "./queries/experiments.ts";
import { indexKitList } from "./queries/index-kits.ts";
import { libraryList } from "./queries/libraries.ts";
import { poolList } from "./queries/pools.ts";
import { projectList } from "./queries/projects.ts";
import { runList as seqRunList } from "./queries/runs.ts";
import { sampleList } from "./queries/samples.ts";
import { requestList } from "./queries/seq-requests.ts";
import { userList } from "./queries/users.ts";
import { createTestDatabase, type TestDatabase } from "./testing/database.ts";
import * as create from "./testing/factories.ts";
import { countStatements } from "./transaction.ts";

let database: TestDatabase;
let staff: Viewer;
let client: Viewer;

beforeAll(async () => {
	database = await createTestDatabase();
	const { db } = database;
	staff = { id: (await create.createUser(db, { role_id: UserRole.TECHNICIAN.id })).id, roleId: UserRole.TECHNICIAN.id };
	const user = await create.createUser(db, { first_name: "Ada", last_name: "Example" });
	client = { id: user.id, roleId: UserRole.CLIENT.id };
	for (let n = 1; n <= 17; n += 1) {
		await create.createRequest(db, {
			name: `Liver atlas part ${n}`,
			requestor_id: client.id,
			status_id: n % 2 ? SeqRequestStatus.DRAFT.id : SeqRequestStatus.SUBMITTED.id,
			timestamp_submitted_utc: n % 2 ? null : new Date(Date.UTC(2026, 0, n)),
		});
	}
	await create.createRequest(db, { name: "Zzyx qqww", requestor_id: staff.id });
});
afterAll(() => database.drop());

const names = (rows: { name: string }[]) => rows.map(({ name }) => name);

describe("lists", () => {
	test("15 rows, newest first, with the number of pages", async () => {
		const page = await runList(database.db, requestList, {}, staff);
		expect(page.rows).toHaveLength(15);
		expect(page.rows[0]?.name).toBe("Zzyx qqww");
		expect(page).toMatchObject({ page: 0, pageCount: 2, total: 18, isTotalEstimated: false });
	});

	test("a page beyond the end shows the last one", async () => {
		const page = await runList(database.db, requestList, { page: 999 }, staff);
		expect(page.page).toBe(1);
		expect(page.rows).toHaveLength(3);
	});

	test("a client sees only own rows and their number", async () => {
		const page = await runList(database.db, requestList, { sortBy: "id" }, client);
		expect(page.total).toBe(17);
		expect(names(page.rows)).not.toContain("Zzyx qqww");
		expect((await runList(database.db, userList, {}, client)).total).toBe(0);
	});

	test("a search ranks the most similar first, in any case, and drops what shares no trigram", async () => {
		const page = await runList(
			database.db,
			requestList,
			{ search: { column: "name", word: "LIVER ATLAS PART 13" }, sortBy: "id" },
			staff,
		);
		expect(page.rows[0]?.name).toBe("Liver atlas part 13");
		expect(page.total).toBe(17);
		const nothing = await runList(database.db, requestList, { search: { column: "name", word: "0000" } }, staff);
		expect(nothing).toMatchObject({ rows: [], total: 0, page: 0, pageCount: 1 });
	});

	test("a search goes by the name of a related object", async () => {
		const page = await runList(database.db, requestList, { search: { column: "requestor", word: "ada example" } }, staff);
		expect(page.rows[0]?.requestor_name).toBe("Ada Example");
	});

	test("an id is found by its digits, and a word without digits finds nothing", async () => {
		const { id } = (await runList(database.db, requestList, {}, staff)).rows[0] ?? expect.fail();
		const find = (word: string) => runList(database.db, requestList, { search: { column: "id", word } }, staff);
		expect((await find(`BSR_${String(id).padStart(4, "0")}`)).rows.map((row) => row.id)).toEqual([id]);
		expect((await find("abc")).total).toBe(0);
		expect((await find("99999999999999999999")).total).toBe(0);
	});

	test("an empty search sorts by its column", async () => {
		const page = await runList(database.db, requestList, { search: { column: "name", word: " " } }, staff);
		expect(page.rows[0]?.name).toBe("Liver atlas part 1");
	});

	test("empty values come last in both directions", async () => {
		for (const sortOrder of ["asc", "desc"] as const) {
			const page = await runList(database.db, requestList, { sortBy: "submitted", sortOrder, page: 1 }, staff);
			expect(page.rows.every((row) => row.timestamp_submitted_utc === null)).toBe(true);
		}
	});

	test("filters, scope and search are conjunctive", async () => {
		const page = await runList(
			database.db,
			requestList,
			{
				filters: { status: [SeqRequestStatus.SUBMITTED.id], submission_type: [] },
				scope: { user_id: client.id },
				search: { column: "name", word: "liver" },
			},
			staff,
		);
		expect(page.total).toBe(8);
	});

	test.each([
		["sort field", { sortBy: "password" }],
		["inherited name", { sortBy: "constructor" }],
		["filter value", { filters: { status: [99] } }],
		["filter", { filters: { name: [1] } }],
		["search", { search: { column: "status", word: "x" } }],
		["scope", { scope: { secret_id: 1 } }],
		["page", { page: -1 }],
		["page that is no number", { page: Number.NaN }],
	])("an unknown %s is a bad request", async (_, parameters) => {
		await expect(runList(database.db, requestList, parameters as Parameters<typeof runList>[2], staff)).rejects.toThrow(
			BadListParameterError,
		);
	});

	test("an export follows the same order over all pages", async () => {
		const ids = await listIds(database.db, requestList, { sortBy: "id", sortOrder: "asc" }, staff, 1000);
		expect(ids).toHaveLength(18);
		expect(ids).toEqual([...ids].sort((a, b) => a - b));
	});

	test("a page costs three statements, however many rows it has", async () => {
		const all = [5, 15, 50].map((pageSize) =>
			countStatements(database.db, (counted) => runList(counted, requestList, { pageSize }, staff)),
		);
		for (const { statements } of await Promise.all(all)) expect(statements).toBe(3);
	});

	test("a search that fits very many rows tells roughly how many, and still reaches the last of them", async () => {
		const { db, ownerDb } = database;
		const owner = await create.createUser(db);
		await sql`insert into project (title, owner_id) select 'Plankton survey ' || n, ${owner.id} from generate_series(1, 1100) as n`.execute(
			db,
		);
		await sql`analyze project`.execute(ownerDb);
		const search = { column: "title", word: "plankton" } as const;
		const first = await runList(db, projectList, { search }, staff);
		expect(first.isTotalEstimated).toBe(true);
		expect(first.total).toBeGreaterThan(1000);
		const last = await runList(db, projectList, { search, page: 9_999 }, staff);
		expect(last).toMatchObject({ page: 73, pageCount: 74 });
		expect(last.rows).toHaveLength(5);
		await db.deleteFrom("project").where("owner_id", "=", owner.id).execute();
	});

	test("of a large list the number is counted once for many, of a small one always anew", async () => {
		const small = sql`from seq_request where id > 0`;
		const large = sql`from generate_series(1, 20000) as n`;
		for (const [from, statements] of [
			[small, 2],
			[large, 1],
		] as const) {
			const counted = await countStatements(database.db, async (db) => {
				expect(await countRowsLately(db, from)).toEqual(await countRowsLately(db, from));
			});
			expect(counted.statements).toBe(statements);
		}
	});

	test("more rows than are counted are estimated, never below what was counted", async () => {
		const count = await countRows(database.db, sql`from seq_request`, 4);
		expect(count.isEstimated).toBe(true);
		expect(count.total).toBeGreaterThanOrEqual(5);
	});

	test("libraries sorted by pool or owner stay complete, those without pool last, each with its number once", async () => {
		const { db } = database;
		const owner = await create.createUser(db, { first_name: "Zoe", last_name: "Example" });
		const pools = [await create.createPool(db, { name: "B pool" }), await create.createPool(db, { name: "A pool" })];
		for (const pool of [...pools, null]) {
			await create.createLibrary(db, { owner_id: owner.id, pool_id: pool?.id ?? null, name: `library of ${pool?.name}` });
		}
		const scope = { user_id: owner.id };
		const poolsBy = async (sortBy: "pool" | "owner" | "name", sortOrder: "asc" | "desc") => {
			const page = await runList(db, libraryList, { sortBy, sortOrder, scope }, staff);
			expect(page.total).toBe(3);
			return page.rows.map((row) => row.pool_name);
		};
		expect(await poolsBy("pool", "asc")).toEqual(["A pool", "B pool", null]);
		expect(await poolsBy("pool", "desc")).toEqual(["B pool", "A pool", null]);
		expect(await poolsBy("owner", "asc")).toHaveLength(3);
		expect(await poolsBy("name", "desc")).toEqual([null, "B pool", "A pool"]);
		await db.deleteFrom("library").where("owner_id", "=", owner.id).execute();
	});
});

describe("every list", () => {
	const lists = {
		requestList,
		projectList,
		sampleList,
		libraryList,
		poolList,
		experimentList,
		seqRunList,
		userList,
		indexKitList,
	};

	beforeAll(async () => {
		const { db } = database;
		const experiment = await create.createExperiment(db);
		const pool = await create.createPool(db, { experiment_id: experiment.id });
		const library = await create.createLibrary(db, { pool_id: pool.id, status_id: LibraryStatus.POOLED.id });
		const sample = await create.createSample(db);
		await db.insertInto("sample_library_link").values({ sample_id: sample.id, library_id: library.id }).execute();
	});

	test.each(Object.entries(lists))("%s: each column, filter and scope works for staff and clients", async (_, list) => {
		const run = (parameters: object, viewer: Viewer) =>
			runList(database.db, list as typeof requestList, parameters as Parameters<typeof runList>[2], viewer);
		for (const viewer of [staff, client]) {
			for (const [name, column] of Object.entries(list.columns)) {
				if (column.sort) await run({ sortBy: name, sortOrder: "desc" }, viewer);
				if (column.search) await run({ search: { column: name, word: "sample 1" } }, viewer);
				if (column.filter) await run({ filters: { [name]: column.filter.allowedIds.slice(0, 2) } }, viewer);
			}
			for (const scope of Object.keys(list.scopes)) await run({ scope: { [scope]: 1 } }, viewer);
		}
		const all = await run({ pageSize: 1000 }, staff);
		expect(all.rows).toHaveLength(all.total);
	});
});
