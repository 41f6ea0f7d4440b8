import type { CommandContext } from "../context.ts";
import { endSessionsOfUser } from "./end-sessions.ts";
import { loadUserForChange, requireUserAction } from "./load-user-for-change.ts";

/** Ends all sessions of a user, by the user or an admin (access-and-web.md §4.4). @throws ForbiddenError, NotFoundError, NotPossibleError */
export async function signOutEverywhere(context: CommandContext, input: { readonly userId: number }): Promise<void> {
	const user = await loadUserForChange(context, input.userId);
	requireUserAction("signOutEverywhere", user.facts);
	await endSessionsOfUser(context.tx, user.id, "signed out everywhere");
}
