import type { FieldError } from "@opengsync/domain/field-error";
import { z } from "zod";

/** What all fields of a form have. */
interface FieldBasics {
	readonly label: string;
	readonly help?: string;
	readonly required?: boolean;
	readonly placeholder?: string;
	/** Shown but not changeable; what is sent for it is ignored and its value is absent. */
	readonly readOnly?: boolean;
	/** Half the width on wide screens. */
	readonly half?: boolean;
	/** Key of the section in which the field stands. */
	readonly section?: string;
	readonly autocomplete?: string;
	/** The browser disables the field unless each of these other fields has one of its values; the server checks by its own rules. */
	readonly enabledWhen?: readonly { readonly field: string; readonly oneOf: readonly (string | number | boolean)[] }[];
}

/** One line or several lines of text; trimmed, an empty optional text is null. */
export interface TextField extends FieldBasics {
	readonly kind: "text" | "email" | "password" | "textarea" | "hidden";
	readonly minLength?: number;
	readonly maxLength?: number;
	readonly pattern?: { readonly expression: RegExp; readonly message: string };
	readonly monospace?: boolean;
	readonly rows?: number;
	/** Typed when nothing was entered yet. */
	readonly value?: string;
}

/** A number; `integer` refuses fractions. A decimal comma is understood. */
export interface NumberField extends FieldBasics {
	readonly kind: "integer" | "number";
	readonly min?: number;
	readonly max?: number;
	readonly unit?: string;
	readonly value?: number;
}

/** One of a list; the value has the type of the options' values. */
export interface SelectField<Value extends string | number = string | number> extends FieldBasics {
	readonly kind: "select" | "radio";
	readonly options: readonly { readonly value: Value; readonly label: string; readonly disabled?: boolean }[];
	readonly value?: string | number;
}

/** Members of an enumeration as options of a field. */
export function memberOptions(members: readonly { readonly id: number; readonly label: string }[]) {
	return members.map(({ id, label }) => ({ value: id, label }));
}

/** Several of a list. */
export interface MultiSelectField<Value extends string | number = string | number> extends FieldBasics {
	readonly kind: "multi-select";
	readonly options: readonly { readonly value: Value; readonly label: string }[];
	readonly value?: readonly (string | number)[];
}

/** Yes or no. */
export interface ChoiceField extends FieldBasics {
	readonly kind: "checkbox" | "switch";
	readonly value?: boolean;
}

/** Date and minute as typed, in the facility's time zone: `YYYY-MM-DDTHH:MM`. */
export interface DateTimeField extends FieldBasics {
	readonly kind: "datetime-local" | "date";
	readonly min?: string;
	readonly max?: string;
	readonly value?: string;
}

/** A file to upload. */
export interface FileField extends FieldBasics {
	readonly kind: "file";
	/** Lower-case extensions without dot. */
	readonly extensions: readonly string[];
	readonly maxSizeBytes: number;
}

/** Picks one object by typing: access-and-web.md §12.1. The value is its id. */
export interface SearchSelectField extends FieldBasics {
	readonly kind: "search-select";
	/** Address that answers `?word=` with `[{value, label, detail}]`. */
	readonly source: string;
	readonly value?: { readonly id: number; readonly label: string };
}

/** Any field of a form. */
export type Field =
	| TextField
	| NumberField
	| SelectField
	| MultiSelectField
	| ChoiceField
	| DateTimeField
	| FileField
	| SearchSelectField;

/** Fields by the name under which they are sent. */
export type FieldMap = Readonly<Record<string, Field>>;

/** A group of fields under a heading. */
export interface FormSection {
	readonly key: string;
	readonly title: string;
	readonly help?: string;
	/** Folded when nothing in it was entered or is wrong. */
	readonly collapsed?: boolean;
}

/** A form as data: fields, sections, and what its button says. */
export interface FormDefinition<Fields extends FieldMap = FieldMap> {
	/** Prefix of the ids of its elements; unique on a page. */
	readonly name: string;
	readonly fields: Fields;
	readonly sections?: readonly FormSection[];
	/** Text of the button, e.g. "Save project". */
	readonly submitLabel: string;
	/** Something is lost by it: the button warns by its colour. */
	readonly isDestructive?: boolean;
	/**
	 * The fields are only read: limits and lists are hints for the browser, and the command finds all problems, those across fields among
	 * them, at once. What is no number is NaN, what is not on a list comes as it was sent. Files are checked all the same.
	 */
	readonly checkedByCommand?: boolean;
	/** Checks across fields; runs when every field by itself is right. */
	readonly check?: (values: FormValues<Fields>) => readonly FieldError[];
}

type Optional<F extends Field, Value> = F extends { readonly required: true } ? Value : Value | null;

/** Value of a field after checking. */
export type FieldValue<F extends Field> = F extends { readonly kind: "checkbox" | "switch" }
	? boolean
	: F extends { readonly kind: "integer" | "number" | "search-select" }
		? Optional<F, number>
		: F extends { readonly kind: "file" }
			? Optional<F, File>
			: F extends { readonly kind: "multi-select"; readonly options: readonly { readonly value: infer Value }[] }
				? Value[]
				: F extends { readonly kind: "select" | "radio"; readonly options: readonly { readonly value: infer Value }[] }
					? Optional<F, Value>
					: Optional<F, string>;

/** Values of a form after checking. */
export type FormValues<Fields extends FieldMap> = { readonly [Name in keyof Fields]: FieldValue<Fields[Name]> };

/** What came in, before checking: texts and files by field name. */
export type EnteredForm = ReadonlyMap<string, readonly (string | File)[]>;

/** What a form shows: what was typed, and what is wrong. */
export interface FormState {
	readonly entered?: EnteredForm;
	readonly errors: readonly FieldError[];
}

/** A form that nobody has touched. */
export const untouched: FormState = { errors: [] };

/** Outcome of reading a form. */
export type FormResult<Fields extends FieldMap> =
	| { readonly ok: true; readonly values: FormValues<Fields>; readonly entered: EnteredForm }
	| ({ readonly ok: false; readonly entered: EnteredForm } & FormState);

/** Declares a form; keeps the literal types of its fields, from which the types of its values follow. */
export function defineForm<const Fields extends FieldMap>(definition: FormDefinition<Fields>): FormDefinition<Fields> {
	return definition;
}

/** Texts of a field as they came; empty when it was not sent. */
export function enteredTexts(entered: EnteredForm | undefined, name: string): string[] {
	return (entered?.get(name) ?? []).filter((value) => typeof value === "string");
}

const serverField = z.looseObject({
	name: z.string().min(1),
	kind: z.enum([
		...(["text", "email", "password", "textarea", "hidden", "integer", "number", "select", "radio", "multi-select"] as const),
		...(["checkbox", "switch", "datetime-local", "date", "file", "search-select"] as const),
	]),
	label: z.string(),
});

/** A field as a workflow step describes it in JSON. */
export type DescribedField = Field & { readonly name: string };

/**
 * A form from fields that a workflow step gives as data, in their order.
 * @throws z.ZodError when a field has no name, kind or label
 */
export function formFromFields(
	name: string,
	fields: readonly DescribedField[],
	rest: Omit<FormDefinition, "name" | "fields">,
): FormDefinition {
	for (const field of fields) serverField.parse(field);
	return { name, fields: Object.fromEntries(fields.map(({ name: key, ...field }) => [key, field])), ...rest };
}
