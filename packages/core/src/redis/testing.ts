import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { createClient } from "@redis/client";

/** A Redis server of a test: a process of its own that keeps nothing. */
export interface TestRedis {
	readonly url: string;
	/** All keys, with the rest of their life in milliseconds (negative = for ever). */
	keys(): Promise<readonly { readonly key: string; readonly lifeMs: number }[]>;
	/** Ends it as a crash would. */
	stop(): Promise<void>;
	/** Begins it again at the same address. */
	start(): Promise<void>;
	/** Lets it hang, or go on. */
	signal(signal: "SIGSTOP" | "SIGCONT"): void;
}

async function freePort(): Promise<number> {
	const server = createServer();
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	server.close();
	await once(server, "close");
	if (typeof address !== "object" || !address) throw new Error("No free port");
	return address.port;
}

/** Starts the system's `redis-server`, which `scripts/lib/system-tools.mjs` installs. */
export async function startTestRedis(): Promise<TestRedis> {
	const port = await freePort();
	const url = `redis://127.0.0.1:${port}`;
	const begin = () =>
		spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--save", ""], { stdio: "ignore", cwd: tmpdir() });
	let child = begin();
	const ready = async () => {
		const probe = createClient({ url, socket: { reconnectStrategy: 50 } });
		probe.on("error", () => undefined);
		await probe.connect();
		probe.destroy();
	};
	await ready();
	return {
		url,
		keys: async () => {
			const probe = await createClient({ url }).connect();
			const names = await probe.keys("*");
			const keys = await Promise.all(names.map(async (key) => ({ key, lifeMs: await probe.pTTL(key) })));
			probe.destroy();
			return keys;
		},
		stop: async () => {
			const ended = once(child, "exit");
			child.kill("SIGKILL");
			await ended;
		},
		start: async () => {
			child = begin();
			await ready();
		},
		signal: (signal) => void child.kill(signal),
	};
}
