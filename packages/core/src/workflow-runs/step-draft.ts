import { currentStepName } from "@opengsync/domain/annotation/engine";
import type { StepInput } from "@opengsync/domain/annotation/state";
import type { CommandContext } from "../context.ts";
import { ConflictError } from "../errors.ts";
import type { AnyRunDefinition } from "./definition.ts";
import { deleteDraft, saveDraft } from "./draft.ts";
import { lockOwnRun } from "./own-run.ts";

/** Which step of which run. */
export interface StepAddress {
	readonly objectId: number;
	readonly uuid: string;
	readonly step: string;
}

/** Locks the run and refuses a step that is not the open one. */
async function lockOpenStep(context: CommandContext, definition: AnyRunDefinition, address: StepAddress): Promise<void> {
	const { objectId, uuid, step } = address;
	const run = await lockOwnRun(context, definition, objectId, uuid);
	await definition.authorize(context.tx, context.viewer, objectId);
	if (currentStepName(run.state) === step) return;
	throw new ConflictError(
		`This step was left already, maybe in another tab. Reload the page to see where the ${definition.noun} stands.`,
	);
}

/**
 * Keeps what is typed into the open step, unchecked, until the step is accepted.
 * @param version the one that the page knows, 0 = it has seen none
 * @returns the new version
 * @throws ConflictError when another tab was faster; RunOfColleagueError, WorkflowExpiredError, DraftTooLargeError
 */
export async function saveStepDraft(
	context: CommandContext,
	definition: AnyRunDefinition,
	address: StepAddress,
	version: number,
	input: StepInput,
): Promise<number> {
	await lockOpenStep(context, definition, address);
	return saveDraft(context.tx, address.uuid, address.step, version, input, context.services.now());
}

/** Puts aside what was typed into the open step: it is shown again as it was. */
export async function discardStepDraft(
	context: CommandContext,
	definition: AnyRunDefinition,
	address: StepAddress,
): Promise<void> {
	await lockOpenStep(context, definition, address);
	await deleteDraft(context.tx, address.uuid, address.step);
}
