import type { Db } from "@opengsync/db/connection";
import type { Tx } from "@opengsync/db/transaction";
import { emptyState, type WorkflowState } from "@opengsync/domain/annotation/state";
import { sql } from "kysely";
import { ExpectedError } from "../errors.ts";
import { createUuid } from "../files/uuid.ts";

/** The run was completed, discarded or removed, or never existed (requests-and-annotation.md §4). */
export class WorkflowExpiredError extends ExpectedError {
	readonly status = 404;
	constructor() {
		super("This workflow has expired. Please start again.");
		this.name = "WorkflowExpiredError";
	}
}

/** A stored run of a multi-step workflow. */
export interface WorkflowRun {
	readonly uuid: string;
	readonly workflow: string;
	readonly userId: number;
	readonly objectType: string | null;
	readonly objectId: number | null;
	readonly state: WorkflowState;
	readonly changedAt: Date;
}

interface RunRow {
	readonly uuid: string;
	readonly workflow: string;
	readonly user_id: number;
	readonly object_type: string | null;
	readonly object_id: number | null;
	readonly state: Partial<WorkflowState>;
	readonly changed_utc: Date;
}

const columns = sql`uuid, workflow, user_id, object_type, object_id, state, changed_utc`;

function asRun(row: RunRow): WorkflowRun {
	return {
		uuid: row.uuid,
		workflow: row.workflow,
		userId: row.user_id,
		objectType: row.object_type,
		objectId: row.object_id,
		state: { ...emptyState, ...row.state },
		changedAt: row.changed_utc,
	};
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The user's unfinished run of a workflow for an object, the newest first; null when there is none. */
export async function findOpenRun(
	reader: Db | Tx,
	run: { readonly workflow: string; readonly userId: number; readonly objectType: string; readonly objectId: number },
): Promise<WorkflowRun | null> {
	const { rows } = await sql<RunRow>`SELECT ${columns} FROM workflow_run
		WHERE workflow = ${run.workflow} AND user_id = ${run.userId} AND object_type = ${run.objectType} AND object_id = ${run.objectId}
		ORDER BY changed_utc DESC LIMIT 1`.execute(reader);
	return rows[0] ? asRun(rows[0]) : null;
}

/**
 * The run with this id; it belongs to one user and one object.
 * @param lock holds it until the transaction ends, so that two submissions cannot both apply
 * @throws WorkflowExpiredError when it is not there, or not this user's or object's
 */
export async function loadRun(
	reader: Db | Tx,
	uuid: string,
	belongsTo: { readonly userId: number; readonly objectType: string; readonly objectId: number; readonly workflow: string },
	lock = false,
): Promise<WorkflowRun> {
	if (!UUID.test(uuid)) throw new WorkflowExpiredError();
	const { rows } = await sql<RunRow>`SELECT ${columns} FROM workflow_run
		WHERE uuid = ${uuid} AND user_id = ${belongsTo.userId} AND object_type = ${belongsTo.objectType}
			AND object_id = ${belongsTo.objectId} AND workflow = ${belongsTo.workflow}
		${lock ? sql`FOR UPDATE` : sql``}`.execute(reader);
	if (!rows[0]) throw new WorkflowExpiredError();
	return asRun(rows[0]);
}

/** Begins a run. */
export async function createRun(
	tx: Tx,
	run: { readonly workflow: string; readonly userId: number; readonly objectType: string; readonly objectId: number },
	state: WorkflowState,
	now: Date,
): Promise<string> {
	const uuid = createUuid(now);
	await sql`INSERT INTO workflow_run (uuid, workflow, user_id, object_type, object_id, state, created_utc, changed_utc)
		VALUES (${uuid}, ${run.workflow}, ${run.userId}, ${run.objectType}, ${run.objectId}, ${JSON.stringify(state)}::jsonb, ${now}, ${now})`.execute(
		tx,
	);
	return uuid;
}

/** Stores the state of a run. */
export async function saveRun(tx: Tx, uuid: string, state: WorkflowState, now: Date): Promise<void> {
	await sql`UPDATE workflow_run SET state = ${JSON.stringify(state)}::jsonb, changed_utc = ${now} WHERE uuid = ${uuid}`.execute(
		tx,
	);
}

/** Removes a run: it is completed or discarded. */
export async function deleteRun(tx: Tx, uuid: string): Promise<void> {
	await sql`DELETE FROM workflow_run WHERE uuid = ${uuid}`.execute(tx);
}
