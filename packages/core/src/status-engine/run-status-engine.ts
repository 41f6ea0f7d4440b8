import type { Tx } from "@opengsync/db/transaction";
import { findMember } from "@opengsync/domain/catalog";
import { statusEnumerations, statusesBefore } from "@opengsync/domain/transitions";
import { sql } from "kysely";
import { idList } from "../shared/status-lists.ts";
import { listStatusRules, type StatusRule } from "./status-rules.ts";

/** One change that the engine made: `<entity> <id>: <old status> -> <new status>`. */
export interface StatusChange {
	readonly rule: number;
	readonly entity: "experiment" | "library" | "sample" | "pool" | "seq_request" | "project";
	readonly id: number;
	readonly from: string;
	readonly to: string;
}

/**
 * Moves statuses forward along background-and-ops.md §3.1, as set-based updates: the work does not grow with archived data, and a
 * second run without a change outside changes nothing.
 */
export async function runStatusEngine(tx: Tx, now: Date): Promise<StatusChange[]> {
	const changes: StatusChange[] = [];
	for (const rule of listStatusRules(now)) changes.push(...(await applyRule(tx, rule)));
	return changes;
}

async function applyRule(tx: Tx, { number, entity: of, to, condition, also }: StatusRule): Promise<StatusChange[]> {
	const entity = of === "request" ? "seq_request" : of;
	const table = sql.table(entity);
	const { rows } = await sql<{ id: number; from_id: number }>`
		UPDATE ${table} AS u SET status_id = ${to.id}${also ? sql`, ${also}` : sql``}
		FROM ${table} AS t
		WHERE u.id = t.id AND t.status_id IN (${idList(statusesBefore(of, to.id, "job"))}) AND ${condition}
		RETURNING u.id, t.status_id AS from_id`.execute(tx);
	return rows.map((row) => ({
		rule: number,
		entity,
		id: row.id,
		from: findMember(statusEnumerations[of], row.from_id)?.key ?? String(row.from_id),
		to: to.key,
	}));
}
