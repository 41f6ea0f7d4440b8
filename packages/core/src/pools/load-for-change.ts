import { poolLevel } from "@opengsync/db/access";
import type { AccessLevel } from "@opengsync/domain/access-level";
import { type PoolActionName, poolAction } from "@opengsync/domain/pool-actions";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { NotFoundError } from "../errors.ts";
import { requireAllowed } from "../require-allowed.ts";

/** A pool locked for a change, with what its rules look at. */
export interface PoolForChange {
	readonly id: number;
	readonly name: string;
	readonly type_id: number;
	readonly status_id: number;
	readonly owner_id: number;
	readonly contact_id: number;
	readonly experiment_id: number | null;
	readonly num_libraries: number;
	readonly access_level: AccessLevel;
}

/**
 * Locks a pool, then reads it with the viewer's level and lets the table of actions decide.
 * @throws NotFoundError, ForbiddenError when the level does not suffice, NotPossibleError when only the state stands against it
 */
export async function loadPoolFor(context: CommandContext, poolId: number, action: PoolActionName): Promise<PoolForChange> {
	await sql`SELECT 1 FROM pool WHERE id = ${poolId} FOR UPDATE`.execute(context.tx);
	const { rows } = await sql<PoolForChange>`
		SELECT p.id, p.name, p.type_id, p.status_id, p.owner_id, p.contact_id, p.experiment_id,
			(SELECT count(*)::int FROM library l WHERE l.pool_id = p.id) AS num_libraries, ${poolLevel(context.viewer, "p")} AS access_level
		FROM pool p WHERE p.id = ${poolId}`.execute(context.tx);
	const pool = rows[0];
	if (!pool) throw new NotFoundError("This pool");
	const { status_id: statusId, access_level: level, num_libraries: numLibraries } = pool;
	requireAllowed(poolAction(action, { statusId, level, numLibraries, isOnExperiment: pool.experiment_id !== null }));
	return pool;
}
