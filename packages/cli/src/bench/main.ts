// `npm run bench [-- domain | annotation | pages | start | audit] [--seconds <number>] [--node-options="…"]`: speed and memory, measured on this machine over the loopback.
import { writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { measureAnnotation } from "./annotation.ts";
import { measureAudit } from "./audit.ts";
import { measureDomain } from "./domain.ts";
import { busyCoreAfterTenYears } from "./fill-database.ts";
import { measureListPages } from "./list-pages.ts";
import { formatMeasurements, type Measurement } from "./measurement.ts";
import { measureStartUp } from "./start-up.ts";

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { seconds: { type: "string", default: "3" }, "node-options": { type: "string", default: "" } },
});
const durationMs = Number(values.seconds) * 1000;
if (!(durationMs > 0 && durationMs <= 10_000)) throw new Error("--seconds takes a number up to 10.");

const nodeOptions = values["node-options"].split(" ").filter(Boolean);

const parts: Readonly<Record<string, () => Measurement[] | Promise<Measurement[]>>> = {
	domain: measureDomain,
	annotation: measureAnnotation,
	start: measureStartUp,
	audit: () => measureAudit(durationMs),
	pages: () => measureListPages({ size: busyCoreAfterTenYears, durationMs, nodeOptions, log: (text) => console.log(text) }),
};
const unknown = positionals.find((name) => !Object.hasOwn(parts, name));
if (unknown !== undefined) throw new Error(`There is no part "${unknown}": ${Object.keys(parts).join(", ")}.`);

const results: Measurement[] = [];
for (const [name, measure] of Object.entries(parts)) {
	if (positionals.length === 0 || positionals.includes(name)) results.push(...(await measure()));
}
const [processor] = cpus();
console.log(`\n${cpus().length} × ${processor?.model ?? "unknown processor"}, Node.js ${process.versions.node}\n`);
console.log(formatMeasurements(results));
const file = path.join(tmpdir(), "opengsync-bench-result.json");
writeFileSync(
	file,
	`${JSON.stringify({ measuredAt: new Date().toISOString(), node: process.versions.node, results }, null, "\t")}\n`,
);
console.log(`\n${file}`);
process.exit(0);
