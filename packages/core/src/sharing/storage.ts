import { NotFoundError, UnavailableError } from "../errors.ts";

/** How long a read of the share may take before people are told that the storage does not answer (access-and-web.md §15.4 rule 6). */
const storageTimeLimitMs = 5000;

/** Reads that ran out of time and still occupy a thread of the process. */
let hangingReads = 0;
const maxHangingReads = 2;

const missingCodes = new Set(["ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG", "EACCES", "EPERM", "EINVAL", "EISDIR"]);
const brokenCodes = new Set([
	"EIO",
	"ESTALE",
	"ETIMEDOUT",
	"EHOSTDOWN",
	"EHOSTUNREACH",
	"ENOTCONN",
	"ENODEV",
	"ENXIO",
	"ECONNRESET",
]);

function errorCode(error: unknown): string {
	return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Whether an error of the file system means that a path is not there for us (missing, unreadable, endless links). */
export function isMissing(error: unknown): boolean {
	return missingCodes.has(errorCode(error));
}

/**
 * Runs a read of the share with a time limit, and turns errors of the file system into those of access-and-web.md §6.3.
 * A hanging network mount blocks threads for good; once two are lost, further reads are refused at once, so that the rest of
 * the site goes on working until the storage answers again.
 * @throws NotFoundError for a path that is missing or unreadable
 * @throws UnavailableError when the storage hangs or is broken
 */
export async function readStorage<Result>(read: () => Promise<Result>, timeLimitMs = storageTimeLimitMs): Promise<Result> {
	if (hangingReads >= maxHangingReads) throw storageUnavailable();
	let timer: NodeJS.Timeout | undefined;
	let isHanging = false;
	const reading = read().finally(() => {
		if (isHanging) hangingReads -= 1;
	});
	const timeLimit = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => {
			isHanging = true;
			hangingReads += 1;
			reject(storageUnavailable());
		}, timeLimitMs);
	});
	try {
		return await Promise.race([reading, timeLimit]);
	} catch (error) {
		if (isMissing(error)) throw new NotFoundError("The path");
		if (brokenCodes.has(errorCode(error))) throw storageUnavailable();
		throw error;
	} finally {
		clearTimeout(timer);
	}
}

function storageUnavailable(): UnavailableError {
	return new UnavailableError("The storage does not answer at present. Please try again later.");
}

/** Runs a task per item, a limited number at once (default 64), results in the order of the items. */
export async function mapInBatches<Item, Result>(
	items: readonly Item[],
	task: (item: Item) => Promise<Result>,
	batchSize = 64,
): Promise<Result[]> {
	const results: Result[] = [];
	for (let start = 0; start < items.length; start += batchSize) {
		results.push(...(await Promise.all(items.slice(start, start + batchSize).map(task))));
	}
	return results;
}
