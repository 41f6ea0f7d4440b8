import type { Db } from "@opengsync/db/connection";
import type { Tx } from "@opengsync/db/transaction";
import { currentStepName, openStep, submitStep } from "@opengsync/domain/annotation/engine";
import { emptyState, type WorkflowState } from "@opengsync/domain/annotation/state";
import type { Workflow } from "@opengsync/domain/annotation/step";
import { recordEvent } from "../audit/record-event.ts";
import type { CommandContext, Viewer } from "../context.ts";
import { type AnyRunDefinition, type RunDefinition, targetOf } from "./definition.ts";
import { RunOfColleagueError } from "./own-run.ts";
import { handOverRun, isAbout, listRunsOfOthers, lockRun, WorkflowExpiredError } from "./workflow-run.ts";

/** An unfinished run of a colleague. */
export interface ColleagueRun {
	readonly uuid: string;
	readonly ownerId: number;
	readonly ownerName: string;
	readonly step: string;
	readonly changedAt: Date;
}

/** Unfinished runs for an object that are others', the newest first. The caller has checked the right to edit the object. */
export async function listColleagueRuns(
	reader: Db | Tx,
	viewer: Viewer,
	definition: AnyRunDefinition,
	objectId: number,
): Promise<readonly ColleagueRun[]> {
	const runs = await listRunsOfOthers(reader, { ...targetOf(definition, objectId), userId: viewer.id });
	return runs.map((run) => ({
		uuid: run.uuid,
		ownerId: run.userId,
		ownerName: run.userName,
		step: currentStepName(run.state) ?? "",
		changedAt: run.changedAt,
	}));
}

/**
 * The history as the new owner would have submitted it: what steps store may depend on who submits. From the first step that would
 * be refused on, everything stays as it was; the completion then leads back to it.
 */
function adoptState<Facts>(workflow: Workflow<Facts>, state: WorkflowState, facts: Facts): WorkflowState {
	let adopted = emptyState;
	for (const record of state.history) {
		if (!record.submitted || record.input === null) break;
		const opened = openStep(workflow, adopted, record.step, facts);
		const result = submitStep(workflow, opened.state, record.step, record.input, facts);
		if (!result.accepted) break;
		adopted = result.state;
	}
	return { history: [...adopted.history, ...state.history.slice(adopted.history.length)] };
}

/**
 * Takes over a colleague's unfinished run with everything entered in it, drafts included (extensions.md §9); the audit trail of the
 * object remembers it. The former owner is told at the next input.
 * @param ownerId whose run it is as far as the new owner was told
 * @returns the step at which it stands
 * @throws RunOfColleagueError when it has meanwhile become somebody else's; WorkflowExpiredError; what the definition refuses
 */
export async function takeOverRun<Facts>(
	context: CommandContext,
	definition: RunDefinition<Facts, unknown>,
	objectId: number,
	uuid: string,
	ownerId: number,
): Promise<string> {
	const { tx, viewer, services } = context;
	// The run before the object, as the completion locks them.
	const run = await lockRun(tx, uuid);
	if (!run || !isAbout(run, targetOf(definition, objectId))) throw new WorkflowExpiredError();
	await definition.lockObject(context, objectId);
	const step = currentStepName(run.state) ?? "";
	if (run.userId === viewer.id) return step;
	if (run.userId !== ownerId) throw new RunOfColleagueError(run, definition.noun);
	const facts = await definition.loadFacts(tx, viewer, objectId, run.state, null);
	definition.checkTakeOver?.(run.state, facts);
	await handOverRun(tx, uuid, viewer.id, adoptState(definition.workflow, run.state, facts), services.now());
	await recordEvent(tx, {
		kind: "workflow_taken_over",
		object: definition.objectType === null ? null : { table: definition.objectType, id: objectId },
		details: { workflow: definition.noun, from_user_id: run.userId },
	});
	return step;
}
