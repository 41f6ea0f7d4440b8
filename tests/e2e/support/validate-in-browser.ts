/** Bundled for a page: judges sheets there as the spreadsheet of the product does. */
import { buildAnySheet } from "@opengsync/domain/sheets/all-sheets";
import { validateSheet } from "@opengsync/domain/sheets/validate-sheet";
import type { GeneratedSheet } from "../../../packages/domain/fixtures/generated-sheets.ts";

/** Answers to sheets as JSON: values, problems and columns of each. */
export function answerSheets(sheets: readonly GeneratedSheet[]): string[] {
	return sheets.map(({ name, context, sheet }) => {
		const { rows, problems, columns, hasErrors } = validateSheet(buildAnySheet(name, context), sheet);
		return JSON.stringify({ rows, problems, columns: columns.map((column) => column.key), hasErrors });
	});
}
