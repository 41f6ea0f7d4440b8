/** Helpers for tests of the annotation workflow: facts of a small laboratory, and walking through the steps. */
import { FeatureType, IndexType, SeqRequestStatus, type ServiceType, SubmissionType } from "../catalog.ts";
import type { IndexKit } from "../indices/kit.ts";
import type { Problem, RawCell, RawSheet } from "../sheets/types.ts";
import { openStep, startWorkflow, submitStep } from "./engine.ts";
import type { AnnotationFacts, FeatureKitFact } from "./facts.ts";
import type { StepInput, WorkflowState } from "./state.ts";
import type { StepView } from "./step.ts";
import { annotationWorkflow } from "./workflow.ts";

const dualKit: IndexKit = {
	id: 1,
	identifier: "E6609",
	name: "Dual kit",
	typeId: IndexType.DUAL_INDEX.id,
	adapters: [
		{ id: 1, well: "A1", i7: [{ name: "P1-A1", sequence: "AAGGTTCCACGT" }], i5: [{ name: "P1-A1", sequence: "TTCCAAGGTACG" }] },
		{ id: 2, well: "A2", i7: [{ name: "P1-A2", sequence: "CCTTAAGGTTGA" }], i5: [{ name: "P1-A2", sequence: "GGAACCTTCAGT" }] },
	],
};

const atacKit: IndexKit = {
	id: 2,
	identifier: "10X-NA",
	name: "Single Index Kit N Set A",
	typeId: IndexType.TENX_ATAC_INDEX.id,
	adapters: [
		{
			id: 1,
			well: "A1",
			i7: ["AAACGGCG", "CCTACCAT", "GGCGTTTC", "TTGTAAGA"].map((sequence) => ({ name: "SI-NA-A1", sequence })),
			i5: [],
		},
		{
			id: 2,
			well: "B1",
			i7: ["AGGCTACC", "CTAGCTGT", "GCCAACAA", "TATTGGTG"].map((sequence) => ({ name: "SI-NA-B1", sequence })),
			i5: [],
		},
	],
};

export const oligoKit: FeatureKitFact = {
	id: 10,
	identifier: "TOTALSEQC-MUX-Hu",
	name: "TotalSeq-C hashtags",
	typeId: FeatureType.CMO.id,
	features: [
		{
			id: 101,
			identifier: "C0251",
			name: "TotalSeq-C0251",
			sequence: "GTCAACTCTTTAGCG",
			pattern: "5PNNNNNNNNNN(BC)",
			read: "R2",
		},
		{
			id: 102,
			identifier: "C0252",
			name: "TotalSeq-C0252",
			sequence: "TGATGGCCTATTGGG",
			pattern: "5PNNNNNNNNNN(BC)",
			read: "R2",
		},
	],
};

export const antibodyKit: FeatureKitFact = {
	id: 11,
	identifier: "199902",
	name: "TotalSeq-B panel",
	typeId: FeatureType.ANTIBODY.id,
	features: [
		{ id: 201, identifier: "B0014", name: "CD19", sequence: "CTGGGCAATTACTCG", pattern: "^NNNNNNNNNN(BC)", read: "R2" },
		{ id: 202, identifier: "B0034", name: "CD3", sequence: "CTCATTGTAACTCCT", pattern: "^NNNNNNNNNN(BC)", read: "R2" },
	],
};

/** Facts of a client's draft of raw samples; override what matters. */
export function makeFacts(changes: Partial<AnnotationFacts> = {}): AnnotationFacts {
	return {
		userId: 5,
		isInsider: false,
		requestorId: 5,
		submissionTypeId: SubmissionType.RAW_SAMPLES.id,
		requestStatusId: SeqRequestStatus.DRAFT.id,
		requestGroupId: null,
		contactPerson: { name: "Jane Doe", email: "jane@example.org", phone: "+43 1 234" },
		projects: [{ id: 7, identifier: "PRJ_7", title: "Lung atlas", groupId: null, canEdit: true }],
		takenProjectTitles: ["Taken title"],
		projectSamples: [],
		requestLibraries: [],
		indexKits: [dualKit, atacKit],
		featureKits: [oligoKit, antibodyKit],
		ownedPoolNames: ["my_pool"],
		...changes,
	};
}

/** A sheet from its header and rows. */
export function sheet(columns: readonly string[], ...rows: readonly (readonly RawCell[])[]): RawSheet {
	return { columns, rows };
}

export const newProject: StepInput = { values: { project_title: "Brain atlas", project_description: "All of it." } };

/** The samples step for these names, all human. */
export function samplesInput(names: readonly string[]): StepInput {
	return { sheet: sheet(["Sample Name", "Genome"], ...names.map((name) => [name, "Human (Homo sapiens)"])) };
}

/** Fills the shown sheet by column title; what is not named stays as shown. */
export function fillSheet(
	view: StepView,
	fill: (row: Readonly<Record<string, RawCell>>, index: number) => Record<string, RawCell>,
): StepInput {
	if (view.kind !== "sheet") throw new Error("not a sheet");
	const { columns, rows } = view.initial;
	return {
		sheet: {
			columns,
			rows: rows.map((cells, index) => {
				const shown = Object.fromEntries(columns.map((column, position) => [column, cells[position] ?? null]));
				const filled = { ...shown, ...fill(shown, index) };
				return columns.map((column) => filled[column] ?? null);
			}),
		},
	};
}

/** A run under way. */
export interface Walk {
	readonly state: WorkflowState;
	readonly view: StepView | null;
	/** Name of the open step; null when the run is ready to be completed. */
	readonly step: string | null;
}

/** Submits the open step and opens the next one; fails with the problems when it is refused. */
export function advance(walk: Walk, facts: AnnotationFacts, input: StepInput): Walk {
	if (walk.step === null) throw new Error("the run is ready to be completed");
	const result = submitStep(annotationWorkflow, walk.state, walk.step, input, facts);
	if (!result.accepted) throw new Error(`${walk.step}: ${JSON.stringify([result.problems, result.fieldErrors])}`);
	// As the database gives it back: only what survives JSON may matter.
	const state: WorkflowState = JSON.parse(JSON.stringify(result.state));
	if (!result.next) return { state, view: null, step: null };
	const opened = openStep(annotationWorkflow, state, result.next.name, facts);
	return { state: opened.state, view: JSON.parse(JSON.stringify(opened.view)), step: result.next.name };
}

/** Begins a run. */
export function begin(facts: AnnotationFacts): Walk {
	return startWorkflow(annotationWorkflow, facts);
}

/** Values of the service step. */
export type ServiceValues = Readonly<Record<string, unknown>> & {
	readonly service_type_id: (typeof ServiceType)[keyof typeof ServiceType]["id"];
};

/** Project, samples, attributes and service; the walk then stands at the step after the service. */
export function walkToService(facts: AnnotationFacts, samples: readonly string[], service: ServiceValues): Walk {
	let walk = advance(begin(facts), facts, newProject);
	walk = advance(walk, facts, samplesInput(samples));
	if (!walk.view) throw new Error("no attributes step");
	walk = advance(
		walk,
		facts,
		fillSheet(walk.view, () => ({})),
	);
	return advance(walk, facts, { values: service });
}

/** A valid input for any step after the service, made from what the step shows. */
export function answerStep(walk: Walk): StepInput {
	const { view, step } = walk;
	if (!view) return {};
	const oligoByRow = (index: number) => ({ Kit: "[TOTALSEQC-MUX-Hu] TotalSeq-C hashtags", Feature: `TotalSeq-C025${index + 1}` });
	switch (step) {
		case "define_mux_samples":
			return fillSheet(view, () => ({ "Multiplexing Pool": "pool_1" }));
		case "custom_assay_annotation":
			return fillSheet(view, () => ({ "Library Type": "10X Visium Gene Expression" }));
		case "oligo_mux_annotation":
			return fillSheet(view, (_row, index) => oligoByRow(index));
		case "ocm_annotation":
			return fillSheet(view, (_row, index) => ({ "Barcode ID": `ob${index + 1}` }));
		case "flex_mux_annotation":
			return fillSheet(view, (_row, index) => ({ "Barcode ID": `bc00${index + 1}` }));
		case "parse_mux_annotation":
			return fillSheet(view, (_row, index) => ({ Well: `a${index + 1}` }));
		case "pooled_library_annotation":
			return fillSheet(view, () => ({ Pool: "tube 1" }));
		case "pool_mapping":
			return view.kind === "form" ? { values: { ...view.values, pool_0_m_reads: "200" } } : {};
		case "barcode_input":
			return fillSheet(view, (_row, index) => ({
				"i7 Sequence": `ACGTACG${"ACGT"[index % 4]}`,
				"i5 Sequence": `${"ACGT"[index >> 2]}TTTGGGA`,
			}));
		case "tenx_atac_barcode_input":
			return fillSheet(view, (_row, index) => ({
				Kit: "[10X-NA] Single Index Kit N Set A",
				"Index Well": ["A1", "B1"][index] ?? null,
			}));
		case "barcode_match":
			return {
				values: {
					kit_i7: "custom",
					orientation_i7: "forward",
					primer_i7: "ACGT",
					kit_i5: "custom",
					orientation_i5: "unknown",
					primer_i5: "TTTT",
				},
			};
		case "feature_annotation":
			return { sheet: sheet(["Kit"], ["[199902] TotalSeq-B panel"]) };
		case "openst_annotation":
			return { ...fillSheet(view, () => ({ Image: "image.tif" })), values: { instructions: "https://example.org" } };
		case "visium_annotation":
			return {
				...fillSheet(view, () => ({ Image: "v.tif", Slide: "V01A01-111", Area: "A1" })),
				values: { instructions: "https://example.org" },
			};
		case "parse_crispr_guide_annotation":
			return {
				sheet: sheet(
					["Guide Name", "Target Gene", "Prefix", "Guide Sequence", "Suffix"],
					["g1", "TP53", "ACGTACGTAC", "GGGGTTTTCCCCAAAA", "ACGTACGTAC"],
				),
			};
		default:
			return {};
	}
}

/** Names of the steps from the open one to the last, walked with {@link answerStep}, and the finished state. */
export function walkToEnd(start: Walk, facts: AnnotationFacts): { readonly steps: string[]; readonly state: WorkflowState } {
	const steps: string[] = [];
	let walk = start;
	while (walk.step !== null) {
		steps.push(walk.step);
		walk = advance(walk, facts, answerStep(walk));
	}
	return { steps, state: walk.state };
}

/** Problems in short, `row kind columns` ("*" = the whole sheet), warnings marked. */
export function shorten(problems: readonly Problem[]): string[] {
	return problems.map(({ row, kind, columns, severity }) => {
		const mark = severity === "warning" ? "warning: " : "";
		return `${mark}${row ?? "*"} ${kind} ${columns.join(",")}`.trim();
	});
}
