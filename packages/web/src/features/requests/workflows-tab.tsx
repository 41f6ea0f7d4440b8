import type { RequestPageRow } from "@opengsync/db/queries/request-page";
import type { RequestRunRow } from "@opengsync/db/queries/request-tabs";
import { annotationWorkflow } from "@opengsync/domain/annotation/workflow";
import { indexCheckWorkflow } from "@opengsync/domain/index-check/steps";
import { reindexWorkflow } from "@opengsync/domain/reindex/workflow";
import { ActionButton, LinkButton } from "../../components/button.tsx";
import { Card, EmptyState, Time } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";

/** Workflows about a request: what they are called, and the last part of their address. */
const workflows = [
	{ workflow: annotationWorkflow, title: "Add samples", path: "annotation" },
	{ workflow: reindexWorkflow, title: "Re-index", path: "reindex" },
	{ workflow: indexCheckWorkflow, title: "Index check", path: "index_check" },
] as const;

/** Tab *Workflows*: unfinished runs, whose they are and when they were changed, to continue or to take over (extensions.md §9). */
export function RequestWorkflows(props: { request: RequestPageRow; runs: readonly RequestRunRow[]; viewerId: number }) {
	const { request, runs, viewerId } = props;
	if (runs.length === 0) {
		return (
			<EmptyState
				icon="progress-check"
				title="Nothing is unfinished"
				hint="Begun workflows wait here until they are completed."
			/>
		);
	}
	return (
		<Card title="Unfinished" padded={false}>
			<SimpleTable titles={["Workflow", "Step", "By", "Begun", "Last changed"]} actions>
				{runs.map((run) => (
					<RunRow request={request} run={run} isOwn={run.user_id === viewerId} />
				))}
			</SimpleTable>
		</Card>
	);
}

function RunRow({ request, run, isOwn }: { request: RequestPageRow; run: RequestRunRow; isOwn: boolean }) {
	const known = workflows.find(({ workflow }) => workflow.name === run.workflow);
	const steps: readonly { readonly name: string; readonly title: string }[] = known?.workflow.steps ?? [];
	const url = known ? `/seq_requests/${request.id}/${known.path}/${run.uuid}/` : null;
	return (
		<tr>
			<td>{known?.title ?? run.workflow}</td>
			<td>{steps.find((step) => step.name === run.step)?.title ?? run.step}</td>
			<td>{isOwn ? "you" : run.user_name}</td>
			<td>
				<Time at={run.created_utc} />
			</td>
			<td>
				<Time at={run.changed_utc} />
			</td>
			<td class="text-end">
				{url && isOwn && (
					<LinkButton href={url} small icon="player-play" look="primary">
						Continue
					</LinkButton>
				)}
				{url && !isOwn && (
					<ActionButton
						action={`${url}take-over/`}
						values={{ owner_id: run.user_id }}
						small
						confirm={{
							title: `Take over from ${run.user_name}?`,
							text: "You continue with everything that was entered. Your colleague is told and can only look on.",
							yes: "Take over",
						}}
					>
						Take over
					</ActionButton>
				)}
			</td>
		</tr>
	);
}
