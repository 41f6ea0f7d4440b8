import { listIndexedLibraries, listLaneLibraries } from "@opengsync/db/queries/indices";
import { groupByPool, noPoolTitle } from "@opengsync/domain/indices/clash-groups";
import { parseLibraryIds } from "@opengsync/domain/indices/library-ids";
import { z } from "zod";
import { Card } from "../../components/parts.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { insider, onObject, type Policy } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { loadExperimentSubject, loadPoolSubject, loadRequestSubject } from "../workflows/subjects.ts";
import type { WorkflowSubject } from "../workflows/workflow-pages.ts";
import { ClashGroups, type ClashPageGroup } from "./clash-groups.tsx";

type IdExchange = Exchange<{ id: number }>;

/** The libraries of a request that the viewer sees, by pool. */
async function groupsOfRequest({ db, viewer, params }: IdExchange): Promise<ClashPageGroup[]> {
	const libraries = await listIndexedLibraries(db, viewer, { requestId: params.id });
	return groupByPool(libraries).map((group) => ({
		title: group.poolId === null ? noPoolTitle : `Pool: ${group.title}`,
		libraries: group.libraries,
		isUnpooled: group.poolId === null,
	}));
}

async function groupsOfPool({ db, viewer, params }: IdExchange): Promise<ClashPageGroup[]> {
	const libraries = await listIndexedLibraries(db, viewer, { poolId: params.id });
	return libraries.length === 0 ? [] : [{ title: "This pool", libraries }];
}

async function groupsOfExperiment({ db, viewer, params }: IdExchange): Promise<ClashPageGroup[]> {
	const libraries = await listLaneLibraries(db, viewer, params.id);
	const lanes = Map.groupBy(libraries, (library) => library.laneNumber);
	return [...lanes].map(([lane, members]) => ({ title: `Lane: ${lane}`, libraries: members }));
}

/** The clash check of one kind of object: a page, and the same as a tab of the object's page. */
function clashRoutesOf(options: {
	readonly kind: "seq_requests" | "pools" | "experiments";
	readonly policy: Policy;
	readonly summary: string;
	readonly load: (exchange: IdExchange) => Promise<WorkflowSubject>;
	readonly groups: (exchange: IdExchange) => Promise<ClashPageGroup[]>;
}): Route[] {
	const { kind, policy, summary, load, groups } = options;
	return [
		defineRoute({
			method: "GET",
			path: `/${kind}/:id/clashes/`,
			kind: "page",
			policy,
			summary,
			params: withId,
			handler: async (exchange) => {
				const subject = await load(exchange);
				return exchange.page(
					{
						title: "Index clashes",
						...(subject.subtitle === null ? {} : { subtitle: subject.subtitle }),
						active: subject.active,
						breadcrumbs: [...subject.breadcrumbs, { label: "Index clashes" }],
					},
					<ClashGroups groups={await groups(exchange)} />,
				);
			},
		}),
		defineRoute({
			method: "GET",
			path: `/htmx/${kind}/:id/clashes`,
			kind: "fragment",
			policy,
			summary: `${summary} (tab)`,
			params: withId,
			handler: async (exchange) => {
				await load(exchange);
				return exchange.fragment(<ClashGroups groups={await groups(exchange)} />);
			},
		}),
	];
}

const chosenLibraries = defineRoute({
	method: "GET",
	path: "/libraries/clashes/",
	kind: "page",
	policy: insider,
	summary: "Index clashes of chosen libraries",
	query: z.object({ ids: z.string().max(60_000).default("") }),
	handler: async (exchange) => {
		const { ids } = exchange.query;
		const libraryIds = parseLibraryIds(ids);
		const libraries =
			libraryIds && libraryIds.length > 0 ? await listIndexedLibraries(exchange.db, exchange.viewer, { libraryIds }) : [];
		return exchange.page(
			{
				title: "Index clashes",
				active: "libraries",
				breadcrumbs: [{ label: "Libraries", href: "/libraries/" }, { label: "Index clashes" }],
				...(libraryIds === null ? { httpStatus: 422 } : {}),
			},
			<>
				<ChooseLibraries ids={ids} problem={libraryIds === null ? "Write numbers and ranges, at most 5,000 libraries." : null} />
				{libraries.length > 0 && <ClashGroups groups={[{ title: `${libraries.length} chosen libraries`, libraries }]} />}
				{ids !== "" && libraryIds !== null && libraries.length === 0 && <ClashGroups groups={[]} />}
			</>,
		);
	},
});

function ChooseLibraries({ ids, problem }: { ids: string; problem: string | null }) {
	return (
		<Card>
			<form method="get" action="/libraries/clashes/" class="form">
				<label class="form-label" for="clash-ids">
					Libraries that would be sequenced together
				</label>
				<input
					id="clash-ids"
					class={`form-control${problem ? " is-invalid" : ""}`}
					name="ids"
					value={ids}
					placeholder="12, 15-20"
					aria-describedby="clash-ids-help"
					{...(problem ? { "aria-invalid": "true" } : {})}
				/>
				<p class={problem ? "field-error" : "field-help"} id="clash-ids-help">
					{problem ?? "Numbers of libraries and ranges of numbers."}
				</p>
				<button type="submit" class="btn btn-primary">
					Compare
				</button>
			</form>
		</Card>
	);
}

/** Clash pages: lab-workflows.md §13.1, extensions.md §3. */
export const clashRoutes: readonly Route[] = [
	...clashRoutesOf({
		kind: "seq_requests",
		policy: onObject("request", "id", "VIEW"),
		summary: "Index clashes of a request, per pool",
		load: loadRequestSubject,
		groups: groupsOfRequest,
	}),
	...clashRoutesOf({
		kind: "pools",
		policy: onObject("pool", "id", "VIEW"),
		summary: "Index clashes of a pool",
		load: loadPoolSubject,
		groups: groupsOfPool,
	}),
	...clashRoutesOf({
		kind: "experiments",
		policy: insider,
		summary: "Index clashes of an experiment, per lane",
		load: loadExperimentSubject,
		groups: groupsOfExperiment,
	}),
	chosenLibraries,
];
