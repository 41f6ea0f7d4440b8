import type { FieldError } from "../field-error.ts";
import { checkName, cleanName } from "../text-rules.ts";
import { isPooled } from "./comparisons.ts";
import type { AnnotationFacts } from "./facts.ts";
import { checkLength, formText, isEmail } from "./form-values.ts";
import { type JsonValue, previousInput, type StepInput, type WorkflowState } from "./state.ts";
import { accept, type FormField, refuse, type Step } from "./step.ts";
import { annotationTable, type PoolRow } from "./tables.ts";

const step = "pool_mapping";

function listLabels(state: WorkflowState): string[] {
	const labels = annotationTable(state, "libraries").map((library) => library.pool_label);
	return [...new Set(labels.filter((label) => label !== null))];
}

/** Names of the fields of the n-th pool label (from 0). */
const fieldsOfPool = (index: number) => ({
	label: `pool_${index}_label`,
	name: `pool_${index}_name`,
	reads: `pool_${index}_m_reads`,
});

const contactFields = [
	{ name: "contact_name", label: "Name", type: "text", maxLength: 128 },
	{ name: "contact_email", label: "E-mail", type: "email", maxLength: 128 },
	{ name: "contact_phone", label: "Phone", type: "phone", maxLength: 32 },
] as const;

function describeFields(labels: readonly string[]): FormField[] {
	const group = "Who pooled the libraries";
	return [
		...contactFields.map((field): FormField => ({ ...field, required: true, group })),
		...labels.flatMap((label, index): FormField[] => {
			const names = fieldsOfPool(index);
			return [
				{ name: names.label, label: "Label", type: "readOnly", required: false, group: label },
				{ name: names.name, label: "Pool name", type: "text", required: true, minLength: 4, maxLength: 64, group: label },
				{ name: names.reads, label: "M reads requested", type: "number", required: false, group: label },
			];
		}),
	];
}

/** A typed number of million reads: null when blank, NaN when it is no number of at least 0. */
function readReads(input: StepInput, field: string): number | null {
	const text = formText(input, field);
	if (text === null) return null;
	const reads = Number(text.replace(",", "."));
	return Number.isFinite(reads) && reads >= 0 ? reads : Number.NaN;
}

function checkContact(input: StepInput, errors: FieldError[]): void {
	for (const { name, label, maxLength } of contactFields) {
		const text = formText(input, name);
		checkLength(errors, name, label, text, { required: true, max: maxLength });
		if (name === "contact_email" && text !== null && !isEmail(text))
			errors.push({ field: name, message: "This is not an e-mail address." });
	}
}

function checkPools(input: StepInput, labels: readonly string[], facts: AnnotationFacts, errors: FieldError[]): void {
	const check = checkName();
	const labelByName = new Map<string, string>();
	labels.forEach((label, index) => {
		const fields = fieldsOfPool(index);
		const name = formText(input, fields.name);
		checkLength(errors, fields.name, "Pool name", name, { required: true, min: 4, max: 64 });
		if (Number.isNaN(readReads(input, fields.reads)))
			errors.push({ field: fields.reads, message: "Enter a number of million reads." });
		if (name === null) return;
		const refusal = check(name);
		if (refusal) errors.push({ field: fields.name, message: refusal });
		if (facts.ownedPoolNames.includes(name))
			errors.push({ field: fields.name, message: `You already have a pool named "${name}".` });
		const other = labelByName.get(name);
		if (other !== undefined)
			errors.push({ field: fields.name, message: `"${name}" is the name of the pool labelled "${other}" already.` });
		else labelByName.set(name, label);
	});
}

/** Names the pools and the person who made them (P; requests-and-annotation.md §5.12). */
export const poolMappingStep: Step<AnnotationFacts> = {
	name: step,
	title: "Pool Names",
	applies: (_state, facts) => isPooled(facts),
	present(state, facts) {
		const labels = listLabels(state);
		const input = previousInput(state, step);
		const clean = cleanName("_ .");
		const contact = facts.contactPerson;
		const values: Record<string, JsonValue> = {
			contact_name: input ? formText(input, "contact_name") : (contact?.name ?? null),
			contact_email: input ? formText(input, "contact_email") : (contact?.email ?? null),
			contact_phone: input ? formText(input, "contact_phone") : (contact?.phone ?? null),
		};
		labels.forEach((label, index) => {
			const fields = fieldsOfPool(index);
			values[fields.label] = label;
			values[fields.name] = input ? formText(input, fields.name) : clean(label);
			values[fields.reads] = input ? formText(input, fields.reads) : null;
		});
		return { kind: "form", title: "Pool Names", fields: describeFields(labels), values };
	},
	accept(input, state, facts) {
		const labels = listLabels(state);
		const errors: FieldError[] = [];
		checkContact(input, errors);
		checkPools(input, labels, facts, errors);
		if (errors.length > 0) return refuse([], errors);
		const pools: PoolRow[] = labels.map((label, index) => {
			const fields = fieldsOfPool(index);
			return {
				pool_label: label,
				pool_name: formText(input, fields.name) ?? "",
				m_reads_requested: readReads(input, fields.reads),
			};
		});
		const metadata = {
			pool_contact_name: formText(input, "contact_name"),
			pool_contact_email: formText(input, "contact_email"),
			pool_contact_phone: formText(input, "contact_phone")?.replace(/\s/gu, "") ?? null,
		};
		return accept({ tables: { pools }, metadata });
	},
};
