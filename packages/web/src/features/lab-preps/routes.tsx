import { NotFoundError } from "@opengsync/core/errors";
import { labPrepFacts } from "@opengsync/core/lab-preps/prep-sheet";
import { findLabPrepPage, type LabPrepPageRow, labPrepList } from "@opengsync/db/queries/lab-preps";
import { libraryList } from "@opengsync/db/queries/libraries";
import { listPrepLibraries } from "@opengsync/db/queries/prep-samples";
import { LabChecklistType, memberById, PrepStatus } from "@opengsync/domain/catalog";
import { StatusBadge } from "../../components/status.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { listRoutes, showList } from "../../framework/list-routes.tsx";
import { insider } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { LabPrepButtons, LabPrepTabs, labPrepTitle } from "./lab-prep-page.tsx";
import { multiplexingSheetRoutes } from "./multiplexing-sheets.tsx";
import { MultiplexingTab } from "./multiplexing-tab.tsx";
import { labPrepsTable, prepLibraries } from "./tables.tsx";

/** Loads the prep of the address. @throws NotFoundError */
async function loadLabPrep(exchange: Exchange<{ id: number }>): Promise<LabPrepPageRow> {
	const prep = await findLabPrepPage(exchange.db, exchange.params.id);
	if (!prep) throw new NotFoundError("This prep");
	return prep;
}

const labPrepPage = defineRoute({
	method: "GET",
	path: "/lab_preps/:id/",
	kind: "page",
	policy: insider,
	summary: "Page of a lab prep",
	params: withId,
	handler: async (exchange) => {
		const prep = await loadLabPrep(exchange);
		const title = labPrepTitle(prep);
		return exchange.page(
			{
				title,
				subtitle: memberById(LabChecklistType, prep.checklist_type_id).label,
				active: "preps",
				breadcrumbs: [{ label: "Preps", href: "/lab_preps/" }, { label: title }],
				status: <StatusBadge status={memberById(PrepStatus, prep.status_id)} />,
				actions: <LabPrepButtons prep={prep} />,
			},
			<LabPrepTabs prep={prep} />,
		);
	},
});

const librariesTab = defineRoute({
	method: "GET",
	path: "/htmx/lab_preps/:id/libraries",
	kind: "fragment",
	policy: insider,
	summary: "Libraries of a lab prep",
	params: withId,
	handler: async (exchange) => {
		const prep = await loadLabPrep(exchange);
		return showList(exchange, prepLibraries, libraryList, { scope: { lab_prep_id: prep.id } });
	},
});

const multiplexingTab = defineRoute({
	method: "GET",
	path: "/htmx/lab_preps/:id/multiplexing",
	kind: "fragment",
	policy: insider,
	summary: "Multiplexing of a lab prep",
	params: withId,
	handler: async (exchange) => {
		const prep = await loadLabPrep(exchange);
		const libraries = await listPrepLibraries(exchange.db, prep.id);
		const facts = labPrepFacts(exchange.viewer, prep.status_id, libraries);
		return exchange.fragment(<MultiplexingTab prepId={prep.id} facts={facts} libraries={libraries} />);
	},
});

/** Lab preps: list, page, multiplexing. */
export const labPrepRoutes: readonly Route[] = [
	...listRoutes({
		path: "/lab_preps/",
		policy: insider,
		title: "Preps",
		active: "preps",
		summary: "Lab preps",
		list: labPrepsTable,
		spec: labPrepList,
	}),
	labPrepPage,
	librariesTab,
	multiplexingTab,
	...multiplexingSheetRoutes,
];
