// Writes packages/db/src/database.gen.ts, the row types, from a database with all migrations. With --check: fails if it differs from the file.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbeddedPostgres } from "../../packages/db/src/embedded-postgres.ts";
import { migrate } from "../../packages/db/src/migrate.ts";

const target = new URL("../../packages/db/src/database.gen.ts", import.meta.url);
const folder = mkdtempSync(path.join(tmpdir(), "opengsync-types-"));
// As root the server runs as another user, who has to pass through the folder.
chmodSync(folder, 0o711);
const server = await startEmbeddedPostgres({ dataDirectory: path.join(folder, "data"), settings: { fsync: "off" } }).catch(
	(error) => {
		rmSync(folder, { recursive: true, force: true });
		throw error;
	},
);

try {
	await migrate(server.ownerUrl);
	const output = path.join(folder, "types.ts");
	execFileSync(
		process.execPath,
		[
			path.resolve(path.dirname(createRequire(import.meta.url).resolve("kysely-codegen")), "cli/bin.js"),
			`--url=${server.ownerUrl}`,
			"--dialect=postgres",
			"--default-schema=public",
			"--include-pattern=public.*",
			'--type-mapping={"int8":"number","bpchar":"string"}',
			"--log-level=error",
			`--out-file=${output}`,
		],
		{ stdio: "inherit" },
	);
	const generated = readFileSync(output, "utf8")
		.replace(/^\/\*\*[\s\S]*?\*\/\s*/, "// Generated from the migrations by `npm run generate`. Do not edit.\n\n")
		.replace("export interface DB {", "/** All tables by name. */\nexport interface Database {");
	if (!process.argv.includes("--check")) writeFileSync(target, generated);
	else if (readFileSync(target, "utf8") !== generated) {
		console.error("packages/db/src/database.gen.ts does not fit the migrations. Run npm run generate and commit the result.");
		process.exitCode = 1;
	}
} finally {
	await server.stop();
	rmSync(folder, { recursive: true, force: true });
}
