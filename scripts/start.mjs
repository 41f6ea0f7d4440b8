// `npm start`: installs when needed, builds when needed, starts everything in one process. `npm start -- --help` lists options.
import { ensureInstalled, run, runServer } from "./lib/runtime.mjs";

ensureInstalled();
const built = await run("scripts/build.mjs", ["--quiet"]);
if (built !== 0) process.exit(built);
process.exit(await runServer(["up", ...process.argv.slice(2)]));
