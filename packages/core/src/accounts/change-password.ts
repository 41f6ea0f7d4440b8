import type { CommandContext } from "../context.ts";
import { InvalidInputError } from "../errors.ts";
import { revokeApiTokensOf } from "./end-access.ts";
import { endSessionsOfUser } from "./end-sessions.ts";
import { loadUserForChange, requireUserAction } from "./load-user-for-change.ts";
import { checkPassword, hashPassword, type NewPassword, newPasswordErrors } from "./passwords.ts";

/** What the form asks for. */
export interface PasswordChange extends NewPassword {
	readonly currentPassword: string;
	/** The session that goes on; all others end. */
	readonly keptSessionId: number | null;
}

/**
 * Changes one's own password (access-and-web.md §4.5). All other sessions end and API tokens made before are revoked; passkeys stay
 * (extensions.md §1).
 * @returns how many tokens were revoked
 * @throws InvalidInputError at the fields; NotPossibleError while working as another user
 */
export async function changePassword(context: CommandContext, input: PasswordChange): Promise<{ revokedTokens: number }> {
	const { tx, viewer } = context;
	const user = await loadUserForChange(context, viewer.id);
	requireUserAction("changePassword", user.facts);
	const errors = newPasswordErrors(input);
	await refuseWrongPassword(user.password, input.currentPassword, errors);
	const password = await hashPassword(input.password);
	await tx.updateTable("lims_user").set({ password }).where("id", "=", user.id).execute();
	await endSessionsOfUser(tx, user.id, "password changed", input.keptSessionId);
	return { revokedTokens: await revokeApiTokensOf(tx, user.id) };
}

/** @throws InvalidInputError with all errors when the present password is not right or there were errors before */
export async function refuseWrongPassword(
	stored: string,
	currentPassword: string,
	otherErrors: readonly { field: string; message: string }[] = [],
): Promise<void> {
	const { right } = await checkPassword(currentPassword, stored);
	const wrong = right ? [] : [{ field: "currentPassword", message: "This is not your present password." }];
	if (wrong.length + otherErrors.length > 0) throw new InvalidInputError([...wrong, ...otherErrors]);
}
