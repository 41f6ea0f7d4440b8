/**
 * The one table of status transitions (data-model.md §14), read by buttons, commands, worker and tests. Transitions that are not in it
 * do not exist.
 */
import {
	type CatalogMember,
	type Enumeration,
	ExperimentStatus,
	findMember,
	isBelow,
	LibraryStatus,
	membersOf,
	PoolStatus,
	PrepStatus,
	ProjectStatus,
	RunStatus,
	SampleStatus,
	SeqRequestStatus,
} from "./catalog.ts";
import { libraryTransitions, poolTransitions, sampleTransitions } from "./transitions/material-transitions.ts";
import { projectTransitions, requestTransitions } from "./transitions/request-transitions.ts";
import { experimentTransitions, prepTransitions, runTransitions } from "./transitions/sequencing-transitions.ts";
import type { StatusEntity, Transition, TransitionCause } from "./transitions/types.ts";

export type { StatusEntity, Transition, TransitionActor, TransitionCause } from "./transitions/types.ts";

/** Enumeration of the statuses of an entity. */
export const statusEnumerations: Readonly<Record<StatusEntity, Enumeration>> = {
	request: SeqRequestStatus,
	sample: SampleStatus,
	library: LibraryStatus,
	pool: PoolStatus,
	project: ProjectStatus,
	prep: PrepStatus,
	experiment: ExperimentStatus,
	run: RunStatus,
};

/** All transitions of all entities. */
export const transitions: readonly Transition[] = [
	...requestTransitions,
	...sampleTransitions,
	...libraryTransitions,
	...poolTransitions,
	...projectTransitions,
	...prepTransitions,
	...experimentTransitions,
	...runTransitions,
];

function statusKey(entity: StatusEntity, statusId: number | null): string | null {
	return findMember(statusEnumerations[entity], statusId)?.key ?? null;
}

/** Whether the id is that of a status of the entity; only a sample may have none. */
function isStatus(entity: StatusEntity, statusId: number | null): boolean {
	return statusId === null ? entity === "sample" : findMember(statusEnumerations[entity], statusId) !== null;
}

function startsAt(transition: Transition, statusId: number | null | "new"): boolean {
	if (transition.from === "new" || statusId === "new") return transition.from === statusId;
	if (!isStatus(transition.entity, statusId)) return false;
	if (transition.from === "any") return true;
	const key = statusKey(transition.entity, statusId);
	return key !== null && transition.from.includes(key);
}

/**
 * The rows of the table that start at this status.
 * @param statusId id of the status, "new" for an object that comes into being, null for a sample without status
 * @param cause leaves only the rows of this cause
 */
export function transitionsFrom(
	entity: StatusEntity,
	statusId: number | null | "new",
	cause?: TransitionCause,
): readonly Transition[] {
	return transitions.filter(
		(transition) =>
			transition.entity === entity && startsAt(transition, statusId) && (cause === undefined || transition.cause === cause),
	);
}

/**
 * Whether the table has a transition between two different statuses by this cause. Its guard and who may do it are the caller's to check.
 * @param fromId "new" for an object that comes into being
 */
export function mayTransition(
	entity: StatusEntity,
	fromId: number | null | "new",
	toId: number | null,
	cause: TransitionCause,
): boolean {
	if (fromId === toId || !isStatus(entity, toId)) return false;
	const key = statusKey(entity, toId);
	return transitionsFrom(entity, fromId, cause).some((transition) => transition.to === "any" || transition.to.includes(key));
}

/** The statuses from which this cause brings an entity to another one; none when the table has no such row. */
export function statusesBefore(entity: StatusEntity, toId: number, cause: TransitionCause): CatalogMember[] {
	return membersOf(statusEnumerations[entity]).filter((status) => mayTransition(entity, status.id, toId, cause));
}

/** Thrown by {@link requireTransition}. */
export class TransitionError extends Error {
	constructor(entity: StatusEntity, from: string, to: string, cause: TransitionCause) {
		super(`A ${entity} does not change from ${from} to ${to} by ${cause}`);
		this.name = "TransitionError";
	}
}

/** Throws {@link TransitionError} unless {@link mayTransition}. */
export function requireTransition(
	entity: StatusEntity,
	fromId: number | null | "new",
	toId: number | null,
	cause: TransitionCause,
): void {
	if (mayTransition(entity, fromId, toId, cause)) return;
	const from = fromId === "new" ? "new" : (statusKey(entity, fromId) ?? "no status");
	throw new TransitionError(entity, from, statusKey(entity, toId) ?? "no status", cause);
}

/** The target if the present status lies below it, else the present one: "raise" of data-model.md §14. */
export function raise<Current extends CatalogMember, Target extends CatalogMember>(
	current: Current,
	target: Target,
): Current | Target {
	return isBelow(current, target) ? target : current;
}
