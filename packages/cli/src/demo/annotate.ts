import {
	completeAnnotation,
	presentAnnotation,
	startAnnotation,
	submitAnnotationStep,
} from "@opengsync/core/annotation/annotation-run";
import type { CommandContext } from "@opengsync/core/context";
import type { IndexKit } from "@opengsync/domain/indices/kit";
import { answerStep } from "./answers.ts";
import type { RequestPlan } from "./request-plans.ts";

/** Where an annotation stops: never handed in, or complete. */
export interface AnnotationOptions {
	/** Name of the step that is left open; null = complete it. */
	readonly openStep: string | null;
	readonly indexKits: readonly IndexKit[];
}

/**
 * Annotates a request as its requestor would in the browser, step by step.
 * @throws Error with the problems when a step is refused
 */
export async function annotateRequest(
	context: CommandContext,
	requestId: number,
	plan: RequestPlan,
	{ openStep, indexKits }: AnnotationOptions,
): Promise<void> {
	const { tx, viewer } = context;
	const projectId = await findProject(context, requestId, plan.project);
	const { uuid, step: first } = await startAnnotation(context, requestId);
	let step: string = first;
	while (step !== openStep) {
		const { view } = await presentAnnotation(tx, viewer, requestId, uuid);
		const input = answerStep(step, view, { plan, projectId, indexKits });
		if (step === "complete") {
			const completed = await completeAnnotation(context, requestId, uuid, input);
			if (!completed.accepted) throw refusal(plan, step, completed);
			return;
		}
		const outcome = await submitAnnotationStep(context, requestId, uuid, step, input);
		if (!outcome.accepted) throw refusal(plan, step, outcome);
		if (outcome.next === null) throw new Error(`The annotation of ${plan.code} ends without a review`);
		step = outcome.next;
	}
}

/** The project of this title with the group of the request, when an earlier request made it. */
async function findProject({ tx }: CommandContext, requestId: number, title: string): Promise<number | null> {
	const project = await tx
		.selectFrom("project")
		.innerJoin("seq_request", (join) => join.onRef("seq_request.group_id", "=", "project.group_id"))
		.select("project.id")
		.where("seq_request.id", "=", requestId)
		.where("project.title", "=", title)
		.executeTakeFirst();
	return project?.id ?? null;
}

function refusal(
	plan: RequestPlan,
	step: string,
	outcome: { readonly problems: readonly unknown[]; readonly fieldErrors: readonly unknown[] },
): Error {
	return new Error(`${plan.code}, ${step}: ${JSON.stringify([...outcome.fieldErrors, ...outcome.problems].slice(0, 3))}`);
}
