import type { AccessLevel } from "@opengsync/domain/access-level";
import { type RequestActionName, type RequestFacts, requestAction } from "@opengsync/domain/request-actions";
import { requireAllowed } from "../require-allowed.ts";
import type { RequestForChange } from "./load-for-change.ts";

/** Columns of a request that its table of actions looks at. */
export type RequestFactsRow = Pick<
	RequestForChange,
	"status_id" | "submission_type_id" | "access_level" | "num_libraries" | "has_authorization_form"
>;

/** What the table of actions looks at, from a loaded request. */
function requestFacts(request: RequestFactsRow): RequestFacts {
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
 * @throws ForbiddenError when the level does not suffice, NotPossibleError when only the status stands against it
 */
export function requireRequestAction(action: RequestActionName, request: RequestFactsRow): void {
	requireAllowed(requestAction(action, requestFacts(request)));
}
