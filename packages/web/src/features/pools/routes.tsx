import { recordMeasurements } from "@opengsync/core/lab/record-measurements";
import { libraryList } from "@opengsync/db/queries/libraries";
import { listPoolDilutions, type PoolPageRow } from "@opengsync/db/queries/pool-page";
import { poolList } from "@opengsync/db/queries/pools";
import { formRoutes } from "../../framework/form-routes.tsx";
import { listRoutes, showList } from "../../framework/list-routes.tsx";
import { onObject, signedIn } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { CloneableName } from "../libraries/library-cells.tsx";
import { loadPool, PoolButtons, poolActionOf, poolChangeRoutes } from "./change-pool.tsx";
import { buildMeasurementForm, PoolStatusBar, PoolTabs, PoolWetLab } from "./pool-page.tsx";
import { poolLibraries, poolsTable } from "./tables.tsx";

const crumbs = [{ label: "Pools", href: "/pools/" }];

const poolPage = defineRoute({
	method: "GET",
	path: "/pools/:id/",
	kind: "page",
	policy: onObject("pool", "id", "VIEW"),
	summary: "Page of a pool",
	params: withId,
	handler: async (exchange) => {
		const pool = await loadPool(exchange);
		return exchange.page(
			{
				title: pool.name,
				subtitle: pool.clone_number > 0 ? <CloneableName name="Clone" cloneNumber={pool.clone_number} /> : `Pool ${pool.id}`,
				active: "pools",
				breadcrumbs: [...crumbs, { label: pool.name }],
				status: <PoolStatusBar statusId={pool.status_id} />,
				actions: <PoolButtons pool={pool} />,
			},
			<PoolTabs pool={pool} isInsider={exchange.isInsider} />,
		);
	},
});

const librariesTab = defineRoute({
	method: "GET",
	path: "/htmx/pools/:id/libraries",
	kind: "fragment",
	policy: onObject("pool", "id", "VIEW"),
	summary: "Libraries of a pool",
	params: withId,
	handler: async (exchange) => {
		const pool = await loadPool(exchange);
		return showList(exchange, poolLibraries(pool.id, poolActionOf(pool, "removeLibrary")), libraryList, {
			scope: { pool_id: pool.id },
		});
	},
});

const wetLabTab = defineRoute({
	method: "GET",
	path: "/htmx/pools/:id/wet-lab",
	kind: "fragment",
	policy: onObject("pool", "id", "VIEW"),
	summary: "Measurements and dilutions of a pool",
	params: withId,
	handler: async (exchange) => {
		const pool = await loadPool(exchange);
		const dilutions = await listPoolDilutions(exchange.db, pool.id);
		return exchange.fragment(<PoolWetLab pool={pool} dilutions={dilutions} />);
	},
});

const measurements = formRoutes({
	pagePath: "/pools/:id/measurements/",
	params: withId,
	policy: onObject("pool", "id", "INSIDER"),
	summary: "Measure concentration and fragment size of a pool",
	title: () => "Measurements",
	active: "pools",
	breadcrumbs: (pool: PoolPageRow) => [...crumbs, { label: pool.name, href: `/pools/${pool.id}/` }],
	load: loadPool,
	form: (pool) => buildMeasurementForm(pool),
	accept: async (exchange, values, pool) => {
		const measurement = {
			kind: "pool",
			id: pool.id,
			qubitConcentrationNgPerUl: values.qubitConcentration,
			avgFragmentSizeBp: values.avgFragmentSize,
		} as const;
		await exchange.command((context) => recordMeasurements(context, [measurement]));
		exchange.flash("success", "Qubit Measurements saved!");
		return `/pools/${pool.id}/?tab=wet-lab`;
	},
});

/** Pools: list, page, measurements. */
export const poolRoutes: readonly Route[] = [
	...listRoutes({
		path: "/pools/",
		policy: signedIn,
		title: "Pools",
		active: "pools",
		summary: "Pools",
		list: poolsTable,
		spec: poolList,
	}),
	poolPage,
	librariesTab,
	wetLabTab,
	...measurements,
	...poolChangeRoutes,
];
