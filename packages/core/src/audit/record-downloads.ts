import { randomUUID } from "node:crypto";
import type { Db } from "@opengsync/db/connection";
import { transact } from "@opengsync/db/transaction";
import { sql } from "kysely";

/** A file, or a folder as a zip, that was fetched by a share link. */
export interface ShareDownload {
	/** Number of the link, never its token. */
	readonly shareTokenId: number;
	/** Below the share root; empty for all that the link opens. */
	readonly path: string;
	/** Network address of whoever fetched it. */
	readonly address: string;
	/** Id of the HTTP request, as in the log. */
	readonly requestId: string;
}

/** Longest time for which a download is only in memory. */
const FLUSH_AFTER_MS = 1_000;

/** Downloads that wait while the database does not take them; older ones are dropped then. */
const WAITING_LIMIT = 50_000;

/** Longest path that is kept. */
const PATH_LENGTH = 1_024;

interface Recorder {
	waiting: ShareDownload[];
	timer: NodeJS.Timeout | null;
	writing: Promise<void>;
}

const recorders = new Map<Db, Recorder>();

/**
 * Remembers a download for the audit trail. A link may fetch thousands of files, so that they are kept in memory and written once a second, all
 * in one transaction: a process that dies loses at most the last second. {@link flushShareDownloads} writes what waits.
 */
export function recordShareDownload(db: Db, download: ShareDownload): void {
	const recorder = recorders.get(db) ?? { waiting: [], timer: null, writing: Promise.resolve() };
	recorders.set(db, recorder);
	recorder.waiting.push(download);
	if (recorder.waiting.length > WAITING_LIMIT) recorder.waiting.shift();
	recorder.timer ??= setTimeout(() => void flushRecorder(db, recorder).catch(() => undefined), FLUSH_AFTER_MS).unref();
}

/** Writes the downloads that wait; to be called before the database is closed. @throws when the database does not take them */
export async function flushShareDownloads(): Promise<void> {
	await Promise.all([...recorders].map(([db, recorder]) => flushRecorder(db, recorder)));
}

/** One after the other, so that events stand in the order of the downloads. */
function flushRecorder(db: Db, recorder: Recorder): Promise<void> {
	if (recorder.timer) clearTimeout(recorder.timer);
	recorder.timer = null;
	recorder.writing = recorder.writing
		.catch(() => undefined)
		.then(async () => {
			const downloads = recorder.waiting;
			recorder.waiting = [];
			if (downloads.length === 0) {
				if (recorder.timer === null) recorders.delete(db);
				return;
			}
			await writeDownloads(db, downloads).catch((error: unknown) => {
				recorder.waiting = [...downloads, ...recorder.waiting].slice(-WAITING_LIMIT);
				throw error;
			});
		});
	return recorder.writing;
}

async function writeDownloads(db: Db, downloads: readonly ShareDownload[]): Promise<void> {
	const rows = downloads.map(({ shareTokenId, path, address, requestId }) => ({
		key: `share_token/${shareTokenId}`,
		details: { path: path.slice(0, PATH_LENGTH), address, request: requestId },
	}));
	const actor = { userId: null, impersonatorId: null, via: "web", requestId: `downloads-${randomUUID()}` } as const;
	await transact(db, actor, async (tx) => {
		await sql`SELECT record_audit_event('share_download', key, details)
			FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS v (key text, details jsonb)`.execute(tx);
	});
}
