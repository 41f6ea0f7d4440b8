/**
 * The shape of every annotation sheet (requests-and-annotation.md §3). A definition is built from a JSON-serialisable context by a
 * pure function, so that browser and server build and apply the very same one.
 */

/** An error blocks saving, a warning never does. */
export type Severity = "error" | "warning";

/** Decides the colour of the cell (§3.1). */
export type ProblemKind = "invalid" | "missing" | "duplicate";

/** A cell of a sheet as typed or pasted. */
export type RawCell = string | number | null;

/** A sheet as the user sees it: header texts and a matrix of cells; blank rows included. */
export interface RawSheet {
	readonly columns: readonly string[];
	readonly rows: readonly (readonly RawCell[])[];
}

/** Value of a cleaned cell; null = missing. Labelled choices hold the id of the option. */
export type CellValue = string | number | null;

/** A row that is not blank, cleaned. */
export interface CleanRow {
	/** Number as displayed; the first data row is 1. */
	readonly number: number;
	readonly values: Readonly<Record<string, CellValue>>;
}

/** One click that mends a problem: the cells to overwrite. */
export interface Repair {
	readonly label: string;
	readonly cells: readonly { readonly row: number; readonly column: string; readonly value: string }[];
}

/** One thing that is wrong, at the cell that it concerns. */
export interface Problem {
	/** Displayed row number; null = the whole sheet. */
	readonly row: number | null;
	/** Keys of the columns concerned; empty = the whole row or sheet. */
	readonly columns: readonly string[];
	/** Stable code such as `sample_name.duplicate`. */
	readonly code: string;
	readonly severity: Severity;
	readonly kind: ProblemKind;
	readonly message: string;
	readonly repair?: Repair;
}

/** An option of a choice; `value` is stored, `label` shown and typed. */
export interface ChoiceOption {
	readonly value: string | number;
	readonly label: string;
}

/** A column of a sheet (§3.2). */
export interface Column {
	readonly key: string;
	/** Header text. */
	readonly label: string;
	/** Width in CSS pixels. */
	readonly width: number;
	readonly type: "text" | "integer" | "float" | "choice" | "labelledChoice";
	readonly required?: boolean;
	readonly unique?: boolean;
	readonly readOnly?: boolean;
	readonly minLength?: number;
	/** 1024 when not stated. */
	readonly maxLength?: number;
	/** Clean-up before any check. */
	readonly clean?: (text: string) => string;
	/** Format check on the cleaned value: message, or null when fine. */
	readonly check?: (cleaned: string) => string | null;
	/** Options of a choice (value = label) or labelled choice. */
	readonly options?: readonly ChoiceOption[];
	/** Every option has to occur at least once. */
	readonly everyOption?: boolean;
	readonly help?: string;
	readonly examples?: readonly string[];
	/** Maps a wrong text to the option or value that was probably meant ("human" → "Human (Homo sapiens)"). */
	readonly suggest?: (text: string) => string | null;
}

/** Collects what a rule finds. */
export type Report = (problem: Problem) => void;

/** A step-specific check on cleaned rows (§3.3, 3). Returns "stop" when later rules must not run. */
export type SheetRule = (rows: readonly CleanRow[], report: Report, columns: readonly Column[]) => "stop" | undefined;

/** A sheet, defined once. */
export interface SheetDefinition {
	/** Name of the step or form that it belongs to, e.g. `sample_annotation`. */
	readonly name: string;
	readonly title: string;
	readonly columns: readonly Column[];
	/** Rows may be added (then at least 10 spare rows are shown). */
	readonly canAddRows: boolean;
	/** Columns may be added, renamed and deleted. */
	readonly canAddColumns: boolean;
	/** What a column that the user added looks like; text when not stated. */
	readonly addedColumn?: Omit<Column, "key" | "label">;
	readonly mayBeEmpty: boolean;
	readonly rules: readonly SheetRule[];
}

/** Result of validating a sheet: all problems at once, and the cleaned rows. */
export interface ValidatedSheet {
	readonly rows: readonly CleanRow[];
	/** Columns in sheet order, those added by the user included. */
	readonly columns: readonly Column[];
	readonly problems: readonly Problem[];
	readonly hasErrors: boolean;
}
