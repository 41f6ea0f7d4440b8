import {
	type CatalogMember,
	ExperimentStatus,
	LibraryStatus,
	PoolStatus,
	ProjectStatus,
	RunStatus,
	SampleStatus,
	SeqRequestStatus,
	SubmissionType,
} from "@opengsync/domain/catalog";
import type { StatusEntity } from "@opengsync/domain/transitions";
import { type RawBuilder, sql } from "kysely";
import { idList, idsBelow } from "../shared/status-lists.ts";
import { isDemultiplexed } from "./demultiplexed.ts";

/** A rule of the status engine: what must hold for the job's transitions of an entity to this status. */
export interface StatusRule {
	/** Of the table in background-and-ops.md §3.1; rule 2 has two targets. */
	readonly number: number;
	readonly entity: Extract<StatusEntity, "experiment" | "library" | "sample" | "pool" | "request" | "project">;
	readonly to: CatalogMember;
	/** Over the row `t`. */
	readonly condition: RawBuilder<unknown>;
	/** Further columns to set. */
	readonly also?: RawBuilder<unknown>;
}

const runIs = (status: CatalogMember) =>
	sql`EXISTS (SELECT 1 FROM seq_run r WHERE r.experiment_name = t.name AND r.status_id = ${sql.lit(status.id)})`;
const experimentDone = sql`EXISTS (SELECT 1 FROM experiment e WHERE e.id = t.experiment_id AND e.status_id IN (${idList([
	ExperimentStatus.SEQUENCED,
	ExperimentStatus.DEMULTIPLEXED,
	ExperimentStatus.ARCHIVED,
])}))`;
const sequencedKinds = idList([LibraryStatus.SEQUENCED, LibraryStatus.SHARED, LibraryStatus.ARCHIVED]);
const belowSequenced = idsBelow(LibraryStatus, LibraryStatus.SEQUENCED);

/** The rules in their order; each works on the state that the ones before left. */
export function listStatusRules(now: Date): StatusRule[] {
	return [...experimentRules(now), ...materialRules, ...requestRules(now)];
}

function experimentRules(now: Date): StatusRule[] {
	const entity = "experiment";
	const also = sql`timestamp_finished_utc = COALESCE(t.timestamp_finished_utc,
		(SELECT (r.timestamps->>'completed')::timestamptz FROM seq_run r WHERE r.experiment_name = t.name), ${now})`;
	const isFinished = runIs(RunStatus.FINISHED);
	const allRead = sql`${isFinished} AND ${isDemultiplexed(sql.ref("t.id"))}`;
	return [
		{ number: 1, entity, to: ExperimentStatus.SEQUENCING, condition: runIs(RunStatus.RUNNING) },
		{ number: 2, entity, to: ExperimentStatus.DEMULTIPLEXED, condition: allRead, also },
		{ number: 2, entity, to: ExperimentStatus.SEQUENCED, condition: isFinished, also },
		{ number: 3, entity, to: ExperimentStatus.ARCHIVED, condition: runIs(RunStatus.ARCHIVED), also },
		{ number: 4, entity, to: ExperimentStatus.FAILED, condition: runIs(RunStatus.FAILED) },
	];
}

const materialRules: readonly StatusRule[] = [
	{ number: 5, entity: "library", to: LibraryStatus.SEQUENCED, condition: experimentDone },
	{
		number: 6,
		entity: "sample",
		to: SampleStatus.STORED,
		condition: sql`EXISTS (SELECT 1 FROM sample_library_link k JOIN library l ON l.id = k.library_id
				WHERE k.sample_id = t.id AND l.status_id NOT IN (${idList([LibraryStatus.REJECTED, LibraryStatus.REMOVED])}))
			AND NOT EXISTS (SELECT 1 FROM sample_library_link k JOIN library l ON l.id = k.library_id
				JOIN seq_request q ON q.id = l.seq_request_id
				WHERE k.sample_id = t.id AND (l.status_id IN (${idsBelow(LibraryStatus, LibraryStatus.STORED)})
					OR q.submission_type_id = ${sql.lit(SubmissionType.QC_ONLY.id)}))`,
	},
	{ number: 7, entity: "pool", to: PoolStatus.SEQUENCED, condition: experimentDone },
];

const inRequest = (condition: RawBuilder<unknown>) =>
	sql`EXISTS (SELECT 1 FROM library l WHERE l.seq_request_id = t.id AND ${condition})`;
const inProject = (condition: RawBuilder<unknown>) =>
	sql`EXISTS (SELECT 1 FROM sample s JOIN sample_library_link k ON k.sample_id = s.id JOIN library l ON l.id = k.library_id
		WHERE s.project_id = t.id AND ${condition})`;

function requestRules(now: Date): StatusRule[] {
	const entity = "request";
	const notQcOnly = sql`t.submission_type_id <> ${sql.lit(SubmissionType.QC_ONLY.id)}`;
	const belowStored = idsBelow(PoolStatus, PoolStatus.STORED);
	return [
		{
			number: 8,
			entity,
			to: SeqRequestStatus.SAMPLES_RECEIVED,
			condition: sql`${notQcOnly}
				AND ${inRequest(sql`EXISTS (SELECT 1 FROM sample_library_link k WHERE k.library_id = l.id)`)}
				AND NOT ${inRequest(sql`EXISTS (SELECT 1 FROM sample_library_link k JOIN sample s ON s.id = k.sample_id
					WHERE k.library_id = l.id AND s.status_id IN (${idsBelow(SampleStatus, SampleStatus.STORED)}))`)}
				AND NOT ${inRequest(sql`EXISTS (SELECT 1 FROM pool p WHERE p.id = l.pool_id AND p.status_id IN (${belowStored}))`)}`,
		},
		{
			number: 9,
			entity,
			to: SeqRequestStatus.PREPARED,
			condition: sql`${notQcOnly} AND ${inRequest(sql`l.status_id = ${sql.lit(LibraryStatus.POOLED.id)}`)}
				AND NOT ${inRequest(sql`l.status_id IN (${idsBelow(LibraryStatus, LibraryStatus.POOLED)})`)}`,
		},
		{
			number: 10,
			entity,
			to: SeqRequestStatus.DATA_PROCESSING,
			condition: sql`${notQcOnly} AND ${inRequest(sql`l.status_id IN (${sequencedKinds})`)}
				AND NOT ${inRequest(sql`l.status_id IN (${belowSequenced})`)}`,
		},
		{
			number: 11,
			entity: "project",
			to: ProjectStatus.SEQUENCED,
			condition: sql`${inProject(sql`l.status_id IN (${sequencedKinds})`)} AND NOT ${inProject(sql`l.status_id IN (${belowSequenced})`)}`,
		},
		{
			number: 12,
			entity,
			to: SeqRequestStatus.FINISHED,
			condition: sql`${notQcOnly} AND ${inRequest(sql`true`)}
				AND NOT ${inRequest(sql`l.status_id IN (${idsBelow(LibraryStatus, LibraryStatus.SHARED)})`)}`,
			also: sql`timestamp_finished_utc = ${now}`,
		},
	];
}
