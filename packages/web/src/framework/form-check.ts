import type { FieldError } from "@opengsync/domain/field-error";
import { z } from "zod";
import type {
	DateTimeField,
	EnteredForm,
	Field,
	FieldMap,
	FileField,
	FormDefinition,
	FormResult,
	FormValues,
	MultiSelectField,
	NumberField,
	SelectField,
	TextField,
} from "./form.ts";

const requiredMessage = "This field is required.";

function dateTimeSchema(field: DateTimeField): z.ZodType<string> {
	return field.kind === "date"
		? z.string().regex(/^\d{4}-\d\d-\d\d$/, "Enter a date.")
		: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, "Enter a date and time.");
}

function textSchema(field: TextField): z.ZodType<string> {
	let schema = z.string();
	if (field.minLength !== undefined) schema = schema.min(field.minLength, `At least ${field.minLength} characters.`);
	if (field.maxLength !== undefined) schema = schema.max(field.maxLength, `At most ${field.maxLength} characters.`);
	if (field.pattern) schema = schema.regex(field.pattern.expression, field.pattern.message);
	if (field.kind === "email") return schema.pipe(z.email("Enter a complete e-mail address."));
	return schema;
}

function numberSchema(field: NumberField): z.ZodType<number> {
	let schema = z.number("Enter a number.").refine(Number.isFinite, "Enter a number.");
	if (field.kind === "integer") schema = schema.refine(Number.isSafeInteger, "Enter a whole number.");
	if (field.min !== undefined) schema = schema.min(field.min, `At least ${field.min}.`);
	if (field.max !== undefined) schema = schema.max(field.max, `At most ${field.max}.`);
	return schema;
}

function fileSchema(field: FileField): z.ZodType<File> {
	const endings = field.extensions.map((extension) => `.${extension}`);
	return z
		.instanceof(File, { message: "Choose a file." })
		.refine((file) => endings.some((ending) => file.name.toLowerCase().endsWith(ending)), `Allowed are: ${endings.join(", ")}.`)
		.refine(
			(file) => file.size <= field.maxSizeBytes,
			`The file is larger than ${Math.floor(field.maxSizeBytes / 1_048_576)} MB.`,
		);
}

function optionSchema(field: SelectField | MultiSelectField): z.ZodType<string | number> {
	return z.string().transform((text, context) => {
		const option = field.options.find((candidate) => String(candidate.value) === text);
		if (option && !("disabled" in option && option.disabled)) return option.value;
		context.addIssue({ code: "custom", message: "Choose one of the list." });
		return z.NEVER;
	});
}

/** Schema of a field that was filled in. */
function filledSchema(field: Field): z.ZodType {
	switch (field.kind) {
		case "integer":
		case "number":
			return z.preprocess((text) => Number(String(text).replace(",", ".")), numberSchema(field));
		case "search-select":
			return z.coerce.number("Choose one of the list.").int("Choose one of the list.").min(1).max(2_147_483_647);
		case "select":
		case "radio":
			return optionSchema(field);
		case "multi-select":
			return z.array(optionSchema(field));
		case "file":
			return fileSchema(field);
		case "checkbox":
		case "switch":
			return z.unknown().transform(() => true);
		case "datetime-local":
		case "date":
			return dateTimeSchema(field);
		default:
			return textSchema(field);
	}
}

/** What was sent for a field, or null when it was left empty. Passwords are taken as they are, other texts trimmed. */
function sentValue(field: Field, sent: readonly (string | File)[]): unknown {
	if (field.kind === "multi-select") return sent.filter((value) => value !== "");
	if (field.kind === "file") return sent.find((value) => value instanceof File && (value.size > 0 || value.name !== "")) ?? null;
	const last = sent.at(-1);
	if (typeof last !== "string") return null;
	const text = field.kind === "password" ? last : last.trim().replaceAll("\r\n", "\n");
	return text === "" ? null : text;
}

/** Value of a field whose rules a command knows. */
function readField(field: Field, sent: readonly (string | File)[]): { value: unknown } | { message: string } {
	const value = sentValue(field, sent);
	if (typeof value !== "string") return checkField({ ...field, required: false }, sent);
	switch (field.kind) {
		case "integer":
		case "number":
		case "search-select":
			return { value: Number(value.replace(",", ".")) };
		case "select":
		case "radio":
			return { value: field.options.some((option) => typeof option.value === "number") ? Number(value) : value };
		case "checkbox":
		case "switch":
			return checkField({ ...field, required: false }, sent);
		default:
			return { value };
	}
}

/** Checks one field. */
function checkField(field: Field, sent: readonly (string | File)[]): { value: unknown } | { message: string } {
	const value = sentValue(field, sent);
	if (field.kind === "checkbox" || field.kind === "switch") {
		const checked = value !== null && value !== "false" && value !== "0";
		return field.required && !checked ? { message: requiredMessage } : { value: checked };
	}
	const empty = value === null || (Array.isArray(value) && value.length === 0);
	if (empty) return field.required ? { message: requiredMessage } : { value };
	const parsed = filledSchema(field).safeParse(value);
	return parsed.success ? { value: parsed.data } : { message: parsed.error.issues[0]?.message ?? "Is not valid." };
}

/**
 * Checks what came in against a form: values of the right types, or errors at their fields. Fields that the form does not have
 * are ignored, so are read-only ones.
 */
export function checkForm<Fields extends FieldMap>(form: FormDefinition<Fields>, entered: EnteredForm): FormResult<Fields> {
	const values: Record<string, unknown> = {};
	const errors: FieldError[] = [];
	for (const [name, field] of Object.entries(form.fields)) {
		if (field.readOnly) continue;
		const sent = entered.get(name) ?? [];
		const outcome = form.checkedByCommand ? readField(field, sent) : checkField(field, sent);
		if ("message" in outcome) errors.push({ field: name, message: outcome.message });
		else values[name] = outcome.value;
	}
	if (errors.length > 0) return { ok: false, entered, errors };
	const checked = values as FormValues<Fields>;
	const across = form.check?.(checked) ?? [];
	return across.length > 0 ? { ok: false, entered, errors: across } : { ok: true, values: checked, entered };
}
