/** The step that asks for the kits of typed index sequences, the same in annotation and re-index (requests-and-annotation.md §6.4). */

import type { FieldError } from "../field-error.ts";
import type { ResolvedBarcodeRow } from "../indices/index-set.ts";
import type { IndexKit, IndexSide } from "../indices/kit.ts";
import {
	applyMatchAnswers,
	checkMatchAnswers,
	customChoice,
	findKitMatches,
	type KitCandidate,
	type MatchAnswers,
	type SideAnswer,
} from "../indices/kit-match.ts";
import { type OrientationAnswer, orientationAnswers } from "../indices/orientation.ts";
import { formText } from "./form-values.ts";
import { type JsonValue, previousInput, type StepInput, type StepOutput, type Table, type WorkflowState } from "./state.ts";
import { accept, type FormField, type ReferenceTable, refuse, type Step, type StepView } from "./step.ts";

const name = "barcode_match";
const title = "Match Indices";

const sides: readonly IndexSide[] = ["i7", "i5"];

const kitField = (side: IndexSide) => `kit_${side}`;
const orientationField = (side: IndexSide) => `orientation_${side}`;
const primerField = (side: IndexSide) => `primer_${side}`;

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

/** The answers as submitted. */
function readMatchAnswers(input: StepInput): MatchAnswers {
	return { i7: readAnswer(input, "i7"), i5: readAnswer(input, "i5") };
}

/** The form for these rows, filled with what was submitted before. */
function presentMatchForm(
	rows: readonly ResolvedBarcodeRow[],
	kits: readonly IndexKit[],
	input: StepInput,
): Extract<StepView, { kind: "form" }> {
	const matches = findKitMatches(rows, kits);
	const asked = sides.filter((side) => matches[side] !== null);
	const values = asked.flatMap((side): [string, JsonValue][] =>
		[kitField(side), orientationField(side), primerField(side)].map((field) => [field, formText(input, field)]),
	);
	return {
		kind: "form",
		title,
		fields: asked.flatMap((side) => describeSide(side, matches[side] ?? [])),
		values: Object.fromEntries(values),
		hints: [`Rows without a kit: ${matches.rows.length}. One answer counts for all of them.`],
		tabs: asked.flatMap((side) => listCandidateTables(matches[side] ?? [], side, kits)),
	};
}

/** What is missing or wrong in the answers, at the fields of the form. */
function checkMatchForm(rows: readonly ResolvedBarcodeRow[], kits: readonly IndexKit[], answers: MatchAnswers): FieldError[] {
	const nameOf = { kit: kitField, orientation: orientationField, primer: primerField };
	return checkMatchAnswers(findKitMatches(rows, kits), answers).map(({ side, field, message }) => ({
		field: nameOf[field](side),
		message,
	}));
}

/** What a workflow does with the kits that are found. */
interface MatchUse<Facts> {
	/** Whether indices were asked for at all. */
	asksForIndices(state: WorkflowState, facts: Facts): boolean;
	/** The index sets other than 10x ATAC. */
	readRows(state: WorkflowState): ResolvedBarcodeRow[];
	/** The working table `indices` after the answers. */
	toIndices(matched: readonly ResolvedBarcodeRow[], state: WorkflowState): Table;
	/** What is remembered of the answers. */
	describe(answers: MatchAnswers, state: WorkflowState, facts: Facts): NonNullable<StepOutput["metadata"]>;
}

/** The step of a workflow that finds the kits of typed index sequences, or asks for their orientation. */
export function makeMatchStep<Facts extends { readonly indexKits: readonly IndexKit[] }>(use: MatchUse<Facts>): Step<Facts> {
	return {
		name,
		title,
		applies: (state, facts) =>
			use.asksForIndices(state, facts) && findKitMatches(use.readRows(state), facts.indexKits).rows.length > 0,
		present: (state, facts) => presentMatchForm(use.readRows(state), facts.indexKits, previousInput(state, name) ?? {}),
		accept(input, state, facts) {
			const rows = use.readRows(state);
			const answers = readMatchAnswers(input);
			const errors = checkMatchForm(rows, facts.indexKits, answers);
			if (errors.length > 0) return refuse([], errors);
			const matched = applyMatchAnswers(rows, answers, facts.indexKits);
			return accept({
				tables: { indices: use.toIndices(matched, state) },
				metadata: use.describe(answers, state, facts),
			});
		},
	};
}
