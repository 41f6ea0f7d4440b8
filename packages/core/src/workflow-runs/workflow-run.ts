import type { Db } from "@opengsync/db/connection";
import type { Tx } from "@opengsync/db/transaction";
import { emptyState, type WorkflowState } from "@opengsync/domain/annotation/state";
import { type RawBuilder, sql } from "kysely";
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
	/** Whose run it is, as people know them. */
	readonly userName: string;
	readonly objectType: string | null;
	readonly objectId: number | null;
	readonly state: WorkflowState;
	readonly changedAt: Date;
}

interface RunRow {
	readonly uuid: string;
	readonly workflow: string;
	readonly user_id: number;
	readonly user_name: string;
	readonly object_type: string | null;
	readonly object_id: number | null;
	readonly state: Partial<WorkflowState>;
	readonly changed_utc: Date;
}

const selected = sql`SELECT w.uuid, w.workflow, w.user_id, u.first_name || ' ' || u.last_name AS user_name, w.object_type, w.object_id,
	w.state, w.changed_utc FROM workflow_run w JOIN lims_user u ON u.id = w.user_id`;

function asRun(row: RunRow): WorkflowRun {
	return {
		uuid: row.uuid,
		workflow: row.workflow,
		userId: row.user_id,
		userName: row.user_name,
		objectType: row.object_type,
		objectId: row.object_id,
		state: { ...emptyState, ...row.state },
		changedAt: row.changed_utc,
	};
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Workflow and object of runs. */
export interface RunTarget {
	readonly workflow: string;
	/** Both null for a workflow that is about no object. */
	readonly objectType: string | null;
	readonly objectId: number | null;
}

/** The user's unfinished run of a workflow for an object, the newest first; null when there is none. */
export async function findOpenRun(reader: Db | Tx, run: RunTarget & { readonly userId: number }): Promise<WorkflowRun | null> {
	const { rows } = await sql<RunRow>`${selected}
		WHERE w.workflow = ${run.workflow} AND w.user_id = ${run.userId} AND w.object_type IS NOT DISTINCT FROM ${run.objectType}
			AND w.object_id IS NOT DISTINCT FROM ${run.objectId}
		ORDER BY w.changed_utc DESC LIMIT 1`.execute(reader);
	return rows[0] ? asRun(rows[0]) : null;
}

/** Unfinished runs of a workflow for an object that others began or took over, the newest first. */
export async function listRunsOfOthers(
	reader: Db | Tx,
	run: RunTarget & { readonly userId: number },
): Promise<readonly WorkflowRun[]> {
	const { rows } = await sql<RunRow>`${selected}
		WHERE w.workflow = ${run.workflow} AND w.user_id <> ${run.userId} AND w.object_type IS NOT DISTINCT FROM ${run.objectType}
			AND w.object_id IS NOT DISTINCT FROM ${run.objectId}
		ORDER BY w.changed_utc DESC, w.uuid`.execute(reader);
	return rows.map(asRun);
}

/** The run with this id, whosever it is; null when there is none. Whoever asks has to check user and object. */
export function findRun(reader: Db | Tx, uuid: string): Promise<WorkflowRun | null> {
	return selectRun(reader, uuid, sql``);
}

/** As {@link findRun}; holds the run until the transaction ends, so that two submissions cannot both apply. */
export function lockRun(tx: Tx, uuid: string): Promise<WorkflowRun | null> {
	return selectRun(tx, uuid, sql`FOR UPDATE OF w`);
}

async function selectRun(reader: Db | Tx, uuid: string, locking: RawBuilder<unknown>): Promise<WorkflowRun | null> {
	if (!UUID.test(uuid)) return null;
	const { rows } = await sql<RunRow>`${selected} WHERE w.uuid = ${uuid} ${locking}`.execute(reader);
	return rows[0] ? asRun(rows[0]) : null;
}

/** Whether a run is one of this workflow for this object. */
export function isAbout(run: WorkflowRun, target: RunTarget): boolean {
	return run.workflow === target.workflow && run.objectType === target.objectType && run.objectId === target.objectId;
}

/** Begins a run. */
export async function createRun(
	tx: Tx,
	run: RunTarget & { readonly userId: number },
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

/** Gives a run to another user. */
export async function handOverRun(tx: Tx, uuid: string, userId: number, state: WorkflowState, now: Date): Promise<void> {
	await saveRun(tx, uuid, state, now);
	await sql`UPDATE workflow_run SET user_id = ${userId} WHERE uuid = ${uuid}`.execute(tx);
}

/** Removes a run with its drafts: it is completed or discarded. */
export async function deleteRun(tx: Tx, uuid: string): Promise<void> {
	await sql`DELETE FROM workflow_run WHERE uuid = ${uuid}`.execute(tx);
}
