import type { AssayName } from "./assays.ts";
import { benchPlans } from "./bench-plans.ts";
import { earlyPlans } from "./early-plans.ts";
import { finishedPlans } from "./finished-plans.ts";
import type { GroupName, PersonName } from "./people.ts";
import { waitingPlans } from "./waiting-plans.ts";

/** How far a request has come. Later stages go through all earlier ones. */
export type Stage =
	/** DRAFT without samples. */
	| "empty"
	/** DRAFT, in the middle of the annotation. */
	| "annotating"
	/** DRAFT with libraries; not handed in. */
	| "annotated"
	/** DRAFT again: sent back for a revision. */
	| "revised"
	| "submitted"
	| "rejected"
	| "accepted"
	| "archived"
	| "received"
	/** In a lab prep that is not finished. */
	| "preparing"
	| "prepared"
	/** QC only: measured. */
	| "measured";

/** A request of the demonstration. */
export interface RequestPlan {
	/** Two letters and two digits: prefix of samples and pools. */
	readonly code: string;
	readonly name: string;
	readonly description: string;
	readonly assay: AssayName;
	readonly requestor: PersonName;
	readonly group: GroupName | null;
	/** Title; requests with the same title and group share the project. */
	readonly project: string;
	/** Option of the column *Genome*. */
	readonly genome: "Human (Homo sapiens)" | "Mouse (Mus musculus)" | "Covid (SARS-CoV-2)";
	readonly tissue: string;
	readonly conditions: readonly string[];
	readonly replicates: number;
	/** Prefix of the sample names where it is not the code: requests that name the same samples of one project share them. */
	readonly samplePrefix?: string;
	readonly stage: Stage;
	/** Name of the experiment in which it is sequenced. */
	readonly experiment?: string;
	/** Days since it was created. */
	readonly daysAgo: number;
	readonly isDeliveredByMail?: boolean;
}

/** All requests of the demonstration. */
export const requestPlans: readonly RequestPlan[] = [...finishedPlans, ...waitingPlans, ...benchPlans, ...earlyPlans];
