import type { Tx } from "@opengsync/db/transaction";
import type { CatalogMember, Enumeration } from "@opengsync/domain/catalog";
import {
	ExperimentStatus,
	findMember,
	isBelow,
	LibraryStatus,
	membersOf,
	PoolStatus,
	ProjectStatus,
	RunStatus,
	SampleStatus,
	SeqRequestStatus,
	SubmissionType,
} from "@opengsync/domain/catalog";
import { type RawBuilder, sql } from "kysely";
import { isDemultiplexed } from "./demultiplexed.ts";

/** One change that the engine made: `<entity> <id>: <old status> -> <new status>`. */
export interface StatusChange {
	readonly rule: number;
	readonly entity: "experiment" | "library" | "sample" | "pool" | "seq_request" | "project";
	readonly id: number;
	readonly from: string;
	readonly to: string;
}

interface Rule {
	readonly number: number;
	readonly entity: StatusChange["entity"];
	readonly statuses: Enumeration;
	readonly from: readonly CatalogMember[];
	/** Over the row `t`. */
	readonly condition: RawBuilder<unknown>;
	readonly to: CatalogMember;
	/** Further columns to set. */
	readonly also?: RawBuilder<unknown>;
}

const ids = (members: readonly CatalogMember[]) => sql.join(members.map((member) => sql.lit(member.id)));
const idsBelow = (statuses: Enumeration, limit: CatalogMember) =>
	ids(membersOf(statuses).filter((member) => isBelow(member, limit)));

const notStarted = [ExperimentStatus.DRAFT, ExperimentStatus.LOADED] as const;
const notFinished = [...notStarted, ExperimentStatus.SEQUENCING] as const;
const runIs = (status: CatalogMember) =>
	sql`EXISTS (SELECT 1 FROM seq_run r WHERE r.experiment_name = t.name AND r.status_id = ${sql.lit(status.id)})`;
const finishedTime = (now: Date) => sql`timestamp_finished_utc = COALESCE(t.timestamp_finished_utc,
	(SELECT (r.timestamps->>'completed')::timestamptz FROM seq_run r WHERE r.experiment_name = t.name), ${now})`;

const experimentDone = sql`EXISTS (SELECT 1 FROM experiment e WHERE e.id = t.experiment_id AND e.status_id IN (${ids([
	ExperimentStatus.SEQUENCED,
	ExperimentStatus.DEMULTIPLEXED,
	ExperimentStatus.ARCHIVED,
])}))`;
const notQcOnly = sql`t.submission_type_id <> ${sql.lit(SubmissionType.QC_ONLY.id)}`;
const sequencedKinds = ids([LibraryStatus.SEQUENCED, LibraryStatus.SHARED, LibraryStatus.ARCHIVED]);
const belowSequenced = idsBelow(LibraryStatus, LibraryStatus.SEQUENCED);

/** The rules of background-and-ops.md §3.1 in their order; each works on the state that the ones before left. */
function rules(now: Date): Rule[] {
	const { DRAFT, SUBMITTED, ACCEPTED, PREPARING, STORED, POOLED } = LibraryStatus;
	const experiment = { entity: "experiment", statuses: ExperimentStatus } as const;
	const request = { entity: "seq_request", statuses: SeqRequestStatus } as const;
	const inRequest = (condition: RawBuilder<unknown>) =>
		sql`EXISTS (SELECT 1 FROM library l WHERE l.seq_request_id = t.id AND ${condition})`;
	const inProject = (condition: RawBuilder<unknown>) =>
		sql`EXISTS (SELECT 1 FROM sample s JOIN sample_library_link k ON k.sample_id = s.id JOIN library l ON l.id = k.library_id
			WHERE s.project_id = t.id AND ${condition})`;
	return [
		{ ...experiment, number: 1, from: notStarted, condition: runIs(RunStatus.RUNNING), to: ExperimentStatus.SEQUENCING },
		{
			...experiment,
			number: 2,
			from: notFinished,
			condition: sql`${runIs(RunStatus.FINISHED)} AND ${isDemultiplexed(sql.ref("t.id"))}`,
			to: ExperimentStatus.DEMULTIPLEXED,
			also: finishedTime(now),
		},
		{
			...experiment,
			number: 2,
			from: notFinished,
			condition: runIs(RunStatus.FINISHED),
			to: ExperimentStatus.SEQUENCED,
			also: finishedTime(now),
		},
		{
			...experiment,
			number: 3,
			from: notFinished,
			condition: runIs(RunStatus.ARCHIVED),
			to: ExperimentStatus.ARCHIVED,
			also: finishedTime(now),
		},
		{ ...experiment, number: 4, from: notFinished, condition: runIs(RunStatus.FAILED), to: ExperimentStatus.FAILED },
		{
			number: 5,
			entity: "library",
			statuses: LibraryStatus,
			from: [DRAFT, SUBMITTED, ACCEPTED, PREPARING, STORED, POOLED],
			condition: experimentDone,
			to: LibraryStatus.SEQUENCED,
		},
		{
			number: 6,
			entity: "sample",
			statuses: SampleStatus,
			from: [SampleStatus.WAITING_DELIVERY],
			condition: sql`EXISTS (SELECT 1 FROM sample_library_link k JOIN library l ON l.id = k.library_id
					WHERE k.sample_id = t.id AND l.status_id NOT IN (${ids([LibraryStatus.REJECTED, LibraryStatus.REMOVED])}))
				AND NOT EXISTS (SELECT 1 FROM sample_library_link k JOIN library l ON l.id = k.library_id
					JOIN seq_request q ON q.id = l.seq_request_id
					WHERE k.sample_id = t.id AND (l.status_id IN (${idsBelow(LibraryStatus, STORED)})
						OR q.submission_type_id = ${sql.lit(SubmissionType.QC_ONLY.id)}))`,
			to: SampleStatus.STORED,
		},
		{
			number: 7,
			entity: "pool",
			statuses: PoolStatus,
			from: [PoolStatus.DRAFT, PoolStatus.SUBMITTED, PoolStatus.ACCEPTED, PoolStatus.STORED],
			condition: experimentDone,
			to: PoolStatus.SEQUENCED,
		},
		{
			...request,
			number: 8,
			from: [SeqRequestStatus.ACCEPTED],
			condition: sql`${notQcOnly}
				AND ${inRequest(sql`EXISTS (SELECT 1 FROM sample_library_link k WHERE k.library_id = l.id)`)}
				AND NOT ${inRequest(sql`EXISTS (SELECT 1 FROM sample_library_link k JOIN sample s ON s.id = k.sample_id
					WHERE k.library_id = l.id AND s.status_id IN (${idsBelow(SampleStatus, SampleStatus.STORED)}))`)}
				AND NOT ${inRequest(sql`EXISTS (SELECT 1 FROM pool p WHERE p.id = l.pool_id AND p.status_id IN (${idsBelow(PoolStatus, PoolStatus.STORED)}))`)}`,
			to: SeqRequestStatus.SAMPLES_RECEIVED,
		},
		{
			...request,
			number: 9,
			from: [SeqRequestStatus.SAMPLES_RECEIVED],
			condition: sql`${notQcOnly} AND ${inRequest(sql`l.status_id = ${sql.lit(POOLED.id)}`)}
				AND NOT ${inRequest(sql`l.status_id IN (${idsBelow(LibraryStatus, POOLED)})`)}`,
			to: SeqRequestStatus.PREPARED,
		},
		{
			...request,
			number: 10,
			from: [SeqRequestStatus.ACCEPTED, SeqRequestStatus.SAMPLES_RECEIVED, SeqRequestStatus.PREPARED],
			condition: sql`${notQcOnly} AND ${inRequest(sql`l.status_id IN (${sequencedKinds})`)}
				AND NOT ${inRequest(sql`l.status_id IN (${belowSequenced})`)}`,
			to: SeqRequestStatus.DATA_PROCESSING,
		},
		{
			number: 11,
			entity: "project",
			statuses: ProjectStatus,
			from: [ProjectStatus.PROCESSING],
			condition: sql`${inProject(sql`l.status_id IN (${sequencedKinds})`)} AND NOT ${inProject(sql`l.status_id IN (${belowSequenced})`)}`,
			to: ProjectStatus.SEQUENCED,
		},
		{
			...request,
			number: 12,
			from: [SeqRequestStatus.DATA_PROCESSING],
			condition: sql`${notQcOnly} AND ${inRequest(sql`true`)}
				AND NOT ${inRequest(sql`l.status_id IN (${idsBelow(LibraryStatus, LibraryStatus.SHARED)})`)}`,
			to: SeqRequestStatus.FINISHED,
			also: sql`timestamp_finished_utc = ${now}`,
		},
	];
}

/**
 * Moves statuses forward along background-and-ops.md §3.1, as set-based updates: the work does not grow with archived data, and a
 * second run without a change outside changes nothing.
 */
export async function runStatusEngine(tx: Tx, now: Date): Promise<StatusChange[]> {
	const changes: StatusChange[] = [];
	for (const rule of rules(now)) changes.push(...(await applyRule(tx, rule)));
	return changes;
}

async function applyRule(tx: Tx, rule: Rule): Promise<StatusChange[]> {
	const table = sql.table(rule.entity);
	const { rows } = await sql<{ id: number; from_id: number }>`
		UPDATE ${table} AS u SET status_id = ${rule.to.id}${rule.also ? sql`, ${rule.also}` : sql``}
		FROM ${table} AS t
		WHERE u.id = t.id AND t.status_id IN (${ids(rule.from)}) AND ${rule.condition}
		RETURNING u.id, t.status_id AS from_id`.execute(tx);
	return rows.map((row) => ({
		rule: rule.number,
		entity: rule.entity,
		id: row.id,
		from: findMember(rule.statuses, row.from_id)?.key ?? String(row.from_id),
		to: rule.to.key,
	}));
}
