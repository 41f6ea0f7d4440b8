// `npm run build`: dist/server/main.js and dist/web (hashed names, manifest.json). `--quiet` says nothing unless something fails;
// `--browser` and `--server` build one of the two.
import { realpathSync } from "node:fs";
import path from "node:path";
import { BuildCache } from "./lib/build-cache.mjs";
import { nodeBinary, root, run } from "./lib/runtime.mjs";

const options = new Set(process.argv.slice(2));

// The pinned Node builds too, so that everybody gets the same result; it is not necessarily the one that was called.
if (realpathSync(nodeBinary()) !== realpathSync(process.execPath)) {
	process.exit(await run("scripts/build.mjs", [...options]));
}

const { buildBrowser } = await import("./lib/build-browser.mjs");
const { buildServer } = await import("./lib/build-server.mjs");
const startedMs = performance.now();
const cache = new BuildCache(path.join(root, "dist/.build-cache.json"));
const everything = !options.has("--browser") && !options.has("--server");
try {
	const parts = [];
	if (everything || options.has("--server")) parts.push(buildServer(cache, path.join(root, "dist/server")));
	if (everything || options.has("--browser")) parts.push(buildBrowser(cache, path.join(root, "dist/web")));
	await Promise.all(parts);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
}
if (!options.has("--quiet")) console.log(`Built in ${((performance.now() - startedMs) / 1000).toFixed(1)} s.`);
