import { AccessType } from "@opengsync/domain/catalog";
import { isToggleableReviewStep } from "@opengsync/domain/review-checklist";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { BadRequestError, NotPossibleError } from "../errors.ts";
import { loadRequestForChange } from "./load-for-change.ts";
import { requireRequestAction } from "./require-action.ts";

/**
 * Ticks a step of the review by hand, or takes the tick away (requests-and-annotation.md §2.4). For staff, while the request is SUBMITTED.
 * @throws BadRequestError for a step that is unknown, derived or ticked by a workflow only; NotPossibleError for the authorization form
 * while there is none; NotFoundError, ForbiddenError
 */
export async function tickReviewStep(context: CommandContext, requestId: number, step: string, done: boolean): Promise<void> {
	const { tx, viewer } = context;
	const request = await loadRequestForChange(tx, viewer, requestId, AccessType.VIEW.id);
	requireRequestAction("review", request);
	if (!isToggleableReviewStep(step)) throw new BadRequestError("This step of the review cannot be ticked by hand.");
	if (step === "auth_form_checked" && done && !request.has_authorization_form) {
		throw new NotPossibleError("There is no authorization form to check yet.");
	}
	await sql`UPDATE seq_request SET review_checklist = COALESCE(review_checklist, '{}') || jsonb_build_object(${step}::text, ${done}::boolean)
		WHERE id = ${requestId}`.execute(tx);
}
