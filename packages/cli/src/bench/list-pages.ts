import { rmSync } from "node:fs";
import path from "node:path";
import { type Connection, connect } from "@opengsync/db/connection";
import { startEmbeddedPostgres } from "@opengsync/db/embedded-postgres";
import { type ListParameters, runList } from "@opengsync/db/list-query";
import { migrate } from "@opengsync/db/migrate";
import { type LibraryColumn, type LibraryScope, libraryList } from "@opengsync/db/queries/libraries";
import { findLibraryPage } from "@opengsync/db/queries/library-page";
import { findUser } from "@opengsync/db/queries/users";
import { UserRole } from "@opengsync/domain/catalog";
import { sessionCookie } from "@opengsync/web/framework/session-control";
import { createSession, findSession } from "@opengsync/web/framework/session-store";
import { projectFolder } from "../project-folders.ts";
import { type BenchSize, fillDatabase } from "./fill-database.ts";
import { createPageReader, type LoadResult, measureLoad, type PageReader } from "./load.ts";
import type { Measurement } from "./measurement.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";
import { startWebProcess, type WebProcess } from "./web-process.ts";

/** A page of the list of libraries: as an address, and as what it asks the database. */
interface Variant {
	readonly name: string;
	readonly query: string;
	readonly parameters: ListParameters<LibraryColumn, LibraryScope>;
}

const variants: readonly Variant[] = [
	{ name: "newest first", query: "", parameters: {} },
	{ name: "page 5,000", query: "?page=5000", parameters: { page: 5_000 } },
	{ name: "sorted by name", query: "?sort_by=name&sort_order=asc", parameters: { sortBy: "name", sortOrder: "asc" } },
	{ name: "sorted by pool", query: "?sort_by=pool&sort_order=asc", parameters: { sortBy: "pool", sortOrder: "asc" } },
	{ name: "search by name", query: "?name=liver_ctrl_rep1", parameters: { search: { column: "name", word: "liver_ctrl_rep1" } } },
	{ name: "search by pool", query: "?pool=pool_liver", parameters: { search: { column: "pool", word: "pool_liver" } } },
	{ name: "filter by type", query: "?type_in=3", parameters: { filters: { type: [3] } } },
];

/** Who looks. */
const viewers = [
	{ name: "admin", userId: 1 },
	{ name: "client", userId: 57 },
] as const;

const concurrencies = [1, 8] as const;

/** What is measured, and for how long each. */
export interface ListPagesOptions {
	readonly size: BenchSize;
	readonly durationMs: number;
	/** Options of Node for the web process, as the product is started with. */
	readonly nodeOptions: readonly string[];
	readonly log: (text: string) => void;
}

/**
 * Measures the list of libraries in a full database: pages of the real web process over the loopback, and the same SQL alone from this process.
 * Everything is made in a temporary folder and removed afterwards.
 */
export async function measureListPages(options: ListPagesOptions): Promise<Measurement[]> {
	const folder = makeTemporaryFolder();
	const postgres = await startEmbeddedPostgres({ dataDirectory: path.join(folder, "database") });
	let connection: Connection | null = null;
	let web: WebProcess | null = null;
	let reader: PageReader | null = null;
	try {
		await migrate(postgres.ownerUrl);
		options.log("Filling the database …");
		const startMs = performance.now();
		await fillDatabase(postgres.ownerUrl, options.size);
		const results: Measurement[] = [{ what: "filling the database", value: (performance.now() - startMs) / 1000, unit: "s" }];
		connection = connect({ url: postgres.appUrl, maxConnections: 20 });
		web = await startWebProcess({
			args: [...options.nodeOptions, "dist/server/main.js", "serve", "--data", path.join(folder, "web")],
			folder: projectFolder(),
			environment: { DATABASE_URL: postgres.ownerUrl },
		});
		results.push(...memoryOf(web, "after its start"));
		for (const viewer of viewers) {
			const token = await signIn(connection, viewer.userId);
			reader = createPageReader(web.port, `${sessionCookie}=${token}`);
			for (const variant of variants) {
				for (const concurrency of concurrencies) {
					const name = `libraries, ${viewer.name}, ${variant.name}, ${concurrency} at once`;
					options.log(name);
					const load = { concurrency, durationMs: options.durationMs };
					results.push(...figures(`${name}: page`, await measurePage(reader, variant, load)));
					results.push(...figures(`${name}: SQL`, await measureSql(connection, token, variant, load)));
				}
			}
			const id = await newestLibrary(reader);
			options.log(`page of a library, ${viewer.name}`);
			const load = { concurrency: 1, durationMs: options.durationMs };
			const detail = `page of a library, ${viewer.name}`;
			results.push(...figures(`${detail}: page`, await measureDetailPage(reader, id, load)));
			results.push(...figures(`${detail}: SQL`, await measureDetailSql(connection, token, id, load)));
			if (viewer.name === "admin") {
				results.push(...memoryOf(web, "after an admin's pages"));
				const startMs = performance.now();
				await reader.read("/htmx/libraries/export.csv", 1);
				results.push({ what: "export of 50,000 libraries", value: (performance.now() - startMs) / 1000, unit: "s" });
				results.push(...memoryOf(web, "after the export"));
			}
			reader.close();
		}
		results.push(...memoryOf(web, "after all pages"));
		return results;
	} finally {
		reader?.close();
		await web?.stop();
		await connection?.close();
		await postgres.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function signIn({ db }: Connection, userId: number): Promise<string> {
	const user = await findUser(db, { id: userId, roleId: UserRole.ADMIN.id }, userId);
	if (!user) throw new Error(`The database has no user ${userId}.`);
	const { token } = await createSession(db, userId, { userAgent: "bench", address: "127.0.0.1" }, new Date());
	return token;
}

function measurePage(
	reader: PageReader,
	variant: Variant,
	load: { concurrency: number; durationMs: number },
): Promise<LoadResult> {
	return measureLoad(async (number) => {
		const html = await reader.read(`/libraries/${variant.query}`, number);
		if (!html.includes("/libraries/1")) throw new Error(`/libraries/${variant.query} shows no libraries.`);
	}, load);
}

/** Number of the first library that the list shows to the person. */
async function newestLibrary(reader: PageReader): Promise<number> {
	const [, id] = /\/libraries\/(\d+)\//.exec(await reader.read("/libraries/", 1)) ?? [];
	if (!id) throw new Error("The list shows no libraries.");
	return Number(id);
}

function measureDetailPage(
	reader: PageReader,
	id: number,
	load: { concurrency: number; durationMs: number },
): Promise<LoadResult> {
	return measureLoad(async (number) => {
		const html = await reader.read(`/libraries/${id}/`, number);
		if (!html.includes("data-tabs")) throw new Error(`The page of library ${id} has no tabs.`);
	}, load);
}

/** The statements behind that page: session, and the library with the level of the viewer. */
function measureDetailSql(
	{ db }: Connection,
	token: string,
	id: number,
	load: { concurrency: number; durationMs: number },
): Promise<LoadResult> {
	return measureLoad(async () => {
		const session = await findSession(db, token, new Date());
		if (!session) throw new Error("The session is over.");
		if (!(await findLibraryPage(db, session.viewer, id))) throw new Error(`There is no library ${id}.`);
	}, load);
}

/** The statements behind the page: session and list. */
function measureSql(
	{ db }: Connection,
	token: string,
	variant: Variant,
	load: { concurrency: number; durationMs: number },
): Promise<LoadResult> {
	return measureLoad(async () => {
		const session = await findSession(db, token, new Date());
		if (!session) throw new Error("The session is over.");
		const { rows } = await runList(db, libraryList, variant.parameters, session.viewer);
		if (rows.length === 0) throw new Error(`${variant.name} finds nothing.`);
	}, load);
}

function figures(what: string, load: LoadResult): Measurement[] {
	return [
		{ what: `${what}, rate`, value: load.perSecond, unit: "per s" },
		{ what: `${what}, half within`, value: load.p50Ms, unit: "ms" },
		{ what: `${what}, 95 % within`, value: load.p95Ms, unit: "ms" },
	];
}

function memoryOf(web: WebProcess, when: string): Measurement[] {
	const value = web.residentMiB();
	return value === null ? [] : [{ what: `memory of the web process, ${when}`, value, unit: "MiB" }];
}
