import { isAdmin } from "@opengsync/domain/roles";
import type { CommandContext, Viewer } from "../context.ts";
import { ForbiddenError, NotFoundError } from "../errors.ts";
import { endSession, endSessionsOfUser } from "./end-sessions.ts";

/**
 * Whether the viewer sees and ends the sessions of an account, and unlinks institutions: one's own, or as an admin.
 * @param impersonatorId admin who works in the viewer's account; such a one may not
 */
export function mayManageSignInsOf(viewer: Viewer, impersonatorId: number | null, userId: number): boolean {
	return impersonatorId === null && (viewer.id === userId || isAdmin(viewer.roleId));
}

/** @throws ForbiddenError unless the viewer may manage the sign-ins of the account */
export function requireSignInsOf({ viewer, actor }: CommandContext, userId: number): void {
	if (!mayManageSignInsOf(viewer, actor.impersonatorId, userId)) throw new ForbiddenError();
}

/**
 * Ends one session of an account, or one in which its user works in another account.
 * @throws ForbiddenError; NotFoundError when the account has no such session
 */
export async function endSessionOfAccount(
	context: CommandContext,
	input: { readonly userId: number; readonly sessionId: number },
): Promise<void> {
	requireSignInsOf(context, input.userId);
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
	requireSignInsOf(context, input.userId);
	return endSessionsOfUser(context.tx, input.userId, "signed out everywhere", input.presentSessionId);
}
