import type { RunDetails } from "@opengsync/db/queries/runs";
import { RunStatus } from "@opengsync/domain/catalog";
import { readConfiguration } from "@opengsync/domain/identifiers";
import { idColumn, statusColumn } from "../../components/list-columns.tsx";
import { CopyButton, ObjectLink, Time } from "../../components/parts.tsx";
import { defineList } from "../../framework/list.ts";
import { runTime } from "./timestamps.ts";

/** Cycles of a run, `101-10-10-101`, 0 for none. */
export function runCycles(run: Pick<RunDetails, "r1_cycles" | "i1_cycles" | "i2_cycles" | "r2_cycles">): string {
	const cycles = { r1Cycles: run.r1_cycles, i1Cycles: run.i1_cycles, i2Cycles: run.i2_cycles, r2Cycles: run.r2_cycles };
	return readConfiguration(cycles, "0");
}

/** The table of runs: access-and-web.md §11.2. */
export const runsTable = defineList<RunDetails>({
	name: "runs",
	empty: { title: "No runs yet", hint: "Runs appear when the scan finds their folders." },
	columns: [
		idColumn((row) => `/seq_runs/${row.id}/`),
		{
			key: "experiment",
			title: "Experiment",
			sort: true,
			search: true,
			cell: (row) => <ObjectLink href={`/seq_runs/${row.id}/`}>{row.experiment_name}</ObjectLink>,
			text: (row) => row.experiment_name,
		},
		statusColumn(RunStatus),
		{ key: "cycles", title: "Cycles", mono: true, cell: (row) => runCycles(row), text: (row) => runCycles(row) },
		{
			key: "flowcell_id",
			title: "Flow cell ID",
			search: true,
			mono: true,
			cell: (row) => (
				<>
					{row.flowcell_id} <CopyButton text={row.flowcell_id} label="Copy Flow Cell ID" />
				</>
			),
			text: (row) => row.flowcell_id,
		},
		{
			key: "run_folder",
			title: "Run folder",
			search: true,
			mono: true,
			cell: (row) => (
				<>
					{row.run_folder} <CopyButton text={row.run_folder} label="Copy Run Folder" />
				</>
			),
			text: (row) => row.run_folder,
		},
		{
			key: "started",
			title: "Started",
			cell: (row) => <Time at={runTime(row.timestamps, "started")} />,
			text: (row) => runTime(row.timestamps, "started")?.toISOString() ?? "",
		},
		{
			key: "completed",
			title: "Completed",
			cell: (row) => <Time at={runTime(row.timestamps, "completed")} />,
			text: (row) => runTime(row.timestamps, "completed")?.toISOString() ?? "",
		},
	],
});
