import type { Db } from "@opengsync/db/connection";
import { isAdmin } from "@opengsync/domain/roles";
import type { CommandContext } from "../context.ts";
import { ForbiddenError, NotFoundError } from "../errors.ts";

/** A passkey as its owner sees it. */
export interface ListedPasskey {
	readonly id: number;
	readonly name: string;
	readonly createdAt: Date;
	readonly lastUsedAt: Date | null;
	/** Synchronized between devices. */
	readonly backedUp: boolean;
}

/** Passkeys of a user, the oldest first. */
export async function listPasskeys(db: Db, userId: number): Promise<ListedPasskey[]> {
	const rows = await db
		.selectFrom("passkey")
		.select(["id", "name", "created_at", "last_used_at", "backed_up"])
		.where("user_id", "=", userId)
		.orderBy("id")
		.execute();
	return rows.map((row) => ({
		id: row.id,
		name: row.name,
		createdAt: row.created_at,
		lastUsedAt: row.last_used_at,
		backedUp: row.backed_up,
	}));
}

/** Names a passkey of the viewer. @throws NotFoundError when the viewer has no such passkey */
export async function renamePasskey(
	{ tx, viewer }: CommandContext,
	input: { readonly passkeyId: number; readonly name: string },
): Promise<void> {
	const renamed = await tx
		.updateTable("passkey")
		.set({ name: input.name })
		.where("id", "=", input.passkeyId)
		.where("user_id", "=", viewer.id)
		.returning("id")
		.executeTakeFirst();
	if (!renamed) throw new NotFoundError("The passkey");
}

/**
 * Deletes a passkey of the viewer, or for admins of anybody.
 * @throws ForbiddenError for others' passkeys, NotFoundError when that user has no such passkey
 */
export async function deletePasskey(
	{ tx, viewer }: CommandContext,
	input: { readonly userId: number; readonly passkeyId: number },
): Promise<void> {
	if (input.userId !== viewer.id && !isAdmin(viewer.roleId)) throw new ForbiddenError();
	const deleted = await tx
		.deleteFrom("passkey")
		.where("id", "=", input.passkeyId)
		.where("user_id", "=", input.userId)
		.returning("id")
		.executeTakeFirst();
	if (!deleted) throw new NotFoundError("The passkey");
}
