import type { RawSheet } from "../sheets/types.ts";

/** Anything that survives storage as JSON. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A named working table of a run: rows with field names. */
export type Table = readonly { readonly [field: string]: JsonValue }[];

/** What the user submitted in a step; kept so that going back shows it unchanged. */
export interface StepInput {
	/** Values of form fields by field name. */
	readonly values?: Readonly<Record<string, unknown>>;
	/** The sheet as the user sees it. */
	readonly sheet?: RawSheet;
}

/** What a step writes under its own name. */
export interface StepOutput {
	readonly tables?: Readonly<Record<string, Table>>;
	readonly metadata?: Readonly<Record<string, JsonValue>>;
}

/** One visited step of a run. `input` is null while the step is open and was never submitted. */
export interface StepRecord {
	readonly step: string;
	readonly input: StepInput | null;
	readonly tables: Readonly<Record<string, Table>>;
	readonly metadata: Readonly<Record<string, JsonValue>>;
	/** Whether the step has been submitted successfully since it was last opened. */
	readonly submitted: boolean;
}

/** State of a run of a multi-step workflow: its step history, oldest first, without repeats (requests-and-annotation.md §4). */
export interface WorkflowState {
	readonly history: readonly StepRecord[];
}

/** A run that has not begun. */
export const emptyState: WorkflowState = { history: [] };

/** The newest version of a table, or null when no step has written it. */
export function readTable(state: WorkflowState, name: string): Table | null {
	return state.history.findLast((record) => Object.hasOwn(record.tables, name))?.tables[name] ?? null;
}

/** The newest version of a metadata value, or null when no step has written it. */
export function readMetadata(state: WorkflowState, key: string): JsonValue {
	return state.history.findLast((record) => Object.hasOwn(record.metadata, key))?.metadata[key] ?? null;
}

/** What the user submitted in this step, or null. */
export function previousInput(state: WorkflowState, step: string): StepInput | null {
	return state.history.find((record) => record.step === step)?.input ?? null;
}

/** Whether the step is part of the history. */
export function wasVisited(state: WorkflowState, step: string): boolean {
	return state.history.some((record) => record.step === step);
}

/**
 * All comments gathered on the way, by context (requests-and-annotation.md §4): every step keeps its own map under the metadata key
 * `comments`, so that submitting it again replaces its entries.
 */
export function collectComments(state: WorkflowState): Record<string, string> {
	const comments: Record<string, string> = {};
	for (const record of state.history) {
		const own = record.metadata.comments;
		if (own === null || typeof own !== "object" || Array.isArray(own)) continue;
		for (const [context, text] of Object.entries(own)) {
			if (typeof text === "string" && text !== "") comments[context] = text;
		}
	}
	return comments;
}

/** A value as text in which the order of object keys does not matter: databases do not keep it. */
function canonicalText(value: unknown): string {
	return JSON.stringify(value, (_key, item: unknown) => {
		if (item === null || typeof item !== "object" || Array.isArray(item)) return item;
		return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
	});
}

/** Whether two values are the same once stored as JSON. */
export function isSameJson(a: unknown, b: unknown): boolean {
	return canonicalText(a) === canonicalText(b);
}
