import type { AccessLevel } from "@opengsync/domain/access-level";
import { AccessType } from "@opengsync/domain/catalog";
import { type RequestActionName, type RequestFacts, requestAction } from "@opengsync/domain/request-actions";
import { ForbiddenError, NotPossibleError } from "../errors.ts";
import type { RequestForChange } from "./load-for-change.ts";

/** What the table of actions looks at, from a loaded request. */
export function requestFacts(request: RequestForChange): RequestFacts {
	return {
		statusId: request.status_id,
		submissionTypeId: request.submission_type_id,
		level: request.access_level as AccessLevel,
		numLibraries: request.num_libraries,
		isAuthorized: request.has_authorization_form,
	};
}

/**
 * Refuses an action that the table of actions does not offer now: the same table decides which buttons are shown.
 * @throws ForbiddenError when no status would permit it to this person, NotPossibleError when only the status stands against it
 */
export function requireRequestAction(action: RequestActionName, request: RequestForChange): void {
	const facts = requestFacts(request);
	const answer = requestAction(action, facts);
	if (answer.enabled) return;
	const asAdmin = requestAction(action, { ...facts, level: AccessType.ADMIN.id });
	if (asAdmin.enabled && facts.level < AccessType.EDIT.id) throw new ForbiddenError();
	if (asAdmin.enabled && !answer.shown) throw new ForbiddenError(answer.reason ?? undefined);
	throw new NotPossibleError(answer.reason ?? "This is not possible now.");
}
