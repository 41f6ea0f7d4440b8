// `npm run check`: types, lint and format, rules of the house, generated files. Everything runs; the exit code says whether all passed.
import { ensureInstalled, run } from "./lib/runtime.mjs";

ensureInstalled();
const checks = [
	["types", "node_modules/typescript/bin/tsc", ["--noEmit", "-p", "tsconfig.json"]],
	["lint and format", "node_modules/@biomejs/biome/bin/biome", ["check", "--error-on-warnings", "."]],
	["rules of the house", "node_modules/vitest/vitest.mjs", ["run", "--config", "vitest.rules.config.ts"]],
	["generated files", "scripts/generate.mjs", ["--check"]],
];
let failed = false;
for (const [name, file, args] of checks) {
	const code = await run(file, args);
	console.log(`${code === 0 ? "passed" : "FAILED"}: ${name}`);
	failed ||= code !== 0;
}
process.exit(failed ? 1 : 0);
