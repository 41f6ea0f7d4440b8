import { requestLevel } from "@opengsync/db/access";
import type { Db } from "@opengsync/db/connection";
import type { Tx } from "@opengsync/db/transaction";
import { AccessType, SeqRequestStatus } from "@opengsync/domain/catalog";
import { isInsider } from "@opengsync/domain/roles";
import { sql } from "kysely";
import type { Viewer } from "../context.ts";
import { ExpectedError, ForbiddenError, NotFoundError, NotPossibleError } from "../errors.ts";
import { findRun, isAbout, WorkflowExpiredError, type WorkflowRun } from "../workflow-runs/workflow-run.ts";

/** Name under which runs of the annotation are stored. */
export const ANNOTATION_WORKFLOW = "sample_annotation";

/** Workflow and object of the annotations of a request. */
export function annotationOf(requestId: number) {
	return { workflow: ANNOTATION_WORKFLOW, objectType: "seq_request", objectId: requestId } as const;
}

/** The run is a colleague's, who began it or has taken it over (extensions.md §9). Told only to who may edit the request. */
export class RunOfColleagueError extends ExpectedError {
	readonly status = 409;
	readonly run: WorkflowRun;
	constructor(run: WorkflowRun) {
		const time = `${run.changedAt.toISOString().slice(0, 16).replace("T", " ")} UTC`;
		super(`${run.userName} is working on this annotation now (last changed ${time}). Nothing that was entered is lost.`);
		this.name = "RunOfColleagueError";
		this.run = run;
	}
}

/** Refuses who may not annotate a request in this status (requests-and-annotation.md §2.2). */
export function checkAnnotatable(viewer: Viewer, request: { readonly accessLevel: number; readonly statusId: number }): void {
	if (request.accessLevel < AccessType.EDIT.id) throw new ForbiddenError();
	if (request.statusId !== SeqRequestStatus.DRAFT.id && !isInsider(viewer.roleId)) {
		throw new NotPossibleError("The request has been submitted: ask the facility for changes.");
	}
}

/** Level and status of a request without anything else. @throws NotFoundError when it does not exist */
export async function loadAnnotatable(
	reader: Db | Tx,
	viewer: Viewer,
	requestId: number,
): Promise<{ readonly accessLevel: number; readonly statusId: number }> {
	const { rows } = await sql<{ accessLevel: number; statusId: number }>`
		SELECT ${requestLevel(viewer, "r")} AS "accessLevel", r.status_id AS "statusId" FROM seq_request r WHERE r.id = ${requestId}`.execute(
		reader,
	);
	if (!rows[0]) throw new NotFoundError("This request");
	return rows[0];
}

/**
 * The viewer's run of a request's annotation.
 * @param lock holds it until the transaction ends, so that two submissions cannot both apply
 * @throws WorkflowExpiredError when there is none (any more) that the viewer may know of; RunOfColleagueError when it is a colleague's
 */
export async function loadOwnRun(
	reader: Db | Tx,
	viewer: Viewer,
	requestId: number,
	uuid: string,
	lock = false,
): Promise<WorkflowRun> {
	const run = await findRun(reader, uuid, lock);
	if (!run || !isAbout(run, annotationOf(requestId))) throw new WorkflowExpiredError();
	if (run.userId === viewer.id) return run;
	const { accessLevel } = await loadAnnotatable(reader, viewer, requestId);
	if (accessLevel < AccessType.EDIT.id) throw new WorkflowExpiredError();
	throw new RunOfColleagueError(run);
}

/**
 * The request that a run annotates, for callers that know only the run. Says nothing about who may see it.
 * @throws WorkflowExpiredError for a run that is not there (any more)
 */
export async function findAnnotatedRequest(reader: Db | Tx, uuid: string): Promise<number> {
	const run = await findRun(reader, uuid);
	if (run?.objectId == null || !isAbout(run, annotationOf(run.objectId))) throw new WorkflowExpiredError();
	return run.objectId;
}
