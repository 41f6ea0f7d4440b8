import { describe, expect, it, test } from "vitest";
import { openStep, startWorkflow, submitStep } from "../annotation/engine.ts";
import type { StepInput, WorkflowState } from "../annotation/state.ts";
import { BarcodeOrientation, LibraryType } from "../catalog.ts";
import type { OrientationId } from "../indices/index-set.ts";
import type { LibraryIndexFact } from "../indices/indexed-library.ts";
import type { OrientationAnswer } from "../indices/orientation.ts";
import { type IndexCheckFacts, isOpen } from "./facts.ts";
import { applyOrientationAnswers, buildIndexCheckPlan } from "./plan.ts";
import { indexCheckWorkflow } from "./steps.ts";

const FORWARD = BarcodeOrientation.FORWARD.id;
const REVERSE = BarcodeOrientation.REVERSE_COMPLEMENT.id;
const MAYBE = BarcodeOrientation.FORWARD_NOT_VALIDATED.id;

const index = (id: number, more: Partial<LibraryIndexFact> = {}): LibraryIndexFact => ({
	id,
	kitI7Id: null,
	kitI5Id: null,
	nameI7: null,
	nameI5: null,
	sequenceI7: "AACC",
	sequenceI5: "GATT",
	orientationId: null,
	...more,
});
const kit = { kitI7Id: 3, nameI7: "N701", kitI5Id: 3, nameI5: "S501" };

test.each<[string, LibraryIndexFact, boolean]>([
	["an unknown orientation", index(1), true],
	["an orientation that only the customer gave", index(1, { orientationId: MAYBE }), true],
	["a validated one", index(1, { orientationId: FORWARD }), false],
	["one imported as validated reverse complement", index(1, { orientationId: REVERSE }), true],
	["an index from a kit, whatever is stored", index(1, kit), false],
	["i7 from a kit, i5 typed", index(1, { ...kit, kitI5Id: null, nameI5: null }), true],
	["no sequence", index(1, { sequenceI7: null, sequenceI5: null }), false],
])("%s has to be checked or not", (_title, stored, open) => {
	expect(isOpen(stored)).toBe(open);
});

describe("what an answer does to an index", () => {
	type Case = [OrientationId, OrientationAnswer, OrientationAnswer | null, string, string | null, OrientationId];
	it.each<Case>([
		[null, "forward", "forward", "AACC", "GATT", FORWARD],
		[null, "reverseComplement", "forward", "GGTT", "GATT", FORWARD],
		[null, "forward", "reverseComplement", "AACC", "AATC", FORWARD],
		[MAYBE, "reverseComplement", "reverseComplement", "GGTT", "AATC", FORWARD],
		[null, "unknown", "unknown", "AACC", "GATT", null],
		[MAYBE, "unknown", "unknown", "AACC", "GATT", MAYBE],
		[MAYBE, "forward", "unknown", "AACC", "GATT", MAYBE],
		[null, "reverseComplement", "unknown", "GGTT", "GATT", null],
		[REVERSE, "reverseComplement", "unknown", "GGTT", "GATT", null],
		[REVERSE, "unknown", "unknown", "AACC", "GATT", REVERSE],
		[null, "reverseComplement", null, "GGTT", null, FORWARD],
	])("%j answered %s and %s", (before, i7, i5, sequenceI7, sequenceI5, orientationId) => {
		const stored = index(1, { orientationId: before, ...(i5 === null ? { sequenceI5: null } : {}) });
		expect(applyOrientationAnswers(stored, { i7, i5 })).toMatchObject({ sequenceI7, sequenceI5, orientationId });
	});
});

const library = (id: number, indices: readonly LibraryIndexFact[], requestId = 7) => ({
	id,
	name: `library_${id}`,
	typeId: LibraryType.BULK_RNA_SEQ.id,
	requestId,
	poolId: null,
	poolName: null,
	canEdit: true,
	indices,
});

function factsOf(more: Partial<IndexCheckFacts> = {}): IndexCheckFacts {
	const partly = index(12, { ...kit, kitI5Id: null, nameI5: null });
	const libraries = [library(1, [index(11)]), library(2, [partly]), library(3, [index(13, kit)])];
	return { libraries, neighbours: [], requestsWithOtherOpenIndices: [], ...more };
}

const columns = ["Index ID", "Library Name", "i7 Sequence", "i7 is written", "i5 Sequence", "i5 is written"];
const first = [11, "library_1", "AACC", "Reverse Complement", "GATT", "Forward"];
const second = [12, "library_2", "AACC", "Forward", "GATT", "I don't know"];
const sheetOf = (...rows: (string | number | null)[][]): StepInput => ({ sheet: { columns, rows } });

function submit(input: StepInput, facts = factsOf()) {
	const { state, step } = startWorkflow(indexCheckWorkflow, facts);
	return submitStep(indexCheckWorkflow, state, step, input, facts);
}

describe("the sheet", () => {
	it("shows the open indices only, sides from kits answered already", () => {
		const { view } = startWorkflow(indexCheckWorkflow, factsOf());
		expect(view).toMatchObject({
			initial: {
				columns,
				rows: [
					[11, "library_1", "AACC", null, "GATT", null],
					[12, "library_2", "AACC", "Forward", "GATT", null],
				],
			},
		});
	});

	it.each<[string, (string | number | null)[][], string]>([
		["an index of another object", [first, second, [99, "x", "A", "Forward", null, null]], "index_check.index_unknown"],
		["a row that was taken away", [first], "index_check.row_missing"],
		[
			"a sequence that was overwritten",
			[["11", "library_1", "TTTT", "Forward", "GATT", "Forward"], second],
			"index_check.row_differs",
		],
		["a side without answer", [[11, "library_1", "AACC", "Forward", "GATT", null], second], "index_check.answer_missing"],
		[
			"a kit index that is to be reversed",
			[first, [12, "library_2", "AACC", "Reverse Complement", "GATT", "Forward"]],
			"index_check.kit_forward",
		],
	])("refuses %s", (_title, rows, code) => {
		const result = submit(sheetOf(...rows));
		expect(result.accepted ? [] : result.problems.map((problem) => problem.code)).toContain(code);
	});
});

function stateAfter(input: StepInput, facts: IndexCheckFacts): WorkflowState {
	const result = submit(input, facts);
	expect(result).toMatchObject({ accepted: true, next: { name: "complete_index_check" } });
	return openStep(indexCheckWorkflow, result.state, "complete_index_check", facts).state;
}

test("the plan turns what was written in reverse, keeps what nobody knows, and leaves kit sides alone", () => {
	const facts = factsOf();
	const plan = buildIndexCheckPlan(stateAfter(sheetOf(first, second), facts), facts);
	expect(
		plan.indices.map(({ after, isChanged }) => [after.sequenceI7, after.sequenceI5, after.orientationId, isChanged]),
	).toEqual([
		["GGTT", "GATT", FORWARD, true],
		["AACC", "GATT", null, false],
	]);
});

test("a review step is ticked only when nothing of its request was left out", () => {
	const libraries = [library(1, [index(11)]), library(2, [], 8)];
	const facts = factsOf({ libraries, requestsWithOtherOpenIndices: [7] });
	expect(buildIndexCheckPlan(stateAfter(sheetOf(first), facts), facts).checkedRequestIds).toEqual([8]);
});

test("a request whose indices are all validated can be ticked without a sheet", () => {
	expect(startWorkflow(indexCheckWorkflow, factsOf({ libraries: [library(3, [index(13, kit)])] })).step).toBe(
		"complete_index_check",
	);
});
