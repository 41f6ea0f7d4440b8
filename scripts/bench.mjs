// `npm run bench`: builds, then measures speed and memory; `-- domain`, `-- start`, `-- audit` or `-- pages` measures one part.
import { ensureInstalled, run, serverNodeOptions } from "./lib/runtime.mjs";

ensureInstalled();
const built = await run("scripts/build.mjs", ["--quiet"]);
if (built !== 0) process.exit(built);
const options = [`--node-options=${serverNodeOptions.join(" ")}`, ...process.argv.slice(2)];
process.exit(await run("node_modules/tsx/dist/cli.mjs", ["packages/cli/src/bench/main.ts", ...options]));
