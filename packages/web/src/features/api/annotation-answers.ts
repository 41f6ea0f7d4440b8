import type { CreatedObjects } from "@opengsync/core/annotation/write-plan";
import type { StepOutcome } from "@opengsync/core/workflow-runs/run-workflow";
import { buildSheetFromJson } from "@opengsync/domain/annotation/sheet-registry";
import type { FormField, StepView } from "@opengsync/domain/annotation/step";
import type { FieldError } from "@opengsync/domain/field-error";
import { fieldNameOf } from "@opengsync/domain/sheets/match-headers";
import type { Column, Problem, RawSheet, SheetDefinition } from "@opengsync/domain/sheets/types";
import type { z } from "zod";
import type { completeAnswer, problem, stepDefinition } from "./annotation-schemas.ts";

type ProblemAnswer = z.output<typeof problem>;
type StepDefinition = z.output<typeof stepDefinition>;

/** The sheet of a step; null for a form. */
export function sheetOf(view: StepView): SheetDefinition | null {
	return view.kind === "sheet" ? buildSheetFromJson(view.sheet.name, view.sheet.context) : null;
}

/** Title by which a caller knows a column: its label; of columns that the caller added, the title as sent. */
function titleOf(key: string, definition: SheetDefinition | null, sent: RawSheet | undefined): string {
	const known = definition?.columns.find((column) => column.key === key);
	return known?.label ?? sent?.columns.find((title) => fieldNameOf(title) === key) ?? key;
}

function presentProblem(found: Problem, definition: SheetDefinition | null, sent: RawSheet | undefined): ProblemAnswer {
	const { row, code, severity, message, repair } = found;
	const columns = found.columns.map((key) => titleOf(key, definition, sent));
	const cells = repair?.cells.map((cell) => ({ ...cell, column: titleOf(cell.column, definition, sent) })) ?? [];
	return {
		row,
		column: columns[0] ?? null,
		columns,
		code,
		severity,
		message,
		repair: repair ? { label: repair.label, cells } : null,
	};
}

function presentFieldError({ field, message }: FieldError): ProblemAnswer {
	const column = field === "" ? null : field;
	return {
		row: null,
		column,
		columns: column === null ? [] : [column],
		code: `${column ?? "form"}.invalid`,
		severity: "error",
		message,
		repair: null,
	};
}

/** A refused input as it is answered: problems of the sheet and of named fields in one list. */
export function presentRefusal(
	outcome: Extract<StepOutcome, { accepted: false }>,
	definition: SheetDefinition | null,
	sent: RawSheet | undefined,
) {
	const problems = [
		...outcome.fieldErrors.map(presentFieldError),
		...outcome.problems.map((found) => presentProblem(found, definition, sent)),
	];
	return { accepted: false as const, problems, ...(outcome.returnedTo ? { returned_to: outcome.returnedTo } : {}) };
}

function presentField(field: FormField): StepDefinition["fields"][number] {
	return {
		name: field.name,
		label: field.label,
		type: field.type,
		required: field.required,
		options: field.options ? [...field.options] : null,
		min_length: field.minLength ?? null,
		max_length: field.maxLength ?? null,
		help: field.help ?? null,
		disabled_unless: (field.disabledUnless ?? []).map((condition) => ({ field: condition.field, one_of: [...condition.oneOf] })),
	};
}

function presentColumn(column: Column): NonNullable<StepDefinition["columns"]>[number] {
	return {
		key: column.key,
		label: column.label,
		type: column.type,
		required: column.required ?? false,
		unique: column.unique ?? false,
		read_only: column.readOnly ?? false,
		options: column.options ? [...column.options] : null,
		min_length: column.minLength ?? null,
		max_length: column.maxLength ?? null,
		help: column.help ?? null,
		examples: [...(column.examples ?? [])],
	};
}

/** A step with its definition, as a script needs it to fill it in. */
export function presentStepDefinition(name: string, view: StepView) {
	const sheet = sheetOf(view);
	return {
		name,
		title: view.title,
		kind: view.kind,
		fields: (view.fields ?? []).map(presentField),
		values: view.values ?? {},
		columns: sheet?.columns.map(presentColumn) ?? null,
		can_add_rows: sheet?.canAddRows ?? false,
		can_add_columns: sheet?.canAddColumns ?? false,
		sheet: view.kind === "sheet" ? view.initial : null,
		hints: "hints" in view ? (view.hints ?? []) : [],
		review:
			view.kind === "review"
				? view.tabs.map(({ key, title, severity, columns, rows }) => ({ key, title, severity, columns, rows }))
				: null,
	};
}

/** What a completion created. */
export function presentCreated(created: CreatedObjects): z.output<typeof completeAnswer> {
	return {
		accepted: true,
		project: { id: created.project.id, name: created.project.title, created: created.project.isNew },
		samples: [...created.samples],
		reused_samples: [...created.reusedSamples],
		libraries: [...created.libraries],
		pools: [...created.pools],
	};
}
