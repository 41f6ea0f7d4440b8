import { findMember, ServiceType } from "../catalog.ts";
import { joinKey } from "../sheets/fixed-rows.ts";
import { reportCells, reportSheet, textOf } from "../sheets/report.ts";
import type { CleanRow, SheetDefinition, SheetRule } from "../sheets/types.ts";
import { checkName } from "../text-rules.ts";
import type { AnnotationFacts } from "./facts.ts";
import { type ExistingLibrary, findDuplicateLibrary, listExistingLibraries, makeLibraries } from "./library-set.ts";
import { suggestName } from "./name-suggestion.ts";
import { initialSheet, validateSheetInput } from "./sheet-step.ts";
import { previousInput, type WorkflowState } from "./state.ts";
import { accept, refuse, type Step } from "./step.ts";
import { annotationTable, readNumber, readNumbers, type SamplePoolRow } from "./tables.ts";

const step = "define_mux_samples";
const minPoolLength = 4;

/** From what the sheet is built. */
export type DefineMuxSamplesContext = {
	readonly serviceTypeId: number;
	readonly sampleNames: readonly string[];
	readonly libraryTypeIds: readonly number[];
	readonly existingLibraries: readonly ExistingLibrary[];
};

/** Pools for rows without any: by row order, as many samples per pool as the Flex kit takes; other technologies one pool per row. */
export function namePoolsByRowOrder(serviceTypeId: number, rowCount: number): string[] {
	const service = findMember(ServiceType, serviceTypeId);
	const plexity = service?.flex && service.plexity !== null && service.plexity > 1 ? service.plexity : null;
	return Array.from({ length: rowCount }, (_, index) =>
		plexity === null ? `hto_pool_${index + 1}` : `flex_pool_${Math.floor(index / plexity) + 1}`,
	);
}

function readAssignment(rows: readonly CleanRow[], serviceTypeId: number): SamplePoolRow[] {
	const names = namePoolsByRowOrder(serviceTypeId, rows.length);
	return rows.map((row, index) => ({
		sample_name: textOf(row, "sample_name") ?? "",
		sample_pool: textOf(row, "pool") ?? names[index] ?? "",
	}));
}

/** Rows with errors of their own: twice in one pool, a library of the request again, pool missing or too short. */
function checkRows(context: DefineMuxSamplesContext): SheetRule {
	return (rows, report) => {
		const anyPool = rows.some((row) => textOf(row, "pool") !== null);
		const assignment = readAssignment(rows, context.serviceTypeId);
		const firstRow = new Map<string, number>();
		rows.forEach((row, index) => {
			const sample = textOf(row, "sample_name") ?? "";
			const pool = textOf(row, "pool");
			const place = anyPool ? pool : assignment[index]?.sample_pool;
			const duplicate = findDuplicateLibrary(sample, context.libraryTypeIds, context.existingLibraries);
			if (duplicate) reportCells(report, row.number, ["sample_name"], "duplicate", duplicate);
			if (!place) {
				reportCells(report, row.number, ["pool"], "missing", "Multiplexing Pool must be given for all rows or for none.");
				return;
			}
			const first = firstRow.get(joinKey(sample, place));
			if (first === undefined) firstRow.set(joinKey(sample, place), row.number);
			else
				reportCells(
					report,
					row.number,
					["sample_name", "pool"],
					"duplicate",
					`${sample} is in ${place} already, see row ${first}.`,
				);
			if (place.length < minPoolLength) {
				reportCells(
					report,
					row.number,
					["pool"],
					"invalid",
					`"${place}" is too short: a pool's name has at least ${minPoolLength} characters.`,
				);
			}
		});
		return undefined;
	};
}

function requireEverySample(context: DefineMuxSamplesContext): SheetRule {
	return (rows, report) => {
		const used = new Set(rows.map((row) => textOf(row, "sample_name")));
		const unused = context.sampleNames.filter((name) => !used.has(name));
		if (unused.length > 0)
			reportSheet(report, "sample_name.unused", `Samples without a row: ${unused.join(", ")}.`, ["sample_name"]);
		return undefined;
	};
}

/** Sheet that distributes the samples to multiplexing pools (requests-and-annotation.md §5.7). */
export function buildDefineMuxSamplesSheet(context: DefineMuxSamplesContext): SheetDefinition {
	return {
		name: step,
		title: "Multiplexing Pools",
		columns: [
			{
				key: "sample_name",
				label: "Sample Name",
				width: 300,
				type: "choice",
				required: true,
				options: context.sampleNames.map((name) => ({ value: name, label: name })),
			},
			{
				key: "pool",
				label: "Multiplexing Pool",
				width: 300,
				type: "text",
				maxLength: 64,
				check: checkName(),
				suggest: suggestName,
				help: "Samples that go into one GEM reaction have the same pool. Leave the whole column empty to fill the pools by row order.",
				examples: ["pool_1"],
			},
		],
		canAddRows: true,
		canAddColumns: false,
		mayBeEmpty: false,
		rules: [checkRows(context), requireEverySample(context)],
	};
}

function buildContext(state: WorkflowState, facts: AnnotationFacts): DefineMuxSamplesContext {
	const sampleNames = annotationTable(state, "samples").map((sample) => sample.sample_name);
	return {
		serviceTypeId: readNumber(state, "service_type_id") ?? ServiceType.CUSTOM.id,
		sampleNames,
		libraryTypeIds: readNumbers(state, "library_type_ids"),
		existingLibraries: listExistingLibraries(sampleNames, facts.requestLibraries),
	};
}

/** Distributes samples to multiplexing pools and makes the libraries of each pool. */
export const defineMuxSamplesStep: Step<AnnotationFacts> = {
	name: step,
	title: "Multiplexing Pools",
	applies: (state) => readNumber(state, "mux_type_id") !== null,
	present(state, facts) {
		const context = buildContext(state, facts);
		const rows = context.sampleNames.map((name) => ({ sample_name: name }));
		return {
			kind: "sheet",
			title: "Multiplexing Pools",
			sheet: { name: step, context },
			initial: initialSheet(buildDefineMuxSamplesSheet(context), previousInput(state, step), rows),
			hints: ["One row per sample and pool; a sample may be in several pools."],
		};
	},
	accept(input, state, facts) {
		const context = buildContext(state, facts);
		const sheet = validateSheetInput(buildDefineMuxSamplesSheet(context), input);
		if (sheet.hasErrors) return refuse(sheet.problems);
		const { serviceTypeId } = context;
		const assignment = readAssignment(sheet.rows, serviceTypeId);
		if (serviceTypeId === ServiceType.CUSTOM.id) return accept({ tables: { sample_pools: assignment } });
		const names = [...new Set(assignment.map((row) => row.sample_pool))];
		const pools = names.map((samplePool) => ({ samplePool, libraryTypeIds: context.libraryTypeIds }));
		return accept({
			tables: { sample_pools: assignment, ...makeLibraries(assignment, pools, readNumber(state, "mux_type_id")) },
		});
	},
};
