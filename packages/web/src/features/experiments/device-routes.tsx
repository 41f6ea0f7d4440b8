import { createSequencer } from "@opengsync/core/experiments/create-sequencer";
import { listSequencers, type SequencerRow } from "@opengsync/db/queries/experiment-page";
import { findMember, SequencerModel } from "@opengsync/domain/catalog";
import { LinkButton } from "../../components/button.tsx";
import { Card, EmptyState } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";
import { formRoutes } from "../../framework/form-routes.tsx";
import { admin } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";
import { sequencerForm } from "./forms.ts";

const newButton = (
	<LinkButton href="/devices/new/" look="primary" icon="plus">
		New sequencer
	</LinkButton>
);

function SequencerTable({ sequencers }: { sequencers: readonly SequencerRow[] }) {
	return (
		<SimpleTable label="Sequencers" titles={["ID", "Name", "Model", "Address", { numeric: "Experiments" }]}>
			{sequencers.map((sequencer) => (
				<tr>
					<td class="font-mono">{sequencer.id}</td>
					<td>{sequencer.name}</td>
					<td>{findMember(SequencerModel, sequencer.model_id)?.label}</td>
					<td class="font-mono">{sequencer.ip}</td>
					<td class="cell-numeric">{sequencer.num_experiments}</td>
				</tr>
			))}
		</SimpleTable>
	);
}

/** Sequencers, for admins: lab-workflows.md §19.6. */
export const deviceRoutes: readonly Route[] = [
	defineRoute({
		method: "GET",
		path: "/devices/",
		kind: "page",
		policy: admin,
		summary: "Sequencers",
		handler: async (exchange) => {
			const sequencers = await listSequencers(exchange.db);
			return exchange.page(
				{ title: "Devices", active: "devices", actions: newButton },
				<Card padded={false}>
					{sequencers.length === 0 ? (
						<EmptyState icon="cpu" title="No sequencers yet" action={newButton} />
					) : (
						<SequencerTable sequencers={sequencers} />
					)}
				</Card>,
			);
		},
	}),
	...formRoutes({
		pagePath: "/devices/new/",
		policy: admin,
		summary: "Register a sequencer",
		title: () => "New sequencer",
		active: "devices",
		breadcrumbs: () => [{ label: "Devices", href: "/devices/" }],
		load: async () => null,
		form: () => sequencerForm,
		accept: async (exchange, values) => {
			await exchange.command((context) => createSequencer(context, values));
			exchange.flash("success", "Sequencer created.");
			return "/devices/";
		},
	}),
];
