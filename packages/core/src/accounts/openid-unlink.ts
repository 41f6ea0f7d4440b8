import type { CommandContext } from "../context.ts";
import { NotFoundError } from "../errors.ts";
import { requireSignInsOf } from "./end-sessions-of-account.ts";

/**
 * Takes an account at an institution away from a user, by the user or an admin. At the next sign-in there the address decides anew
 * to whom it belongs.
 * @throws ForbiddenError, also while working as another user; NotFoundError when the user has no such link
 */
export async function unlinkOpenIdIdentity(
	context: CommandContext,
	input: { readonly userId: number; readonly identityId: number },
): Promise<void> {
	requireSignInsOf(context, input.userId);
	const removed = await context.tx
		.deleteFrom("external_identity")
		.where("id", "=", input.identityId)
		.where("user_id", "=", input.userId)
		.returning("id")
		.executeTakeFirst();
	if (!removed) throw new NotFoundError("The link");
}
