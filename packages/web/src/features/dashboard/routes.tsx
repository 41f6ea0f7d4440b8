import {
	countOpenWork,
	listAttentionRequests,
	listOpenExperiments,
	listOpenPools,
	listRecentProjects,
	listRecentRequests,
} from "@opengsync/db/queries/dashboard";
import { ActionButton, LinkButton } from "../../components/button.tsx";
import { Card, EmptyState, Lazy } from "../../components/parts.tsx";
import type { Content, Exchange } from "../../framework/exchange.ts";
import { signedIn } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";
import { CountsRow, ExperimentEntries, NewRequestButton, PoolEntries, ProjectEntries, RequestEntries } from "./cards.tsx";

function Pane({ title, actions, children }: { title: string; actions?: Content; children?: Content }) {
	return (
		<div class="col-12 col-xl-6">
			<Card title={title} actions={actions} padded={false}>
				{children}
			</Card>
		</div>
	);
}

const all = (href: string) => (
	<LinkButton href={href} small>
		Show all
	</LinkButton>
);

/** What waits for staff: access-and-web.md §9.1. */
async function showStaff(exchange: Exchange): Promise<Response> {
	const { db } = exchange;
	const counts = await countOpenWork(db);
	const requests = await listAttentionRequests(db);
	const experiments = await listOpenExperiments(db);
	const pools = await listOpenPools(db);
	const noRequests = (
		<EmptyState
			icon="clipboard-list"
			title="No request waits for you"
			hint="Submitted requests appear here. You can enter one for a customer."
			action={<LinkButton href="/seq_requests/new/">New request</LinkButton>}
		/>
	);
	const storeSamples = (
		<>
			<LinkButton href="/workflows/store_samples/" small icon="package">
				Store samples
			</LinkButton>
			<ActionButton action="/workflows/reindex/" small icon="barcode">
				Re-index
			</ActionButton>
			<LinkButton href="/libraries/clashes/" small icon="list-check">
				Index clashes
			</LinkButton>
		</>
	);
	return exchange.page(
		{ title: "Dashboard", active: "dashboard", actions: <NewRequestButton /> },
		<>
			<CountsRow counts={counts} />
			<div class="row g-3">
				<div class="col-12 col-xl-6">
					<Card title="Requests that need attention" actions={all("/seq_requests/")} padded={false}>
						<RequestEntries requests={requests} empty={noRequests} />
					</Card>
				</div>
				<div class="col-12 col-xl-6 dashboard-column">
					<Card title="Calendar" actions={all("/calendar/")}>
						<Lazy id="dashboard-calendar" href="/htmx/calendar/week" />
					</Card>
					<Card title="Experiments" actions={all("/experiments/")} padded={false}>
						<ExperimentEntries experiments={experiments} />
					</Card>
					<Card title="Pools" actions={storeSamples} padded={false}>
						<PoolEntries pools={pools} />
					</Card>
				</div>
			</div>
		</>,
	);
}

/** Own requests and projects: access-and-web.md §9.2. */
async function showCustomer(exchange: Exchange): Promise<Response> {
	const { db, viewer } = exchange;
	const requests = await listRecentRequests(db, viewer);
	const projects = await listRecentProjects(db, viewer);
	const noRequests = (
		<EmptyState
			icon="clipboard-list"
			title={`Welcome, ${viewer.firstName}!`}
			hint="A request says what you bring, what is to be done, and who gets the data. It takes three steps: add samples, upload the signed form, submit."
			action={<NewRequestButton />}
		/>
	);
	return exchange.page(
		{ title: "Dashboard", active: "dashboard", actions: <NewRequestButton /> },
		<div class="row g-3">
			<Pane title="Your requests" actions={requests.length > 0 ? all("/seq_requests/") : null}>
				<RequestEntries requests={requests} empty={noRequests} />
			</Pane>
			<Pane title="Your projects" actions={projects.length > 0 ? all("/projects/") : null}>
				<ProjectEntries projects={projects} />
			</Pane>
		</div>,
	);
}

/** The page after signing in. */
export const dashboardRoutes: readonly Route[] = [
	defineRoute({
		method: "GET",
		path: "/",
		kind: "page",
		policy: signedIn,
		summary: "Dashboard",
		handler: (exchange) => (exchange.isInsider ? showStaff(exchange) : showCustomer(exchange)),
	}),
];
