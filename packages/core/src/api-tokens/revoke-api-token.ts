import { isAdmin } from "@opengsync/domain/roles";
import type { CommandContext } from "../context.ts";
import { ForbiddenError, NotFoundError } from "../errors.ts";

/**
 * Ends an API token for good, by its owner or an admin (access-and-web.md §5).
 * @throws NotFoundError when the user has no such token; ForbiddenError
 */
export async function revokeApiToken(
	context: CommandContext,
	input: { readonly ownerId: number; readonly tokenId: number },
): Promise<void> {
	const { tx, viewer } = context;
	if (viewer.id !== input.ownerId && !isAdmin(viewer.roleId)) throw new ForbiddenError();
	const row = await tx
		.updateTable("api_token")
		.set({ expired: true })
		.where("id", "=", input.tokenId)
		.where("owner_id", "=", input.ownerId)
		.returning("id")
		.executeTakeFirst();
	if (!row) throw new NotFoundError("This token");
}
