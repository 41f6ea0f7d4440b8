import { wellKnownAttributes } from "../attributes.ts";
import { buildAttributeSheet, readAttributesOfRow } from "../sheets/attribute-sheet.ts";
import { requireExactRows } from "../sheets/fixed-rows.ts";
import { fieldNameOf } from "../sheets/match-headers.ts";
import { textOf } from "../sheets/report.ts";
import type { SheetDefinition } from "../sheets/types.ts";
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

/** Sheet of the attributes of the samples (requests-and-annotation.md §5.5). */
export function buildSampleAttributeSheet(context: SampleAttributeContext): SheetDefinition {
	return buildAttributeSheet({
		name: step,
		sampleId: { key: "sample_id", label: "Sample ID", width: 170, type: "text", readOnly: true },
		exactRows: requireExactRows(
			["sample_name"],
			context.samples.map((sample) => [sample.name]),
		),
		stored: context.customAttributes,
		withGaps: [],
	});
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
		const attributesByName = new Map(
			sheet.rows.map((row) => [textOf(row, "sample_name"), Object.fromEntries(readAttributesOfRow(sheet, row))]),
		);
		const samples = annotationTable(state, "samples").map((sample) => ({
			...sample,
			attributes: attributesByName.get(sample.sample_name) ?? {},
		}));
		return accept({ tables: { samples } });
	},
};
