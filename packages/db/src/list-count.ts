// How many rows a list has, at a cost that does not grow without end.
import { type RawBuilder, sql } from "kysely";
import type { Db } from "./connection.ts";

/** Rows up to which a list is counted exactly; the largest list of a busy core facility has about as many. */
export const EXACT_COUNT_LIMIT = 200_000;

/**
 * Matches up to which a search by similarity is counted exactly. Comparing texts is what such a search spends its time with (15 µs each, 3 s for
 * 200,000 rows), and nobody pages through thousands of results that are less and less similar.
 */
export const SEARCH_COUNT_LIMIT = 1_000;

/** Rows from which a number is remembered: counting them costs more than the page itself. */
const REMEMBERED_FROM_ROWS = 10_000;
const REMEMBERED_MS = 10_000;
const MOST_REMEMBERED = 500;

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

interface Remembered {
	count: Promise<RowCount>;
	untilMs: number;
}

const rememberedByDb = new WeakMap<Db, Map<string, Remembered>>();

/**
 * As `countRows`, but a large number that was counted up to ten seconds ago is taken again, and several who ask at once wait for the same
 * statement: in a list of 200,000 rows ten more or fewer are not noticed, while the count would be most of the work of a page.
 */
export async function countRowsLately(db: Db, from: RawBuilder<unknown>, limit?: number): Promise<RowCount> {
	const { sql: text, parameters } = from.compile(db.withoutPlugins());
	const key = JSON.stringify([limit, text, parameters]);
	const remembered = rememberedByDb.get(db) ?? new Map<string, Remembered>();
	rememberedByDb.set(db, remembered);
	const known = remembered.get(key);
	if (known && known.untilMs > performance.now()) return known.count;
	if (remembered.size >= MOST_REMEMBERED) remembered.clear();
	const count = countRows(db, from, limit);
	remembered.set(key, { count, untilMs: performance.now() + REMEMBERED_MS });
	try {
		const result = await count;
		if (result.total < REMEMBERED_FROM_ROWS) remembered.delete(key);
		return result;
	} catch (error) {
		remembered.delete(key);
		throw error;
	}
}
