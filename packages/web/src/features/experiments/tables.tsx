import type { ExperimentLaneRow } from "@opengsync/db/queries/experiment-page";
import type { ExperimentRow } from "@opengsync/db/queries/experiments";
import type { LibraryRow } from "@opengsync/db/queries/libraries";
import { ExperimentStatus, ExperimentWorkflow, PoolType } from "@opengsync/domain/catalog";
import { doCyclesMatch } from "@opengsync/domain/lanes";
import { LinkButton } from "../../components/button.tsx";
import { idColumn, memberColumn, statusColumn } from "../../components/list-columns.tsx";
import { ObjectLink, Time } from "../../components/parts.tsx";
import { Badge, Mark } from "../../components/status.tsx";
import { defineList } from "../../framework/list.ts";
import { filteredLibraryTypesColumn } from "../libraries/library-cells.tsx";
import { libraryColumns, libraryPoolColumn } from "../pools/tables.tsx";
import { cyclesOf } from "./facts.ts";

/** Leads to the form of a new experiment. */
export function NewExperimentButton() {
	return (
		<LinkButton href="/experiments/new/" look="primary" icon="plus">
			New experiment
		</LinkButton>
	);
}

const poolTypeAbbreviations: Readonly<Record<number, string>> = {
	[PoolType.INTERNAL.id]: "Int.",
	[PoolType.EXTERNAL.id]: "Ext.",
	[PoolType.CUSTOM.id]: "Cstm.",
};

function differsFromRun(row: ExperimentRow): boolean {
	return doCyclesMatch(cyclesOf(row), row.run_cycles ? cyclesOf(row.run_cycles) : null) === false;
}

/** The table of experiments: access-and-web.md §11.2. */
export const experimentsTable = defineList<ExperimentRow>({
	name: "experiments",
	empty: {
		title: "No experiments yet",
		hint: "An experiment is one flow cell, planned and run.",
		action: <NewExperimentButton />,
	},
	columns: [
		idColumn((row) => `/experiments/${row.id}/`),
		{
			key: "name",
			title: "Name",
			sort: true,
			search: true,
			cell: (row) => (
				<>
					<ObjectLink href={`/experiments/${row.id}/`}>{row.name}</ObjectLink>
					{differsFromRun(row) && (
						<span data-tooltip="cycles differ from the run">
							<Mark good={false}>
								<span class="visually-hidden">cycles differ from the run</span>
							</Mark>
						</span>
					)}
				</>
			),
			text: (row) => row.name,
		},
		statusColumn(ExperimentStatus),
		{
			key: "pools",
			title: "Pools",
			cell: (row) =>
				row.pools.map((pool) => (
					<div class="text-nowrap">
						<ObjectLink href={`/pools/${pool.id}/`} from={{ page: "experiment", id: row.id }}>
							{pool.name}
						</ObjectLink>{" "}
						<Badge>{poolTypeAbbreviations[pool.type_id]}</Badge>
					</div>
				)),
			text: (row) => row.pools.map((pool) => pool.name).join(" "),
		},
		filteredLibraryTypesColumn,
		{
			key: "operator",
			title: "Operator",
			sort: true,
			search: true,
			cell: (row) => row.operator_name,
			text: (row) => row.operator_name,
		},
		{
			key: "created",
			title: "Created",
			sort: true,
			cell: (row) => <Time at={row.timestamp_created_utc} />,
			text: (row) => row.timestamp_created_utc.toISOString(),
		},
		memberColumn({ key: "workflow", title: "Workflow", sort: true }, ExperimentWorkflow, (row) => row.workflow_id),
	],
});

/** Libraries of an experiment with the lanes of their pools. */
export function experimentLibraries(lanes: readonly ExperimentLaneRow[]) {
	const lanesOf = (row: LibraryRow) =>
		lanes.filter((lane) => lane.links.some((link) => link.pool_id === row.pool_id)).map((lane) => lane.number);
	return defineList<LibraryRow>({
		name: "experiment-libraries",
		empty: { title: "No libraries yet", hint: "They come with the pools." },
		columns: [
			...libraryColumns,
			libraryPoolColumn,
			{
				key: "lanes",
				title: "Lanes",
				cell: (row) => lanesOf(row).map((number) => <Badge>{number}</Badge>),
				text: (row) => lanesOf(row).join(" "),
			},
		],
	});
}
