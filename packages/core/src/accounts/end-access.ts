import type { Tx } from "@opengsync/db/transaction";

/** Revokes all API tokens of a user (extensions.md §1). @returns how many lost their force */
export async function revokeApiTokensOf(tx: Tx, userId: number): Promise<number> {
	const revoked = await tx
		.updateTable("api_token")
		.set({ expired: true })
		.where("owner_id", "=", userId)
		.where("expired", "=", false)
		.returning("id")
		.execute();
	return revoked.length;
}

/** Removes all passkeys of a user (extensions.md §1). @returns how many there were */
export async function removePasskeysOf(tx: Tx, userId: number): Promise<number> {
	const removed = await tx.deleteFrom("passkey").where("user_id", "=", userId).returning("id").execute();
	return removed.length;
}
