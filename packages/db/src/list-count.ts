// How many rows a list has, at a cost that does not grow without end.
import { type RawBuilder, sql } from "kysely";
import type { Db } from "./connection.ts";

/** Rows up to which a list is counted exactly; the largest list of a busy core facility has about as many. */
export const EXACT_COUNT_LIMIT = 200_000;

/** Number of rows. */
export interface RowCount {
	total: number;
	isEstimated: boolean;
}

interface Plan {
	"QUERY PLAN": { Plan: { "Plan Rows": number } }[];
}

/**
 * Counts `select … <from>` exactly up to the limit; beyond it takes the planner's estimate, but never less than what was counted.
 * @param from `from table where conditions`
 */
export async function countRows(db: Db, from: RawBuilder<unknown>, limit: number = EXACT_COUNT_LIMIT): Promise<RowCount> {
	const { rows } = await sql<{ total: number }>`
		select count(*)::integer as total from (select 1 ${from} limit ${limit + 1}) as counted`.execute(db);
	const total = rows[0]?.total ?? 0;
	if (total <= limit) return { total, isEstimated: false };
	const plan = await sql<Plan>`explain (format json) select 1 ${from}`.execute(db);
	const estimate = Math.round(plan.rows[0]?.["QUERY PLAN"][0]?.Plan["Plan Rows"] ?? 0);
	return { total: Math.max(total, estimate), isEstimated: true };
}
