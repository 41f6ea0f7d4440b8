import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { loadPoolFor } from "./load-for-change.ts";

/**
 * Deletes a pool without libraries and without experiment, and its contact unless something else refers to it; dilutions go by
 * cascade (data-model.md §7): insiders.
 * @throws NotFoundError, ForbiddenError, NotPossibleError
 */
export async function deletePool(context: CommandContext, poolId: number): Promise<void> {
	const pool = await loadPoolFor(context, poolId, "delete");
	await sql`DELETE FROM pool WHERE id = ${poolId}`.execute(context.tx);
	await sql`DELETE FROM contact c WHERE c.id = ${pool.contact_id}
		AND NOT EXISTS (SELECT FROM seq_request r WHERE c.id IN (
			r.contact_person_id, r.billing_contact_id, r.organization_contact_id, r.bioinformatician_contact_id, r.principal_investigator_contact_id))`.execute(
		context.tx,
	);
}
