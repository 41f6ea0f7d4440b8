import { GenomeRef, membersOf } from "../catalog.ts";
import { numberOf, textOf } from "../sheets/report.ts";
import type { ChoiceOption, SheetDefinition } from "../sheets/types.ts";
import { checkName, cleanName } from "../text-rules.ts";
import type { AnnotationFacts } from "./facts.ts";
import { suggestName } from "./name-suggestion.ts";
import { initialSheet, validateSheetInput } from "./sheet-step.ts";
import { previousInput } from "./state.ts";
import { accept, type ReferenceTable, refuse, type Step } from "./step.ts";
import type { SampleRow } from "./tables.ts";

const step = "sample_annotation";

/** All genome references as options: `Human (Homo sapiens)`. */
export const genomeOptions: readonly ChoiceOption[] = membersOf(GenomeRef).map((genome) => ({
	value: genome.id,
	label: genome.organismLatinName === null ? genome.label : `${genome.label} (${genome.organismLatinName})`,
}));

/** Sheet of the samples of a run (requests-and-annotation.md §5.4). */
export function buildSampleAnnotationSheet(): SheetDefinition {
	return {
		name: step,
		title: "Samples",
		columns: [
			{
				key: "sample_name",
				label: "Sample Name",
				width: 300,
				type: "text",
				required: true,
				unique: true,
				minLength: 4,
				maxLength: 64,
				clean: cleanName("_ ."),
				check: checkName("_"),
				suggest: suggestName,
				help: "4–64 letters A–Z, digits and _. Spaces and - become _.",
				examples: ["lung_ctrl_1"],
			},
			{
				key: "genome_id",
				label: "Genome",
				width: 300,
				type: "labelledChoice",
				required: true,
				options: genomeOptions,
				examples: ["Human (Homo sapiens)"],
			},
		],
		canAddRows: true,
		canAddColumns: false,
		mayBeEmpty: false,
		rules: [],
	};
}

/** The samples of the chosen existing project, to pick names from. */
function listProjectSamples(facts: AnnotationFacts): ReferenceTable[] {
	if (facts.projectSamples.length === 0) return [];
	const rows = facts.projectSamples.map((sample) => [
		sample.name,
		genomeOptions.find((option) => option.value === sample.genomeId)?.label ?? null,
	]);
	return [{ title: "Samples of the project", columns: ["Sample Name", "Genome"], rows }];
}

/** Names the samples; a name that the chosen project already has re-uses that sample. */
export const sampleAnnotationStep: Step<AnnotationFacts> = {
	name: step,
	title: "Samples",
	applies: () => true,
	present(state, facts) {
		return {
			kind: "sheet",
			title: "Samples",
			sheet: { name: step, context: {} },
			initial: initialSheet(buildSampleAnnotationSheet(), previousInput(state, step), []),
			tabs: listProjectSamples(facts),
		};
	},
	accept(input, _state, facts) {
		const sheet = validateSheetInput(buildSampleAnnotationSheet(), input);
		if (sheet.hasErrors) return refuse(sheet.problems);
		const idByName = new Map(facts.projectSamples.map((sample) => [sample.name, sample.id]));
		const samples: SampleRow[] = sheet.rows.map((row) => {
			const name = textOf(row, "sample_name") ?? "";
			return {
				sample_name: name,
				genome_id: numberOf(row, "genome_id") ?? 0,
				sample_id: idByName.get(name) ?? null,
				attributes: {},
			};
		});
		return accept({ tables: { samples } });
	},
};
