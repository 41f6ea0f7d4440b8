import { BadRequestError } from "@opengsync/core/errors";
import type { StepInput } from "@opengsync/domain/annotation/state";
import type { FormField } from "@opengsync/domain/annotation/step";
import type { FieldError } from "@opengsync/domain/field-error";
import type { RawSheet } from "@opengsync/domain/sheets/types";
import type { EnteredForm, Field, FormDefinition, FormState } from "../../framework/form.ts";
import { rawSheet, sheetTooLarge } from "./raw-sheet.ts";

function selectedOf(field: FormField, value: unknown) {
	const option = field.options?.find((candidate) => candidate.value === value);
	return option ? { value: { id: Number(option.value), label: option.label } } : {};
}

/** A field of a step as the form component takes it. */
function toField(field: FormField, value: unknown): Field {
	const basics = {
		label: field.label,
		...(field.help ? { help: field.help } : {}),
		...(field.group ? { section: field.group } : {}),
		...(field.required ? { required: true } : {}),
		...(field.disabledUnless ? { enabledWhen: field.disabledUnless } : {}),
	};
	const limits = {
		...(field.minLength ? { minLength: field.minLength } : {}),
		...(field.maxLength ? { maxLength: field.maxLength } : {}),
	};
	const text = typeof value === "string" || typeof value === "number" ? { value: String(value) } : {};
	switch (field.type) {
		case "textarea":
			return { kind: "textarea", rows: 3, ...basics, ...limits, ...text };
		case "email":
			return { kind: "email", ...basics, ...limits, ...text };
		case "number":
			return { kind: "number", ...basics, ...(typeof value === "number" ? { value } : {}) };
		case "choice":
			return {
				kind: "select",
				...basics,
				options: field.options ?? [],
				...(typeof value === "string" || typeof value === "number" ? { value } : {}),
			};
		case "checkbox":
			return { kind: "checkbox", ...basics, value: value === true };
		case "project":
			return { kind: "search-select", ...basics, source: "/htmx/projects/search", ...selectedOf(field, value) };
		case "readOnly":
			return { kind: "text", ...basics, readOnly: true, ...text };
		default:
			return { kind: "text", ...basics, ...limits, ...text };
	}
}

/** The form of a step from its fields; headings become sections. */
export function buildStepForm(
	fields: readonly FormField[],
	values: Readonly<Record<string, unknown>>,
): Pick<FormDefinition, "name" | "fields" | "sections" | "submitLabel"> {
	const groups = [...new Set(fields.map((field) => field.group).filter((group) => group !== undefined))];
	return {
		name: "step",
		submitLabel: "Next",
		fields: Object.fromEntries(fields.map((field) => [field.name, toField(field, values[field.name])])),
		sections: groups.map((group) => ({ key: group, title: group })),
	};
}

/** What is wrong with the fields, as the form shows it; nothing is kept here: the step presents the user's own input. */
export function toFormState(errors: readonly FieldError[]): FormState {
	return { errors };
}

/**
 * Reads a step's input from the posted form: named fields, and the sheet as JSON in the field `sheet`.
 * @throws BadRequestError for a sheet that is no sheet or too large
 */
export function readStepInput(entered: EnteredForm, fields: readonly FormField[], hasSheet: boolean): StepInput {
	const values: Record<string, unknown> = {};
	for (const field of fields) {
		const texts = (entered.get(field.name) ?? []).filter((value) => typeof value === "string");
		values[field.name] = readValue(field, texts);
	}
	return { values, ...(hasSheet ? { sheet: readSheet(entered) } : {}) };
}

function readValue(field: FormField, texts: readonly string[]): unknown {
	if (field.type === "checkbox") return texts.some((text) => text !== "" && text !== "false");
	return field.type === "selection" ? texts : (texts[0] ?? null);
}

function readSheet(entered: EnteredForm): RawSheet {
	const [text] = entered.get("sheet") ?? [];
	if (typeof text !== "string" || text === "") throw new BadRequestError("The sheet did not arrive: please try again.");
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		throw new BadRequestError("The sheet could not be read: please try again.");
	}
	const parsed = rawSheet.safeParse(json);
	if (parsed.success) return parsed.data;
	const tooLarge = parsed.error.issues.some((issue) => issue.code === "too_big");
	throw new BadRequestError(tooLarge ? sheetTooLarge : "The sheet could not be read: please try again.");
}
