import { currentStepName } from "@opengsync/domain/annotation/engine";
import type { StepInput } from "@opengsync/domain/annotation/state";
import type { CommandContext } from "../context.ts";
import { ConflictError } from "../errors.ts";
import { deleteDraft, saveDraft } from "../workflow-runs/draft.ts";
import { checkAnnotatable, loadAnnotatable, loadOwnRun } from "./own-run.ts";

/** Locks the run and refuses a step that is not the open one. */
async function openStepOf(context: CommandContext, requestId: number, uuid: string, step: string): Promise<void> {
	const run = await loadOwnRun(context.tx, context.viewer, requestId, uuid, true);
	checkAnnotatable(context.viewer, await loadAnnotatable(context.tx, context.viewer, requestId));
	if (currentStepName(run.state) !== step) {
		throw new ConflictError(
			"This step was left already, maybe in another tab. Reload the page to see where the annotation stands.",
		);
	}
}

/**
 * Keeps what is typed into the open step, unchecked, until the step is accepted.
 * @param version the one that the page knows, 0 = it has seen none
 * @returns the new version
 * @throws ConflictError when another tab was faster; RunOfColleagueError, WorkflowExpiredError, DraftTooLargeError
 */
export async function saveAnnotationDraft(
	context: CommandContext,
	requestId: number,
	uuid: string,
	step: string,
	version: number,
	input: StepInput,
): Promise<number> {
	await openStepOf(context, requestId, uuid, step);
	return saveDraft(context.tx, uuid, step, version, input, context.services.now());
}

/** Puts aside what was typed into the open step: it is shown again as it was. */
export async function discardAnnotationDraft(
	context: CommandContext,
	requestId: number,
	uuid: string,
	step: string,
): Promise<void> {
	await openStepOf(context, requestId, uuid, step);
	await deleteDraft(context.tx, uuid, step);
}
