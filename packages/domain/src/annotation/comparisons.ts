import { GenomeRef, SubmissionType } from "../catalog.ts";
import type { AnnotationFacts } from "./facts.ts";
import type { LinkRow, SampleRow } from "./tables.ts";

/** Whether the request is of ready-made pools (P). */
export function isPooled(facts: Pick<AnnotationFacts, "submissionTypeId">): boolean {
	return facts.submissionTypeId === SubmissionType.POOLED_LIBRARIES.id;
}

/** Whether the customer delivers libraries (P or U), not specimens. */
export function deliversLibraries(facts: Pick<AnnotationFacts, "submissionTypeId">): boolean {
	return isPooled(facts) || facts.submissionTypeId === SubmissionType.UNPOOLED_LIBRARIES.id;
}

/** Genome of every library: that of its samples if all agree, else CUSTOM (requests-and-annotation.md §5.17). By library name. */
export function genomeByLibrary(samples: readonly SampleRow[], links: readonly LinkRow[]): Map<string, number> {
	const genomeBySample = new Map(samples.map((sample) => [sample.sample_name, sample.genome_id]));
	const genomes = new Map<string, number>();
	for (const link of links) {
		const genome = genomeBySample.get(link.sample_name) ?? GenomeRef.CUSTOM.id;
		const known = genomes.get(link.library_name);
		genomes.set(link.library_name, known === undefined || known === genome ? genome : GenomeRef.CUSTOM.id);
	}
	return genomes;
}
