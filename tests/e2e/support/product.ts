import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../../..");

/** The product, started as its users start it. */
export interface Product {
	readonly url: string;
	/** Folder with everything that it keeps. */
	readonly data: string;
	/** What it printed so far. */
	readonly output: () => string;
	/** Ends it with a signal and waits. */
	stop(signal?: NodeJS.Signals): Promise<number | null>;
	/** Starts it again on the same data and address. */
	restart(): Promise<void>;
	/** Ends it and removes its data. */
	dispose(): Promise<void>;
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once("error", reject);
		server.listen(0, "127.0.0.1", () => {
			const address = server.address();
			server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
		});
	});
}

/** Starts the built server in a folder of its own; `config` becomes its opengsync.yaml. */
export async function startProduct(
	options: { readonly config?: string; readonly args?: readonly string[] } = {},
): Promise<Product> {
	const folder = mkdtempSync(path.join(tmpdir(), "opengsync-e2e-"));
	chmodSync(folder, 0o711);
	const data = path.join(folder, "data");
	const config = path.join(folder, "opengsync.yaml");
	if (options.config) writeFileSync(config, options.config.replaceAll("{folder}", folder));
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	let child: ChildProcess;
	let output = "";

	const start = async () => {
		output = "";
		child = spawn(
			process.execPath,
			["dist/server/main.js", "up", "--port", String(port), "--data", data, ...(options.args ?? [])],
			{
				cwd: root,
				env: { ...process.env, ...(options.config ? { OPENGSYNC_CONFIG_FILE: config } : {}), NODE_ENV: "production" },
			},
		);
		child.stdout?.on("data", (chunk) => (output += String(chunk)));
		child.stderr?.on("data", (chunk) => (output += String(chunk)));
		for (let attempt = 0; attempt < 600; attempt++) {
			if (child.exitCode !== null) throw new Error(`The product ended at once:\n${output}`);
			if (output.includes("OpeNGSync is running")) return;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
		throw new Error(`The product did not start:\n${output}`);
	};

	const stop = (signal: NodeJS.Signals = "SIGINT") =>
		new Promise<number | null>((resolve) => {
			if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode);
			child.once("exit", (code) => resolve(code));
			child.kill(signal);
		});

	await start();
	return {
		url,
		data,
		output: () => output,
		stop,
		restart: start,
		dispose: async () => {
			await stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
