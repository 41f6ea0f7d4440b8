import { LibraryStatus } from "@opengsync/domain/catalog";
import { type RawBuilder, sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { NotFoundError } from "../errors.ts";
import { loadPoolFor } from "./load-for-change.ts";

/** Libraries leave their pool: POOLED becomes STORED again, the experiment goes with the pool (lab-workflows.md §14.3). */
async function leavePool(context: CommandContext, condition: RawBuilder<boolean>): Promise<number> {
	const { POOLED, STORED } = LibraryStatus;
	const { rows } = await sql`UPDATE library SET pool_id = NULL, experiment_id = NULL,
			status_id = CASE WHEN status_id = ${POOLED.id} THEN ${STORED.id} ELSE status_id END
		WHERE ${condition} RETURNING id`.execute(context.tx);
	return rows.length;
}

/**
 * Takes one library out of a pool: insiders while the pool is below SEQUENCED, else admins (access-and-web.md §3.4).
 * @throws NotFoundError, also when the library is not in this pool; ForbiddenError
 */
export async function removeLibraryFromPool(context: CommandContext, poolId: number, libraryId: number): Promise<void> {
	await loadPoolFor(context, poolId, "removeLibrary");
	const removed = await leavePool(context, sql<boolean>`id = ${libraryId} AND pool_id = ${poolId}`);
	if (removed === 0) throw new NotFoundError("This library of the pool");
}

/**
 * Takes all libraries out of a pool: insiders if it is DRAFT, else admins.
 * @returns how many they were
 * @throws NotFoundError, ForbiddenError, NotPossibleError for an empty pool
 */
export async function removeAllLibrariesFromPool(context: CommandContext, poolId: number): Promise<number> {
	await loadPoolFor(context, poolId, "removeAllLibraries");
	return leavePool(context, sql<boolean>`pool_id = ${poolId}`);
}
