/** Samples put into other multiplexing pools while their libraries are prepared (lab-workflows.md §10.1). */
import { isBelow, LibraryStatus, LibraryType, memberById } from "../catalog.ts";
import { libraryName } from "../identifiers.ts";
import { joinKey, readOnlyColumn, requireExactRows } from "../sheets/fixed-rows.ts";
import { numberOf, reportSheet, textOf } from "../sheets/report.ts";
import type { CleanRow, Column, SheetDefinition, SheetRule } from "../sheets/types.ts";
import { alphanumeric, checkName } from "../text-rules.ts";

/** Pool of samples that are given up. */
const canceledPool = "x";

/** The name of their libraries' sample. */
export const canceledName = "canceled_samples";

/** A multiplexed library of a prep. JSON-serialisable. */
export type PrepLibrary = {
	readonly id: number;
	readonly name: string;
	readonly sampleName: string;
	/** Catalog libraryType. */
	readonly typeId: number;
	/** Catalog muxType. */
	readonly muxTypeId: number;
	/** Catalog libraryStatus. */
	readonly statusId: number;
	readonly ownerId: number;
	readonly requestId: number;
	/** Catalog genomeRef. */
	readonly genomeRefId: number;
	/** Equal texts mean equal indices; empty = none. */
	readonly indices: string;
	/** Its pool is on an experiment. */
	readonly isOnExperiment: boolean;
	readonly sampleIds: readonly number[];
};

/** A library to be made, which takes over from the first of its sources. */
export interface RegroupTarget {
	readonly name: string;
	readonly sampleName: string;
	/** Catalog libraryStatus. */
	readonly statusId: number;
	/** Old libraries by id; what is not merged comes from the first. */
	readonly sourceIds: readonly number[];
	/** Which link of each sample moves there. */
	readonly samples: readonly { readonly sampleId: number; readonly libraryId: number }[];
	/** False = the sources have different indices, so it gets none. */
	readonly keepsIndices: boolean;
}

/** What regrouping does. Libraries that stay as they are do not occur. */
export interface RegroupPlan {
	readonly targets: readonly RegroupTarget[];
	/** Old libraries, all emptied by the targets. */
	readonly deletedIds: readonly number[];
	/** Names of libraries that must not change, because their pool is on an experiment. */
	readonly refusedNames: readonly string[];
	/** What the user should know before saving. */
	readonly warnings: readonly string[];
}

/** Sample pool that a sheet gives a sample of a library; undefined where the sheet is not about that library. */
export type PoolChoice = (library: PrepLibrary, sampleId: number) => string | undefined;

interface Part {
	readonly library: PrepLibrary;
	readonly sampleId: number;
	/** Whether the sheet is about it. */
	readonly isChosen: boolean;
}

interface Group {
	readonly name: string;
	readonly sampleName: string;
	readonly parts: Part[];
}

/** Where each sample of each library goes, by the name of the new library. */
function groupParts(libraries: readonly PrepLibrary[], poolOf: PoolChoice): Map<string, Group> {
	const groups = new Map<string, Group>();
	for (const library of [...libraries].sort((a, b) => a.id - b.id)) {
		for (const sampleId of library.sampleIds) {
			const chosen = poolOf(library, sampleId);
			const pool = chosen ?? library.sampleName;
			const sampleName = pool === canceledPool ? canceledName : pool;
			const name = libraryName(sampleName, memberById(LibraryType, library.typeId));
			const group = groups.get(name) ?? { name, sampleName, parts: [] };
			groups.set(name, group);
			group.parts.push({ library, sampleId, isChosen: chosen !== undefined });
		}
	}
	return groups;
}

const distinct = <T>(values: readonly T[]) => [...new Set(values)];

/** Whether the sheet is not about the group, or the group is a library that there is already, with these samples. */
function isUnchanged({ name, sampleName, parts }: Group): boolean {
	const [first] = parts;
	if (parts.every((part) => !part.isChosen)) return true;
	if (!first || first.library.name !== name || first.library.sampleName !== sampleName) return false;
	return parts.every(({ library }) => library === first.library) && parts.length === first.library.sampleIds.length;
}

function warningsOf({ name }: Group, sources: readonly PrepLibrary[]): string[] {
	const [first] = sources;
	const differs = (key: "requestId" | "ownerId" | "genomeRefId" | "muxTypeId") =>
		distinct(sources.map((library) => library[key])).length > 1;
	const words = [
		...(differs("requestId") ? ["requests"] : []),
		...(differs("ownerId") ? ["owners"] : []),
		...(differs("genomeRefId") ? ["genomes"] : []),
		...(differs("muxTypeId") ? ["ways of multiplexing"] : []),
	];
	const names = sources.map((library) => library.name).join(", ");
	const warnings: string[] = [];
	if (words.length > 0 && first) {
		const request = `it will belong to request ${first.requestId}, as ${first.name} does`;
		warnings.push(`${name} merges libraries of different ${words.join(" and ")} (${names}); ${request}.`);
	}
	if (distinct(sources.map((library) => library.indices)).length > 1) {
		warnings.push(`${name} merges libraries with different indices (${names}): it keeps none and has to be indexed again.`);
	}
	return warnings;
}

/** Status of a new library: as the first of its sources has it, but in a prep at least PREPARING, and STORED when it leaves its pool. */
function statusOf(sampleName: string, [first]: readonly PrepLibrary[]): number {
	if (sampleName === canceledName) return LibraryStatus.FAILED.id;
	const status = first ? memberById(LibraryStatus, first.statusId) : LibraryStatus.PREPARING;
	if (status.id === LibraryStatus.POOLED.id) return LibraryStatus.STORED.id;
	return isBelow(status, LibraryStatus.PREPARING) ? LibraryStatus.PREPARING.id : status.id;
}

/**
 * Plans the new libraries when samples get pools; `x` gives a sample up. Libraries that the choice is not about stay as they are, unless
 * samples of others join them. A choice is about all samples of a library or about none.
 */
export function planRegroup(libraries: readonly PrepLibrary[], poolOf: PoolChoice): RegroupPlan {
	const changed = [...groupParts(libraries, poolOf).values()].filter((group) => !isUnchanged(group));
	const concerned = distinct(changed.flatMap((group) => group.parts.map((part) => part.library)));
	const targets = changed.map((group): RegroupTarget & { readonly warnings: string[] } => {
		const sources = distinct(group.parts.map((part) => part.library));
		const firstLinks = new Map([...group.parts].reverse().map(({ sampleId, library }) => [sampleId, library.id]));
		return {
			name: group.name,
			sampleName: group.sampleName,
			statusId: statusOf(group.sampleName, sources),
			sourceIds: sources.map((library) => library.id),
			samples: [...firstLinks].map(([sampleId, libraryId]) => ({ sampleId, libraryId })).sort((a, b) => a.sampleId - b.sampleId),
			keepsIndices: distinct(sources.map((library) => library.indices)).length === 1,
			warnings: warningsOf(group, sources),
		};
	});
	return {
		targets: targets.map(({ warnings: _, ...target }) => target),
		deletedIds: concerned.map((library) => library.id).sort((a, b) => a - b),
		refusedNames: concerned.filter((library) => library.isOnExperiment).map((library) => library.name),
		warnings: targets.flatMap((target) => target.warnings),
	};
}

/** From what the sheet is built: the samples of the prep's multiplexed libraries, each once. */
export type SamplePoolsContext = {
	readonly samples: readonly { readonly id: number; readonly name: string }[];
	readonly libraries: readonly PrepLibrary[];
};

/** Pools that a sheet gives the samples in all their libraries. */
export function readSamplePools(rows: readonly CleanRow[]): PoolChoice {
	const pools = new Map(rows.map((row) => [numberOf(row, "sample_id") ?? 0, textOf(row, "pool") ?? ""]));
	return (_library, sampleId) => pools.get(sampleId);
}

/** Rule: the pools that a sheet chooses change no library that is on an experiment; warns of what is merged. */
export function checkRegroup(libraries: readonly PrepLibrary[], readPools: (rows: readonly CleanRow[]) => PoolChoice): SheetRule {
	return (rows, report) => {
		const plan = planRegroup(libraries, readPools(rows));
		if (plan.refusedNames.length > 0) {
			const message = `The pool of these libraries is on an experiment, so they cannot change: ${plan.refusedNames.join(", ")}.`;
			reportSheet(report, "pool.on_experiment", message, ["pool"], "invalid");
		}
		for (const message of plan.warnings) {
			report({ row: null, columns: ["pool"], code: "pool.merged", severity: "warning", kind: "invalid", message });
		}
		return undefined;
	};
}

const checkCharacters = checkName();

/** Column of the sample pool that a sample gets: 4 to 64 characters. */
export function samplePoolColumn(label: string): Column {
	return {
		key: "pool",
		label,
		width: 250,
		type: "text",
		required: true,
		minLength: 4,
		maxLength: 64,
		clean: alphanumeric,
		check: checkCharacters,
		examples: ["pool_1"],
	};
}

/** The same column where `x` gives a sample up. */
function cancellablePoolColumn(): Column {
	const { minLength = 0, ...column } = samplePoolColumn("Pool");
	return {
		...column,
		check: (pool) => {
			if (pool === canceledPool) return null;
			return pool.length < minLength ? "a pool has 4 to 64 characters; x gives the sample up" : checkCharacters(pool);
		},
		help: "Samples with the same pool go into one library per type. x gives a sample up.",
	};
}

/** Sheet that says which samples of a prep are multiplexed together (lab-workflows.md §10.1). */
export function buildSamplePoolsSheet(context: SamplePoolsContext): SheetDefinition {
	return {
		name: "sample_pools",
		title: "Sample Pools",
		columns: [
			{ key: "sample_id", label: "Sample ID", width: 100, type: "integer", required: true, readOnly: true },
			readOnlyColumn("sample_name", "Sample Name", 250),
			cancellablePoolColumn(),
		],
		canAddRows: false,
		canAddColumns: false,
		mayBeEmpty: false,
		rules: [
			requireExactRows(
				["sample_id", "sample_name"],
				context.samples.map((sample) => [String(sample.id), sample.name]),
			),
			checkRegroup(context.libraries, readSamplePools),
		],
	};
}

/** A name that tells indices apart, whatever their order. */
export function keyOfIndices(
	indices: readonly { readonly sequenceI7: string | null; readonly sequenceI5: string | null }[],
): string {
	return indices
		.map((index) => joinKey(index.sequenceI7, index.sequenceI5))
		.sort()
		.join("\n");
}
