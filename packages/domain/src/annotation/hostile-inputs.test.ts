/** Whatever a browser or a script submits to a step of the annotation, the run goes on or stays as it is (requests-and-annotation.md §4). */
import fc from "fast-check";
import { expect, test } from "vitest";
import { ServiceType, SubmissionType } from "../catalog.ts";
import { currentStepName, presentStep, submitStep } from "./engine.ts";
import type { AnnotationFacts } from "./facts.ts";
import { buildSheetFromJson } from "./sheet-registry.ts";
import type { StepInput, WorkflowState } from "./state.ts";
import type { StepView } from "./step.ts";
import { makeFacts, type ServiceValues, walkToEnd, walkToService } from "./test-runs.ts";
import { annotationWorkflow } from "./workflow.ts";

/** A run that stands at a step which was answered before. */
interface Stop {
	readonly facts: AnnotationFacts;
	readonly state: WorkflowState;
	readonly step: string;
	readonly view: StepView;
	/** What was accepted there. */
	readonly answer: StepInput;
}

const antibodies = { antibody_capture: true, antibody_capture_kit: "TotalSeq-C" };
const oligos = { oligo_multiplexing: true, oligo_multiplexing_kit: "CellPlex" };
const services: readonly (readonly [number, ServiceValues])[] = [
	[SubmissionType.RAW_SAMPLES.id, { service_type_id: ServiceType.TENX_SC_GEX_3PRIME.id, ...oligos }],
	[SubmissionType.RAW_SAMPLES.id, { service_type_id: ServiceType.OPENST.id }],
	[SubmissionType.RAW_SAMPLES.id, { service_type_id: ServiceType.CUSTOM.id }],
	[SubmissionType.POOLED_LIBRARIES.id, { service_type_id: ServiceType.TENX_SC_MULTIOME.id }],
	[SubmissionType.POOLED_LIBRARIES.id, { service_type_id: ServiceType.TENX_SC_16_PLEX_FLEX.id, ...antibodies }],
	[SubmissionType.POOLED_LIBRARIES.id, { service_type_id: ServiceType.TENX_SC_GEX_3PRIME.id, on_chip_multiplexing: true }],
	[
		SubmissionType.UNPOOLED_LIBRARIES.id,
		{ service_type_id: ServiceType.PARSE.id, parse_kit: 1, parse_chemistry: 2, parse_multiplexing: true, parse_crispr: true },
	],
];

function listStops(submissionTypeId: number, service: ServiceValues): Stop[] {
	const facts = makeFacts({ submissionTypeId });
	const { state } = walkToEnd(walkToService(facts, ["lung_1", "brain_1"], service), facts);
	return state.history.map((record, index) => {
		const own = { ...record, tables: {}, metadata: {}, submitted: false };
		const stopped: WorkflowState = { history: [...state.history.slice(0, index), own] };
		const view = presentStep(annotationWorkflow, stopped, record.step, facts);
		return { facts, state: stopped, step: record.step, view, answer: record.input ?? {} };
	});
}

const stops = services.flatMap(([submissionTypeId, service]) => listStops(submissionTypeId, service));

const words = [..."0159", "on", "true", "Human", "lung_1", "lung_1\u200b", "lung_а", "custom", "forward", "1:forward", "=1+1"];
const text = fc.oneof(
	fc.constantFrom("", " ", ...words, "constructor", "__proto__", "x".repeat(5_000)),
	fc.string({ unit: "binary" }),
);
const cell = fc.oneof(text, fc.constant(null), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));

/** Values of fields: those that were accepted, some of them replaced by anything. */
function valuesFor({ view, answer }: Stop): fc.Arbitrary<Record<string, unknown>> {
	const names = "fields" in view ? (view.fields ?? []).map((field) => field.name) : [];
	const name = names.length > 0 ? fc.oneof(fc.constantFrom(...names), text) : text;
	const value = fc.oneof(text, fc.jsonValue({ maxDepth: 2 }));
	return fc.dictionary(name, value, { maxKeys: 4 }).map((changes) => ({ ...answer.values, ...changes }));
}

/** The sheet that was accepted with some cells replaced by anything, or any sheet at all. */
function sheetFor({ answer }: Stop): fc.Arbitrary<StepInput["sheet"]> {
	const columns = answer.sheet?.columns ?? ["Sample Name"];
	const rows = answer.sheet?.rows ?? [];
	const changed = fc.array(fc.tuple(fc.nat(rows.length), fc.nat(columns.length), cell), { maxLength: 4 }).map((changes) => ({
		columns,
		rows: rows.map((cells, row) =>
			cells.map((own, column) => changes.find((change) => change[0] === row && change[1] === column)?.[2] ?? own),
		),
	}));
	const any = fc.record({
		columns: fc.array(fc.oneof(fc.constantFrom(...columns), text), { maxLength: 6 }),
		rows: fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 5 }),
	});
	return fc.oneof(
		{ weight: 3, arbitrary: changed },
		{ weight: 2, arbitrary: any },
		{ weight: 1, arbitrary: fc.constant(undefined) },
	);
}

const submissions = fc.constantFrom(...stops).chain((stop) =>
	fc.tuple(fc.constant(stop), valuesFor(stop), sheetFor(stop)).map(([of, values, sheet]) => {
		const input: StepInput = { values, ...(sheet ? { sheet } : {}) };
		return { ...of, input };
	}),
);

const asStored = <T>(value: T): T => JSON.parse(JSON.stringify(value));

test("the runs stand at every step of the workflow", () => {
	expect(new Set(stops.map(({ step }) => step))).toEqual(new Set(annotationWorkflow.steps.map(({ name }) => name)));
});

test("no input breaks a step: it is accepted and the next one opens, or all that is wrong is told and nothing changes", () => {
	let accepted = 0;
	fc.assert(
		fc.property(submissions, ({ facts, state, step, view, input }) => {
			const result = submitStep(annotationWorkflow, state, step, input, facts);
			if (result.accepted) {
				accepted += 1;
				const current = currentStepName(result.state);
				expect(current).toBe(step);
				if (result.next) result.next.present(result.state, facts);
				return;
			}
			expect(result.state).toBe(state);
			expect(result.problems.length + result.fieldErrors.length).toBeGreaterThan(0);
			const fields = "fields" in view ? (view.fields ?? []).map((field) => field.name) : [];
			for (const { field } of result.fieldErrors) expect(fields).toContain(field);
			if (view.kind !== "sheet") return;
			const known = buildSheetFromJson(view.sheet.name, asStored(view.sheet.context)).columns.map(({ key }) => key);
			for (const { row, columns } of result.problems) {
				if (row !== null) expect(input.sheet?.rows[row - 1]).toBeDefined();
				if (step !== "sample_attribute_annotation") expect(known).toEqual(expect.arrayContaining([...columns]));
			}
		}),
		{ numRuns: 3_000, seed: 20261123 },
	);
	expect(accepted).toBeGreaterThan(100);
});

test("the answer is the same once run and input went through the database", () => {
	fc.assert(
		fc.property(submissions, ({ facts, state, step, input }) => {
			const judge = (of: WorkflowState, given: StepInput) => {
				const result = submitStep(annotationWorkflow, of, step, given, facts);
				return asStored(result.accepted ? { state: result.state, next: result.next?.name ?? null } : result);
			};
			expect(judge(asStored(state), asStored(input))).toEqual(judge(state, input));
		}),
		{ numRuns: 1_000, seed: 20261123 },
	);
});
