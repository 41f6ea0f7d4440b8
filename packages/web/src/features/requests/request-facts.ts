import type { RequestPageRow } from "@opengsync/db/queries/request-page";
import type { AccessLevel } from "@opengsync/domain/access-level";
import { type RequestAction, type RequestActionName, type RequestFacts, requestActions } from "@opengsync/domain/request-actions";

/** What the table of actions looks at, from a loaded request. */
export function factsOf(request: RequestPageRow): RequestFacts {
	return {
		statusId: request.status_id,
		submissionTypeId: request.submission_type_id,
		level: request.access_level as AccessLevel,
		numLibraries: request.num_libraries,
		isAuthorized: request.authorization_form_id !== null,
	};
}

/** Actions on a request as its page offers them, by name. */
export function actionsOf(request: RequestPageRow): ReadonlyMap<RequestActionName, RequestAction> {
	return new Map(requestActions(factsOf(request)).map((action) => [action.action, action]));
}
