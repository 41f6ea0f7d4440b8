import type { Db } from "@opengsync/db/connection";
import type { Tx } from "@opengsync/db/transaction";
import type { StepInput, WorkflowState } from "@opengsync/domain/annotation/state";
import type { Workflow } from "@opengsync/domain/annotation/step";
import type { CommandContext, Viewer } from "../context.ts";
import type { RunTarget } from "./workflow-run.ts";

/** Number of the object of a workflow that is about none (started from the dashboard). */
export const noObject = 0;

/**
 * A workflow as it is run: its steps, what it is about, who may do it, and what its completion writes (requests-and-annotation.md §4).
 * `objectId` is {@link noObject} throughout for a workflow that is about no object.
 */
export interface RunDefinition<Facts, Completed> {
	/** Its name is that under which runs are stored; the last step is the review. */
	readonly workflow: Workflow<Facts>;
	/** Kind of the object that runs are about; null for none. */
	readonly objectType: string | null;
	/** What a run is called in messages, e.g. "annotation". */
	readonly noun: string;
	/** Whether the viewer may change the object, and so learn of colleagues' runs. @throws NotFoundError when it does not exist */
	isEditor(reader: Db | Tx, viewer: Viewer, objectId: number): Promise<boolean>;
	/**
	 * Called on reads as well as on writes.
	 * @throws NotFoundError, ForbiddenError when the level does not suffice, NotPossibleError when only the status stands against it
	 */
	authorize(reader: Db | Tx, viewer: Viewer, objectId: number): Promise<void>;
	/** Locks the object and refuses as {@link authorize} does: before a run begins, is taken over or completed. */
	lockObject(context: CommandContext, objectId: number): Promise<void>;
	/** What the steps need to know, anew for every call. The caller has been authorized. */
	loadFacts(reader: Db | Tx, viewer: Viewer, objectId: number, state: WorkflowState, input: StepInput | null): Promise<Facts>;
	/** Writes what the run is about; everything has been checked again in this transaction. */
	complete(context: CommandContext, objectId: number, state: WorkflowState, facts: Facts): Promise<Completed>;
	/** @throws NotPossibleError when the new owner may not go on with what was entered */
	checkTakeOver?(state: WorkflowState, facts: Facts): void;
}

/** What the runs of a workflow are about, and who may do them. */
export type RunAccess = Pick<RunDefinition<never, unknown>, "objectType" | "isEditor" | "authorize" | "lockObject">;

/** A definition of which only what all have in common is used. */
export type AnyRunDefinition = RunAccess & { readonly noun: string; readonly workflow: { readonly name: string } };

/** Workflow and object of the runs of an object. */
export function targetOf(definition: AnyRunDefinition, objectId: number): RunTarget {
	const { workflow, objectType } = definition;
	return { workflow: workflow.name, objectType, objectId: objectType === null ? null : objectId };
}
