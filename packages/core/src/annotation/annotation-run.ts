import type { Db } from "@opengsync/db/connection";
import type { Tx } from "@opengsync/db/transaction";
import { buildCompletionPlan } from "@opengsync/domain/annotation/completion-plan";
import type { AnnotationFacts } from "@opengsync/domain/annotation/facts";
import { readMetadata, type StepInput } from "@opengsync/domain/annotation/state";
import { annotationWorkflow } from "@opengsync/domain/annotation/workflow";
import { AccessType } from "@opengsync/domain/catalog";
import type { CommandContext, Viewer } from "../context.ts";
import { NotPossibleError } from "../errors.ts";
import { loadRequestForChange } from "../requests/load-for-change.ts";
import { requireRequestAction } from "../requests/require-action.ts";
import type { RunDefinition } from "../workflow-runs/definition.ts";
import {
	type CompletionOutcome,
	completeRun,
	discardRun,
	goBackInRun,
	presentRun,
	type ShownWith,
	type StepOutcome,
	startRun,
	submitRunStep,
} from "../workflow-runs/run-workflow.ts";
import { type ColleagueRun, listColleagueRuns, takeOverRun } from "../workflow-runs/take-over.ts";
import { ANNOTATION_OBJECT, checkAnnotatable, loadAnnotatable } from "./annotated-request.ts";
import { loadAnnotationFacts } from "./load-facts.ts";
import { type CreatedObjects, writePlan } from "./write-plan.ts";

/** The annotation of samples as a workflow of a request (requests-and-annotation.md §5). */
export const annotationDefinition: RunDefinition<AnnotationFacts, CreatedObjects> = {
	workflow: annotationWorkflow,
	objectType: ANNOTATION_OBJECT,
	noun: "annotation",
	async isEditor(reader, viewer, requestId) {
		const { accessLevel } = await loadAnnotatable(reader, viewer, requestId);
		return accessLevel >= AccessType.EDIT.id;
	},
	async authorize(reader, viewer, requestId) {
		checkAnnotatable(viewer, await loadAnnotatable(reader, viewer, requestId));
	},
	async lockObject({ tx, viewer }, requestId) {
		requireRequestAction("annotate", await loadRequestForChange(tx, viewer, requestId, AccessType.EDIT.id));
	},
	loadFacts: loadAnnotationFacts,
	complete: (context, requestId, state, facts) => writePlan(context, requestId, buildCompletionPlan(state, facts)),
	checkTakeOver(state, facts) {
		const projectId = readMetadata(state, "project_id");
		if (projectId === null || facts.projects.some((project) => project.id === projectId && project.canEdit)) return;
		throw new NotPossibleError(
			"The annotation adds samples to a project that you may not change. Ask its owner for access first.",
		);
	},
};

/** {@link startRun} for the annotation of a request. */
export function startAnnotation(context: CommandContext, requestId: number) {
	return startRun(context, annotationDefinition, requestId);
}

/** {@link submitRunStep} for the annotation of a request. */
export function submitAnnotationStep(
	context: CommandContext,
	requestId: number,
	uuid: string,
	step: string,
	input: StepInput,
): Promise<StepOutcome> {
	return submitRunStep(context, annotationDefinition, requestId, uuid, step, input);
}

/** {@link goBackInRun} for the annotation of a request. */
export function goBackInAnnotation(context: CommandContext, requestId: number, uuid: string): Promise<string> {
	return goBackInRun(context, annotationDefinition, requestId, uuid);
}

/** {@link discardRun} for the annotation of a request. */
export function discardAnnotation(context: CommandContext, requestId: number, uuid: string): Promise<void> {
	return discardRun(context, annotationDefinition, requestId, uuid);
}

/** {@link completeRun} for the annotation of a request. */
export function completeAnnotation(
	context: CommandContext,
	requestId: number,
	uuid: string,
	input: StepInput | null,
): Promise<CompletionOutcome<CreatedObjects>> {
	return completeRun(context, annotationDefinition, requestId, uuid, input);
}

/** {@link presentRun} for the annotation of a request. */
export function presentAnnotation(reader: Db | Tx, viewer: Viewer, requestId: number, uuid: string, shown: ShownWith = {}) {
	return presentRun(reader, viewer, annotationDefinition, requestId, uuid, shown);
}

/** Unfinished annotations of a request that are others', the newest first. The caller has checked EDIT on the request. */
export function listColleagueAnnotations(reader: Db | Tx, viewer: Viewer, requestId: number): Promise<readonly ColleagueRun[]> {
	return listColleagueRuns(reader, viewer, annotationDefinition, requestId);
}

/** {@link takeOverRun} for the annotation of a request. */
export function takeOverAnnotation(context: CommandContext, requestId: number, uuid: string, ownerId: number): Promise<string> {
	return takeOverRun(context, annotationDefinition, requestId, uuid, ownerId);
}
