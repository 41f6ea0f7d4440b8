/** What the annotation of samples by HTTP API is sent and answers (docs/api.md, "Annotation of samples"). */
import type { Column, RawCell, Severity } from "@opengsync/domain/sheets/types";

/** A value of a form's field. */
export type FieldValue = string | number | boolean | null;

/** Values of fields by name. */
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** What a step is sent: values of a form, columns and rows of a sheet; some sheets have values, too. */
export type StepInput =
	| { readonly values: FieldValues; readonly columns?: never; readonly rows?: never }
	| { readonly values?: FieldValues; readonly columns: readonly string[]; readonly rows: readonly (readonly RawCell[])[] };

/** One thing that is wrong with an input. */
export interface StepProblem {
	/** Row of the sheet as sent, the first is 1; null = the whole sheet, or a field. */
	readonly row: number | null;
	/** Label of the column, or name of the field. */
	readonly column: string | null;
	readonly columns: readonly string[];
	/** Stable, e.g. `sample_name.duplicate`. */
	readonly code: string;
	readonly severity: Severity;
	readonly message: string;
	/** Cells to overwrite in order to mend it. */
	readonly repair: {
		readonly label: string;
		readonly cells: readonly { readonly row: number; readonly column: string; readonly value: string }[];
	} | null;
}

/** An input that was not taken; nothing was changed. */
export interface RefusedStep {
	readonly accepted: false;
	readonly problems: readonly StepProblem[];
	/** The run was taken back to this step, since what it is based on has changed. */
	readonly returned_to?: { readonly step: string; readonly message: string } | undefined;
}

/** Whether a step was taken; `next` is the step to send now, null = complete the run. */
export type StepAnswer = { readonly accepted: true; readonly next: string | null } | RefusedStep;

/** A run that was started, or is continued. */
export interface StartedRun {
	readonly run: string;
	readonly step: string;
	readonly resumed: boolean;
	/** Unfinished runs of others for the same request. */
	readonly colleagues: readonly {
		readonly run: string;
		readonly owner_id: number;
		readonly owner: string;
		readonly step: string;
		readonly changed_utc: string;
	}[];
}

interface Choice {
	readonly value: string | number;
	readonly label: string;
}

/** A field of a form. */
export interface StepField {
	readonly name: string;
	readonly label: string;
	readonly type: string;
	readonly required: boolean;
	readonly options: readonly Choice[] | null;
	readonly min_length: number | null;
	readonly max_length: number | null;
	readonly help: string | null;
	/** The field counts only while each of these fields has one of these values. */
	readonly disabled_unless: readonly { readonly field: string; readonly one_of: readonly (string | number | boolean)[] }[];
}

/** A column of a sheet; cells of choices hold the label of an option. */
export interface StepColumn {
	readonly key: string;
	readonly label: string;
	readonly type: Column["type"];
	readonly required: boolean;
	readonly unique: boolean;
	readonly read_only: boolean;
	readonly options: readonly Choice[] | null;
	readonly min_length: number | null;
	readonly max_length: number | null;
	readonly help: string | null;
	readonly examples: readonly string[];
}

/** A table of the last step: what will be created, and what to look at. */
export interface ReviewTable {
	readonly key: string;
	readonly title: string;
	readonly severity: "ok" | Severity;
	readonly columns: readonly string[];
	readonly rows: readonly (readonly RawCell[])[];
}

/** The open step with what it asks. */
export interface StepDefinition {
	readonly name: string;
	readonly title: string;
	readonly kind: "form" | "sheet" | "review";
	readonly fields: readonly StepField[];
	readonly values: Readonly<Record<string, unknown>>;
	readonly columns: readonly StepColumn[] | null;
	readonly can_add_rows: boolean;
	readonly can_add_columns: boolean;
	/** The sheet as it is presented; fill it in and send it back. */
	readonly sheet: { readonly columns: readonly string[]; readonly rows: readonly (readonly RawCell[])[] } | null;
	readonly hints: readonly string[];
	readonly review: readonly ReviewTable[] | null;
}

/** A run with its history and the open step. */
export interface WorkflowRun {
	readonly run: string;
	readonly request_id: number;
	readonly changed_utc: string;
	readonly history: readonly { readonly step: string; readonly title: string; readonly submitted: boolean }[];
	readonly current: StepDefinition;
}

interface NamedObject {
	readonly id: number;
	readonly name: string;
}

/** All that a run created. */
export interface CreatedObjects {
	readonly accepted: true;
	readonly project: NamedObject & { readonly created: boolean };
	readonly samples: readonly NamedObject[];
	readonly reused_samples: readonly NamedObject[];
	readonly libraries: readonly NamedObject[];
	readonly pools: readonly NamedObject[];
}
