// Runs: list; for staff.
import { ExperimentStatus, ReadType, RunStatus } from "@opengsync/domain/catalog";
import { type Selectable, sql } from "kysely";
import { visibleToInsiders } from "../access.ts";
import type { SeqRun } from "../database.gen.ts";
import type { ListSpec } from "../list-query.ts";
import { enumerationColumn, enumerationFilter, idColumn, ref, textColumn } from "./list-columns.ts";

/** A run and the experiment of the same name, if there is one. */
export interface RunDetails extends Selectable<SeqRun> {
	experiment_id: number | null;
}

export type RunColumn = "id" | "experiment" | "status" | "experiment_status" | "read_type" | "run_folder" | "flowcell_id";

const id = ref<number>("seq_run.id");

/** Runs. */
export const runList: ListSpec<RunDetails, RunColumn, never> = {
	table: "seq_run",
	id,
	columns: {
		id: idColumn(id),
		experiment: textColumn("seq_run.experiment_name"),
		status: enumerationColumn(RunStatus, "seq_run.status_id"),
		experiment_status: {
			filter: enumerationFilter(
				ExperimentStatus,
				(ids) =>
					sql<boolean>`seq_run.experiment_name in (select e.name from experiment as e where e.status_id = any(${ids}::integer[]))`,
			),
		},
		read_type: enumerationColumn(ReadType, "seq_run.read_type_id"),
		run_folder: textColumn("seq_run.run_folder"),
		flowcell_id: { search: { kind: "exact", value: ref("seq_run.flowcell_id") } },
	},
	scopes: {},
	visible: visibleToInsiders,
	defaultSort: { column: "id", order: "desc" },
	load: (db, ids) =>
		db
			.selectFrom("seq_run")
			.leftJoin("experiment", "experiment.name", "seq_run.experiment_name")
			.selectAll("seq_run")
			.select("experiment.id as experiment_id")
			.where("seq_run.id", "in", ids)
			.execute(),
};
