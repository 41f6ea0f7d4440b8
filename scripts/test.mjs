// `npm test`: check, then every test: unit, integration on the embedded PostgreSQL, end to end in Chromium.
// Arguments are handed to vitest (`npm test -- packages/domain`), and then the check is left out.
import { ensureInstalled, run } from "./lib/runtime.mjs";
import { ensureSystemTools } from "./lib/system-tools.mjs";

ensureInstalled();
const only = process.argv.slice(2);
let failed = 0;
if (only.length === 0) {
	ensureSystemTools();
	failed ||= await run("scripts/check.mjs", []);
}
failed ||= await run("scripts/build.mjs", ["--quiet"]);
failed ||= await run("node_modules/vitest/vitest.mjs", ["run", ...only]);
process.exit(failed);
