import type {
	DashboardCounts,
	DashboardExperiment,
	DashboardPool,
	DashboardProject,
	DashboardRequest,
} from "@opengsync/db/queries/dashboard";
import {
	ExperimentStatus,
	findMember,
	LibraryStatus,
	ProjectStatus,
	SeqRequestStatus,
	SubmissionType,
} from "@opengsync/domain/catalog";
import { projectDisplayIdentifier, requestIdentifier } from "@opengsync/domain/identifiers";
import { markQualityControl } from "@opengsync/domain/quality-control/quality-control-sheet";
import { isInsider } from "@opengsync/domain/roles";
import { ActionButton, LinkButton } from "../../components/button.tsx";
import { EmptyState, ObjectLink, Time } from "../../components/parts.tsx";
import { Missing, Present, StatusBadge } from "../../components/status.tsx";
import type { Content } from "../../framework/exchange.ts";
import { currentRendering } from "../../framework/rendering.ts";
import { AssigneeBadges } from "../assignees/assignees.tsx";
import { PoolStatusBar } from "../pools/pool-page.tsx";
import { ProjectStatusBar } from "../projects/project-page.tsx";
import { RequestStatusBar } from "../requests/request-page.tsx";

/** One object of a pane: heading, facts, and where it stands. */
function Entry(props: { title: Content; action?: Content; facts: Content; children?: Content }) {
	return (
		<li class="list-group-item">
			<div class="d-flex justify-content-between align-items-start gap-2">
				<p class="mb-1">{props.title}</p>
				{props.action}
			</div>
			<p class="mb-2 text-secondary">{props.facts}</p>
			{props.children}
		</li>
	);
}

function Entries({ children }: { children?: Content }) {
	return <ul class="list-group list-group-flush">{children}</ul>;
}

/** The big button of customers. */
export function NewRequestButton() {
	return (
		<LinkButton href="/seq_requests/new/" look="primary" icon="plus">
			New request
		</LinkButton>
	);
}

/** *Assign to me* for staff, unless the request is theirs already: access-and-web.md §9.1. */
function AssignMe({ request }: { request: DashboardRequest }) {
	const { viewer } = currentRendering();
	if (!viewer || !isInsider(viewer.roleId) || request.assignees.some(({ id }) => id === viewer.id)) return null;
	return (
		<ActionButton
			action={`/seq_requests/${request.id}/assign_me/`}
			values={{ from: "dashboard" }}
			small
			title={`Assign to me: ${requestIdentifier(request.id)}`}
		>
			Assign to me
		</ActionButton>
	);
}

/** Requests with their status bars. `empty` says what to do when there is none. */
export function RequestEntries({ requests, empty }: { requests: readonly DashboardRequest[]; empty: Content }) {
	if (requests.length === 0) return empty;
	return (
		<Entries>
			{requests.map((request) => (
				<Entry
					title={
						<>
							<ObjectLink href={`/seq_requests/${request.id}/`} mono>
								{requestIdentifier(request.id)}
							</ObjectLink>{" "}
							<ObjectLink href={`/seq_requests/${request.id}/`}>
								{markQualityControl(request.name, request.submission_type_id)}
							</ObjectLink>{" "}
							<AssigneeBadges assignees={request.assignees} />
						</>
					}
					action={<AssignMe request={request} />}
					facts={
						<>
							{request.timestamp_submitted_utc ? <Time at={request.timestamp_submitted_utc} /> : "Not submitted yet"}
							{` · ${findMember(SubmissionType, request.submission_type_id)?.label ?? ""} · ${request.requestor_name}: `}
							{request.num_libraries === 1 ? "1 library" : `${request.num_libraries} libraries`}
						</>
					}
				>
					<RequestStatusBar statusId={request.status_id} />
				</Entry>
			))}
		</Entries>
	);
}

/** Projects with their status bars. */
export function ProjectEntries({ projects }: { projects: readonly DashboardProject[] }) {
	if (projects.length === 0) {
		return (
			<EmptyState
				icon="folders"
				title="No projects yet"
				hint="A project gathers samples. You make one while adding samples to a request, or here."
				action={
					<LinkButton href="/projects/new/" icon="plus">
						New project
					</LinkButton>
				}
			/>
		);
	}
	return (
		<Entries>
			{projects.map((project) => (
				<Entry
					title={
						<>
							<ObjectLink href={`/projects/${project.id}/`} mono>
								{projectDisplayIdentifier(project)}
							</ObjectLink>{" "}
							<ObjectLink href={`/projects/${project.id}/`}>{project.title}</ObjectLink>
						</>
					}
					facts={
						<>
							<Time at={project.timestamp_created_utc} />
							{` · ${project.owner_name}${project.group_name ? ` (${project.group_name})` : ""}: `}
							{project.num_samples === 1 ? "1 sample" : `${project.num_samples} samples`}
						</>
					}
				>
					<ProjectStatusBar statusId={project.status_id} />
				</Entry>
			))}
		</Entries>
	);
}

/** Experiments under way. */
export function ExperimentEntries({ experiments }: { experiments: readonly DashboardExperiment[] }) {
	if (experiments.length === 0) {
		return (
			<EmptyState
				icon="flask"
				title="No experiment is under way"
				hint="An experiment is one flow cell: create it, then choose its pools."
				action={<LinkButton href="/experiments/">Go to the experiments</LinkButton>}
			/>
		);
	}
	return (
		<Entries>
			{experiments.map((experiment) => (
				<Entry
					title={
						<>
							<ObjectLink href={`/experiments/${experiment.id}/`}>{experiment.name}</ObjectLink>{" "}
							<StatusBadge status={findMember(ExperimentStatus, experiment.status_id)} />
						</>
					}
					facts={
						<>
							{experiment.operator_name} · <Time at={experiment.timestamp_created_utc} />
						</>
					}
				/>
			))}
		</Entries>
	);
}

/** Pools to be received, measured or sequenced. */
export function PoolEntries({ pools }: { pools: readonly DashboardPool[] }) {
	if (pools.length === 0) {
		return <EmptyState icon="droplet" title="No pools are waiting" hint="Accepted and stored pools are shown here." />;
	}
	const mark = (isThere: boolean, label: string) =>
		isThere ? <Present label={label} /> : <Missing label={`${label} missing`} />;
	return (
		<Entries>
			{pools.map((pool) => (
				<Entry
					title={<ObjectLink href={`/pools/${pool.id}/`}>{pool.name}</ObjectLink>}
					facts={
						<>
							BA {mark(pool.has_ba_report, "Bioanalyzer report")} · Qubit {mark(pool.has_concentration, "Qubit concentration")} ·
							E: {pool.experiment_name ?? <Missing label="No experiment" />} · {pool.owner_name}
						</>
					}
				>
					<PoolStatusBar statusId={pool.status_id} />
				</Entry>
			))}
		</Entries>
	);
}

/** What there is to do, in numbers that lead to it. */
export function CountsRow({ counts }: { counts: DashboardCounts }) {
	const tiles = [
		{
			label: "Requests to review",
			count: counts.submitted_requests,
			href: `/seq_requests/?status_in=${SeqRequestStatus.SUBMITTED.id}`,
		},
		{ label: "Requests without assignee", count: counts.unassigned_requests, href: "/seq_requests/" },
		{
			label: "Libraries in the lab",
			count: counts.waiting_libraries,
			href: `/libraries/?status_in=${[LibraryStatus.ACCEPTED.id, LibraryStatus.PREPARING.id, LibraryStatus.STORED.id].join()}`,
		},
		{
			label: "Projects under way",
			count: counts.open_projects,
			href: `/projects/?status_in=${[ProjectStatus.PROCESSING.id, ProjectStatus.SEQUENCED.id].join()}`,
		},
	];
	return (
		<ul class="row g-3 mb-3 tiles">
			{tiles.map((tile) => (
				<li class="col-6 col-lg-3">
					<a class="card h-100 text-reset text-decoration-none" href={tile.href}>
						<span class="card-body">
							<span class="d-block fs-1 tabular">{tile.count}</span>
							<span class="text-secondary">{tile.label}</span>
						</span>
					</a>
				</li>
			))}
		</ul>
	);
}
