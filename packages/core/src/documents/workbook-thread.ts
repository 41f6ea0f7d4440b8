import { Worker } from "node:worker_threads";
import { checkWorkbookArchive } from "./workbook-archive.ts";
import { UnreadableWorkbookError } from "./workbook-errors.ts";

/** What is wanted of a workbook: its cells as text, or what it looks like. */
export type WorkbookTask = "read" | "view";

/** A task as the thread gets it. */
export interface WorkbookJob {
	readonly task: WorkbookTask;
	readonly bytes: Uint8Array;
	/** One more than this is read, so that the caller sees that there is more. */
	readonly maxRows: number;
	readonly maxColumns: number;
}

const timeLimitMs = 20_000;
const memoryLimitMegabytes = 256;

/** Beside the source in development, beside the program in the product. */
const workerUrl = new URL(
	import.meta.url.endsWith(".ts") ? "./read-workbook-worker.ts" : "./read-workbook-worker.js",
	import.meta.url,
);

/**
 * Parses a workbook in a thread with limits of time and memory, after its archive has been checked.
 * @returns the sheets as the task makes them (`read-workbook-worker.ts`)
 * @throws UnreadableWorkbookError with what the user can do
 */
export async function parseInThread<Sheet>(job: WorkbookJob): Promise<Sheet[]> {
	checkWorkbookArchive(job.bytes);
	return new Promise((resolve, reject) => {
		const worker = new Worker(workerUrl, {
			workerData: job,
			resourceLimits: { maxOldGenerationSizeMb: memoryLimitMegabytes },
			execArgv: [],
		});
		const fail = (message: string) => reject(new UnreadableWorkbookError(message));
		const timer = setTimeout(() => {
			fail("The workbook takes too long to read. Copy the cells into a new workbook, or save the sheet as .csv.");
			void worker.terminate();
		}, timeLimitMs);
		worker.once("message", ({ sheets }: { sheets: Sheet[] | null }) =>
			sheets ? resolve(sheets) : fail("The workbook is damaged and cannot be read."),
		);
		worker.once("error", () => fail("The workbook cannot be read."));
		worker.once("exit", () => {
			clearTimeout(timer);
			fail("The workbook cannot be read.");
		});
	});
}
