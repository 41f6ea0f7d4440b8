import {
	findMember,
	LibraryType,
	type libraryTypeGroups,
	MuxType,
	memberById,
	multiplexingChoices,
	optionalAssays,
	ServiceType,
} from "../catalog.ts";
import { libraryName } from "../identifiers.ts";
import type { RequestLibraryFact } from "./facts.ts";
import type { LibraryRow, LinkRow, SamplePoolRow } from "./tables.ts";

/** Key of an optional assay in the form and in the catalog's grouping `optionalAssays`. */
export type OptionalAssayKey = (typeof optionalAssays)[number]["key"];

/** What was chosen in the service step, as far as libraries and multiplexing depend on it. */
export interface ServiceChoice {
	readonly serviceTypeId: number;
	/** Optional assays that are ticked. */
	readonly assays: ReadonlySet<OptionalAssayKey>;
	readonly hashing: boolean;
	readonly oligo: boolean;
	readonly onChip: boolean;
	readonly parseMultiplexing: boolean;
}

const flexMultiplexServices: readonly number[] =
	multiplexingChoices.find((choice) => choice.key === "flexMultiplexService")?.serviceTypeIds ?? [];

/** Whether a service is multiplexed by probe barcodes (Flex 4-plex, 16-plex, Apex). */
export function isFlexMultiplexService(serviceTypeId: number): boolean {
	return flexMultiplexServices.includes(serviceTypeId);
}

/** Whether a library type belongs to a group of the catalog (`antibodyCapture`, `visium`, `tenxAtacIndexed`, …). */
export function isInGroup(libraryTypeId: number, group: (typeof libraryTypeGroups)[number]["key"]): boolean {
	const groups: readonly string[] = findMember(LibraryType, libraryTypeId)?.groups ?? [];
	return groups.includes(group);
}

/** Library type that an optional assay adds to a service: antibody capture has a variant of its own for Flex services. */
function libraryTypeOfAssay(key: OptionalAssayKey, serviceTypeId: number): number {
	if (key === "antibodyCapture" && findMember(ServiceType, serviceTypeId)?.flex) return LibraryType.TENX_SC_ABC_FLEX.id;
	return optionalAssays.find((assay) => assay.key === key)?.libraryTypeId ?? LibraryType.CUSTOM.id;
}

/** Whether a service offers an optional assay; *Custom* offers antibody capture, which then names the kit only. */
export function offersAssay(serviceTypeId: number, key: OptionalAssayKey): boolean {
	if (serviceTypeId === ServiceType.CUSTOM.id) return key === "antibodyCapture";
	const optional: readonly number[] = findMember(ServiceType, serviceTypeId)?.optionalLibraryTypeIds ?? [];
	return optional.includes(libraryTypeOfAssay(key, serviceTypeId));
}

/** Multiplexing type of the run (requests-and-annotation.md §5.6), null = not multiplexed. */
export function muxTypeOf(choice: ServiceChoice): number | null {
	if (choice.oligo) return MuxType.TENX_OLIGO.id;
	if (choice.onChip) return MuxType.TENX_ON_CHIP.id;
	if (isFlexMultiplexService(choice.serviceTypeId)) return MuxType.TENX_FLEX_PROBE.id;
	if (choice.hashing) return MuxType.TENX_ABC_HASH.id;
	if (choice.parseMultiplexing) return MuxType.PARSE_WELLS.id;
	return null;
}

/** Order in which optional assays follow the library types of the service; oligo multiplexing comes after antibody capture. */
const assayOrder: readonly OptionalAssayKey[] = [
	"vdjB",
	"vdjT",
	"vdjTGd",
	"crisprScreening",
	"parseCrispr",
	"parseTcr",
	"parseBcr",
];

/** Library types that one sample pool expands into, in order (requests-and-annotation.md §5.6); none for *Custom*. */
export function librarySetOf(choice: ServiceChoice): number[] {
	if (choice.serviceTypeId === ServiceType.CUSTOM.id) return [];
	const ids: number[] = [...memberById(ServiceType, choice.serviceTypeId).libraryTypeIds];
	if (choice.assays.has("antibodyCapture")) ids.push(libraryTypeOfAssay("antibodyCapture", choice.serviceTypeId));
	if (choice.oligo) ids.push(LibraryType.TENX_MUX_OLIGO.id);
	for (const key of assayOrder) if (choice.assays.has(key)) ids.push(libraryTypeOfAssay(key, choice.serviceTypeId));
	return ids;
}

/** One library per (sample pool, library type), and a link from each to all samples of the pool. */
export function makeLibraries(
	assignment: readonly SamplePoolRow[],
	pools: readonly { readonly samplePool: string; readonly libraryTypeIds: readonly number[] }[],
	muxTypeId: number | null,
): { readonly libraries: LibraryRow[]; readonly links: LinkRow[] } {
	const samplesByPool = Map.groupBy(assignment, (row) => row.sample_pool);
	const libraries: LibraryRow[] = [];
	const links: LinkRow[] = [];
	for (const { samplePool, libraryTypeIds } of pools) {
		for (const libraryTypeId of libraryTypeIds) {
			const name = libraryName(samplePool, memberById(LibraryType, libraryTypeId));
			libraries.push({ library_name: name, sample_pool: samplePool, library_type_id: libraryTypeId, pool_label: null });
			for (const { sample_name } of samplesByPool.get(samplePool) ?? []) {
				links.push({
					sample_name,
					sample_pool: samplePool,
					library_name: name,
					mux_type_id: muxTypeId,
					mux_barcode: null,
					mux_pattern: null,
					mux_read: null,
					mux_kit: null,
					mux_feature: null,
				});
			}
		}
	}
	return { libraries, links };
}

/** A library of the request that already contains a sample of the run. JSON-serialisable. */
export type ExistingLibrary = { readonly sampleName: string; readonly libraryTypeId: number };

/** Libraries of the request that contain samples of these names, one entry per sample and type. */
export function listExistingLibraries(
	sampleNames: readonly string[],
	requestLibraries: readonly RequestLibraryFact[],
): ExistingLibrary[] {
	const names = new Set(sampleNames);
	return requestLibraries.flatMap((library) =>
		library.sampleNames.filter((name) => names.has(name)).map((sampleName) => ({ sampleName, libraryTypeId: library.typeId })),
	);
}

/** Rule *no duplicate library* (requests-and-annotation.md §5.6): message naming sample and type, or null. */
export function findDuplicateLibrary(
	sampleName: string,
	libraryTypeIds: readonly number[],
	existing: readonly ExistingLibrary[],
): string | null {
	const found = existing.find((library) => library.sampleName === sampleName && libraryTypeIds.includes(library.libraryTypeId));
	if (!found) return null;
	return `The request already has a ${findMember(LibraryType, found.libraryTypeId)?.label ?? "such a"} library of sample ${sampleName}.`;
}
