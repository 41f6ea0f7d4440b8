import { isAdmin } from "@opengsync/domain/roles";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { ForbiddenError, NotFoundError } from "../errors.ts";

/**
 * Revokes a link at once (access-and-web.md §15.3, §8.2, §8.11).
 * @throws NotFoundError when it does not exist
 * @throws ForbiddenError when the viewer is neither owner nor admin
 */
export async function revokeShare(context: CommandContext, input: { readonly shareTokenId: number }): Promise<void> {
	const { rows } = await sql<{ owner_id: number }>`
		SELECT owner_id FROM share_token WHERE id = ${input.shareTokenId} FOR UPDATE`.execute(context.tx);
	const token = rows[0];
	if (!token) throw new NotFoundError("The share link");
	const mayRevoke = token.owner_id === context.viewer.id || isAdmin(context.viewer.roleId);
	if (!mayRevoke) throw new ForbiddenError();
	await sql`UPDATE share_token SET expired = true WHERE id = ${input.shareTokenId} AND NOT expired`.execute(context.tx);
}
