import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { loadPoolFor } from "./load-for-change.ts";

/**
 * Deletes a pool without libraries and without experiment, and its contact; dilutions go by cascade (data-model.md §7): insiders.
 * @throws NotFoundError, ForbiddenError, NotPossibleError
 */
export async function deletePool(context: CommandContext, poolId: number): Promise<void> {
	const pool = await loadPoolFor(context, poolId, "delete");
	await sql`DELETE FROM pool WHERE id = ${poolId}`.execute(context.tx);
	await sql`DELETE FROM contact WHERE id = ${pool.contact_id}`.execute(context.tx);
}
