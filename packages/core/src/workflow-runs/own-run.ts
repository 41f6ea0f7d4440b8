import type { Db } from "@opengsync/db/connection";
import type { Tx } from "@opengsync/db/transaction";
import type { CommandContext, Viewer } from "../context.ts";
import { ExpectedError } from "../errors.ts";
import { type AnyRunDefinition, targetOf } from "./definition.ts";
import { findOpenRun, findRun, isAbout, lockRun, WorkflowExpiredError, type WorkflowRun } from "./workflow-run.ts";

/** The run is a colleague's, who began it or has taken it over (extensions.md §9). Told only to who may edit the object. */
export class RunOfColleagueError extends ExpectedError {
	readonly status = 409;
	readonly run: WorkflowRun;
	constructor(run: WorkflowRun, noun: string) {
		const time = `${run.changedAt.toISOString().slice(0, 16).replace("T", " ")} UTC`;
		super(`${run.userName} is working on this ${noun} now (last changed ${time}). Nothing that was entered is lost.`);
		this.name = "RunOfColleagueError";
		this.run = run;
	}
}

/** The viewer's unfinished run for an object; null when there is none. */
export function findOwnRun(
	reader: Db | Tx,
	viewer: Viewer,
	definition: AnyRunDefinition,
	objectId: number,
): Promise<WorkflowRun | null> {
	return findOpenRun(reader, { ...targetOf(definition, objectId), userId: viewer.id });
}

/**
 * The viewer's run for an object.
 * @throws WorkflowExpiredError when there is none (any more) that the viewer may know of; RunOfColleagueError when it is a colleague's
 */
export async function loadOwnRun(
	reader: Db | Tx,
	viewer: Viewer,
	definition: AnyRunDefinition,
	objectId: number,
	uuid: string,
): Promise<WorkflowRun> {
	return requireOwn(reader, viewer, definition, objectId, await findRun(reader, uuid));
}

/** As {@link loadOwnRun}; holds the run until the transaction ends, so that two submissions cannot both apply. */
export async function lockOwnRun(
	{ tx, viewer }: CommandContext,
	definition: AnyRunDefinition,
	objectId: number,
	uuid: string,
): Promise<WorkflowRun> {
	return requireOwn(tx, viewer, definition, objectId, await lockRun(tx, uuid));
}

async function requireOwn(
	reader: Db | Tx,
	viewer: Viewer,
	definition: AnyRunDefinition,
	objectId: number,
	run: WorkflowRun | null,
): Promise<WorkflowRun> {
	if (!run || !isAbout(run, targetOf(definition, objectId))) throw new WorkflowExpiredError();
	if (run.userId === viewer.id) return run;
	if (!(await definition.isEditor(reader, viewer, objectId))) throw new WorkflowExpiredError();
	throw new RunOfColleagueError(run, definition.noun);
}
