import { InvalidInputError, NotFoundError } from "@opengsync/core/errors";
import { loadFlowCell } from "@opengsync/core/experiments/load-flow-cell";
import { addPools, distributeReads, removePool, togglePoolLane } from "@opengsync/core/experiments/pools";
import { setCycles } from "@opengsync/core/experiments/set-cycles";
import { recordMeasurements } from "@opengsync/core/lab/record-measurements";
import { listSelectablePools } from "@opengsync/db/queries/experiment-page";
import type { Exchange } from "../../framework/exchange.ts";
import { enteredTexts } from "../../framework/form.ts";
import { formRoutes } from "../../framework/form-routes.tsx";
import { insider } from "../../framework/policy.ts";
import { defineRoute, idInPath, type Route, withId } from "../../framework/route.ts";
import type { LoadedExperiment } from "./facts.ts";
import {
	buildAddPoolsForm,
	buildCyclesForm,
	buildLoadForm,
	buildMeasurementsForm,
	buildReadsForm,
	toLaneLoadings,
	toMeasurements,
	toPlannedReads,
} from "./forms.ts";
import { loadArrangeable, loadEditable, loadExperiment } from "./load-experiment.ts";
import { PoolsPart } from "./pools-tab.tsx";

/** What the forms of an experiment have in common. */
const about = {
	params: withId,
	policy: insider,
	active: "experiments",
	breadcrumbs: ({ experiment }: LoadedExperiment) => [
		{ label: "Experiments", href: "/experiments/" },
		{ label: experiment.name, href: `/experiments/${experiment.id}/` },
	],
} as const;

const cycles = formRoutes({
	...about,
	pagePath: "/experiments/:id/cycles/",
	summary: "Set the cycles of an experiment",
	title: () => "Cycles",
	load: loadEditable,
	form: ({ experiment }) => buildCyclesForm(experiment),
	accept: async (exchange, values, { experiment }) => {
		await exchange.command((context) => setCycles(context, experiment.id, values));
		exchange.flash("success", "Changes Saved!");
		return `/experiments/${experiment.id}/?tab=checklist`;
	},
});

const addPoolsForm = formRoutes({
	...about,
	pagePath: "/experiments/:id/pools/add/",
	dialogPath: "/htmx/experiments/:id/pools/add",
	summary: "Put pools on an experiment",
	title: () => "Add pools",
	load: loadEditable,
	form: async (_, exchange) => buildAddPoolsForm(await listSelectablePools(exchange.db)),
	accept: async (exchange, values, { experiment }) => {
		await exchange.command((context) => addPools(context, experiment.id, values.poolIds));
		exchange.flash("success", "Pools linked to experiment");
		return `/experiments/${experiment.id}/?tab=pools`;
	},
});

const reads = formRoutes({
	...about,
	pagePath: "/experiments/:id/reads/",
	dialogPath: "/htmx/experiments/:id/reads",
	summary: "Distribute the reads of an experiment",
	title: () => "Distribute reads",
	load: loadArrangeable,
	form: buildReadsForm,
	accept: async (exchange, values, loaded) => {
		const { id } = loaded.experiment;
		await exchange.command((context) => distributeReads(context, id, toPlannedReads(loaded, values)));
		exchange.flash("success", "Changes Saved!");
		return `/experiments/${id}/?tab=pools`;
	},
});

/** Measurements of the pools or lanes of an experiment. */
function measurements(kind: "pool" | "lane"): Route[] {
	return formRoutes({
		...about,
		pagePath: `/experiments/:id/${kind}-measurements/`,
		dialogPath: `/htmx/experiments/:id/${kind}-measurements`,
		summary: `Measure the ${kind}s of an experiment`,
		title: () => (kind === "pool" ? "Measurements of the pools" : "Measurements of the lanes"),
		load: loadEditable,
		form: (loaded) => buildMeasurementsForm(loaded, kind),
		accept: async (exchange, values, loaded) => {
			const measured = toMeasurements(loaded, kind, values);
			if (measured.length === 0) throw new InvalidInputError([{ field: "", message: "Enter at least one value." }]);
			await exchange.command((context) => recordMeasurements(context, measured));
			exchange.flash("success", "Qubit Measurements saved!");
			return `/experiments/${loaded.experiment.id}/?tab=${kind === "pool" ? "checklist" : "lanes"}`;
		},
	});
}

const load = formRoutes({
	...about,
	pagePath: "/experiments/:id/load/",
	summary: "Load the flow cell of an experiment",
	title: () => "Load flow cell",
	load: loadEditable,
	form: buildLoadForm,
	accept: async (exchange, values, loaded) => {
		const { id } = loaded.experiment;
		const tooWeak = await exchange.command((context) => loadFlowCell(context, id, toLaneLoadings(loaded, values)));
		exchange.flash("success", "Saved!");
		if (tooWeak.length > 0) exchange.flash("warning", `Lane ${tooWeak.join(", ")}: cannot reach target molarity.`);
		return `/experiments/${id}/?tab=lanes`;
	},
});

/** An id that was posted. @throws NotFoundError for anything else */
async function postedId(exchange: Exchange<{ id: number }>, name: string): Promise<number> {
	const [text] = enteredTexts(await exchange.readFields(), name);
	const id = idInPath.safeParse(text);
	if (!id.success) throw new NotFoundError();
	return id.data;
}

/** The pools after a change: the part alone for htmx, else the page. */
async function showPools(exchange: Exchange<{ id: number }>): Promise<Response> {
	if (!exchange.wantsFragment) return exchange.redirect(`/experiments/${exchange.params.id}/?tab=pools`);
	return exchange.fragment(<PoolsPart loaded={await loadExperiment(exchange)} />);
}

const changes: readonly Route[] = [
	defineRoute({
		method: "POST",
		path: "/experiments/:id/lanes/toggle/",
		kind: "action",
		policy: insider,
		summary: "Put a pool on a lane or take it off",
		params: withId,
		handler: async (exchange) => {
			const poolId = await postedId(exchange, "poolId");
			const laneNumber = await postedId(exchange, "laneNumber");
			await exchange.command((context) => togglePoolLane(context, exchange.params.id, poolId, laneNumber));
			return showPools(exchange);
		},
	}),
	defineRoute({
		method: "POST",
		path: "/experiments/:id/pools/remove/",
		kind: "action",
		policy: insider,
		summary: "Take a pool off an experiment",
		params: withId,
		handler: async (exchange) => {
			const poolId = await postedId(exchange, "poolId");
			await exchange.command((context) => removePool(context, exchange.params.id, poolId));
			exchange.flash("success", "Pool removed.");
			return showPools(exchange);
		},
	}),
];

/** What is done with an experiment: pools, lanes, reads, measurements, loading, cycles. */
export const experimentActionRoutes: readonly Route[] = [
	...cycles,
	...addPoolsForm,
	...reads,
	...measurements("pool"),
	...measurements("lane"),
	...load,
	...changes,
];
