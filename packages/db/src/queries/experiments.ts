// Experiments: list; for staff.
import { ExperimentStatus, ExperimentWorkflow, LibraryType } from "@opengsync/domain/catalog";
import { type Selectable, sql } from "kysely";
import { visibleToInsiders } from "../access.ts";
import type { Experiment, SeqRun } from "../database.gen.ts";
import type { ListSpec } from "../list-query.ts";
import {
	enumerationColumn,
	enumerationFilter,
	idColumn,
	libraryTypes,
	ref,
	textColumn,
	userName,
	userSearch,
} from "./list-columns.ts";

const operatorName = userName("experiment.operator_id");
const sequencerName = sql<string>`(select s.name from sequencer as s where s.id = experiment.sequencer_id)`;
const numSeqRequests = sql<number>`(select count(distinct l.seq_request_id) from library as l where l.experiment_id = experiment.id)`;

/** A pool as a badge of an experiment. */
export interface ExperimentPool {
	id: number;
	name: string;
	/** Catalog poolType. */
	type_id: number;
}

/** A row of the list of experiments. */
export interface ExperimentRow extends Selectable<Experiment> {
	operator_name: string;
	sequencer_name: string;
	num_seq_requests: number;
	pools: ExperimentPool[];
	library_type_ids: number[];
	/** Cycles of the run of the same name, to be compared with its own; null without run. */
	run_cycles: Pick<Selectable<SeqRun>, "r1_cycles" | "i1_cycles" | "i2_cycles" | "r2_cycles"> | null;
}

export type ExperimentColumn =
	| "id"
	| "name"
	| "operator"
	| "status"
	| "workflow"
	| "library_types"
	| "sequencer"
	| "created"
	| "finished"
	| "num_seq_requests";
export type ExperimentScope = "project_id" | "seq_request_id";

const id = ref<number>("experiment.id");

/** Experiments. */
export const experimentList: ListSpec<ExperimentRow, ExperimentColumn, ExperimentScope> = {
	table: "experiment",
	id,
	columns: {
		id: idColumn(id),
		name: textColumn("experiment.name"),
		operator: { sort: operatorName, search: userSearch("experiment.operator_id") },
		status: enumerationColumn(ExperimentStatus, "experiment.status_id"),
		workflow: enumerationColumn(ExperimentWorkflow, "experiment.workflow_id"),
		library_types: {
			filter: enumerationFilter(
				LibraryType,
				(ids) =>
					sql<boolean>`exists (select from library as l where l.experiment_id = experiment.id and l.type_id = any(${ids}::integer[]))`,
			),
		},
		sequencer: { sort: sequencerName },
		created: { sort: ref("experiment.timestamp_created_utc") },
		finished: { sort: ref("experiment.timestamp_finished_utc") },
		num_seq_requests: { sort: numSeqRequests },
	},
	scopes: {
		project_id: (project) => sql<boolean>`experiment.id in (
			select l.experiment_id from sample as s join sample_library_link as x on x.sample_id = s.id join library as l on l.id = x.library_id
			where s.project_id = ${project})`,
		seq_request_id: (request) =>
			sql<boolean>`experiment.id in (select l.experiment_id from library as l where l.seq_request_id = ${request})`,
	},
	visible: visibleToInsiders,
	defaultSort: { column: "id", order: "desc" },
	load: (db, ids) =>
		db
			.selectFrom("experiment")
			.selectAll()
			.select([
				operatorName.as("operator_name"),
				sequencerName.as("sequencer_name"),
				numSeqRequests.as("num_seq_requests"),
				sql<ExperimentPool[]>`coalesce((
					select json_agg(json_build_object('id', p.id, 'name', p.name, 'type_id', p.type_id) order by p.id)
					from pool as p where p.experiment_id = experiment.id), '[]')`.as("pools"),
				libraryTypes(sql`l.experiment_id = experiment.id`).as("library_type_ids"),
				sql<ExperimentRow["run_cycles"]>`(
					select json_build_object('r1_cycles', r.r1_cycles, 'i1_cycles', r.i1_cycles, 'i2_cycles', r.i2_cycles, 'r2_cycles', r.r2_cycles)
					from seq_run as r where r.experiment_name = experiment.name)`.as("run_cycles"),
			])
			.where("id", "in", ids)
			.execute(),
};
