import { isAdmin } from "@opengsync/domain/roles";
import type { CommandContext } from "../context.ts";
import { ForbiddenError, NotFoundError } from "../errors.ts";
import { endSession, endSessionsOfUser } from "./end-sessions.ts";

/** Whether the viewer may see and end the sessions of an account: one's own, or as an admin; not while working as another user. */
export function mayEndSessionsOf({ viewer, actor }: Pick<CommandContext, "viewer" | "actor">, userId: number): boolean {
	return actor.impersonatorId === null && (viewer.id === userId || isAdmin(viewer.roleId));
}

/**
 * Ends one session of an account, or one in which its user works in another account.
 * @throws ForbiddenError; NotFoundError when the account has no such session
 */
export async function endSessionOfAccount(
	context: CommandContext,
	input: { readonly userId: number; readonly sessionId: number },
): Promise<void> {
	if (!mayEndSessionsOf(context, input.userId)) throw new ForbiddenError();
	const session = await context.tx
		.selectFrom("session")
		.select("id")
		.where("id", "=", input.sessionId)
		.where(({ eb, or }) => or([eb("user_id", "=", input.userId), eb("impersonator_id", "=", input.userId)]))
		.executeTakeFirst();
	if (!session) throw new NotFoundError("The session");
	await endSession(context.tx, session.id);
}

/**
 * Ends all sessions of an account but the present one.
 * @returns how many
 * @throws ForbiddenError
 */
export async function endOtherSessionsOfAccount(
	context: CommandContext,
	input: { readonly userId: number; readonly presentSessionId: number | null },
): Promise<number> {
	if (!mayEndSessionsOf(context, input.userId)) throw new ForbiddenError();
	return endSessionsOfUser(context.tx, input.userId, "signed out everywhere", input.presentSessionId);
}
