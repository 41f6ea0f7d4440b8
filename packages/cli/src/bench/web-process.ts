import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A started program that listens on a port of 127.0.0.1. */
export interface WebProcess {
	readonly port: number;
	/** From the start of the program to its first answer. */
	readonly firstAnswerMs: number;
	/** Memory that the process holds at present, MiB; null where the system does not tell. */
	residentMiB(): number | null;
	stop(): Promise<void>;
}

/** What to start. */
export interface WebProcessOptions {
	/** Script and its arguments; `--port` is added. */
	readonly args: readonly string[];
	readonly folder: string;
	readonly environment?: Readonly<Record<string, string>>;
}

const startLimitMs = 120_000;
const stopLimitMs = 20_000;

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

function accepts(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect({ port, host: "127.0.0.1" });
		const answer = (isOpen: boolean) => {
			socket.destroy();
			resolve(isOpen);
		};
		socket.once("connect", () => answer(true));
		socket.once("error", () => answer(false));
	});
}

/**
 * Starts a web server and waits for its first answer.
 * @throws Error with what the program printed, when it ends or does not answer within two minutes
 */
export async function startWebProcess(options: WebProcessOptions): Promise<WebProcess> {
	const port = await findFreePort();
	const startMs = performance.now();
	const child = spawn(process.execPath, [...options.args, "--port", String(port)], {
		cwd: options.folder,
		env: { ...process.env, ...options.environment },
		stdio: ["ignore", "pipe", "pipe"],
	});
	let printed = "";
	for (const stream of [child.stdout, child.stderr]) {
		stream.on("data", (text: Buffer) => {
			printed = (printed + text.toString("utf8")).slice(-4_000);
		});
	}
	while (!(await accepts(port))) {
		const hasEnded = child.exitCode !== null || child.signalCode !== null;
		if (hasEnded || performance.now() - startMs > startLimitMs) {
			await stopChild(child);
			throw new Error(`${options.args.join(" ")} did not start:\n${printed}`);
		}
		await sleep(10);
	}
	const answer = await fetch(`http://127.0.0.1:${port}/status/`);
	await answer.text();
	return {
		port,
		firstAnswerMs: performance.now() - startMs,
		residentMiB: () => readResidentMiB(child.pid),
		stop: () => stopChild(child),
	};
}

function readResidentMiB(pid: number | undefined): number | null {
	if (process.platform !== "linux" || pid === undefined) return null;
	const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
	return kibibytes === undefined ? null : Number(kibibytes) / 1024;
}

async function stopChild(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise((resolve) => child.once("exit", resolve));
	child.kill("SIGTERM");
	const timer = setTimeout(() => child.kill("SIGKILL"), stopLimitMs);
	await ended;
	clearTimeout(timer);
}
