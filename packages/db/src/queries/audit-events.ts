// All events of the audit trail, newest first, for admins.
import type { TrailEvent } from "@opengsync/domain/audit/describe";
import { type RawBuilder, sql } from "kysely";
import type { Reader } from "../transaction.ts";

/** What the events are narrowed to; all conditions hold. */
export interface AuditEventFilter {
	/** Table, or kind of a happening. */
	readonly table?: string;
	/** Primary key, or for happenings the object. */
	readonly key?: string;
	/** User who acted, or admin who worked as somebody. */
	readonly personId?: number;
	readonly via?: string;
	readonly action?: TrailEvent["action"];
	readonly requestId?: string;
	/** First and last day, `YYYY-MM-DD`, in `timeZone`. */
	readonly from?: string;
	readonly to?: string;
	readonly timeZone: string;
}

/** An event with who and how. */
export interface AuditEventRow extends TrailEvent {
	readonly id: number;
	readonly at: Date;
	readonly actorId: number | null;
	readonly impersonatorId: number | null;
	readonly via: string;
	readonly requestId: string | null;
}

/** A row of the trail as the database gives it. */
export interface EventRecord {
	id: number;
	occurred_at: Date;
	actor_id: number | null;
	impersonator_id: number | null;
	via: string;
	request_id: string | null;
	table_name: string;
	row_key: string;
	action: TrailEvent["action"];
	changes: Record<string, unknown>;
}

/** Longest transaction that is reckoned with: its events have the time at which it began. */
const LONGEST_TRANSACTION = sql.lit("1 day");

/**
 * First event about a time, by halving: numbers grow with time, so that no index on the time is needed and a period long ago costs as little as
 * today.
 */
function firstEventAbout(time: RawBuilder<unknown>): RawBuilder<number> {
	return sql<number>`(WITH RECURSIVE search (low, high) AS (
		SELECT coalesce(min(id), 0), coalesce(max(id), 0) + 1 FROM audit_event
		UNION ALL
		SELECT CASE WHEN probe.occurred_at < ${time} THEN probe.id + 1 ELSE search.low END,
			CASE WHEN probe.occurred_at < ${time} THEN search.high ELSE search.low + (search.high - search.low) / 2 END
		FROM search CROSS JOIN LATERAL (
			SELECT id, occurred_at FROM audit_event WHERE id >= search.low + (search.high - search.low) / 2 ORDER BY id LIMIT 1
		) AS probe
		WHERE search.low < search.high
	) SELECT max(low) FROM search)`;
}

function conditionsOf(filter: AuditEventFilter): RawBuilder<unknown>[] {
	const conditions: RawBuilder<unknown>[] = [];
	if (filter.table !== undefined) conditions.push(sql`table_name = ${filter.table}`);
	if (filter.key !== undefined) conditions.push(sql`row_key = ${filter.key}`);
	if (filter.personId !== undefined)
		conditions.push(sql`(actor_id = ${filter.personId} OR impersonator_id = ${filter.personId})`);
	// As constants, so that the partial indexes of the rare ones are seen.
	if (filter.via !== undefined) conditions.push(sql`via = ${sql.lit(filter.via)}`);
	if (filter.action !== undefined) conditions.push(sql`action = ${sql.lit(filter.action)}`);
	if (filter.requestId !== undefined) conditions.push(sql`request_id = ${filter.requestId}`);
	if (filter.from !== undefined) {
		const start = sql`(${filter.from}::date::timestamp AT TIME ZONE ${filter.timeZone})`;
		conditions.push(sql`occurred_at >= ${start} AND id >= ${firstEventAbout(sql`${start} - interval ${LONGEST_TRANSACTION}`)}`);
	}
	if (filter.to !== undefined) {
		const end = sql`((${filter.to}::date + 1)::timestamp AT TIME ZONE ${filter.timeZone})`;
		conditions.push(sql`occurred_at < ${end} AND id <= ${firstEventAbout(sql`${end} + interval ${LONGEST_TRANSACTION}`)}`);
	}
	return conditions;
}

/**
 * Events that fit, newest first, by their number: the cost of a page does not grow with what was before it.
 * @param before only events with a smaller number
 */
export async function listAuditEvents(
	reader: Reader,
	filter: AuditEventFilter,
	page: { readonly before?: number; readonly limit: number },
): Promise<AuditEventRow[]> {
	const conditions = conditionsOf(filter);
	if (page.before !== undefined) conditions.push(sql`id < ${page.before}`);
	const where = conditions.length === 0 ? sql`` : sql`WHERE ${sql.join(conditions, sql` AND `)}`;
	const { rows } = await sql<EventRecord>`
		SELECT id, occurred_at, actor_id, impersonator_id, via, request_id, table_name, row_key, action, changes
		FROM audit_event ${where} ORDER BY id DESC LIMIT ${page.limit}`.execute(reader);
	return rows.map((row) => ({
		id: row.id,
		at: row.occurred_at,
		actorId: row.actor_id,
		impersonatorId: row.impersonator_id,
		via: row.via,
		requestId: row.request_id,
		table: row.table_name,
		key: row.row_key,
		action: row.action,
		changes: row.changes,
	}));
}
