// `npm run opengsync -- <command>`: the command line of the product.
import { ensureInstalled, run } from "./lib/runtime.mjs";

ensureInstalled();
const built = await run("scripts/build.mjs", ["--quiet"]);
if (built !== 0) process.exit(built);
process.exit(await run("dist/server/main.js", process.argv.slice(2)));
