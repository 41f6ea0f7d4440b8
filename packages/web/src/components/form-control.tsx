import type { Field, MultiSelectField, NumberField, SearchSelectField, SelectField, TextField } from "../framework/form.ts";

/** A field with what stands in it and what is wrong. */
export interface ShownField {
	readonly id: string;
	readonly name: string;
	readonly field: Field;
	readonly error: string | null;
	/** Ids of the elements that explain it. */
	readonly describedBy: string;
	readonly texts: readonly string[];
}

type Attributes = Record<string, string | number | boolean>;

/** Attributes that all controls share. */
function commonAttributes({ id, name, field, error, describedBy }: ShownField): Attributes {
	return {
		id,
		name,
		...(field.required ? { required: true, "aria-required": "true" } : {}),
		...(field.readOnly ? { readonly: true, "aria-readonly": "true" } : {}),
		...(error ? { "aria-invalid": "true" } : {}),
		...(describedBy ? { "aria-describedby": describedBy } : {}),
		...(field.placeholder ? { placeholder: field.placeholder } : {}),
		...(field.autocomplete ? { autocomplete: field.autocomplete } : {}),
	};
}

/** One field: label, control, help, error. */
export function FieldControl({ shown }: { shown: ShownField }) {
	const { field, id, error, texts, name } = shown;
	if (field.kind === "hidden") return <input type="hidden" name={name} value={texts[0] ?? ""} />;
	const tick = field.kind === "checkbox" || field.kind === "switch";
	const group = field.kind === "radio";
	return (
		<div class={`form-field${field.half ? " is-half" : ""}${error ? " is-wrong" : ""}`} {...conditionAttributes(field)}>
			{!tick &&
				(group ? (
					<span class="form-label" id={`${id}-label`}>
						<LabelText shown={shown} />
					</span>
				) : (
					<label class="form-label" for={id}>
						<LabelText shown={shown} />
					</label>
				))}
			{tick ? <TickControl shown={shown} /> : <Control shown={shown} />}
			{error && (
				<p class="field-error" id={`${id}-error`}>
					{error}
				</p>
			)}
			{field.help && (
				<p class="field-help" id={`${id}-help`}>
					{field.help}
				</p>
			)}
		</div>
	);
}

/** What the browser needs to know to disable a field that does not apply. */
function conditionAttributes({ enabledWhen }: Field): Attributes {
	return enabledWhen && enabledWhen.length > 0 ? { "data-enabled-when": JSON.stringify(enabledWhen) } : {};
}

/** The label, with a star where something must be entered; a choice that is made already cannot be left out. */
function LabelText({ shown }: { shown: ShownField }) {
	const { field, texts } = shown;
	const isChosen = field.kind === "select" && (texts[0] ?? "") !== "";
	return (
		<>
			{field.label}
			{field.required && !isChosen && (
				<span class="form-required" aria-hidden="true">
					*
				</span>
			)}
		</>
	);
}

function Control({ shown }: { shown: ShownField }) {
	const { field, texts } = shown;
	const value = texts[0] ?? "";
	switch (field.kind) {
		case "textarea":
			return (
				<textarea class={inputClass(shown)} rows={field.rows ?? 4} {...lengths(field)} {...commonAttributes(shown)}>
					{value}
				</textarea>
			);
		case "integer":
		case "number":
			return <NumberControl shown={shown} field={field} />;
		case "select":
			return <SelectControl shown={shown} field={field} />;
		case "multi-select":
			return <MultiSelectControl shown={shown} field={field} />;
		case "radio":
			return <RadioControl shown={shown} field={field} />;
		case "search-select":
			return <SearchSelectControl shown={shown} field={field} />;
		case "file":
			return (
				<input
					type="file"
					class={inputClass(shown)}
					accept={field.extensions.map((extension) => `.${extension}`).join(",")}
					{...commonAttributes(shown)}
				/>
			);
		case "datetime-local":
		case "date":
			return (
				<input
					type={field.kind}
					class={inputClass(shown)}
					value={value}
					{...(field.min ? { min: field.min } : {})}
					{...(field.max ? { max: field.max } : {})}
					{...commonAttributes(shown)}
				/>
			);
		case "text":
		case "email":
		case "password":
			return <input type={field.kind} class={inputClass(shown)} value={value} {...lengths(field)} {...commonAttributes(shown)} />;
		default:
			return null;
	}
}

function inputClass({ field, error }: ShownField): string {
	const mono = "monospace" in field && field.monospace ? " font-mono" : "";
	return `form-control${mono}${error ? " is-invalid" : ""}`;
}

function lengths(field: TextField): Attributes {
	return {
		...(field.maxLength !== undefined ? { maxlength: field.maxLength } : {}),
		...(field.minLength !== undefined ? { minlength: field.minLength } : {}),
	};
}

function NumberControl({ shown, field }: { shown: ShownField; field: NumberField }) {
	const input = (
		<input
			type="text"
			inputmode={field.kind === "integer" ? "numeric" : "decimal"}
			class={`${inputClass(shown)} tabular`}
			value={shown.texts[0] ?? ""}
			{...commonAttributes(shown)}
		/>
	);
	if (!field.unit) return input;
	return (
		<div class="input-group">
			{input}
			<span class="input-group-text">{field.unit}</span>
		</div>
	);
}

function SelectControl({ shown, field }: { shown: ShownField; field: SelectField }) {
	const chosen = shown.texts[0] ?? "";
	return (
		<select
			class={`form-select${shown.error ? " is-invalid" : ""}`}
			{...commonAttributes(shown)}
			{...(field.readOnly ? { disabled: true } : {})}
		>
			{(!field.required || chosen === "") && <option value="">{field.placeholder ?? (field.required ? "Choose …" : "–")}</option>}
			{field.options.map((option) => (
				<option
					value={String(option.value)}
					{...(String(option.value) === chosen ? { selected: true } : {})}
					{...(option.disabled ? { disabled: true } : {})}
				>
					{option.label}
				</option>
			))}
		</select>
	);
}

function MultiSelectControl({ shown, field }: { shown: ShownField; field: MultiSelectField }) {
	return (
		<div hx-morph-skip="">
			<select
				multiple
				class="form-select"
				data-island="multi-select"
				size={Math.min(Math.max(field.options.length, 2), 6)}
				{...commonAttributes(shown)}
			>
				{field.options.map((option) => (
					<option value={String(option.value)} {...(shown.texts.includes(String(option.value)) ? { selected: true } : {})}>
						{option.label}
					</option>
				))}
			</select>
		</div>
	);
}

function RadioControl({ shown, field }: { shown: ShownField; field: SelectField }) {
	return (
		<div
			role="radiogroup"
			aria-labelledby={`${shown.id}-label`}
			{...(shown.describedBy ? { "aria-describedby": shown.describedBy } : {})}
			{...(shown.error ? { "aria-invalid": "true" } : {})}
		>
			{field.options.map((option) => (
				<label class="form-check">
					<input
						type="radio"
						class="form-check-input"
						name={shown.name}
						value={String(option.value)}
						{...(shown.texts[0] === String(option.value) ? { checked: true } : {})}
						{...(option.disabled || field.readOnly ? { disabled: true } : {})}
					/>
					<span class="form-check-label">{option.label}</span>
				</label>
			))}
		</div>
	);
}

/** Typing asks the server; without JavaScript it is a field for the id. */
function SearchSelectControl({ shown, field }: { shown: ShownField; field: SearchSelectField }) {
	const value = shown.texts[0] ?? "";
	const label = field.value && String(field.value.id) === value ? field.value.label : value && `#${value}`;
	return (
		<div hx-morph-skip="">
			<input
				type="text"
				class={inputClass(shown)}
				value={value}
				data-island="search-select"
				data-source={field.source}
				data-chosen-label={label}
				{...commonAttributes(shown)}
			/>
		</div>
	);
}

function TickControl({ shown }: { shown: ShownField }) {
	const { field, texts } = shown;
	const checked = texts.some((text) => text !== "" && text !== "false" && text !== "0");
	return (
		<label class={`form-check${field.kind === "switch" ? " form-switch" : ""}`}>
			<input
				type="checkbox"
				class={`form-check-input${shown.error ? " is-invalid" : ""}`}
				value="true"
				{...(checked ? { checked: true } : {})}
				{...commonAttributes(shown)}
				{...(field.readOnly ? { disabled: true } : {})}
			/>
			<span class="form-check-label">
				<LabelText shown={shown} />
			</span>
		</label>
	);
}
