import { loadBilling } from "@opengsync/core/billing/load-billing";
import { writeBillingWorkbook } from "@opengsync/core/billing/write-billing-workbook";
import { NotFoundError } from "@opengsync/core/errors";
import { BILLABLE_EXPERIMENTS_LIMIT, type BillableExperimentRow, listBillableExperiments } from "@opengsync/db/queries/billing";
import { ExperimentStatus, ExperimentWorkflow, findMember } from "@opengsync/domain/catalog";
import { formatCompactDate, formatDate } from "@opengsync/domain/time";
import { SubmitButton } from "../../components/button.tsx";
import { EmptyState, Notice } from "../../components/parts.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { insider } from "../../framework/policy.ts";
import { defineRoute, idInPath, type Route } from "../../framework/route.ts";
import { SelectionField } from "../workflows/selection-field.tsx";

const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

function BillingPage(props: { experiments: readonly BillableExperimentRow[]; timeZone: string; error: string | null }) {
	const { experiments, timeZone, error } = props;
	if (experiments.length === 0) return <EmptyState title="No experiments yet" />;
	const field = {
		name: "experiment_id",
		label: "Experiments",
		type: "selection" as const,
		required: true,
		options: experiments.map((experiment) => ({
			value: experiment.id,
			label: experiment.name,
			cells: [
				findMember(ExperimentStatus, experiment.status_id)?.label ?? "",
				findMember(ExperimentWorkflow, experiment.workflow_id)?.label ?? "",
				String(experiment.num_pools),
				formatDate(experiment.timestamp_created_utc, timeZone),
			],
		})),
		optionColumns: ["Name", "Status", "Workflow", "Pools", "Created"],
	};
	return (
		<form method="get" action="/experiments/billing/download/" class="form">
			{experiments.length >= BILLABLE_EXPERIMENTS_LIMIT && (
				<Notice>
					<p>The newest {BILLABLE_EXPERIMENTS_LIMIT} are shown.</p>
				</Notice>
			)}
			<SelectionField field={field} value={[]} error={error} />
			<div class="form-actions">
				<a class="btn" href="/experiments/">
					Cancel
				</a>
				<SubmitButton icon="download">Download the workbook</SubmitButton>
			</div>
		</form>
	);
}

async function showSelection(exchange: Exchange, error: string | null): Promise<Response> {
	const experiments = await listBillableExperiments(exchange.db);
	return exchange.page(
		{
			title: "Billing",
			subtitle: "Which experiments are billed?",
			active: "experiments",
			breadcrumbs: [{ label: "Experiments", href: "/experiments/" }, { label: "Billing" }],
			...(error ? { httpStatus: 422 } : {}),
		},
		<BillingPage experiments={experiments} timeZone={exchange.services.config.timeZone} error={error} />,
	);
}

function readExperimentIds(exchange: Exchange): number[] {
	return exchange.url.searchParams.getAll("experiment_id").map((text) => {
		const id = idInPath.safeParse(text);
		if (!id.success) throw new NotFoundError("A selected experiment");
		return id.data;
	});
}

/** The billing export: requests-and-annotation.md §12. */
export const billingRoutes: readonly Route[] = [
	defineRoute({
		method: "GET",
		path: "/experiments/billing/",
		kind: "page",
		policy: insider,
		summary: "Choose the experiments to bill",
		handler: (exchange) => showSelection(exchange, null),
	}),
	defineRoute({
		method: "GET",
		path: "/experiments/billing/download/",
		kind: "file",
		policy: insider,
		summary: "Billing export of the chosen experiments",
		handler: async (exchange) => {
			const ids = readExperimentIds(exchange);
			if (ids.length === 0) return showSelection(exchange, "Select at least one experiment.");
			const { timeZone } = exchange.services.config;
			const workbook = await writeBillingWorkbook(await loadBilling(exchange.db, ids, timeZone));
			return exchange.download(workbook, {
				fileName: `billing_${formatCompactDate(exchange.services.now(), timeZone)}.xlsx`,
				contentType: workbookType,
			});
		},
	}),
];
