import type { RequestPageRow } from "@opengsync/db/queries/request-page";
import type { AccessLevel } from "@opengsync/domain/access-level";
import type { Action } from "@opengsync/domain/actions";
import { LibraryStatus } from "@opengsync/domain/catalog";
import { libraryAction } from "@opengsync/domain/library-actions";
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

/** Whether libraries of these statuses may be removed from the request: all of them, or why not. */
export function removeLibrariesAction(request: RequestPageRow, statusIds: readonly number[]): Action {
	const { status_id: requestStatusId, access_level: level } = request;
	const facts = { typeId: 0, requestStatusId, numSamples: 1, level: level as AccessLevel };
	const actions = statusIds.map((statusId) => libraryAction("remove", { ...facts, statusId }));
	return actions.find((action) => !action.enabled) ?? libraryAction("remove", { ...facts, statusId: LibraryStatus.DRAFT.id });
}
