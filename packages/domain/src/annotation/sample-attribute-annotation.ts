import { faultOfAttributeName, maxAttributeLength, wellKnownAttributes } from "../attributes.ts";
import { readOnlyColumn, requireExactRows } from "../sheets/fixed-rows.ts";
import { fieldNameOf } from "../sheets/match-headers.ts";
import { reportCells, reportSheet, textOf } from "../sheets/report.ts";
import type { Column, SheetDefinition, SheetRule } from "../sheets/types.ts";
import type { AnnotationFacts } from "./facts.ts";
import { initialSheet, validateSheetInput } from "./sheet-step.ts";
import { previousInput, type WorkflowState } from "./state.ts";
import { accept, refuse, type Step } from "./step.ts";
import { annotationTable, type SampleRow } from "./tables.ts";

const step = "sample_attribute_annotation";

/** From what the sheet is built. */
export type SampleAttributeContext = {
	readonly samples: readonly { readonly name: string; readonly id: number | null }[];
	/** Names of custom attributes that re-used samples already have. */
	readonly customAttributes: readonly string[];
};

const identityColumns = new Set(["sample_name", "sample_id"]);

/** `cell_type` → `Cell Type`. */
function titleOfAttribute(name: string): string {
	return name
		.split("_")
		.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
		.join(" ");
}

const attributeColumn: Omit<Column, "key" | "label"> = { width: 100, type: "text", maxLength: maxAttributeLength };

/** (1) Field names of attributes have 3–64 characters. That no two are equal is part of matching the headers. */
const requireDescriptiveNames: SheetRule = (_rows, report, columns) => {
	let stop: "stop" | undefined;
	for (const column of columns) {
		const fault = identityColumns.has(column.key) ? null : faultOfAttributeName(column.key);
		if (fault === null) continue;
		reportSheet(report, "attribute.name", `The attribute name "${column.label}" is ${fault}.`, [column.key], "invalid");
		stop = "stop";
	}
	return stop;
};

/** (3) A column is filled completely or not at all. */
const requireCompleteColumns: SheetRule = (rows, report, columns) => {
	for (const column of columns) {
		if (identityColumns.has(column.key)) continue;
		const empty = rows.filter((row) => textOf(row, column.key) === null);
		if (empty.length === rows.length) continue;
		for (const row of empty) {
			reportCells(report, row.number, [column.key], "missing", `${column.label} must be given for all samples or for none.`);
		}
	}
	return undefined;
};

/** Sheet of the attributes of the samples (requests-and-annotation.md §5.5). */
export function buildSampleAttributeSheet(context: SampleAttributeContext): SheetDefinition {
	const custom = context.customAttributes.filter((name) => !wellKnownAttributes.includes(fieldNameOf(name)));
	return {
		name: step,
		title: "Sample Attributes",
		columns: [
			readOnlyColumn("sample_name", "Sample Name", 200),
			{ key: "sample_id", label: "Sample ID", width: 170, type: "text", readOnly: true },
			...wellKnownAttributes.map((name): Column => ({ ...attributeColumn, key: name, label: titleOfAttribute(name) })),
			...custom.map((name): Column => ({ ...attributeColumn, key: fieldNameOf(name), label: name })),
		],
		canAddRows: false,
		canAddColumns: true,
		addedColumn: attributeColumn,
		mayBeEmpty: false,
		rules: [
			requireDescriptiveNames,
			requireExactRows(
				["sample_name"],
				context.samples.map((sample) => [sample.name]),
			),
			requireCompleteColumns,
		],
	};
}

/** Attributes that the re-used samples of the run already have: values by field name, by sample id. */
function readStoredAttributes(samples: readonly SampleRow[], facts: AnnotationFacts): Map<number, Record<string, string>> {
	const ids = new Set(samples.map((sample) => sample.sample_id));
	return new Map(
		facts.projectSamples
			.filter((sample) => ids.has(sample.id))
			.map((sample) => [
				sample.id,
				Object.fromEntries(sample.attributes.map((attribute) => [fieldNameOf(attribute.name), attribute.value])),
			]),
	);
}

function buildContext(state: WorkflowState, facts: AnnotationFacts): SampleAttributeContext {
	const samples = annotationTable(state, "samples");
	const stored = [...readStoredAttributes(samples, facts).values()].flatMap((attributes) => Object.keys(attributes));
	return {
		samples: samples.map((sample) => ({ name: sample.sample_name, id: sample.sample_id })),
		customAttributes: [...new Set(stored)].filter((name) => !wellKnownAttributes.includes(name)),
	};
}

/** Describes the samples; stored values of re-used samples are prefilled. */
export const sampleAttributeAnnotationStep: Step<AnnotationFacts> = {
	name: step,
	title: "Sample Attributes",
	applies: () => true,
	present(state, facts) {
		const context = buildContext(state, facts);
		const samples = annotationTable(state, "samples");
		const stored = readStoredAttributes(samples, facts);
		const rows = samples.map((sample) => ({
			...(sample.sample_id === null ? {} : stored.get(sample.sample_id)),
			sample_name: sample.sample_name,
			sample_id: sample.sample_id === null ? "new" : String(sample.sample_id),
		}));
		return {
			kind: "sheet",
			title: "Sample Attributes",
			sheet: { name: step, context },
			initial: initialSheet(buildSampleAttributeSheet(context), previousInput(state, step), rows),
			hints: ["Fill a column for all samples or for none. Columns may be added and renamed."],
		};
	},
	accept(input, state, facts) {
		const sheet = validateSheetInput(buildSampleAttributeSheet(buildContext(state, facts)), input);
		if (sheet.hasErrors) return refuse(sheet.problems);
		const attributeKeys = sheet.columns.map((column) => column.key).filter((key) => !identityColumns.has(key));
		const attributesByName = new Map(
			sheet.rows.map((row) => {
				const values = attributeKeys.map((key) => [key, textOf(row, key)] as const).filter(([, value]) => value !== null);
				return [textOf(row, "sample_name"), Object.fromEntries(values.map(([key, value]) => [key, value ?? ""]))];
			}),
		);
		const samples = annotationTable(state, "samples").map((sample) => ({
			...sample,
			attributes: attributesByName.get(sample.sample_name) ?? {},
		}));
		return accept({ tables: { samples } });
	},
};
