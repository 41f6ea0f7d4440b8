import type { Enumeration } from "../catalog.ts";

/** Entities whose status follows the table. */
export type StatusEntity = "request" | "sample" | "library" | "pool" | "project" | "prep" | "experiment" | "run";

/** What makes a status change. `form` = set by hand by an insider; `job` = the automatic status engine; `scan` = the run-folder scan. */
export type TransitionCause =
	| "creation"
	| "annotation"
	| "submission"
	| "review"
	| "storing"
	| "progress"
	| "measurement"
	| "qualityControl"
	| "enteringPrep"
	| "leavingPrep"
	| "completingPrep"
	| "reopeningPrep"
	| "crossingOut"
	| "takingBack"
	| "pooling"
	| "leavingPool"
	| "merging"
	| "cloning"
	| "loading"
	| "scan"
	| "reads"
	| "release"
	| "completing"
	| "archiving"
	| "unarchiving"
	| "script"
	| "form"
	| "job";

/** Who may cause it: an editor has at least EDIT on the object; `system` = worker or pipeline, without a person's rights. */
export type TransitionActor = "user" | "editor" | "insider" | "admin" | "system";

/** A row of the table. Statuses are keys of the entity's enumeration. */
export interface Transition {
	readonly entity: StatusEntity;
	/** Statuses before; `any` = every status, an empty one included; `new` = the object comes into being. */
	readonly from: readonly string[] | "any" | "new";
	/** Statuses after; null among them = no status (samples of ready-made pools); `any` = every status. */
	readonly to: readonly (string | null)[] | "any";
	readonly cause: TransitionCause;
	/** The least that is needed. */
	readonly who: TransitionActor;
	/** Document and section that owns the rule. */
	readonly specifiedIn: string;
	/** Condition beyond from-status and actor. */
	readonly guard?: string;
	/** What else happens in the same transaction. */
	readonly effects?: string;
}

type KeyOf<E extends Enumeration> = Extract<keyof E, string>;

/** A row as written in the tables: keys are checked against the enumeration by the compiler. */
interface TransitionRow<E extends Enumeration> extends Omit<Transition, "entity" | "from" | "to"> {
	readonly from: readonly KeyOf<E>[] | "any" | "new";
	readonly to: readonly (KeyOf<E> | null)[] | "any";
}

/** Names the entity of rows whose keys belong to its enumeration. */
export function transitionsOf<E extends Enumeration>(
	entity: StatusEntity,
	_enumeration: E,
	rows: readonly TransitionRow<E>[],
): readonly Transition[] {
	return rows.map((row) => ({ entity, ...row }));
}
