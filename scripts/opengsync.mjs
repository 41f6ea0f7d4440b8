// `npm run opengsync -- <command>`: the command line of the product.
import { ensureInstalled, run, runServer } from "./lib/runtime.mjs";

ensureInstalled();
const built = await run("scripts/build.mjs", ["--quiet"]);
if (built !== 0) process.exit(built);
process.exit(await runServer(process.argv.slice(2)));
