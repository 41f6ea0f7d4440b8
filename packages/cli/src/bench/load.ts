import { Agent, request } from "node:http";

/** What a load test found. */
export interface LoadResult {
	/** Answers per second. */
	readonly perSecond: number;
	/** Half of the answers came within this time. */
	readonly p50Ms: number;
	/** 95 of 100 answers came within this time. */
	readonly p95Ms: number;
	readonly count: number;
}

/** How to load. */
export interface LoadOptions {
	/** Calls at the same time. */
	readonly concurrency: number;
	readonly durationMs: number;
}

const warmUpCalls = 20;

/**
 * Calls again and again, each of `concurrency` callers waiting for its answer, until the time is over.
 * @param call gets the number of the call, from 0
 * @throws whatever a call throws: an error is no measurement
 */
export async function measureLoad(call: (number: number) => Promise<void>, options: LoadOptions): Promise<LoadResult> {
	let number = 0;
	for (; number < warmUpCalls; number += 1) await call(number);
	const times: number[] = [];
	const startMs = performance.now();
	const worker = async () => {
		while (performance.now() - startMs < options.durationMs) {
			const callMs = performance.now();
			number += 1;
			await call(number);
			times.push(performance.now() - callMs);
		}
	};
	await Promise.all(Array.from({ length: options.concurrency }, worker));
	const seconds = (performance.now() - startMs) / 1000;
	times.sort((a, b) => a - b);
	const quantile = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
	return { perSecond: times.length / seconds, p50Ms: quantile(0.5), p95Ms: quantile(0.95), count: times.length };
}

/** Fetches pages over connections that stay open. */
export interface PageReader {
	/** Fetches a page. @throws Error unless it answers 200 */
	read(path: string, number: number): Promise<string>;
	close(): void;
}

/** Loopback addresses to call from: the server allows 20 requests per second to each address, and that limit is part of what is measured. */
const callers = 200;

/** Reads pages of a server on 127.0.0.1 with a session's cookie, from many loopback addresses (127.0.1.1 and on, Linux only). */
export function createPageReader(port: number, cookie: string): PageReader {
	const agents = Array.from({ length: callers }, (_, index) => ({
		localAddress: `127.0.1.${index + 1}`,
		agent: new Agent({ keepAlive: true, maxSockets: 1 }),
	}));
	return {
		read: async function read(path, number) {
			const caller = agents[number % callers];
			return new Promise((resolve, reject) => {
				const outgoing = request({ host: "127.0.0.1", port, path, headers: { cookie }, timeout: 30_000, ...caller }, (answer) => {
					const parts: Buffer[] = [];
					answer.on("data", (part: Buffer) => parts.push(part));
					answer.on("error", reject);
					answer.on("end", () => {
						if (answer.statusCode === 200) resolve(Buffer.concat(parts).toString("utf8"));
						else reject(new Error(`${path} answers ${answer.statusCode}`));
					});
				});
				outgoing.on("timeout", () => outgoing.destroy(new Error(`${path} does not answer`)));
				outgoing.on("error", (error: NodeJS.ErrnoException) => {
					// The server ends connections that were idle for some seconds, perhaps just now: a browser asks again, too.
					if (outgoing.reusedSocket && error.code === "ECONNRESET") resolve(read(path, number));
					else reject(error);
				});
				outgoing.end();
			});
		},
		close: () => {
			for (const { agent } of agents) agent.destroy();
		},
	};
}
