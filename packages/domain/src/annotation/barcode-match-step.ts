import type { IndexKit, IndexSide } from "../indices/kit.ts";
import type { KitCandidate, MatchAnswers, SideAnswer } from "../indices/kit-match.ts";
import {
	applyMatchAnswers,
	checkMatchAnswers,
	customChoice,
	describeMatchAnswers,
	findKitMatches,
} from "../indices/kit-match.ts";
import { type OrientationAnswer, orientationAnswers } from "../indices/orientation.ts";
import { isPooled } from "./comparisons.ts";
import type { AnnotationFacts } from "./facts.ts";
import { formText } from "./form-values.ts";
import { toIndexRows, toResolvedRows } from "./index-steps.ts";
import { type JsonValue, previousInput, type StepInput, type WorkflowState, wasVisited } from "./state.ts";
import { accept, type FormField, type ReferenceTable, refuse, type Step } from "./step.ts";
import { annotationTable } from "./tables.ts";

const step = "barcode_match";
const sides: readonly IndexSide[] = ["i7", "i5"];

const kitField = (side: IndexSide) => `kit_${side}`;
const orientationField = (side: IndexSide) => `orientation_${side}`;
const primerField = (side: IndexSide) => `primer_${side}`;

function findMatches(state: WorkflowState, facts: AnnotationFacts) {
	return findKitMatches(toResolvedRows(annotationTable(state, "indices")), facts.indexKits);
}

function describeSide(side: IndexSide, candidates: readonly KitCandidate[]): FormField[] {
	const disabledUnless = [{ field: kitField(side), oneOf: [customChoice] }];
	return [
		{
			name: kitField(side),
			label: `${side} kit`,
			type: "choice",
			required: true,
			group: side,
			options: [
				{ value: customChoice, label: "Custom" },
				...candidates.map((candidate) => ({ value: candidate.choice, label: candidate.label })),
			],
			help: "Choose the kit only if you are sure: a wrong kit can cause index clashes and irrecoverable loss of data.",
		},
		{
			name: orientationField(side),
			label: `How the ${side} sequences are written`,
			type: "choice",
			required: true,
			group: side,
			options: orientationAnswers.map((answer) => ({ value: answer.value, label: answer.label })),
			disabledUnless,
		},
		{
			name: primerField(side),
			label: `${side} primer sequence`,
			type: "textarea",
			required: true,
			maxLength: 1024,
			group: side,
			disabledUnless,
		},
	];
}

function listCandidateTables(candidates: readonly KitCandidate[], side: IndexSide, kits: readonly IndexKit[]): ReferenceTable[] {
	const ids = [...new Set(candidates.map((candidate) => candidate.kitId))];
	return ids.flatMap((id) => {
		const kit = kits.find((known) => known.id === id);
		if (!kit) return [];
		const rows = kit.adapters.flatMap((adapter) =>
			adapter[side].map((barcode) => [adapter.well, barcode.name, barcode.sequence]),
		);
		return [{ title: `${side}: [${kit.identifier}] ${kit.name}`, columns: ["Well", "Name", "Sequence"], rows }];
	});
}

function readOrientation(input: StepInput, side: IndexSide): OrientationAnswer | undefined {
	const text = formText(input, orientationField(side));
	return orientationAnswers.find((answer) => answer.value === text)?.value;
}

function readAnswer(input: StepInput, side: IndexSide): SideAnswer {
	return {
		choice: formText(input, kitField(side)) ?? "",
		orientation: readOrientation(input, side),
		primer: formText(input, primerField(side)) ?? undefined,
	};
}

function readAnswers(input: StepInput): MatchAnswers {
	return { i7: readAnswer(input, "i7"), i5: readAnswer(input, "i5") };
}

/** Finds the kits of typed index sequences, or asks for their orientation (P; requests-and-annotation.md §6.4). */
export const barcodeMatchStep: Step<AnnotationFacts> = {
	name: step,
	title: "Match Indices",
	applies(state, facts) {
		return isPooled(facts) && wasVisited(state, "barcode_input") && findMatches(state, facts).rows.length > 0;
	},
	present(state, facts) {
		const matches = findMatches(state, facts);
		const input = previousInput(state, step) ?? {};
		const asked = sides.filter((side) => matches[side] !== null);
		const values = asked.flatMap((side): [string, JsonValue][] =>
			[kitField(side), orientationField(side), primerField(side)].map((field) => [field, formText(input, field)]),
		);
		return {
			kind: "form",
			title: "Match Indices",
			fields: asked.flatMap((side) => describeSide(side, matches[side] ?? [])),
			values: Object.fromEntries(values),
			hints: [`Rows without a kit: ${matches.rows.length}. One answer counts for all of them.`],
			tabs: asked.flatMap((side) => listCandidateTables(matches[side] ?? [], side, facts.indexKits)),
		};
	},
	accept(input, state, facts) {
		const indices = annotationTable(state, "indices");
		const rows = toResolvedRows(indices);
		const answers = readAnswers(input);
		const problems = checkMatchAnswers(findMatches(state, facts), answers);
		const nameOf = { kit: kitField, orientation: orientationField, primer: primerField };
		if (problems.length > 0) {
			return refuse(
				[],
				problems.map(({ side, field, message }) => ({ field: nameOf[field](side), message })),
			);
		}
		const texts = describeMatchAnswers(rows, answers, facts.indexKits);
		const matched = toIndexRows(applyMatchAnswers(rows, answers, facts.indexKits));
		return accept({
			tables: { indices: [...matched, ...indices.filter((row) => row.is_atac)] },
			metadata: { comments: Object.fromEntries(texts.map((text, index) => [`barcode_match_${index + 1}`, text])) },
		});
	},
};
