import type { Action } from "@opengsync/domain/actions";
import { ForbiddenError, NotPossibleError } from "./errors.ts";

/**
 * Refuses what the feature's table of actions does not offer: the same table decides which buttons are shown.
 * @throws ForbiddenError when the level does not suffice (403), NotPossibleError when only the state stands against it (400)
 */
export function requireAllowed(action: Action): void {
	if (action.enabled) return;
	const reason = action.reason ?? "This is not possible now.";
	throw action.refusal === "forbidden" ? new ForbiddenError(action.shown ? reason : undefined) : new NotPossibleError(reason);
}
