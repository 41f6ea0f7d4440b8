import type { FieldError } from "../field-error.ts";
import type { MaterialFlow } from "../material-flow.ts";
import type { Problem, RawSheet } from "../sheets/types.ts";
import type { JsonValue, StepInput, StepOutput, WorkflowState } from "./state.ts";

/** Texts and numbers that a form field may offer. */
export interface FieldOption {
	readonly value: string | number;
	readonly label: string;
	/** Of a `selection`: what stands beside the label, by {@link FormField.optionColumns}. */
	readonly cells?: readonly (string | null)[];
}

/** Condition on another field of the form: its value has to be one of these. */
export interface FieldCondition {
	readonly field: string;
	readonly oneOf: readonly (string | number | boolean)[];
}

/** A field of a form step. JSON-serialisable. */
export interface FormField {
	readonly name: string;
	readonly label: string;
	/**
	 * `project` is a remote search for a project; its value is the project's id. `selection` is a table of which any rows are ticked; its
	 * value is the list of the ids of these rows.
	 */
	readonly type:
		| "text"
		| "textarea"
		| "email"
		| "phone"
		| "number"
		| "choice"
		| "checkbox"
		| "readOnly"
		| "project"
		| "selection";
	readonly required: boolean;
	readonly options?: readonly FieldOption[];
	/** Of a `selection`: headers of the columns, the label's first. */
	readonly optionColumns?: readonly string[];
	readonly minLength?: number;
	readonly maxLength?: number;
	readonly help?: string;
	/** Heading under which the field stands; fields of one group follow each other. */
	readonly group?: string;
	/** The field is disabled and cleared unless every condition holds. */
	readonly disabledUnless?: readonly FieldCondition[];
}

/** A read-only table that a step offers beside its input, as a tab. */
export interface ReferenceTable {
	readonly title: string;
	readonly columns: readonly string[];
	readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A sheet by name and context: browser and server build the same definition from it (see sheet-registry.ts). */
export interface SheetReference {
	readonly name: string;
	readonly context: object;
}

/** A tab of a review: a table, or the reason why it does not apply. */
export interface ReviewTab extends ReferenceTable {
	readonly key: string;
	readonly count: number;
	/** Why the tab is disabled; null = enabled. */
	readonly disabledReason: string | null;
	readonly severity: "ok" | "warning" | "error";
	/** Positions of rows that are shown for comparison only. */
	readonly mutedRows?: readonly number[];
}

/** What a step shows. JSON-serialisable. */
export type StepView =
	| {
			readonly kind: "form";
			readonly title: string;
			readonly fields: readonly FormField[];
			readonly values: Readonly<Record<string, JsonValue>>;
			readonly hints?: readonly string[];
			readonly tabs?: readonly ReferenceTable[];
	  }
	| {
			readonly kind: "sheet";
			readonly title: string;
			readonly sheet: SheetReference;
			readonly initial: RawSheet;
			readonly fields?: readonly FormField[];
			readonly values?: Readonly<Record<string, JsonValue>>;
			readonly hints?: readonly string[];
			readonly tabs?: readonly ReferenceTable[];
	  }
	| {
			readonly kind: "review";
			readonly title: string;
			/** Heading over picture and tabs; "What will be created" unless given. */
			readonly heading?: string;
			/** Picture of what will be created. */
			readonly overview?: MaterialFlow;
			readonly hints?: readonly string[];
			readonly tabs: readonly ReviewTab[];
			readonly fields: readonly FormField[];
			readonly values: Readonly<Record<string, JsonValue>>;
	  };

/** What became of an input. */
export type StepResult =
	| { readonly accepted: true; readonly output: StepOutput }
	| { readonly accepted: false; readonly problems: readonly Problem[]; readonly fieldErrors: readonly FieldError[] };

/**
 * One screen of a multi-step workflow. All functions are pure; `state` holds the steps before this one (for `present` also this step's
 * own former input). `Facts` is what the caller has loaded from the database.
 */
export interface Step<Facts> {
	/** Stable name, e.g. `sample_annotation`. */
	readonly name: string;
	readonly title: string;
	/** Whether the step is entered in this run. */
	applies(state: WorkflowState, facts: Facts): boolean;
	present(state: WorkflowState, facts: Facts): StepView;
	accept(input: StepInput, state: WorkflowState, facts: Facts): StepResult;
}

/** A multi-step workflow: its steps in order (requests-and-annotation.md §4, §5.2). */
export interface Workflow<Facts> {
	readonly name: string;
	readonly steps: readonly Step<Facts>[];
}

/** The input is fine and these are its outputs. */
export function accept(output: StepOutput): StepResult {
	return { accepted: true, output };
}

/** The input is refused for these reasons. */
export function refuse(problems: readonly Problem[], fieldErrors: readonly FieldError[] = []): StepResult {
	return { accepted: false, problems, fieldErrors };
}
