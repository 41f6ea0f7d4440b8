// Writes docs/annotation-rules.md from the definitions of the sheets and the examples of their rules. With --check: fails if it differs.
import { readFileSync, writeFileSync } from "node:fs";
import { allExamples } from "../../packages/domain/src/annotation/rule-examples/all-examples.ts";
import { clashExamples } from "../../packages/domain/src/annotation/rule-examples/clash-examples.ts";
import { generalRules, listGeneralCases } from "../../packages/domain/src/annotation/rule-examples/general-cases.ts";
import {
	applyRepair,
	definitionOf,
	isAt,
	type RuleCase,
	type SheetExamples,
	sheetOfRows,
} from "../../packages/domain/src/annotation/rule-examples/rule-example.ts";
import { analyseClashes } from "../../packages/domain/src/indices/clash.ts";
import type { Column, RawCell, RawSheet, SheetDefinition } from "../../packages/domain/src/sheets/types.ts";
import { validateSheet } from "../../packages/domain/src/sheets/validate-sheet.ts";

const introduction = `# Rules of the sheets

Written by \`npm run generate\` from the sheets themselves; every example is a test. The same rules answer in the browser, on the server, in the HTTP API and in
\`opengsync validate\`. All problems are reported at once, but for one order: the rules of columns come first, and only where no cell is wrong do the rules that
look at rows and at the whole sheet follow. An error keeps a step from being accepted, a warning does not. Row numbers are those that are displayed; blank
rows count.

In the examples **✗** marks the cells at which the problem is reported. *Repair* is what one click does.

## Rules of every sheet

| code | what is demanded |
|---|---|
${generalRules.map(({ code, meaning }) => `| \`${code}\` | ${meaning} |`).join("\n")}

\`<column>\` is the key of a column as listed below. Columns that the user added have the key of their title: lower case, spaces become \`_\`.`;

/** Text as it stands: nothing in it is taken for markup. */
function plain(text: string): string {
	return text.replaceAll("\n", " ").replace(/[|*<]|(?<!\w)_|_(?!\w)/gu, "\\$&");
}

function tableOf(header: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
	return [line(header), `|${header.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}

function typeOf(column: Column): string {
	switch (column.type) {
		case "choice":
		case "labelledChoice":
			return `one of ${column.options?.length ?? 0}`;
		case "text": {
			const limits = [
				column.minLength ? `at least ${column.minLength}` : "",
				column.maxLength ? `at most ${column.maxLength}` : "",
			];
			const stated = limits.filter(Boolean).join(", ");
			return stated ? `text, ${stated}` : "text";
		}
		case "integer":
			return "whole number";
		case "float":
			return "number";
	}
}

function columnTable(definition: SheetDefinition): string {
	const rows = definition.columns.map((column) => [
		plain(column.label),
		`\`${column.key}\``,
		column.readOnly ? "given" : column.required ? "yes" : "",
		[typeOf(column), column.unique ? "unique" : "", column.everyOption ? "each at least once" : ""].filter(Boolean).join("; "),
		plain([column.help ?? "", column.examples ? `E.g. ${column.examples.join(", ")}` : ""].filter(Boolean).join(" ")),
	]);
	return tableOf(["column", "key", "required", "takes", "help"], rows);
}

/** The rows of an example; columns that say nothing are left out. */
function exampleTable(definition: SheetDefinition, sheet: RawSheet, rule?: RuleCase): string {
	const places = rule ? [rule.at, ...(rule.alsoAt ?? [])] : [];
	const keyOf = (title: string) => definition.columns.find((column) => column.label === title)?.key ?? title;
	const isMarked = (row: number | null, key: string) => places.some((at) => at.row === row && at.columns.includes(key));
	const shown = sheet.columns
		.map((title, position) => ({ title, position, key: keyOf(title) }))
		.filter(
			({ position, key }) => places.some((at) => at.columns.includes(key)) || sheet.rows.some((row) => row[position] !== null),
		);
	const header = shown.map(({ title, key }) => `${plain(title)}${isMarked(null, key) ? " **✗**" : ""}`);
	const show = (cell: RawCell) => (cell === null ? "" : plain(String(cell)));
	const rows = sheet.rows.map((cells, index) => [
		String(index + 1),
		...shown.map(({ position, key }) => {
			const text = show(cells[position] ?? null);
			return isMarked(index + 1, key) ? `**✗** ${text}`.trim() : text;
		}),
	]);
	return tableOf(["row", ...header], rows);
}

function describeCase(examples: SheetExamples, rule: RuleCase): string {
	const definition = definitionOf(examples, rule);
	const sheet = sheetOfRows(definition, rule.rows, rule.columns);
	const problem = validateSheet(definition, sheet).problems.find((found) => isAt(found, rule.code, rule.at));
	if (!problem) throw new Error(`${examples.sheet}: the example of ${rule.code} does not break the rule.`);
	const lines = [plain(rule.meaning), "", exampleTable(definition, sheet, rule), "", `> ${plain(problem.message)}`];
	if (problem.repair) {
		const left = validateSheet(definition, applyRepair(definition, sheet, problem.repair)).problems.length;
		lines.push("", `Repair: *${plain(problem.repair.label)}*${left === 0 ? "" : ` (${left} left)`}`);
	}
	return lines.join("\n");
}

function describeRules(examples: SheetExamples): string {
	const byCode = Map.groupBy(examples.cases, (rule) => rule.code);
	return [...byCode]
		.map(([code, rules]) => {
			const codes = [code, ...rules.flatMap((rule) => rule.sameRule ?? [])].map((name) => `\`${name}\``).join(", ");
			const [first] = rules;
			const heading = `#### ${codes} · ${first?.severity ?? "error"}`;
			return [heading, ...rules.map((rule) => describeCase(examples, rule))].join("\n\n");
		})
		.join("\n\n");
}

function describeSheet(examples: SheetExamples): string {
	const definition = definitionOf(examples);
	const valid = sheetOfRows(definition, examples.valid);
	const codes = [...new Set(listGeneralCases(definition, valid).map((rule) => rule.code))];
	return [
		`### \`${examples.sheet}\`${examples.variant ? `, ${examples.variant}` : ""}: ${definition.title}`,
		columnTable(definition),
		`${definition.canAddRows ? "Rows may be added." : "No rows may be added."}${definition.canAddColumns ? " Columns may be added." : ""} A valid sheet:`,
		exampleTable(definition, valid),
		`Rules of every sheet, here: ${codes.map((code) => `\`${code}\``).join(", ")}.`,
		describeRules(examples),
	].join("\n\n");
}

function describeClashes(): string {
	const cases = clashExamples.map(({ code, severity, meaning, group, at }) => {
		const [message] = analyseClashes(group).rows.flatMap((row) => row.messages);
		const marked = (name: string) => (at.includes(name) ? `**✗** ${name}` : name);
		const rows = [
			...group.records.map(({ libraryName, i7, i5 }) => [marked(libraryName), i7 ?? "", i5 ?? ""]),
			...(group.librariesWithoutIndex ?? []).map(({ libraryName }) => [marked(libraryName), "", ""]),
		];
		return [
			`#### \`${code}\` · ${severity}`,
			meaning,
			tableOf(["library", "i7", "i5"], rows),
			`> ${plain(message?.text ?? "")}`,
		].join("\n\n");
	});
	return [
		"## Clashes of indices",
		"Libraries of one pool are compared in the review. Clashes do not block: completing with an error asks for a confirmation, which is recorded at the request.",
		...cases,
	].join("\n\n");
}

const text = `${[introduction, "## Sheets", ...allExamples.map(describeSheet), describeClashes()].join("\n\n")}\n`;
const target = new URL("../../docs/annotation-rules.md", import.meta.url);
if (!process.argv.includes("--check")) writeFileSync(target, text);
else if (readFileSync(target, "utf8") !== text) {
	console.error("docs/annotation-rules.md does not fit the rules. Run npm run generate and commit the result.");
	process.exitCode = 1;
}
