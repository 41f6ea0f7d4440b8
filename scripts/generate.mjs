// `npm run generate` writes all generated sources; `-- --check` fails when one differs from what would be written.
import { readdirSync } from "node:fs";
import { ensureInstalled, root, run } from "./lib/runtime.mjs";

ensureInstalled();
let failed = false;
for (const file of readdirSync(`${root}/scripts/generate`)
	.filter((name) => name.endsWith(".ts"))
	.sort()) {
	const code = await run("node_modules/tsx/dist/cli.mjs", [`scripts/generate/${file}`, ...process.argv.slice(2)]);
	failed ||= code !== 0;
}
process.exit(failed ? 1 : 0);
