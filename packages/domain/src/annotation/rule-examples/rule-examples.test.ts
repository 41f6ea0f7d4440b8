import { describe, expect, test } from "vitest";
import { analyseClashes } from "../../indices/clash.ts";
import { validateSheet } from "../../sheets/validate-sheet.ts";
import { allExamples } from "./all-examples.ts";
import { clashExamples } from "./clash-examples.ts";
import { listGeneralCases } from "./general-cases.ts";
import { applyRepair, definitionOf, isAt, sheetOfRows } from "./rule-example.ts";

const titleOf = (examples: (typeof allExamples)[number]) => [examples.sheet, examples.variant].filter(Boolean).join(", ");

describe.each(allExamples.map((examples) => [titleOf(examples), examples] as const))(
	"documented rules of %s",
	(_title, examples) => {
		const definition = definitionOf(examples);
		const valid = sheetOfRows(definition, examples.valid);

		test("nothing is wrong with the valid example", () => {
			expect(validateSheet(definition, valid).problems).toEqual([]);
		});

		test.each(examples.cases.map((rule) => [rule.code, rule.meaning, rule] as const))("%s: %s", (code, _meaning, rule) => {
			const built = definitionOf(examples, rule);
			const sheet = sheetOfRows(built, rule.rows, rule.columns);
			const { problems } = validateSheet(built, sheet);
			const places = [rule.at, ...(rule.alsoAt ?? [])].map((at) => ({ code, ...at, severity: rule.severity ?? "error" }));
			const found = problems.map(({ code: of, row, columns, severity }) => ({ code: of, row, columns, severity }));
			expect(found).toHaveLength(places.length);
			expect(found).toEqual(expect.arrayContaining(places));

			const repair = problems.find((problem) => isAt(problem, code, rule.at))?.repair;
			expect(repair?.label).toBe(rule.repair);
			if (repair) expect(validateSheet(built, applyRepair(built, sheet, repair)).problems).toEqual([]);
		});

		test.each(listGeneralCases(definition, valid).map((rule) => [rule.code, rule] as const))("%s", (code, { sheet, at }) => {
			expect(validateSheet(definition, sheet).problems.filter((problem) => isAt(problem, code, at))).toHaveLength(1);
		});
	},
);

test.each(clashExamples.map((example) => [example.code, example.meaning, example] as const))(
	"%s: %s",
	(code, _meaning, example) => {
		const { rows } = analyseClashes(example.group);
		const found = rows.flatMap(({ libraryName, messages }) => messages.map((message) => ({ libraryName, ...message })));
		expect(found.map(({ libraryName }) => libraryName)).toEqual(example.at);
		for (const message of found) expect(message).toMatchObject({ code, severity: example.severity });
	},
);
