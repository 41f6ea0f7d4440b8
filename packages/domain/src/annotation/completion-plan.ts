import { attributeTypeOf } from "../attributes.ts";
import { GenomeRef, PoolType, ProjectStatus, ServiceType } from "../catalog.ts";
import { indexTypeOf } from "../indices/index-type.ts";
import { orientationOfSet } from "../indices/orientation.ts";
import { initialStatuses } from "../request-progress.ts";
import { genomeByLibrary, isPooled } from "./comparisons.ts";
import { planFeatures } from "./completion-features.ts";
import { muxOfLink, propertiesOfLibrary } from "./completion-links.ts";
import type {
	CompletionPlan,
	PlannedIndex,
	PlannedLibrary,
	PlannedPool,
	PlannedProject,
	PlannedSample,
} from "./completion-types.ts";
import type { AnnotationFacts, ContactFact } from "./facts.ts";
import { collectComments, readMetadata, type WorkflowState } from "./state.ts";
import { annotationTable, type IndexRow, readNumber, readText } from "./tables.ts";

/** Longest comment (requests-and-annotation.md §5.18). */
const maxCommentLength = 4096;

function planProject(state: WorkflowState, facts: AnnotationFacts): PlannedProject {
	const id = readNumber(state, "project_id");
	if (id !== null) return { kind: "existing", id };
	return {
		kind: "new",
		title: readText(state, "project_title") ?? "",
		description: readText(state, "project_description") ?? "",
		ownerId: readMetadata(state, "owner_is_requestor") === true ? facts.requestorId : facts.userId,
		groupId: facts.requestGroupId,
		statusId: ProjectStatus.DRAFT.id,
	};
}

function planSamples(state: WorkflowState, statuses: ReturnType<typeof initialStatuses>): PlannedSample[] {
	return annotationTable(state, "samples").map((sample) => ({
		name: sample.sample_name,
		existingId: sample.sample_id,
		genomeId: sample.genome_id,
		statusId: statuses.sampleStatusId,
		attributes: Object.entries(sample.attributes)
			.filter(([, value]) => value !== "")
			.map(([name, value]) => ({ typeId: attributeTypeOf(name), name, value })),
	}));
}

function readPoolContact(state: WorkflowState, facts: AnnotationFacts): ContactFact {
	return {
		name: readText(state, "pool_contact_name") ?? facts.contactPerson?.name ?? "",
		email: readText(state, "pool_contact_email") ?? facts.contactPerson?.email ?? "",
		phone: readText(state, "pool_contact_phone") ?? facts.contactPerson?.phone ?? null,
	};
}

function planPools(state: WorkflowState, facts: AnnotationFacts, statuses: ReturnType<typeof initialStatuses>): PlannedPool[] {
	if (!isPooled(facts)) return [];
	const contact = readPoolContact(state, facts);
	return annotationTable(state, "pools").map((pool) => ({
		label: pool.pool_label,
		name: pool.pool_name,
		typeId: PoolType.EXTERNAL.id,
		statusId: statuses.poolStatusId,
		readsRequestedMillions: pool.m_reads_requested,
		contact,
	}));
}

/** An index set of a working table as it is stored. */
export function planIndex(index: Pick<IndexRow, "i7" | "i5">): PlannedIndex {
	return {
		kitI7Id: index.i7.kit_id,
		nameI7: index.i7.name,
		sequenceI7: index.i7.sequence,
		kitI5Id: index.i5?.kit_id ?? null,
		nameI5: index.i5?.name ?? null,
		sequenceI5: index.i5?.sequence ?? null,
		orientationId: orientationOfSet(
			{ orientationId: index.i7.orientation_id },
			index.i5 ? { orientationId: index.i5.orientation_id } : null,
		),
	};
}

function planLibraries(
	state: WorkflowState,
	facts: AnnotationFacts,
	statuses: ReturnType<typeof initialStatuses>,
): PlannedLibrary[] {
	const links = annotationTable(state, "links");
	const genomes = genomeByLibrary(annotationTable(state, "samples"), links);
	const muxTypes = new Map(links.map((link) => [link.library_name, link.mux_type_id]));
	const indicesByLibrary = Map.groupBy(isPooled(facts) ? annotationTable(state, "indices") : [], (index) => index.library_name);
	return annotationTable(state, "libraries").map((library) => {
		const rows = indicesByLibrary.get(library.library_name) ?? [];
		const indices = rows.map(planIndex);
		return {
			name: library.library_name,
			sampleName: library.sample_pool,
			typeId: library.library_type_id,
			genomeId: genomes.get(library.library_name) ?? GenomeRef.CUSTOM.id,
			serviceTypeId: readNumber(state, "service_type_id") ?? ServiceType.CUSTOM.id,
			muxTypeId: muxTypes.get(library.library_name) ?? null,
			nucleiIsolation: readMetadata(state, "nuclei_isolation") === true,
			statusId: statuses.libraryStatusId,
			poolLabel: isPooled(facts) ? library.pool_label : null,
			indexTypeId: indexTypeOf(
				indices,
				rows.some((row) => row.is_atac),
			),
			indices,
			properties: propertiesOfLibrary(library, state),
		};
	});
}

/**
 * What completing the run creates (requests-and-annotation.md §5.18), without touching anything: the caller checks with `findStaleStep`
 * that nothing has changed and then writes this in one transaction. Samples, libraries, pools and features refer to each other by name,
 * label and key.
 */
export function buildCompletionPlan(state: WorkflowState, facts: AnnotationFacts): CompletionPlan {
	const statuses = initialStatuses(facts.requestStatusId, facts.submissionTypeId);
	return {
		project: planProject(state, facts),
		ownerId: facts.userId,
		samples: planSamples(state, statuses),
		pools: planPools(state, facts, statuses),
		libraries: planLibraries(state, facts, statuses),
		links: annotationTable(state, "links").map((link) => ({
			sampleName: link.sample_name,
			libraryName: link.library_name,
			mux: muxOfLink(link),
		})),
		...planFeatures(state),
		comments: Object.values(collectComments(state)).map((text) => text.slice(0, maxCommentLength)),
	};
}
