import type { Tx } from "@opengsync/db/transaction";
import { ExperimentStatus, ExperimentWorkflow, FlowCellType, memberById } from "@opengsync/domain/catalog";
import { isExperimentEditable } from "@opengsync/domain/experiment-checklist";
import { isAdmin, isInsider } from "@opengsync/domain/roles";
import { sql } from "kysely";
import type { Viewer } from "../context.ts";
import { ForbiddenError, NotFoundError, NotPossibleError } from "../errors.ts";

/** An experiment locked for a change. */
export interface ExperimentForChange {
	readonly id: number;
	readonly name: string;
	readonly statusId: number;
	/** One mixture for all lanes. */
	readonly combinedLanes: boolean;
	readonly numLanes: number;
	/** Default total volume for loading in µL, if the workflow has one. */
	readonly volumeTargetUl: number | null;
}

/** @throws ForbiddenError for clients, NotFoundError */
export async function loadExperimentForChange(tx: Tx, viewer: Viewer, experimentId: number): Promise<ExperimentForChange> {
	if (!isInsider(viewer.roleId)) throw new ForbiddenError();
	const { rows } = await sql<{ id: number; name: string; status_id: number; workflow_id: number }>`
		SELECT id, name, status_id, workflow_id FROM experiment WHERE id = ${experimentId} FOR UPDATE`.execute(tx);
	const row = rows[0];
	if (!row) throw new NotFoundError("This experiment");
	const workflow = memberById(ExperimentWorkflow, row.workflow_id);
	return {
		id: row.id,
		name: row.name,
		statusId: row.status_id,
		combinedLanes: workflow.combinedLanes,
		numLanes: memberById(FlowCellType, workflow.flowCellTypeId).numLanes,
		volumeTargetUl: workflow.volumeTargetUl,
	};
}

/**
 * *Editable* (lab-workflows.md §17.1): while the status is below SEQUENCING, afterwards for admins.
 * @throws NotPossibleError
 */
export function requireEditable(experiment: ExperimentForChange, viewer: Viewer): void {
	if (isExperimentEditable(experiment.statusId, isAdmin(viewer.roleId))) return;
	throw new NotPossibleError("Only an admin can change an experiment that is being or has been sequenced.");
}

/**
 * Lanes and reads: DRAFT, or admin (lab-workflows.md §17.4).
 * @throws NotPossibleError
 */
export function requireDraft(experiment: ExperimentForChange, viewer: Viewer): void {
	if (experiment.statusId === ExperimentStatus.DRAFT.id || isAdmin(viewer.roleId)) return;
	throw new NotPossibleError("Only admin can edit non-draft experiments.");
}
