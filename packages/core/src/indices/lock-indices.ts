import type { Tx } from "@opengsync/db/transaction";
import { sql } from "kysely";

/**
 * Puts those who change indices of existing libraries one after the other, until their transaction ends: the same library can be reached
 * from its request, its pool and by number, and the later one has to see what the earlier one did.
 */
export async function lockIndices(tx: Tx): Promise<void> {
	await sql`SELECT pg_advisory_xact_lock(hashtext('library_index'))`.execute(tx);
}
