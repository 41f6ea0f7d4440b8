import { requestLevel } from "@opengsync/db/access";
import type { Db } from "@opengsync/db/connection";
import type { Tx } from "@opengsync/db/transaction";
import { annotationWorkflow } from "@opengsync/domain/annotation/workflow";
import { AccessType, SeqRequestStatus } from "@opengsync/domain/catalog";
import { isInsider } from "@opengsync/domain/roles";
import { sql } from "kysely";
import type { Viewer } from "../context.ts";
import { ForbiddenError, NotFoundError, NotPossibleError } from "../errors.ts";
import { findRun, isAbout, WorkflowExpiredError } from "../workflow-runs/workflow-run.ts";

/** Kind of object that annotations are about. */
export const ANNOTATION_OBJECT = "seq_request";

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
 * The request that a run annotates, for callers that know only the run. Says nothing about who may see it.
 * @throws WorkflowExpiredError for a run that is not there (any more)
 */
export async function findAnnotatedRequest(reader: Db | Tx, uuid: string): Promise<number> {
	const run = await findRun(reader, uuid);
	const target = { workflow: annotationWorkflow.name, objectType: ANNOTATION_OBJECT };
	if (run?.objectId == null || !isAbout(run, { ...target, objectId: run.objectId })) throw new WorkflowExpiredError();
	return run.objectId;
}
