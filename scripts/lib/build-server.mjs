// The server as one program: our packages bundled, npm packages left where they are.
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import * as esbuild from "esbuild";
import { filesBelow, hashInputs } from "./build-cache.mjs";
import { root } from "./runtime.mjs";

const entry = path.join(root, "packages/cli/src/main.ts");

/** Threads that the program starts: files of their own beside it. */
const threads = { "read-workbook-worker": path.join(root, "packages/core/src/documents/read-workbook-worker.ts") };

/** Finds our own packages (`@opengsync/<package>/<file>`) in their sources and leaves all others outside. */
const ownPackages = {
	name: "own-packages",
	setup(build) {
		build.onResolve({ filter: /^@opengsync\// }, ({ path: name }) => {
			const [, packageName, ...rest] = name.split("/");
			return { path: path.join(root, "packages", packageName, "src", `${rest.join("/")}.ts`) };
		});
		build.onResolve({ filter: /^[^./]/ }, ({ path: name, kind }) =>
			kind === "entry-point" ? undefined : { path: name, external: true },
		);
	},
};

/** Builds `dist/server/main.js` and its threads when a source has changed. */
export async function buildServer(cache, folder) {
	if (!existsSync(entry)) throw new Error(`${entry} is missing.`);
	const isCode = (name) => /\.(ts|tsx|json)$/.test(name);
	const packages = ["domain", "illumina", "db", "core", "web", "worker", "client", "cli"];
	const sources = packages.flatMap((name) => filesBelow(path.join(root, "packages", name, "src"), isCode));
	const hash = hashInputs(sources, "server 2");
	const outfile = path.join(folder, "main.js");
	if (cache.isFresh("server", hash)) return;
	mkdirSync(folder, { recursive: true });
	await esbuild.build({
		entryPoints: { main: entry, ...threads },
		bundle: true,
		platform: "node",
		format: "esm",
		target: "node22",
		outdir: folder,
		sourcemap: true,
		jsx: "automatic",
		jsxImportSource: "hono/jsx",
		plugins: [ownPackages],
		logLevel: "error",
	});
	cache.remember("server", hash, [outfile]);
}
