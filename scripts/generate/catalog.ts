// Writes packages/domain/src/catalog/catalog.gen.ts from catalog.json, the one source of the laboratory's vocabulary.
import { readFileSync, writeFileSync } from "node:fs";

interface CatalogFile {
	enumerations: { name: string; description: string; values: { id: number; key: string }[] }[];
	groupings: { name: string; description: string; values: { key: string }[] }[];
	constants: { name: string; description: string; values: unknown }[];
	units: unknown;
}

const folder = new URL("../../packages/domain/src/catalog/", import.meta.url);
const catalog = JSON.parse(readFileSync(new URL("catalog.json", folder), "utf8")) as CatalogFile;
const pascal = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

const lines = ["// Generated from catalog.json by `npm run generate`. Do not edit.", ""];
for (const enumeration of catalog.enumerations) {
	lines.push(`/** ${enumeration.description} */`, `export const ${pascal(enumeration.name)} = {`);
	for (const value of enumeration.values) lines.push(`\t${value.key}: ${JSON.stringify(value)},`);
	lines.push("} as const;", "");
}
for (const grouping of catalog.groupings) {
	lines.push(
		`/** ${grouping.description} */`,
		`export const ${grouping.name} = ${JSON.stringify(grouping.values)} as const;`,
		"",
	);
}
for (const constant of catalog.constants) {
	lines.push(
		`/** ${constant.description} */`,
		`export const ${constant.name} = ${JSON.stringify(constant.values)} as const;`,
		"",
	);
}
lines.push(
	"/** Units of run metrics (background-and-ops.md §8). */",
	`export const units = ${JSON.stringify(catalog.units)} as const;`,
	"",
);
lines.push("/** All enumerations under their catalog name. */", "export const enumerations = {");
for (const enumeration of catalog.enumerations) lines.push(`\t${enumeration.name}: ${pascal(enumeration.name)},`);
lines.push("} as const;", "");
const target = new URL("catalog.gen.ts", folder);
const text = lines.join("\n");
if (process.argv.includes("--check")) {
	if (readFileSync(target, "utf8") !== text) {
		console.error("catalog.gen.ts does not fit catalog.json: run `npm run generate`");
		process.exit(1);
	}
} else {
	writeFileSync(target, text);
}
