import { createClient } from "@redis/client";

/** A key-value server that several processes share (Redis or Valkey). */
export interface RedisConnection {
	/** Runs a script in one step. @throws Error when the server is away or does not answer in time */
	run(script: string, key: string, parameters: readonly (string | number)[]): Promise<unknown>;
	/** `ok`, or a short reason without internals (background-and-ops.md §5.2). */
	state(): Promise<string>;
	/** Ends the connection. */
	close(): void;
}

/** What of a log is needed. */
export interface WarnLog {
	warn(facts: object, message: string): void;
	info(message: string): void;
}

const answerLimitMs = 500;
/** After an answer that did not come, nothing is asked for so long: one request in a second waits, not every one. */
const restMs = 1000;
const longestPauseMs = 5000;

/**
 * Connects in the background and again whenever the server was away; until then every command fails at once. The way to absence and
 * the way back are logged once each; the address, which may hold a password, is not.
 */
export function connectRedis(url: string, log: WarnLog): RedisConnection {
	let away = false;
	let restsUntilMs = 0;
	const client = createClient({
		url,
		disableOfflineQueue: true,
		socket: { connectTimeout: 2000, reconnectStrategy: (tries) => Math.min(100 * 2 ** tries, longestPauseMs) },
	});
	client.on("error", (error: unknown) => {
		if (!away) log.warn({ reason: reasonOf(error) }, "Redis is away: limits are counted in the memory of this process");
		away = true;
	});
	client.on("ready", () => {
		if (away) log.info("Redis is back: limits are shared again");
		away = false;
	});
	// A failure is told by the event; the client goes on trying by itself.
	client.connect().catch(() => undefined);
	const ask = async <T>(command: () => Promise<T>): Promise<T> => {
		if (!client.isReady || Date.now() < restsUntilMs) throw new Error("Redis is away");
		return withinTime(command(), () => {
			restsUntilMs = Date.now() + restMs;
		});
	};
	return {
		run: (script, key, parameters) => ask(() => client.eval(script, { keys: [key], arguments: parameters.map(String) })),
		state: () =>
			ask(() => client.ping()).then(
				() => "ok",
				() => "not reachable",
			),
		close: () => client.destroy(),
	};
}

/** A server that hangs counts as away. */
async function withinTime<T>(answer: Promise<T>, onTooLate: () => void): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const tooLate = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => {
			onTooLate();
			reject(new Error("Redis does not answer in time"));
		}, answerLimitMs);
	});
	answer.catch(() => undefined);
	return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer));
}

function reasonOf(error: unknown): string {
	return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "no connection";
}
