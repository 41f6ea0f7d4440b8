/** Bodies and answers of the annotation by HTTP API; the OpenAPI document is made from them. */
import { z } from "zod";
import { fieldValues, rawSheet, sheetColumns, sheetRows } from "../workflows/raw-sheet.ts";
import { int } from "./parameters.ts";

const namedObject = z.object({ id: z.int(), name: z.string() });
const choice = z.object({ value: z.union([z.string(), z.number()]), label: z.string() });
const jsonValue = z.unknown();

/** What is wrong with an input, at the cell or field that it concerns. */
export const problem = z.object({
	row: z.int().nullable().describe("Row of the sheet as sent, the first is 1; null = the whole sheet, or a field"),
	column: z.string().nullable().describe("Label of the column, or name of the field; null = the whole row or sheet"),
	columns: z.array(z.string()).describe("All columns concerned, the first is `column`"),
	code: z.string().describe("Stable, e.g. sample_name.duplicate"),
	severity: z.enum(["error", "warning"]),
	message: z.string(),
	repair: z
		.object({
			label: z.string(),
			cells: z.array(z.object({ row: z.int(), column: z.string(), value: z.string() })),
		})
		.nullable()
		.describe("Cells to overwrite in order to mend it; null = none is proposed"),
});

/** Answer to a start. */
export const startedRun = z.object({
	run: z.string(),
	step: z.string(),
	resumed: z.boolean().describe("An unfinished run of yours is continued"),
	colleagues: z
		.array(z.object({ run: z.string(), owner_id: z.int(), owner: z.string(), step: z.string(), changed_utc: z.iso.datetime() }))
		.describe("Unfinished runs of others for the same request, which may be taken over"),
});

const field = z.object({
	name: z.string(),
	label: z.string(),
	type: z.string(),
	required: z.boolean(),
	options: z.array(choice).nullable(),
	min_length: z.int().nullable(),
	max_length: z.int().nullable(),
	help: z.string().nullable(),
	disabled_unless: z
		.array(z.object({ field: z.string(), one_of: z.array(z.union([z.string(), z.number(), z.boolean()])) }))
		.describe("The field counts only while each of these fields has one of these values"),
});

const column = z.object({
	key: z.string(),
	label: z.string().describe("Title of the column in `columns`"),
	type: z.enum(["text", "integer", "float", "choice", "labelledChoice"]),
	required: z.boolean(),
	unique: z.boolean(),
	read_only: z.boolean(),
	options: z.array(choice).nullable().describe("Cells hold the label"),
	min_length: z.int().nullable(),
	max_length: z.int().nullable(),
	help: z.string().nullable(),
	examples: z.array(z.string()),
});

/** The open step with what it asks. */
export const stepDefinition = z.object({
	name: z.string(),
	title: z.string(),
	kind: z.enum(["form", "sheet", "review"]),
	fields: z.array(field).describe("Named fields, sent as `values`; a sheet may have some, too"),
	values: z.record(z.string(), jsonValue).describe("Present values of the fields"),
	columns: z.array(column).nullable().describe("Columns of a sheet"),
	can_add_rows: z.boolean(),
	can_add_columns: z.boolean(),
	sheet: rawSheet.nullable().describe("The sheet as it is presented; fill it in and send it back"),
	hints: z.array(z.string()),
	review: z
		.array(
			z.object({
				key: z.string(),
				title: z.string(),
				severity: z.enum(["ok", "warning", "error"]),
				columns: z.array(z.string()),
				rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
			}),
		)
		.nullable()
		.describe("What will be created and what to look at; only of the last step"),
});

/** A run with its history and the open step. */
export const runState = z.object({
	run: z.string(),
	request_id: z.int(),
	changed_utc: z.iso.datetime(),
	history: z.array(z.object({ step: z.string(), title: z.string(), submitted: z.boolean() })),
	current: stepDefinition,
});

/** Body of a submission. */
export const stepBody = z.object({
	values: fieldValues.optional(),
	columns: sheetColumns.optional(),
	rows: sheetRows.optional(),
});

const refused = z.object({
	accepted: z.literal(false),
	problems: z.array(problem),
	returned_to: z
		.object({ step: z.string(), message: z.string() })
		.optional()
		.describe("The run was taken back to this step, since what it is based on has changed"),
});

/** Answer to a submission. */
export const stepAnswer = z.union([
	z.object({ accepted: z.literal(true), next: z.string().nullable().describe("Step to submit now; null = call complete") }),
	refused,
]);

/** Answer to Back. */
export const currentStep = z.object({ step: z.string() });

/** Answer to a discard. */
export const discarded = z.object({ discarded: z.literal(true) });

/** Body of a completion. */
export const completeBody = z.object({
	values: fieldValues.optional().describe("Fields of the last step, unless it was submitted before"),
});

/** Body of a take-over. */
export const takeOverBody = z.object({ owner_id: int });

/** Answer to a completion: all that was created. */
export const completeAnswer = z.union([
	z.object({
		accepted: z.literal(true),
		project: namedObject.extend({ created: z.boolean() }),
		samples: z.array(namedObject),
		reused_samples: z.array(namedObject),
		libraries: z.array(namedObject),
		pools: z.array(namedObject),
	}),
	refused,
]);
