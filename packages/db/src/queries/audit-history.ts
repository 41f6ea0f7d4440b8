// The history of one object: its own events and those of the rows that belong to it (domain/audit/history-scope.ts), grouped by transaction.
import { staffOnlyLevel } from "@opengsync/domain/access-level";
import type { TrailEvent } from "@opengsync/domain/audit/describe";
import { type HistoryEntity, type HistoryPart, historyScopes } from "@opengsync/domain/audit/history-scope";
import { meaningOfTable } from "@opengsync/domain/audit/vocabulary";
import { type RawBuilder, sql } from "kysely";
import {
	groupLevel,
	libraryLevel,
	poolLevel,
	projectLevel,
	requestLevel,
	sampleLevel,
	userLevel,
	type Viewer,
} from "../access.ts";
import type { Reader } from "../transaction.ts";
import type { EventRecord } from "./audit-events.ts";

/** Who reads a history: staff see everything, clients what {@link historyScopes} opens to them. */
export type HistoryAudience = "staff" | "client";

/** What a history is narrowed to. */
export interface HistoryFilter {
	/** User who acted. */
	readonly actorId?: number;
	/** A column of the object (`status_id`), or a table whose rows belong to it (`comment`). */
	readonly field?: string;
	/** First and last day, `YYYY-MM-DD`, in `timeZone`. */
	readonly from?: string;
	readonly to?: string;
	readonly timeZone: string;
	/** Only what is older than this event: the next page. */
	readonly before?: number;
}

/** An event of a history. */
export interface HistoryEvent extends TrailEvent {
	readonly id: number;
	/** Events of this transaction, table and action; only the first {@link EVENTS_PER_KIND} of them are there. */
	readonly total: number;
}

/** What happened in one transaction. */
export interface HistoryTransaction {
	readonly lastId: number;
	readonly at: Date;
	readonly actorId: number | null;
	readonly impersonatorId: number | null;
	readonly via: string;
	readonly requestId: string | null;
	readonly events: readonly HistoryEvent[];
}

/** A page of a history. */
export interface HistoryPage {
	readonly transactions: readonly HistoryTransaction[];
	/** `before` of the next page; null on the last one. */
	readonly next: number | null;
}

/** Transactions of a page. */
const TRANSACTIONS_PER_PAGE = 20;

/** Rows of one kind that a transaction names one by one. */
const EVENTS_PER_KIND = 10;

const levels: Readonly<Partial<Record<HistoryEntity, (viewer: Viewer, alias: string) => RawBuilder<number>>>> = {
	request: requestLevel,
	project: projectLevel,
	sample: sampleLevel,
	library: libraryLevel,
	pool: poolLevel,
	group: groupLevel,
	user: userLevel,
};

/** An object with the viewer's level to it, for authorizing the reading of its history; staff's objects have no level for clients. */
export async function findHistoryObject(
	reader: Reader,
	viewer: Viewer,
	entity: HistoryEntity,
	id: number,
): Promise<{ readonly id: number; readonly access_level: number } | undefined> {
	const level = levels[entity]?.(viewer, "object") ?? sql<number>`${staffOnlyLevel(viewer)}::integer`;
	const { rows } = await sql<{ id: number; access_level: number }>`
		SELECT object.id, ${level} AS access_level FROM ${sql.table(historyScopes[entity].table)} AS object WHERE object.id = ${id}`.execute(
		reader,
	);
	return rows[0];
}

/** The condition of the index audit_event_parents_idx, word for word. */
const movesAndRemovals = sql`(e.action = 'D' OR (e.action = 'U' AND e.changes ?| '{seq_request_id,project_id,experiment_id,sample_id,library_id,pool_id,lab_prep_id,group_id}'))`;

/** Keys of the rows that belong to the object now, and of those that did. */
function keysOfPart({ table, column, as }: HistoryPart, id: number): RawBuilder<unknown> {
	const key = sql.join(
		(meaningOfTable(table).key ?? ["id"]).map((name) => sql`x.${sql.ref(name)}`),
		sql`, `,
	);
	const isMember = sql.lit(as === "member");
	const name = sql.lit(table);
	return sql`SELECT ${name} AS table_name, concat_ws('/', ${key}) AS row_key, ${isMember} AS is_member, ${sql.lit(column)} AS parent
			FROM ${sql.table(table)} x WHERE x.${sql.ref(column)} = ${id}
		UNION SELECT ${name}, e.row_key, ${isMember}, ${sql.lit(column)} FROM audit_event e
			WHERE ${movesAndRemovals} AND audit_parents(e.changes) @> ARRAY[${`${column}=${id}`}] AND e.table_name = ${name}`;
}

/** Ids of the events that belong to an object. */
function matchingEvents(entity: HistoryEntity, id: number, audience: HistoryAudience): RawBuilder<unknown> {
	const scope = historyScopes[entity];
	const isStaff = audience === "staff";
	const ownColumns = isStaff ? sql`true` : sql`(e.action IN ('I', 'D') OR e.changes ?| ${scope.clientColumns}::text[])`;
	const parts = scope.parts.filter((part) => isStaff || part.forClients);
	const branches: RawBuilder<unknown>[] = [
		sql`SELECT e.id FROM audit_event e WHERE e.table_name = ANY(${[scope.table, ...(scope.twins ?? [])]}) AND e.row_key = ${String(id)} AND ${ownColumns}`,
	];
	if (isStaff) {
		branches.push(sql`SELECT e.id FROM audit_event e WHERE e.action = 'E' AND e.row_key = ${`${scope.table}/${id}`}`);
		for (const { table, columns } of scope.targets ?? []) {
			const keys = sql`(SELECT v.key FROM ${sql.table(scope.table)} x CROSS JOIN LATERAL (VALUES ${sql.join(
				columns.map((column) => sql`(x.${sql.ref(column)}::text)`),
			)}) AS v (key) WHERE x.id = ${id} AND v.key IS NOT NULL)`;
			branches.push(sql`SELECT e.id FROM audit_event e WHERE e.table_name = ${table} AND e.row_key IN ${keys}`);
			branches.push(
				sql`SELECT e.id FROM audit_event e WHERE e.action = 'E' AND e.row_key IN (SELECT ${`${table}/`} || k.key FROM ${keys} AS k (key))`,
			);
		}
	}
	if (parts.length > 0) {
		const keys = sql.join(
			parts.map((part) => keysOfPart(part, id)),
			sql` UNION `,
		);
		branches.push(sql`SELECT e.id FROM (${keys}) AS k JOIN audit_event e ON e.table_name = k.table_name AND e.row_key = k.row_key
			WHERE NOT k.is_member OR (e.action IN ('I', 'D') AND e.changes ->> k.parent = ${String(id)})
				OR (e.action = 'U' AND e.changes ? k.parent AND e.changes -> k.parent @> to_jsonb(${id}::integer))`);
	}
	return sql.join(branches, sql` UNION `);
}

interface HistoryRow extends EventRecord {
	last_id: number;
	total: number;
}

/** A page of the history of an object, newest transaction first. The caller has authorized the reading. */
export async function listHistory(
	reader: Reader,
	object: { readonly entity: HistoryEntity; readonly id: number },
	audience: HistoryAudience,
	filter: HistoryFilter,
): Promise<HistoryPage> {
	const conditions = [sql`true`];
	const { table } = historyScopes[object.entity];
	if (filter.actorId !== undefined) conditions.push(sql`e.actor_id = ${filter.actorId}`);
	if (filter.field !== undefined) {
		conditions.push(
			sql`(e.table_name = ${filter.field} OR (e.table_name = ${table} AND e.action = 'U' AND e.changes ? ${filter.field}))`,
		);
	}
	const midnight = (day: string) => sql`${day}::date::timestamp AT TIME ZONE ${filter.timeZone}`;
	if (filter.from !== undefined) conditions.push(sql`e.occurred_at >= ${midnight(filter.from)}`);
	if (filter.to !== undefined) {
		conditions.push(sql`e.occurred_at < (${filter.to}::date + 1)::timestamp AT TIME ZONE ${filter.timeZone}`);
	}
	const { rows } = await sql<HistoryRow>`
		WITH matching AS MATERIALIZED (
			SELECT e.* FROM audit_event e WHERE e.id IN (${matchingEvents(object.entity, object.id, audience)}) AND ${sql.join(conditions, sql` AND `)}
		), shown AS (
			SELECT transaction_id, occurred_at, max(id) AS last_id FROM matching GROUP BY transaction_id, occurred_at
			HAVING ${filter.before === undefined ? sql`true` : sql`max(id) < ${filter.before}`}
			ORDER BY max(id) DESC LIMIT ${TRANSACTIONS_PER_PAGE + 1}
		), numbered AS (
			SELECT m.*, s.last_id, count(*) OVER kind AS total, row_number() OVER (kind ORDER BY m.id) AS place
			FROM shown s JOIN matching m USING (transaction_id, occurred_at)
			WINDOW kind AS (PARTITION BY s.last_id, m.table_name, m.action)
		)
		SELECT id, last_id, occurred_at, actor_id, impersonator_id, via, request_id, table_name, row_key, action, changes, total::integer AS total
		FROM numbered WHERE place <= ${EVENTS_PER_KIND} ORDER BY last_id DESC, id`.execute(reader);
	const transactions = [...Map.groupBy(rows, (row) => row.last_id)].map(([lastId, group]) => toTransaction(lastId, group));
	const page = transactions.slice(0, TRANSACTIONS_PER_PAGE);
	return { transactions: page, next: transactions.length > page.length ? (page.at(-1)?.lastId ?? null) : null };
}

function toTransaction(lastId: number, rows: readonly HistoryRow[]): HistoryTransaction {
	const [first] = rows;
	return {
		lastId,
		at: first?.occurred_at ?? new Date(0),
		actorId: first?.actor_id ?? null,
		impersonatorId: first?.impersonator_id ?? null,
		via: first?.via ?? "",
		requestId: first?.request_id ?? null,
		events: rows.map(({ id, table_name, row_key, action, changes, total }) => ({
			id,
			table: table_name,
			key: row_key,
			action,
			changes,
			total,
		})),
	};
}

/** A person who acted in a history. */
export interface HistoryPerson {
	readonly id: number;
	readonly name: string;
}

/** Who acted in the history of an object, by name; for its filter. */
export async function listHistoryPeople(
	reader: Reader,
	object: { readonly entity: HistoryEntity; readonly id: number },
): Promise<HistoryPerson[]> {
	const { rows } = await sql<HistoryPerson>`
		SELECT u.id, u.first_name || ' ' || u.last_name AS name FROM lims_user u WHERE u.id IN (
			SELECT e.actor_id FROM audit_event e WHERE e.id IN (${matchingEvents(object.entity, object.id, "staff")}))
		ORDER BY 2, 1`.execute(reader);
	return rows;
}
