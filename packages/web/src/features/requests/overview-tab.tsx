import type { DataPathRow } from "@opengsync/db/queries/data-paths";
import type { RequestFlowDbRow } from "@opengsync/db/queries/request-tabs";
import { AccessType } from "@opengsync/domain/catalog";
import { isPoolLinked } from "@opengsync/domain/pool-actions";
import { type RequestFlowRow, requestFlow } from "@opengsync/domain/request-flow";
import { FlowDiagram } from "../../components/flow-diagram.tsx";
import { Card, EmptyState } from "../../components/parts.tsx";
import { DataPathTable } from "../files/data-path-table.tsx";

const linkOf = (level: number, address: string) => (level >= AccessType.VIEW.id ? address : null);

function toFlowRow(row: RequestFlowDbRow, isInsider: boolean): RequestFlowRow {
	const { sample_id, sample_name, project_id, project_label, pool_id, pool_name, pool_type_id } = row;
	return {
		library: { id: row.library_id, typeId: row.type_id },
		sample:
			sample_id === null
				? null
				: { id: sample_id, name: sample_name ?? "", href: linkOf(row.sample_level, `/samples/${sample_id}/`) },
		project:
			project_id === null
				? null
				: { id: project_id, label: project_label ?? "", href: linkOf(row.project_level, `/projects/${project_id}/`) },
		pool:
			pool_id === null
				? null
				: { id: pool_id, name: pool_name ?? "", href: isPoolLinked(isInsider, pool_type_id) ? `/pools/${pool_id}/` : null },
	};
}

/** What the overview shows. */
interface RequestOverviewProps {
	readonly rows: readonly RequestFlowDbRow[];
	readonly submissionTypeId: number;
	readonly isInsider: boolean;
}

/** Tab *Overview*: the diagram from projects to pools. */
export function RequestOverview({ rows, submissionTypeId, isInsider }: RequestOverviewProps) {
	if (rows.length === 0)
		return <EmptyState icon="git-branch" title="Nothing to draw yet" hint="Samples and libraries appear here." />;
	return (
		<Card title="From samples to pools">
			<FlowDiagram
				flow={requestFlow(
					rows.map((row) => toFlowRow(row, isInsider)),
					submissionTypeId,
				)}
			/>
		</Card>
	);
}

/** Tab *Data*: files and folders of the share that belong to the request. */
export function RequestData({ paths }: { paths: readonly DataPathRow[] }) {
	if (paths.length === 0) {
		const hint = "Data are usually delivered per project: open the project in the tab Projects and look at its tab Data.";
		return <EmptyState icon="folder" title="No data of this request alone" hint={hint} />;
	}
	return (
		<Card title="Data paths" padded={false}>
			<DataPathTable paths={paths} />
		</Card>
	);
}
