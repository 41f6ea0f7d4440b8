import type { FeatureValues } from "../feature-values.ts";
import type { IndexKit } from "../indices/kit.ts";
import { readMetadata, type StepInput, type WorkflowState } from "./state.ts";

/** A project as far as choosing it for a request is concerned. */
export interface ProjectFact {
	readonly id: number;
	/** Identifier given by the facility, or null. */
	readonly identifier: string | null;
	readonly title: string;
	readonly groupId: number | null;
	/** Whether the current user has EDIT access (or more) to it. */
	readonly canEdit: boolean;
}

/** A stored attribute of a sample. */
export interface SampleAttributeFact {
	/** Name as stored: the catalog's label (`cell_type`) or the custom name. */
	readonly name: string;
	readonly value: string;
}

/** A sample of the chosen existing project. */
export interface ProjectSampleFact {
	readonly id: number;
	readonly name: string;
	readonly genomeId: number | null;
	readonly attributes: readonly SampleAttributeFact[];
}

/** A library that the request already has. */
export interface RequestLibraryFact {
	readonly typeId: number;
	/** Names of all samples in it. */
	readonly sampleNames: readonly string[];
}

/** A feature of a feature kit. */
export interface FeatureFact extends FeatureValues {
	readonly id: number;
}

/** A feature kit with all its features. */
export interface FeatureKitFact {
	readonly id: number;
	readonly identifier: string;
	readonly name: string;
	/** Catalog featureType. */
	readonly typeId: number;
	readonly features: readonly FeatureFact[];
}

/** A person's name, e-mail and phone. */
export interface ContactFact {
	readonly name: string;
	readonly email: string;
	readonly phone: string | null;
}

/**
 * Everything from the database that the steps of the annotation workflow may need (requests-and-annotation.md §5). Loaded by the caller
 * anew for every call, JSON-serialisable. What {@link factsNeeded} names has to be complete; more is allowed.
 */
export interface AnnotationFacts {
	/** Current user. */
	readonly userId: number;
	/** Whether the current user is facility staff. */
	readonly isInsider: boolean;
	readonly requestorId: number;
	/** Catalog submissionType of the request; steers the whole workflow. */
	readonly submissionTypeId: number;
	/** Catalog seqRequestStatus of the request: decides the initial statuses (§2.7). */
	readonly requestStatusId: number;
	/** Group of the request; then only projects of that group may be chosen (§5.3). */
	readonly requestGroupId: number | null;
	/** Contact person of the request; prefills the contact of the pools (§5.12). */
	readonly contactPerson: ContactFact | null;
	/** At least the existing projects whose ids {@link factsNeeded} names; a missing one is treated as unknown. */
	readonly projects: readonly ProjectFact[];
	/** Of the titles that {@link factsNeeded} names, those that a project of the current user (insiders: any project) already has. */
	readonly takenProjectTitles: readonly string[];
	/** Samples of the existing project chosen in this run; empty for a new project or while none is chosen. */
	readonly projectSamples: readonly ProjectSampleFact[];
	/** Libraries that the request already has. */
	readonly requestLibraries: readonly RequestLibraryFact[];
	/** All index kits with their adapters (needed from step `barcode_input` on, and for the review; may be empty before). */
	readonly indexKits: readonly IndexKit[];
	/** Feature kits of the types CMO and ANTIBODY with their features. */
	readonly featureKits: readonly FeatureKitFact[];
	/** Names of the pools that the current user owns (all, or those that {@link factsNeeded} names). */
	readonly ownedPoolNames: readonly string[];
}

/** Keys by which the caller loads facts that cannot be loaded in full. */
export interface FactsNeeded {
	readonly projectIds: readonly number[];
	readonly projectTitles: readonly string[];
}

function readId(value: unknown): number | null {
	const id = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
	return typeof id === "number" && Number.isSafeInteger(id) && id > 0 ? id : null;
}

/** Which projects and titles this state and the input about to be submitted mention. */
export function factsNeeded(state: WorkflowState, input: StepInput | null): FactsNeeded {
	const ids = [readId(readMetadata(state, "project_id")), readId(input?.values?.project_id)].filter((id) => id !== null);
	const titles = [readMetadata(state, "project_title"), input?.values?.project_title]
		.filter((title) => typeof title === "string")
		.map((title) => title.trim())
		.filter((title) => title !== "");
	return { projectIds: [...new Set(ids)], projectTitles: [...new Set(titles)] };
}
