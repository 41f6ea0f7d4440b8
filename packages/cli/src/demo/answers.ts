import type { StepInput } from "@opengsync/domain/annotation/state";
import type { StepView } from "@opengsync/domain/annotation/step";
import { type IndexKit, kitLabel } from "@opengsync/domain/indices/kit";
import type { RawCell, RawSheet } from "@opengsync/domain/sheets/types";
import { type Assay, assays } from "./assays.ts";
import type { RequestPlan } from "./request-plans.ts";

/** What the answers to the steps of an annotation are made from. */
export interface AnswerFacts {
	readonly plan: RequestPlan;
	/** Id of the project where it exists already. */
	readonly projectId: number | null;
	readonly indexKits: readonly IndexKit[];
}

/** Names of the samples of a request. */
export function listSampleNames(plan: RequestPlan): string[] {
	const prefix = plan.samplePrefix ?? plan.code;
	return plan.conditions.flatMap((condition) =>
		Array.from({ length: plan.replicates }, (_, index) => `${prefix}_${condition}_${index + 1}`),
	);
}

/** TotalSeq-C hashtags and antibodies as their vendor publishes them. */
const hashtags = ["GTCAACTCTTTAGCG", "TGATGGCCTATTGGG", "TTCCGCCTCTCTTTG", "AGTAAGTTCAGCGTA"] as const;
const antibodies = [
	["C0034", "CD3", "CTCATTGTAACTCCT"],
	["C0072", "CD4", "TGTTCCCGCTCAACT"],
	["C0080", "CD8a", "GCTGCGCTTTCCATT"],
	["C0050", "CD19", "CTGGGCAATTACTCG"],
	["C0081", "CD14", "TCTCAGACCTCCGTA"],
	["C0047", "CD56", "TCCTTTCCTGATAGG"],
] as const;
const antibodyPattern = "5PNNNNNNNNNN(BC)NNNNNNNNN";

/** A valid answer to a step as it is shown, as this request's requestor would give it. */
export function answerStep(step: string, view: StepView, facts: AnswerFacts): StepInput {
	const { plan } = facts;
	const assay: Assay = assays[plan.assay];
	switch (step) {
		case "project_select":
			return { values: projectValues(facts, view) };
		case "sample_annotation":
			return {
				sheet: makeSheet(
					["Sample Name", "Genome"],
					listSampleNames(plan).map((name) => [name, plan.genome]),
				),
			};
		case "sample_attribute_annotation":
			return fillSheet(view, (row) => attributesOf(plan, String(row["Sample Name"])));
		case "select_service":
			return { values: assay.service };
		case "define_mux_samples":
			return fillSheet(view, (_row, index) => ({
				"Multiplexing Pool": `${plan.code}_mux_${Math.floor(index / (assay.samplesPerLibrary ?? 1)) + 1}`,
			}));
		case "custom_assay_annotation":
			return fillSheet(view, () => ({ "Library Type": assay.customLibraryType ?? "Custom" }));
		case "oligo_mux_annotation":
			return fillSheet(view, (_row, index) => tagOf(assay, index % (assay.samplesPerLibrary ?? 1)));
		case "ocm_annotation":
			return fillSheet(view, (_row, index) => ({ "Barcode ID": `OB${(index % 4) + 1}` }));
		case "flex_mux_annotation":
			return fillSheet(view, (_row, index) => ({ "Barcode ID": `BC${String((index % 16) + 1).padStart(3, "0")}` }));
		case "parse_mux_annotation":
			return fillSheet(view, (_row, index) => ({ Well: `A${(index % 12) + 1}` }));
		case "pooled_library_annotation":
			return fillSheet(view, (_row, index) => ({ Pool: `${plan.code}_pool_${poolNumber(assay, index)}` }));
		case "pool_mapping":
			return { values: poolValues(view) };
		case "barcode_input":
			return fillSheet(view, (_row, index) => indexCells(assay, poolPosition(assay, index), facts.indexKits));
		case "tenx_atac_barcode_input":
			return fillSheet(view, (_row, index) => ({ Kit: labelOfKit("10X-NA", facts.indexKits), "Index Well": wellAt(index) }));
		case "feature_annotation":
			return {
				sheet: makeSheet(
					["Identifier", "Feature", "Sequence", "Pattern", "Read"],
					antibodies.map((row) => [...row, antibodyPattern, "R2"]),
				),
			};
		case "visium_annotation":
			return {
				...fillSheet(view, (row, index) => ({
					Image: `${row["Sample Name"]}.tif`,
					Slide: `V42A20-3${10 + Math.floor(index / 2)}`,
					Area: index % 2 === 0 ? "A1" : "D1",
				})),
				values: { instructions: "On the share of the institute: https://images.example.org/visium" },
			};
		case "openst_annotation":
			return {
				...fillSheet(view, (row) => ({ Image: `${row["Sample Name"]}.tif` })),
				values: { instructions: "On the share of the institute: https://images.example.org/open-st" },
			};
		case "parse_crispr_guide_annotation":
			return { sheet: makeSheet(["Guide Name", "Target Gene", "Prefix", "Guide Sequence", "Suffix"], guides) };
		case "complete":
			return { values: { confirm_clash: view.kind === "review" && view.fields.length > 0 } };
		default:
			throw new Error(`The demonstration has no answer to the step "${step}"`);
	}
}

const guides: readonly RawCell[][] = [
	["Pdcd1_g1", "Pdcd1", "AAGTTAAAATAAGGC", "GACACACGGCGCAATGACAG", "GTTTAAGAGCTAAGC"],
	["Tox_g1", "Tox", "AAGTTAAAATAAGGC", "GCTGGACAGCATGTACTCCA", "GTTTAAGAGCTAAGC"],
	["Non_targeting_1", "none", "AAGTTAAAATAAGGC", "GCGAGGTATTCGGCTCCGCG", "GTTTAAGAGCTAAGC"],
];

function projectValues({ plan, projectId }: AnswerFacts, view: StepView): Record<string, string | number | boolean> {
	const offersOwner = view.kind === "form" && view.fields.some((field) => field.name === "owner_is_requestor");
	const owner = offersOwner ? { owner_is_requestor: true } : {};
	if (projectId !== null) return { project_id: projectId, ...owner };
	return { project_title: plan.project, project_description: plan.description, ...owner };
}

function attributesOf(plan: RequestPlan, sampleName: string): Record<string, RawCell> {
	const condition = plan.conditions.find((candidate) => sampleName.includes(`_${candidate}_`)) ?? null;
	const replicate = Number(sampleName.split("_").at(-1));
	return { Tissue: plan.tissue, Condition: condition, Sex: replicate % 2 === 0 ? "male" : "female" };
}

function tagOf(assay: Assay, position: number): Record<string, RawCell> {
	if (assay.service.oligo_multiplexing_kit === "CellPlex Set A") {
		return { Kit: "[10X-CELLPLEX-A] 3' CellPlex Kit Set A", Feature: `CMO30${position + 1}` };
	}
	return {
		Feature: `Hashtag_${position + 1}`,
		Sequence: hashtags[position % hashtags.length] ?? null,
		Pattern: antibodyPattern,
		Read: "R2",
	};
}

const poolNumber = (assay: Assay, index: number) => (assay.librariesPerPool ? Math.floor(index / assay.librariesPerPool) + 1 : 1);
const poolPosition = (assay: Assay, index: number) => (assay.librariesPerPool ? index % assay.librariesPerPool : index);

function poolValues(view: StepView): Record<string, unknown> {
	if (view.kind !== "form") throw new Error("The step of the pools is not a form");
	const reads = view.fields.filter((field) => field.name.endsWith("_m_reads")).map((field) => [field.name, "200"] as const);
	return { ...view.values, ...Object.fromEntries(reads) };
}

/** Wells column by column, as kits are pipetted: A1, B1 … H1, A2 … */
export function wellAt(position: number): string {
	return `${"ABCDEFGH"[position % 8]}${Math.floor(position / 8) + 1}`;
}

/** The kit of this identifier. @throws Error when it was not imported */
export function kitOf(identifier: string, kits: readonly IndexKit[]): IndexKit {
	const kit = kits.find((candidate) => candidate.identifier === identifier);
	if (!kit) throw new Error(`The kit ${identifier} is not there`);
	return kit;
}

const labelOfKit = (identifier: string, kits: readonly IndexKit[]) => kitLabel(kitOf(identifier, kits));

/** Kit and well; of a kit without wells all combinations of its i7 and i5 names. */
function indexCells(assay: Assay, position: number, kits: readonly IndexKit[]): Record<string, RawCell> {
	const kit = kitOf(assay.indexKit, kits);
	const label = kitLabel(kit);
	if (kit.adapters.some((adapter) => adapter.well !== null))
		return { "i7 Kit": label, "i5 Kit": label, "Index Well": wellAt(position) };
	const names = (side: "i7" | "i5") => kit.adapters.flatMap((adapter) => adapter[side].map((barcode) => barcode.name));
	const i7 = names("i7");
	const i5 = names("i5");
	return {
		"i7 Kit": label,
		"i7 Name": i7[position % i7.length] ?? null,
		"i5 Kit": label,
		"i5 Name": i5[Math.floor(position / i7.length) % i5.length] ?? null,
	};
}

function makeSheet(columns: readonly string[], rows: readonly (readonly RawCell[])[]): RawSheet {
	return { columns, rows };
}

/** Fills the shown sheet by column title; what is not named stays as shown. */
function fillSheet(
	view: StepView,
	fill: (row: Readonly<Record<string, RawCell>>, index: number) => Record<string, RawCell>,
): StepInput {
	if (view.kind !== "sheet") throw new Error("The step does not show a sheet");
	const { columns, rows } = view.initial;
	const filled = rows.map((cells, index) => {
		const shown = Object.fromEntries(columns.map((column, position) => [column, cells[position] ?? null]));
		const given: Record<string, RawCell> = { ...shown, ...fill(shown, index) };
		return columns.map((column) => given[column] ?? null);
	});
	return { sheet: { columns, rows: filled } };
}
