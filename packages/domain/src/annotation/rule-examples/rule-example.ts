import { buildAnySheet, type LibrarySheetContexts } from "../../sheets/all-sheets.ts";
import type { Problem, RawCell, RawSheet, Repair, Severity, SheetDefinition } from "../../sheets/types.ts";
import type { SheetContexts } from "../sheet-registry.ts";

/** A row of an example: cells by header text; what is not named is empty. */
export type ExampleRow = Readonly<Record<string, RawCell>>;

/** Where a problem is: displayed row number (null = the whole sheet) and keys of the columns. */
export interface Place {
	readonly row: number | null;
	readonly columns: readonly string[];
}

/** A sheet that breaks one rule. */
export interface RuleCase {
	readonly code: string;
	/** What the rule demands, in one sentence. */
	readonly meaning: string;
	readonly rows: readonly ExampleRow[];
	/** Header texts, when they are not those of the sheet. */
	readonly columns?: readonly string[];
	readonly at: Place;
	/** "error" when not stated. */
	readonly severity?: Severity;
	/** Further places that are marked with the same code: a value that is not unique is marked in every row. */
	readonly alsoAt?: readonly Place[];
	/** Label of the proposed repair; none is proposed when not stated. */
	readonly repair?: string;
	/** From what the sheet is built, when it is not that of the other examples. */
	readonly context?: object;
	/** Codes of the same rule in other columns. */
	readonly sameRule?: readonly string[];
}

/** Examples of the rules of one sheet. */
export interface SheetExamples {
	/** Name of the sheet, e.g. `sample_annotation`. */
	readonly sheet: string;
	/** When the sheet has other columns or rules than under its name alone, e.g. "re-index". */
	readonly variant?: string;
	readonly context: object;
	/** Rows in which nothing is wrong. */
	readonly valid: readonly ExampleRow[];
	readonly cases: readonly RuleCase[];
}

/** Contexts of all sheets by name. */
type AllContexts = SheetContexts & LibrarySheetContexts;

/** Examples whose context fits the sheet. */
export function examplesOf<Name extends keyof AllContexts>(
	examples: SheetExamples & { readonly sheet: Name; readonly context: AllContexts[Name] },
): SheetExamples {
	return examples;
}

/** The definition to which the examples, or one of their cases, belong. */
export function definitionOf(examples: SheetExamples, rule?: RuleCase): SheetDefinition {
	return buildAnySheet(examples.sheet, rule?.context ?? examples.context);
}

/** Rows as a sheet that can be validated, under these headers or all of the definition. */
export function sheetOfRows(definition: SheetDefinition, rows: readonly ExampleRow[], columns?: readonly string[]): RawSheet {
	const titles = columns ?? definition.columns.map((column) => column.label);
	return { columns: titles, rows: rows.map((row) => titles.map((title) => row[title] ?? null)) };
}

/** The sheet after one click on a repair. */
export function applyRepair(definition: SheetDefinition, sheet: RawSheet, repair: Repair): RawSheet {
	const rows = sheet.rows.map((row) => [...row]);
	for (const { row, column, value } of repair.cells) {
		const title = definition.columns.find(({ key }) => key === column)?.label ?? column;
		const position = sheet.columns.indexOf(title);
		const cells = rows[row - 1];
		if (cells && position >= 0) cells[position] = value;
	}
	return { columns: sheet.columns, rows };
}

/** Whether a problem is of this code and at this place. */
export function isAt(problem: Problem, code: string, at: Place): boolean {
	return problem.code === code && problem.row === at.row && problem.columns.join() === at.columns.join();
}
