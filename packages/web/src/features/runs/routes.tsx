import { NotFoundError } from "@opengsync/core/errors";
import { findRunPage, type RunPageRow } from "@opengsync/db/queries/run-page";
import { runList } from "@opengsync/db/queries/runs";
import { memberById, ReadType, RunStatus } from "@opengsync/domain/catalog";
import { Card, Metadata, ObjectLink, Tabs, Time } from "../../components/parts.tsx";
import { StatusBadge } from "../../components/status.tsx";
import { listRoutes } from "../../framework/list-routes.tsx";
import { insider } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { historyTab } from "../history/addresses.ts";
import { Quantities } from "./quantities.tsx";
import { runCycles, runsTable } from "./tables.tsx";
import { runTime } from "./timestamps.ts";

function RunMetadata({ run }: { run: RunPageRow }) {
	const href = run.experiment_id === null ? null : `/experiments/${run.experiment_id}/`;
	return (
		<Card>
			<Metadata
				items={[
					{
						label: "Experiment",
						value: (
							<ObjectLink href={href} from={{ page: "seq_run", id: run.id }}>
								{run.experiment_name}
							</ObjectLink>
						),
					},
					{ label: "Status", value: <StatusBadge status={memberById(RunStatus, run.status_id)} /> },
					{ label: "Instrument", value: run.instrument_name, mono: true },
					{ label: "Run folder", value: run.run_folder, copy: run.run_folder, mono: true },
					{ label: "Flow cell ID", value: run.flowcell_id, copy: run.flowcell_id, mono: true },
					{ label: "Flow cell mode", value: run.flowcell_mode },
					{ label: "Side", value: run.side },
					{ label: "Read type", value: memberById(ReadType, run.read_type_id).label },
					{ label: "Cycles (R1-I1-I2-R2)", value: runCycles(run), mono: true },
					{ label: "RTA version", value: run.rta_version },
					{ label: "Recipe version", value: run.recipe_version },
					{ label: "Started", value: <Time at={runTime(run.timestamps, "started")} seconds /> },
					{ label: "Completed", value: <Time at={runTime(run.timestamps, "completed")} seconds /> },
					{ label: "Folder missing since", value: <Time at={runTime(run.timestamps, "missing_since")} seconds /> },
					{ label: "Metrics read", value: <Time at={run.metrics_read_at} seconds /> },
				]}
			/>
		</Card>
	);
}

const runPage = defineRoute({
	method: "GET",
	path: "/seq_runs/:id/",
	kind: "page",
	policy: insider,
	summary: "Page of a run",
	params: withId,
	handler: async (exchange) => {
		const run = await findRunPage(exchange.db, exchange.params.id);
		if (!run) throw new NotFoundError("This run");
		const tabs = [
			{ key: "metadata", title: "Metadata", content: <RunMetadata run={run} /> },
			{
				key: "stats",
				title: "Stats",
				content: (
					<Card>
						<Quantities quantities={run.quantities} />
					</Card>
				),
			},
		];
		return exchange.page(
			{
				title: run.experiment_name,
				subtitle: run.run_folder,
				active: "runs",
				breadcrumbs: [{ label: "Runs", href: "/seq_runs/" }, { label: run.experiment_name }],
				status: <StatusBadge status={memberById(RunStatus, run.status_id)} />,
			},
			<Tabs tabs={[...tabs, historyTab("run", run.id)]} />,
		);
	},
});

/** Runs: list and page. */
export const runRoutes: readonly Route[] = [
	...listRoutes({
		path: "/seq_runs/",
		policy: insider,
		title: "Runs",
		active: "runs",
		summary: "Runs",
		list: runsTable,
		spec: runList,
	}),
	runPage,
];
