import { expect, test } from "vitest";
import { ServiceType, SubmissionType } from "../catalog.ts";
import {
	findStaleStep,
	goBack,
	isReadyToComplete,
	nextStep,
	openStep,
	presentStep,
	startWorkflow,
	submitStep,
	WorkflowError,
} from "./engine.ts";
import { buildSheetFromJson, UnknownSheetError } from "./sheet-registry.ts";
import { collectComments, emptyState, readMetadata, readTable, type WorkflowState } from "./state.ts";
import { advance, answerStep, begin, makeFacts, newProject, samplesInput, walkToEnd, walkToService } from "./test-runs.ts";
import { annotationWorkflow as workflow } from "./workflow.ts";

const facts = makeFacts();
const bulk = { service_type_id: ServiceType.BULK_RNA_SEQ.id };

function codeOf(call: () => unknown): string | null {
	try {
		call();
	} catch (error) {
		if (error instanceof WorkflowError) return error.code;
		throw error;
	}
	return null;
}

test("a step that is unknown, not reached, not part of the run or already left is refused with the reason", () => {
	const { state } = advance(begin(facts), facts, newProject);
	expect(codeOf(() => openStep(workflow, state, "nonsense", facts))).toBe("step_unknown");
	expect(codeOf(() => openStep(workflow, state, "select_service", facts))).toBe("step_not_reached");
	expect(codeOf(() => submitStep(workflow, state, "complete", {}, facts))).toBe("step_not_reached");
	expect(codeOf(() => submitStep(workflow, state, "pool_mapping", {}, facts))).toBe("step_not_applicable");
	expect(codeOf(() => submitStep(workflow, state, "project_select", { values: { project_id: 7 } }, facts))).toBe(
		"step_not_current",
	);
	expect(codeOf(() => presentStep(workflow, state, "complete", facts))).toBe("step_not_reached");
});

test("a double click submits once and leads to the step that is open already", () => {
	const { state } = advance(begin(facts), facts, newProject);
	const again = submitStep(workflow, state, "project_select", newProject, facts);
	expect(again).toMatchObject({ accepted: true, next: { name: "sample_annotation" } });
	expect(again.state).toBe(state);
});

test("a refused submission changes nothing and reports everything", () => {
	const { state } = begin(facts);
	const result = submitStep(workflow, state, "project_select", {}, facts);
	expect(result.accepted).toBe(false);
	expect(result.state).toBe(state);
	const sheets = advance({ ...begin(facts) }, facts, newProject);
	expect(submitStep(workflow, sheets.state, "sample_annotation", {}, facts)).toMatchObject({ accepted: false });
});

test("going back shows what was typed, drops what came after, and submitting again replaces it", () => {
	const walk = advance(advance(begin(facts), facts, newProject), facts, samplesInput(["lung_1", "lung_2"]));
	const back = goBack(walk.state);
	expect(back.history.map((record) => record.step)).toEqual(["project_select", "sample_annotation"]);
	const shown = openStep(workflow, back, "sample_annotation", facts);
	expect(shown.view).toMatchObject({ initial: samplesInput(["lung_1", "lung_2"]).sheet });
	const again = submitStep(workflow, back, "sample_annotation", samplesInput(["brain_1"]), facts);
	expect(readTable(again.state, "samples")).toMatchObject([{ sample_name: "brain_1" }]);
	expect(nextStep(workflow, back, facts)).toBeNull();
});

test("there is no way back from the first step", () => {
	expect(codeOf(() => goBack(begin(facts).state))).toBe("no_step_before");
	expect(codeOf(() => goBack(emptyState))).toBe("no_step_before");
});

test("back from every step of a long run leads to the one before, and forward again to the same end", () => {
	const pooled = makeFacts({ submissionTypeId: SubmissionType.POOLED_LIBRARIES.id });
	const service = { service_type_id: ServiceType.TENX_SC_GEX_3PRIME.id, on_chip_multiplexing: true };
	let walk = walkToService(pooled, ["lung_1", "brain_1"], service);
	const end = walkToEnd(walk, pooled);
	while (walk.step !== null) {
		const submitted = advance(walk, pooled, answerStep(walk));
		if (submitted.step === null) break;
		const state = goBack(submitted.state);
		const reopened = { ...openStep(workflow, state, walk.step, pooled), step: walk.step };
		walk = advance(reopened, pooled, answerStep(reopened));
	}
	expect(walkToEnd(walk, pooled).state).toEqual(end.state);
});

test("a later version of a table wins, earlier ones survive, comments of a step are replaced with it", () => {
	const record = (step: string, count: number, comments: Record<string, string>) => ({
		step,
		input: {},
		submitted: true,
		tables: { samples: [{ count }] },
		metadata: { count, comments },
	});
	const state: WorkflowState = { history: [record("a", 1, { kit: "Kit: A" }), record("b", 2, { note: "Note", empty: "" })] };
	expect(readTable(state, "samples")).toEqual([{ count: 2 }]);
	expect(readMetadata(goBack(state), "count")).toBe(1);
	expect(readMetadata(state, "constructor")).toBeNull();
	expect(collectComments(state)).toEqual({ kit: "Kit: A", note: "Note" });
});

test("the run is ready only after the last step", () => {
	const { state } = walkToService(facts, ["lung_1"], bulk);
	expect(isReadyToComplete(workflow, state, facts)).toBe(false);
	expect(isReadyToComplete(workflow, walkToEnd({ state, view: null, step: "complete" }, facts).state, facts)).toBe(true);
	expect(startWorkflow(workflow, facts).step).toBe("project_select");
});

test.each([
	["the new title has been taken", { takenProjectTitles: ["Brain atlas"] }, "project_select"],
	[
		"the request got such a library meanwhile",
		{ requestLibraries: [{ typeId: 100, sampleNames: ["lung_1"] }] },
		"select_service",
	],
	["the request became one of pools", { submissionTypeId: SubmissionType.POOLED_LIBRARIES.id }, "pooled_library_annotation"],
	[
		"a sample of that name exists now",
		{ projectSamples: [{ id: 3, name: "lung_1", genomeId: 1, attributes: [] }] },
		"sample_annotation",
	],
])("before completion, %s: the step to look at again is named", (_name, changes, step) => {
	const { state } = walkToEnd(walkToService(facts, ["lung_1"], bulk), facts);
	expect(findStaleStep(workflow, state, facts)).toBeNull();
	expect(findStaleStep(workflow, state, makeFacts(changes))?.step).toBe(step);
});

test("the browser builds the same sheets from what the server sends", () => {
	const pooled = makeFacts({ submissionTypeId: SubmissionType.POOLED_LIBRARIES.id });
	let walk = walkToService(pooled, ["lung_1"], bulk);
	let count = 0;
	while (walk.step !== null) {
		if (walk.view?.kind === "sheet") {
			const definition = buildSheetFromJson(walk.view.sheet.name, walk.view.sheet.context);
			expect(walk.view.initial.columns).toEqual(definition.columns.map((column) => column.label));
			count += 1;
		}
		walk = advance(walk, pooled, answerStep(walk));
	}
	expect(count).toBe(2);
	expect(() => buildSheetFromJson("constructor", {})).toThrow(UnknownSheetError);
});
