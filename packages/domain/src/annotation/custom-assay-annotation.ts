import { findMember, LibraryType, MuxType, membersOf, ServiceType } from "../catalog.ts";
import { joinKey } from "../sheets/fixed-rows.ts";
import { numberOf, reportCells, reportSheet, textOf } from "../sheets/report.ts";
import type { SheetDefinition, SheetRule } from "../sheets/types.ts";
import type { AnnotationFacts } from "./facts.ts";
import { type ExistingLibrary, findDuplicateLibrary, listExistingLibraries, makeLibraries } from "./library-set.ts";
import { initialSheet, validateSheetInput } from "./sheet-step.ts";
import { previousInput, type WorkflowState } from "./state.ts";
import { accept, refuse, type Step } from "./step.ts";
import { annotationTable, readNumber } from "./tables.ts";

const step = "custom_assay_annotation";

/** From what the sheet is built. */
export type CustomAssayContext = {
	readonly samplePools: readonly { readonly name: string; readonly sampleNames: readonly string[] }[];
	readonly muxTypeId: number | null;
	readonly existingLibraries: readonly ExistingLibrary[];
};

function requireEveryPool(context: CustomAssayContext): SheetRule {
	return (rows, report) => {
		const used = new Set(rows.map((row) => textOf(row, "sample_pool")));
		const unused = context.samplePools.map((pool) => pool.name).filter((name) => !used.has(name));
		if (unused.length > 0)
			reportSheet(report, "sample_pool.unused", `Samples without a library: ${unused.join(", ")}.`, ["sample_pool"]);
		return undefined;
	};
}

function checkRows(context: CustomAssayContext): SheetRule {
	return (rows, report) => {
		const firstRow = new Map<string, number>();
		for (const row of rows) {
			const pool = textOf(row, "sample_pool") ?? "";
			const typeId = numberOf(row, "library_type_id") ?? LibraryType.CUSTOM.id;
			const typeLabel = findMember(LibraryType, typeId)?.label ?? "";
			const first = firstRow.get(joinKey(pool, typeId));
			if (first === undefined) firstRow.set(joinKey(pool, typeId), row.number);
			else
				reportCells(
					report,
					row.number,
					["sample_pool", "library_type_id"],
					"duplicate",
					`${pool} has ${typeLabel} already, see row ${first}.`,
				);
			if (typeId === LibraryType.TENX_MUX_OLIGO.id && context.muxTypeId !== MuxType.TENX_OLIGO.id) {
				reportCells(
					report,
					row.number,
					["library_type_id"],
					"invalid",
					`${typeLabel} needs oligo multiplexing, which was not chosen.`,
				);
			}
			const samples = context.samplePools.find((candidate) => candidate.name === pool)?.sampleNames ?? [];
			for (const sample of samples) {
				const duplicate = findDuplicateLibrary(sample, [typeId], context.existingLibraries);
				if (duplicate) reportCells(report, row.number, ["library_type_id"], "duplicate", duplicate);
			}
		}
		return undefined;
	};
}

/** Sheet that names the library types of each sample pool by hand (requests-and-annotation.md §5.8). */
export function buildCustomAssaySheet(context: CustomAssayContext): SheetDefinition {
	return {
		name: step,
		title: "Libraries",
		columns: [
			{
				key: "sample_pool",
				label: "Sample Name (Pool)",
				width: 300,
				type: "choice",
				required: true,
				options: context.samplePools.map((pool) => ({ value: pool.name, label: pool.name })),
			},
			{
				key: "library_type_id",
				label: "Library Type",
				width: 300,
				type: "labelledChoice",
				required: true,
				options: membersOf(LibraryType).map((type) => ({ value: type.id, label: type.label })),
			},
		],
		canAddRows: true,
		canAddColumns: false,
		mayBeEmpty: false,
		rules: [requireEveryPool(context), checkRows(context)],
	};
}

function buildContext(state: WorkflowState, facts: AnnotationFacts): CustomAssayContext {
	const assignment = Map.groupBy(annotationTable(state, "sample_pools"), (row) => row.sample_pool);
	const samples = annotationTable(state, "samples").map((sample) => sample.sample_name);
	return {
		samplePools: [...assignment].map(([name, rows]) => ({ name, sampleNames: rows.map((row) => row.sample_name) })),
		muxTypeId: readNumber(state, "mux_type_id"),
		existingLibraries: listExistingLibraries(samples, facts.requestLibraries),
	};
}

/** Names the libraries of the service *Custom*. */
export const customAssayAnnotationStep: Step<AnnotationFacts> = {
	name: step,
	title: "Libraries",
	applies: (state) => readNumber(state, "service_type_id") === ServiceType.CUSTOM.id,
	present(state, facts) {
		const context = buildContext(state, facts);
		const rows = context.samplePools.map((pool) => ({ sample_pool: pool.name }));
		return {
			kind: "sheet",
			title: "Libraries",
			sheet: { name: step, context },
			initial: initialSheet(buildCustomAssaySheet(context), previousInput(state, step), rows),
			hints: ["One row per library."],
		};
	},
	accept(input, state, facts) {
		const context = buildContext(state, facts);
		const sheet = validateSheetInput(buildCustomAssaySheet(context), input);
		if (sheet.hasErrors) return refuse(sheet.problems);
		const typesByPool = Map.groupBy(sheet.rows, (row) => textOf(row, "sample_pool"));
		const pools = context.samplePools.map(({ name }) => ({
			samplePool: name,
			libraryTypeIds: (typesByPool.get(name) ?? []).map((row) => numberOf(row, "library_type_id") ?? LibraryType.CUSTOM.id),
		}));
		return accept({ tables: makeLibraries(annotationTable(state, "sample_pools"), pools, context.muxTypeId) });
	},
};
