/** Nobody meets a code that docs/annotation-rules.md does not explain. */
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type GeneratedSheet, generatedSheet } from "../../../fixtures/generated-sheets.ts";
import { buildAnySheet } from "../../sheets/all-sheets.ts";
import { validateSheet } from "../../sheets/validate-sheet.ts";
import { allExamples } from "./all-examples.ts";
import { clashExamples } from "./clash-examples.ts";
import { listGeneralCases } from "./general-cases.ts";
import { definitionOf, type SheetExamples, sheetOfRows } from "./rule-example.ts";

function codesOf(examples: SheetExamples): string[] {
	const definition = definitionOf(examples);
	const general = listGeneralCases(definition, sheetOfRows(definition, examples.valid)).map((rule) => rule.code);
	return [...general, ...examples.cases.flatMap((rule) => [rule.code, ...(rule.sameRule ?? [])])];
}

const documented = new Map<string, Set<string>>();
for (const examples of allExamples) {
	documented.set(examples.sheet, new Set([...(documented.get(examples.sheet) ?? []), ...codesOf(examples)]));
}

/** Codes that only a rule called by itself can give: the options of the columns refuse these values before. */
const unreachable = new Set(["index.kit_unknown"]);

test("every code that generated sheets give is explained with its sheet", () => {
	/** Codes about columns that the user added carry their names. */
	const problemsOf = ({ name, context, sheet }: GeneratedSheet) => {
		const definition = buildAnySheet(name, context);
		const known = new Set(definition.columns.map((column) => column.key));
		const { problems } = validateSheet(definition, sheet);
		return problems.filter(({ columns }) => columns.every((key) => known.has(key))).map(({ code }) => ({ name, code }));
	};
	const sheets = [...fc.sample(generatedSheet(), 1_500), ...fc.sample(generatedSheet(false), 1_500)];
	const unexplained = sheets.flatMap(problemsOf).filter(({ name, code }) => !documented.get(name)?.has(code));
	expect([...new Set(unexplained.map(({ name, code }) => `${name} ${code}`))]).toEqual([]);
});

/** How the sources of the rules state codes; each gives the code itself or its parts. */
const statements: readonly { readonly pattern: RegExp; readonly codeOf: (match: RegExpExecArray) => string }[] = [
	{ pattern: /reportSheet\(\s*report,\s*"([^"]+)"/g, codeOf: ([, code]) => code ?? "" },
	{ pattern: /\bcode: "([^"]+)"/g, codeOf: ([, code]) => code ?? "" },
	{ pattern: /rowError\([^"`]*?"(?:invalid|missing|duplicate)",\s*"([^"]+)"/g, codeOf: ([, code]) => `index.${code}` },
	{ pattern: /checkName\("i[75]", "([^"]+)"\)/g, codeOf: ([, code]) => `index.${code}` },
	{
		pattern: /reportCells\(\s*report,\s*[\w.]+,\s*\["([^"]+)"[^\]]*\],\s*"(\w+)"/g,
		codeOf: ([, column, kind]) => `${column}.${kind}`,
	},
	{ pattern: /warnCells\(\s*report,\s*[\w.]+,\s*\["([^"]+)"/g, codeOf: ([, column]) => `${column}.unusual` },
];

test("every code that stands in the sources of the rules is explained", () => {
	const folder = fileURLToPath(new URL("../../", import.meta.url));
	const files = globSync("{sheets,annotation,indices,library-edits}/*.ts", { cwd: folder }).filter((file) => !/test/.test(file));
	const found = files.flatMap((file) => {
		const text = readFileSync(`${folder}${file}`, "utf8");
		return statements.flatMap(({ pattern, codeOf }) => [...text.matchAll(pattern)].map((match) => codeOf(match)));
	});
	const codes = [...new Set(found)].filter((code) => code.includes("."));
	expect(codes.length).toBeGreaterThan(40);
	const explained = new Set<string>([...documented.values()].flatMap((set) => [...set]));
	for (const { code } of clashExamples) explained.add(code);
	expect(codes.filter((code) => !explained.has(code) && !unreachable.has(code))).toEqual([]);
});
