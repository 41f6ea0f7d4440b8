import type { FeatureValues } from "../feature-values.ts";
import type { ContactFact } from "./facts.ts";
import type { JsonValue } from "./state.ts";

/** The project of the run. */
export type PlannedProject =
	| { readonly kind: "existing"; readonly id: number }
	| {
			readonly kind: "new";
			readonly title: string;
			readonly description: string;
			readonly ownerId: number;
			readonly groupId: number | null;
			readonly statusId: number;
	  };

/** An attribute to set; known types under their label, others CUSTOM under their name. */
export interface PlannedAttribute {
	readonly typeId: number;
	readonly name: string;
	readonly value: string;
}

/** A sample to create, or to use again. */
export interface PlannedSample {
	readonly name: string;
	/** Existing sample of the project (its status stays as it is), or null. */
	readonly existingId: number | null;
	/** Genome as given in the sheet; decides the genome of the libraries. */
	readonly genomeId: number;
	/** Status of a new sample; null in requests of ready-made pools. */
	readonly statusId: number | null;
	/** Set on new and re-used samples; overwrites, deletes nothing. */
	readonly attributes: readonly PlannedAttribute[];
}

/** A pool to create. */
export interface PlannedPool {
	/** By which libraries name it. */
	readonly label: string;
	readonly name: string;
	readonly typeId: number;
	readonly statusId: number;
	readonly readsRequestedMillions: number | null;
	readonly contact: ContactFact;
}

/** An index row of a library. */
export interface PlannedIndex {
	readonly kitI7Id: number | null;
	readonly nameI7: string | null;
	readonly sequenceI7: string;
	readonly kitI5Id: number | null;
	readonly nameI5: string | null;
	readonly sequenceI5: string | null;
	readonly orientationId: number | null;
}

/** A library to create. */
export interface PlannedLibrary {
	readonly name: string;
	readonly sampleName: string;
	readonly typeId: number;
	readonly genomeId: number;
	readonly serviceTypeId: number;
	readonly muxTypeId: number | null;
	readonly nucleiIsolation: boolean;
	readonly statusId: number;
	/** Label of its pool, or null. */
	readonly poolLabel: string | null;
	readonly indexTypeId: number | null;
	/** In order; four for 10x ATAC, none outside requests of ready-made pools. */
	readonly indices: readonly PlannedIndex[];
	/** Spatial values and CRISPR guides; null = none. */
	readonly properties: Readonly<Record<string, JsonValue>> | null;
}

/** Link between sample and library with its multiplexing payload (without blanks; null = not multiplexed). */
export interface PlannedLink {
	readonly sampleName: string;
	readonly libraryName: string;
	readonly mux: Readonly<Record<string, string>> | null;
}

/** A custom feature: an identical one (no kit, type ANTIBODY, equal in all five fields) is used again, else it is created. */
export interface PlannedCustomFeature extends FeatureValues {
	readonly key: string;
	readonly typeId: number;
}

/** A feature of a library: one of a kit by id, or a custom one by its key. */
export type PlannedFeatureLink =
	| { readonly libraryName: string; readonly kind: "kit"; readonly featureId: number }
	| { readonly libraryName: string; readonly kind: "custom"; readonly featureKey: string };

/** Everything that completing a run writes (requests-and-annotation.md §5.18). */
export interface CompletionPlan {
	readonly project: PlannedProject;
	/** Owner of samples, pools and libraries, and author of the comments: the current user. */
	readonly ownerId: number;
	readonly samples: readonly PlannedSample[];
	readonly pools: readonly PlannedPool[];
	readonly libraries: readonly PlannedLibrary[];
	readonly links: readonly PlannedLink[];
	readonly customFeatures: readonly PlannedCustomFeature[];
	readonly featureLinks: readonly PlannedFeatureLink[];
	/** Comments on the request, cut to the permitted length. */
	readonly comments: readonly string[];
}
