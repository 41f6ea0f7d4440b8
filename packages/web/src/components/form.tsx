import type { FieldError } from "@opengsync/domain/field-error";
import type { Content } from "../framework/exchange.ts";
import type { Field, FormDefinition, FormSection, FormState } from "../framework/form.ts";
import { enteredTexts } from "../framework/form.ts";
import { type Confirmation, CsrfField, SubmitButton } from "./button.tsx";
import { FieldControl, type ShownField } from "./form-control.tsx";
import { Icon } from "./icon.tsx";
import { Notice } from "./parts.tsx";

/** How a form is shown and where it goes. */
export interface FormProps {
	/** Any form definition; the types of its values do not matter for showing it. */
	readonly form: Pick<FormDefinition, "name" | "fields" | "sections" | "submitLabel" | "isDestructive">;
	readonly state: FormState;
	/** Where it is posted. */
	readonly action: string;
	/** Part of the page that htmx replaces with the answer, e.g. `#dialog-body`; without it the whole page follows. */
	readonly target?: string;
	/** Where "Cancel" leads; in a dialog it closes instead. */
	readonly cancel?: string;
	readonly inDialog?: boolean;
	readonly confirm?: Confirmation;
	/** Above the fields. */
	readonly intro?: Content;
	/** More buttons beside the submit button. */
	readonly buttons?: Content;
}

/** A form from its definition: values kept, errors at their fields, sections that fold. */
export function Form(props: FormProps) {
	const { form, state } = props;
	const fields = Object.entries(form.fields);
	const known = new Set(Object.keys(form.fields));
	const general = state.errors.filter((error) => !known.has(error.field));
	const multipart = fields.some(([, field]) => field.kind === "file");
	const htmx = props.target
		? { "hx-post": props.action, "hx-target": props.target, "hx-swap": "innerHTML", "hx-disable": "find button[type=submit]" }
		: {};
	return (
		<form
			id={form.name}
			class="form"
			method="post"
			action={props.action}
			novalidate
			data-form=""
			{...(multipart ? { enctype: "multipart/form-data", "hx-encoding": "multipart/form-data" } : {})}
			{...htmx}
		>
			<CsrfField />
			{props.intro}
			{general.length > 0 && (
				<Notice look="error">
					{general.map((error) => (
						<p>{error.message}</p>
					))}
				</Notice>
			)}
			<FormFields form={form} state={state} />
			<div class="form-actions">
				{props.buttons}
				{props.inDialog && (
					<button type="button" class="btn" data-close-dialog="">
						Cancel
					</button>
				)}
				{props.cancel && !props.inDialog && (
					<a class="btn" href={props.cancel}>
						Cancel
					</a>
				)}
				<SubmitButton look={form.isDestructive ? "danger" : "primary"} {...(props.confirm ? { confirm: props.confirm } : {})}>
					{form.submitLabel}
				</SubmitButton>
			</div>
		</form>
	);
}

/** The fields of a form by their sections, without the form around them. */
export function FormFields({ form, state }: Pick<FormProps, "form" | "state">) {
	const fields = Object.entries(form.fields);
	const sections = new Set((form.sections ?? []).map((section) => section.key));
	const loose = fields.filter(([, field]) => !field.section || !sections.has(field.section));
	return (
		<>
			<Fields form={form} state={state} fields={loose} />
			{(form.sections ?? []).map((section) => (
				<Section
					form={form}
					state={state}
					section={section}
					fields={fields.filter(([, field]) => field.section === section.key)}
				/>
			))}
		</>
	);
}

interface FieldsProps {
	readonly form: FormProps["form"];
	readonly state: FormState;
	readonly fields: readonly [string, Field][];
}

function Fields({ form, state, fields }: FieldsProps) {
	return (
		<div class="form-fields">
			{fields.map(([name, field]) => (
				<FieldControl shown={shownField(form.name, name, field, state)} />
			))}
		</div>
	);
}

function Section({ form, state, section, fields }: FieldsProps & { section: FormSection }) {
	const wrong = fields.some(([name]) => state.errors.some((error) => error.field === name));
	const entered = fields.some(([name]) => enteredTexts(state.entered, name).some((text) => text !== ""));
	const preset = fields.some(([, field]) => "value" in field && field.value !== undefined && field.value !== "");
	const refused = fields.length > 0 && state.entered !== undefined && hasFieldError(form, state);
	const open = refused ? wrong : !section.collapsed || wrong || entered || preset;
	return (
		<details class="form-section" {...(open ? { open: true } : {})}>
			<summary>
				<span class="form-section-title">{section.title}</span>
				{refused && <SectionMark wrong={wrong} />}
			</summary>
			{section.help && <p class="form-section-help">{section.help}</p>}
			<Fields form={form} state={state} fields={fields} />
		</details>
	);
}

/** Whether an error stands at a field. */
function hasFieldError(form: FormProps["form"], state: FormState): boolean {
	return state.errors.some((error) => Object.hasOwn(form.fields, error.field));
}

/** After a refused save: which sections are fine and which have to be mended (requests-and-annotation.md §2.1). */
function SectionMark({ wrong }: { wrong: boolean }) {
	return (
		<span class="form-section-mark">
			<Icon name={wrong ? "alert-triangle" : "circle-check"} class={wrong ? "sign-missing" : "sign-present"} />
			<span class="visually-hidden">{wrong ? " (to be corrected)" : " (fine)"}</span>
		</span>
	);
}

function shownField(formName: string, name: string, field: Field, state: FormState): ShownField {
	const id = `${formName}-${name}`;
	const error = state.errors.find((candidate: FieldError) => candidate.field === name)?.message ?? null;
	const describedBy = [error ? `${id}-error` : null, field.help ? `${id}-help` : null].filter((part) => part !== null).join(" ");
	return { id, name, field, error, describedBy, texts: shownTexts(field, name, state) };
}

/** What stands in a field: what was typed, else what the form starts with. */
function shownTexts(field: Field, name: string, state: FormState): readonly string[] {
	if (field.kind === "file" || field.kind === "password") return [];
	if (state.entered && !field.readOnly) return enteredTexts(state.entered, name);
	const value = "value" in field ? field.value : undefined;
	if (value === undefined || value === false) return [];
	if (value === true) return ["true"];
	if (typeof value === "string" || typeof value === "number") return [String(value)];
	if ("id" in value) return [String(value.id)];
	return value.map(String);
}
