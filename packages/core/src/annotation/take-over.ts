import type { Db } from "@opengsync/db/connection";
import type { Tx } from "@opengsync/db/transaction";
import { currentStepName, openStep, submitStep } from "@opengsync/domain/annotation/engine";
import type { AnnotationFacts } from "@opengsync/domain/annotation/facts";
import { emptyState, readMetadata, type WorkflowState } from "@opengsync/domain/annotation/state";
import { annotationWorkflow } from "@opengsync/domain/annotation/workflow";
import { AccessType } from "@opengsync/domain/catalog";
import type { CommandContext, Viewer } from "../context.ts";
import { NotPossibleError } from "../errors.ts";
import { loadRequestForChange } from "../requests/load-for-change.ts";
import { requireRequestAction } from "../requests/require-action.ts";
import { findRun, handOverRun, isAbout, listRunsOfOthers, WorkflowExpiredError } from "../workflow-runs/workflow-run.ts";
import { loadAnnotationFacts } from "./load-facts.ts";
import { annotationOf, RunOfColleagueError } from "./own-run.ts";

/** An unfinished annotation of a colleague. */
export interface ColleagueRun {
	readonly uuid: string;
	readonly ownerId: number;
	readonly ownerName: string;
	readonly step: string;
	readonly changedAt: Date;
}

/** Unfinished annotations of a request that are others', the newest first. The caller has checked EDIT on the request. */
export async function listColleagueRuns(reader: Db | Tx, viewer: Viewer, requestId: number): Promise<readonly ColleagueRun[]> {
	const runs = await listRunsOfOthers(reader, { ...annotationOf(requestId), userId: viewer.id });
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
function adoptState(state: WorkflowState, facts: AnnotationFacts): WorkflowState {
	let adopted = emptyState;
	for (const record of state.history) {
		if (!record.submitted || record.input === null) break;
		const opened = openStep(annotationWorkflow, adopted, record.step, facts);
		const result = submitStep(annotationWorkflow, opened.state, record.step, record.input, facts);
		if (!result.accepted) break;
		adopted = result.state;
	}
	return { history: [...adopted.history, ...state.history.slice(adopted.history.length)] };
}

/**
 * Takes over a colleague's unfinished annotation with everything entered in it, drafts included (extensions.md §9). The former owner is
 * told at the next input.
 * @param ownerId whose run it is as far as the new owner was told
 * @returns the step at which it stands
 * @throws RunOfColleagueError when it has meanwhile become somebody else's; WorkflowExpiredError; NotPossibleError when the new owner may
 * not add samples to its project
 */
export async function takeOverAnnotation(
	context: CommandContext,
	requestId: number,
	uuid: string,
	ownerId: number,
): Promise<string> {
	const { tx, viewer, services } = context;
	// The run before the request, as the completion locks them.
	const run = await findRun(tx, uuid, true);
	const request = await loadRequestForChange(tx, viewer, requestId, AccessType.EDIT.id);
	requireRequestAction("annotate", request);
	if (!run || !isAbout(run, annotationOf(requestId))) throw new WorkflowExpiredError();
	const step = currentStepName(run.state) ?? "";
	if (run.userId === viewer.id) return step;
	if (run.userId !== ownerId) throw new RunOfColleagueError(run);
	const { facts } = await loadAnnotationFacts(tx, viewer, requestId, run.state, null);
	const projectId = readMetadata(run.state, "project_id");
	if (projectId !== null && !facts.projects.some((project) => project.id === projectId && project.canEdit)) {
		throw new NotPossibleError(
			"The annotation adds samples to a project that you may not change. Ask its owner for access first.",
		);
	}
	await handOverRun(tx, uuid, viewer.id, adoptState(run.state, facts), services.now());
	return step;
}
