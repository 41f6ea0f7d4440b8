// One living process per data directory.
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";

/** Thrown when another live process uses the data directory. */
export class DataDirectoryInUseError extends Error {
	/** Process id of the present owner. */
	readonly pid: number;

	constructor(dataDirectory: string, pid: number) {
		super(
			`The data directory ${dataDirectory} is in use by process ${pid}. Stop that process first, or start with another data directory.`,
		);
		this.name = "DataDirectoryInUseError";
		this.pid = pid;
	}
}

/** Fields of a process after its name: state first, start time in ticks since boot twentieth; empty where unknown. */
function statusOf(pid: number): string[] {
	try {
		// The name is in parentheses and may hold blanks.
		return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
	} catch {
		return [];
	}
}

/** Whether a process with this id runs; one that has ended and only waits for its parent to notice does not. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === "EPERM";
	}
	return statusOf(pid)[0] !== "Z";
}

/** Start time of a process, so that a reused id is not taken for the old process; empty where unknown. */
function startTimeOf(pid: number): string {
	return statusOf(pid)[19] ?? "";
}

/** Program name of a process, empty where it cannot be told. */
export function programOf(pid: number): string {
	try {
		return process.platform === "linux"
			? readFileSync(`/proc/${pid}/comm`, "utf8").trim()
			: execFileSync("ps", ["-o", "comm=", "-p", String(pid)], { encoding: "utf8" }).trim();
	} catch {
		return "";
	}
}

function readOwner(lockFile: string): { pid: number; startTime: string } | null {
	try {
		const [pid = "", startTime = ""] = readFileSync(lockFile, "utf8").trim().split(" ");
		return /^\d+$/.test(pid) ? { pid: Number(pid), startTime } : null;
	} catch {
		return null;
	}
}

/**
 * Takes the lock for this process and returns the function that gives it back. The lock of a process that has died is taken over.
 * @throws DataDirectoryInUseError
 */
export function lockDataDirectory(dataDirectory: string, lockFile: string): () => void {
	for (let attempt = 0; attempt < 2; attempt += 1) {
		try {
			writeFileSync(lockFile, `${process.pid} ${startTimeOf(process.pid)}\n`, { flag: "wx", mode: 0o600 });
			return () => rmSync(lockFile, { force: true });
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
		}
		const owner = readOwner(lockFile);
		if (owner && isAlive(owner.pid) && startTimeOf(owner.pid) === owner.startTime) {
			throw new DataDirectoryInUseError(dataDirectory, owner.pid);
		}
		rmSync(lockFile, { force: true });
	}
	throw new Error(`The data directory ${dataDirectory} is being taken by another process at this moment. Try again.`);
}
