import { presentSamplePools, regroupSamples } from "@opengsync/core/libraries/regroup-samples";
import { z } from "zod";
import { insider } from "../../framework/policy.ts";
import { type Route, withId } from "../../framework/route.ts";
import { sheetEditRoutes } from "./sheet-edit-routes.tsx";

/** Which samples of a prep are multiplexed together: lab-workflows.md §10.1. */
export const samplePoolRoutes: readonly Route[] = sheetEditRoutes({
	path: "/lab_preps/:id/sample_pools/",
	params: withId,
	query: z.object({}),
	showPolicy: insider,
	savePolicy: insider,
	summary: "Regroup the multiplexed samples of a prep",
	load: (exchange) => presentSamplePools(exchange.db, exchange.params.id),
	view: async (exchange, { name, presented }) => ({
		title: "Sample pools",
		subtitle: name,
		active: "preps",
		breadcrumbs: [
			{ label: "Preps", href: "/lab_preps/" },
			{ label: name, href: `/lab_preps/${exchange.params.id}/` },
		],
		presented,
		draftKey: `sample-pools/${exchange.params.id}`,
		back: `/lab_preps/${exchange.params.id}/`,
		hints: ["Samples with the same pool go into one library per type; their old libraries are deleted. x gives a sample up."],
	}),
	save: (exchange, _, edit) => exchange.command((context) => regroupSamples(context, exchange.params.id, edit)),
	saved: "Sample pool annotation processed successfully.",
});
