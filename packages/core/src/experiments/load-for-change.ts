import type { Tx } from "@opengsync/db/transaction";
import { staffOnlyLevel } from "@opengsync/domain/access-level";
import { ExperimentWorkflow, FlowCellType, memberById } from "@opengsync/domain/catalog";
import { type ExperimentActionName, experimentAction } from "@opengsync/domain/experiment-actions";
import { isInsider } from "@opengsync/domain/roles";
import { sql } from "kysely";
import type { Viewer } from "../context.ts";
import { ForbiddenError, NotFoundError } from "../errors.ts";
import { requireAllowed } from "../require-allowed.ts";

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

/** The table of actions decides for pools and lanes, too (domain `experiment-actions.ts`). */
function requireExperimentAction(action: ExperimentActionName, experiment: ExperimentForChange, viewer: Viewer): void {
	const level = staffOnlyLevel(viewer);
	requireAllowed(experimentAction(action, { statusId: experiment.statusId, level }));
}

/**
 * *Editable* (lab-workflows.md §17.1): while the status is below SEQUENCING, afterwards for admins.
 * @throws NotPossibleError
 */
export function requireEditable(experiment: ExperimentForChange, viewer: Viewer): void {
	requireExperimentAction("prepare", experiment, viewer);
}

/**
 * Lanes and reads: DRAFT, or admin (lab-workflows.md §17.4).
 * @throws NotPossibleError
 */
export function requireDraft(experiment: ExperimentForChange, viewer: Viewer): void {
	requireExperimentAction("arrange", experiment, viewer);
}
