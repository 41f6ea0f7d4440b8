import { createExperiment } from "@opengsync/core/experiments/create-experiment";
import { listOperators, listPoolReads, listReadCounts, listSequencers } from "@opengsync/db/queries/experiment-page";
import { experimentList } from "@opengsync/db/queries/experiments";
import { libraryList } from "@opengsync/db/queries/libraries";
import { LinkButton } from "../../components/button.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { formRoutes } from "../../framework/form-routes.tsx";
import { listRoutes, showList } from "../../framework/list-routes.tsx";
import { insider } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { experimentActionRoutes } from "./action-routes.tsx";
import { deviceRoutes } from "./device-routes.tsx";
import { ExperimentStatusBar, ExperimentTabs, experimentSubtitle } from "./experiment-page.tsx";
import type { LoadedExperiment } from "./facts.ts";
import { buildExperimentForm } from "./forms.ts";
import { loadExperiment } from "./load-experiment.ts";
import { PoolsTab } from "./pools-tab.tsx";
import { StatsTab } from "./stats-tab.tsx";
import { experimentLibraries, experimentsTable, NewExperimentButton } from "./tables.tsx";

const crumbs = [{ label: "Experiments", href: "/experiments/" }];

const newExperiment = formRoutes({
	pagePath: "/experiments/new/",
	policy: insider,
	summary: "Create an experiment",
	title: () => "New experiment",
	active: "experiments",
	breadcrumbs: () => crumbs,
	load: async () => null,
	form: async (_, exchange) =>
		buildExperimentForm({
			viewerId: exchange.viewer.id,
			sequencers: await listSequencers(exchange.db),
			operators: await listOperators(exchange.db),
		}),
	accept: async (exchange, values) => {
		const id = await exchange.command((context) => createExperiment(context, values));
		exchange.flash("success", `Experiment ${values.name} created.`);
		return `/experiments/${id}/`;
	},
});

const experimentPage = defineRoute({
	method: "GET",
	path: "/experiments/:id/",
	kind: "page",
	policy: insider,
	summary: "Page of an experiment",
	params: withId,
	handler: async (exchange) => {
		const loaded = await loadExperiment(exchange);
		const { experiment } = loaded;
		return exchange.page(
			{
				title: experiment.name,
				subtitle: experimentSubtitle(experiment),
				active: "experiments",
				breadcrumbs: [...crumbs, { label: experiment.name }],
				status: <ExperimentStatusBar experiment={experiment} />,
			},
			<ExperimentTabs loaded={loaded} />,
		);
	},
});

/** A tab of an experiment that is loaded when it is opened. */
function tab(
	name: string,
	summary: string,
	show: (exchange: Exchange<{ id: number }>, loaded: LoadedExperiment) => Promise<Response>,
): Route {
	return defineRoute({
		method: "GET",
		path: `/htmx/experiments/:id/${name}`,
		kind: "fragment",
		policy: insider,
		summary,
		params: withId,
		handler: async (exchange) => show(exchange, await loadExperiment(exchange)),
	});
}

const tabs = [
	tab("pools", "Pools of an experiment", (exchange, loaded) => exchange.fragment(<PoolsTab loaded={loaded} />)),
	tab("libraries", "Libraries of an experiment", (exchange, { experiment, lanes }) =>
		showList(exchange, experimentLibraries(lanes), libraryList, { scope: { experiment_id: experiment.id } }),
	),
	tab("stats", "Reads of an experiment", async (exchange, { experiment }) => {
		const counts = await listReadCounts(exchange.db, experiment.id);
		const pools = await listPoolReads(exchange.db, experiment.id);
		return exchange.fragment(<StatsTab counts={counts} pools={pools} />);
	}),
];

/** Experiments and sequencers: list, form, page, what is done with them. */
export const experimentRoutes: readonly Route[] = [
	...listRoutes({
		path: "/experiments/",
		policy: insider,
		title: "Experiments",
		active: "experiments",
		summary: "Experiments",
		list: experimentsTable,
		spec: experimentList,
		actions: () => (
			<>
				<LinkButton href="/experiments/billing/" icon="table-export">
					Start billing
				</LinkButton>
				<NewExperimentButton />
			</>
		),
	}),
	...newExperiment,
	experimentPage,
	...tabs,
	...experimentActionRoutes,
	...deviceRoutes,
];
