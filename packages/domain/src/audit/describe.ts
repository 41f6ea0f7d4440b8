// Changes in words: "changed status from Submitted to Accepted".
import { findMember } from "../catalog.ts";
import { type ColumnMeaning, meaningOfColumn, meaningOfTable } from "./vocabulary.ts";

/** An event of the audit trail. */
export interface TrailEvent {
	readonly table: string;
	/** Primary key, several columns joined with `/`; for happenings the object concerned, `lims_user/7`. */
	readonly key: string;
	/** Inserted, updated, deleted, or something happened. */
	readonly action: "I" | "U" | "D" | "E";
	/** Inserted and deleted: values by column; updated: `[before, after]` by column; happenings: details by name. */
	readonly changes: Readonly<Record<string, unknown>>;
}

/** A row that a sentence speaks of; its name is looked up by whoever shows the sentence. */
export interface RowReference {
	readonly table: string;
	readonly id: number;
}

/** A piece of a sentence. */
export type Phrase =
	| { readonly kind: "words"; readonly text: string }
	/** What was entered. */
	| { readonly kind: "value"; readonly text: string }
	| { readonly kind: "time"; readonly iso: string }
	/** `isAfterKind`: the sentence says before it what kind of row it is. */
	| ({ readonly kind: "row"; readonly isAfterKind?: true } & RowReference);

/** A sentence without its subject. */
export type Predicate = readonly Phrase[];

/** Longest value that is shown. */
const VALUE_LENGTH = 120;

const words = (text: string): Phrase => ({ kind: "words", text });

function shorten(text: string): string {
	return text.length > VALUE_LENGTH ? `${text.slice(0, VALUE_LENGTH - 1)}…` : text;
}

/** A value as it is shown. */
function describeValue(meaning: ColumnMeaning, value: unknown): Phrase {
	if (value === null || value === undefined || value === "") return { kind: "value", text: "nothing" };
	if (value === true) return { kind: "value", text: "yes" };
	if (value === false) return { kind: "value", text: "no" };
	if (meaning.kind === "catalog") {
		const label = findMember(meaning.of, Number(value))?.label;
		return { kind: "value", text: label ?? String(value) };
	}
	if (meaning.kind === "reference") {
		const id = Number(value);
		return Number.isInteger(id) ? { kind: "row", table: meaning.table, id } : { kind: "value", text: String(value) };
	}
	if (meaning.kind === "time" && typeof value === "string") return { kind: "time", iso: value };
	return { kind: "value", text: shorten(typeof value === "string" ? value : JSON.stringify(value)) };
}

/** Values of the primary key by column. */
function keyValues(event: TrailEvent): Record<string, string> {
	const columns = meaningOfTable(event.table).key ?? ["id"];
	const parts = event.key.split("/");
	return Object.fromEntries(columns.map((column, index) => [column, parts[index] ?? ""]));
}

/** What a row is called: by its naming columns, else by its number. */
function nameRow(event: TrailEvent): Phrase[] {
	const { naming, key } = meaningOfTable(event.table);
	const isNameless = event.action === "U" || Object.keys(event.changes).length === 0;
	if (isNameless && key === undefined && /^\d+$/.test(event.key)) {
		return [words(" "), { kind: "row", table: event.table, id: Number(event.key), isAfterKind: true }];
	}
	const values: Record<string, unknown> = { ...keyValues(event), ...(event.action === "U" ? {} : event.changes) };
	const known = naming.filter((column) => values[column] !== undefined && values[column] !== null && values[column] !== "");
	if (known.length === 0 && key === undefined && naming.length > 0) return [words(` ${event.key}`)];
	return known.flatMap((column, index) => [
		words(index === 0 ? " " : ", "),
		describeValue(meaningOfColumn(event.table, column), values[column]),
	]);
}

/** One changed column. */
function describeChange(event: TrailEvent, column: string, isOwn: boolean): Predicate {
	const meaning = meaningOfColumn(event.table, column);
	const change = event.changes[column];
	const [before, after] = Array.isArray(change) ? change : [undefined, change];
	const of = isOwn ? [] : [words(` of ${meaningOfTable(event.table).one}`), ...nameRow(event)];
	if (before === "***" || after === "***") return [words(`changed the ${meaning.label}`), ...of];
	if (meaning.kind === "details") return [words(`changed ${meaning.label}`), ...of];
	const isEmpty = (value: unknown) => value === null || value === undefined || value === "";
	if (isEmpty(before)) return [words(`set ${meaning.label}`), ...of, words(" to "), describeValue(meaning, after)];
	if (isEmpty(after)) {
		return [words(`cleared ${meaning.label}`), ...of, words(" (was "), describeValue(meaning, before), words(")")];
	}
	return [
		words(`changed ${meaning.label}`),
		...of,
		words(" from "),
		describeValue(meaning, before),
		words(" to "),
		describeValue(meaning, after),
	];
}

/** What happenings are called; details follow in brackets. */
const happenings: Readonly<Record<string, string>> = {
	sign_in: "signed in",
	sign_in_failed: "failed to sign in",
	sign_out: "signed out",
	sessions_ended: "ended sessions",
	second_factor_failed: "gave a wrong second factor",
	working_as_began: "began to work in the account of",
	working_as_ended: "stopped working in the account of",
	link_sent: "was sent a link",
	link_refused: "asked for a link without an active account",
	api_token_refused: "used an API token that was refused",
	share_download: "downloaded",
	workflow_taken_over: "took over the work of",
};

/** Whose account or work a happening is about. */
function personOf(event: TrailEvent): RowReference | null {
	if (/^working_as_/.test(event.table)) return referenceOfKey(event.key);
	const { from_user_id: id } = event.changes;
	return typeof id === "number" ? { table: "lims_user", id } : null;
}

function describeHappening(event: TrailEvent): Predicate {
	const verb = Object.hasOwn(happenings, event.table) ? happenings[event.table] : event.table.replaceAll("_", " ");
	const { path, from_user_id: _from, ...rest } = event.changes;
	const person = personOf(event);
	const details = Object.entries(rest)
		.filter(([, value]) => value !== null && value !== "" && typeof value !== "object")
		.map(([name, value]) => `${name.replaceAll("_", " ")} ${String(value)}`);
	return [
		words(verb ?? event.table),
		...(person ? [words(" "), { kind: "row" as const, ...person }] : []),
		...(typeof path === "string"
			? [words(" "), { kind: "value" as const, text: shorten(path === "" ? "everything" : path) }]
			: []),
		...(details.length > 0 ? [words(` (${shorten(details.join(", "))})`)] : []),
	];
}

/** The object of a happening. */
function referenceOfKey(key: string): RowReference | null {
	const match = /^([a-z_]+)\/(\d{1,10})$/.exec(key);
	return match?.[1] && match[2] ? { table: match[1], id: Number(match[2]) } : null;
}

/**
 * An event as sentences without subject, one per changed column.
 * @param isOwn whether the row is the object whose history is shown: it need not be named
 */
export function describeEvent(event: TrailEvent, isOwn: boolean): Predicate[] {
	if (event.action === "E") return [describeHappening(event)];
	if (event.action === "U") return Object.keys(event.changes).map((column) => describeChange(event, column, isOwn));
	const { one } = meaningOfTable(event.table);
	if (isOwn) return [[words(`${event.action === "I" ? "created" : "deleted"} ${withArticle(one)}`)]];
	return [[words(`${event.action === "I" ? "added" : "removed"} ${one}`), ...nameRow(event)]];
}

function withArticle(one: string): string {
	return one.startsWith("the ") ? one : `the ${one}`;
}

/** Several rows of one kind in a line: "added 1,536 libraries". */
export function describeMany(table: string, action: TrailEvent["action"], count: number): Predicate {
	const { many } = meaningOfTable(table);
	if (action === "E") return [words(`${happenings[table] ?? table} ${count.toLocaleString("en-GB")} times`)];
	const verb = { I: "added", U: "changed", D: "removed" }[action];
	return [words(`${verb} ${count.toLocaleString("en-GB")} ${many}`)];
}

/** Rows whose names sentences need, each once. */
export function referencesOf(predicates: readonly Predicate[]): RowReference[] {
	const found = new Map<string, RowReference>();
	for (const phrase of predicates.flat()) {
		if (phrase.kind === "row") found.set(`${phrase.table}/${phrase.id}`, { table: phrase.table, id: phrase.id });
	}
	return [...found.values()];
}

/** A sentence as plain text. */
export function predicateText(predicate: Predicate, nameOf: (row: RowReference) => string): string {
	return predicate
		.map((phrase) => (phrase.kind === "row" ? nameOf(phrase) : phrase.kind === "time" ? phrase.iso : phrase.text))
		.join("");
}
