import type { ProjectDeliveryRow, ProjectPageRow } from "@opengsync/db/queries/project-page";
import type { AccessLevel } from "@opengsync/domain/access-level";
import { DeliveryStatus, findMember, memberById, ProjectStatus } from "@opengsync/domain/catalog";
import { projectDisplayIdentifier, requestIdentifier } from "@opengsync/domain/identifiers";
import { type ProjectActionName, projectAction } from "@opengsync/domain/project-actions";
import { ActionButton, LinkButton } from "../../components/button.tsx";
import { Card, EmptyState, Metadata, Tabs, Time } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";
import { StatusBadge, StatusBar } from "../../components/status.tsx";
import { historyTab } from "../history/addresses.ts";

const segments = [ProjectStatus.PROCESSING, ProjectStatus.SEQUENCED, ProjectStatus.DELIVERED];

/** Status bar of a project: access-and-web.md §7.7. */
export function ProjectStatusBar({ statusId }: { statusId: number }) {
	return <StatusBar segments={segments} present={memberById(ProjectStatus, statusId)} />;
}

/** An action on the project as its page offers it. */
export function actionOf(project: ProjectPageRow, action: ProjectActionName) {
	const { status_id: statusId, access_level: level, num_samples: numSamples } = project;
	return projectAction(action, { statusId, level: level as AccessLevel, numSamples });
}

/** Owner, group in brackets, title. */
export function projectSubtitle(project: ProjectPageRow): string {
	return `${project.owner_name}${project.group_name ? ` (${project.group_name})` : ""} · ${project.title}`;
}

/** Buttons at the right of the title: access-and-web.md §8.2. */
export function ProjectButtons({ project }: { project: ProjectPageRow }) {
	const url = `/projects/${project.id}`;
	const edit = actionOf(project, "edit");
	const remove = actionOf(project, "delete");
	return (
		<>
			{actionOf(project, "complete").enabled && (
				<ActionButton
					action={`${url}/complete/`}
					icon="check"
					look="primary"
					confirm={{ title: "Complete this project?", text: "It is marked as delivered.", yes: "Complete" }}
				>
					Complete
				</ActionButton>
			)}
			{project.num_samples > 0 && (
				<LinkButton href={`${url}/library_properties/`} icon="table">
					Library properties
				</LinkButton>
			)}
			{edit.shown && (
				<LinkButton href={`${url}/edit/`} icon="edit" disabledReason={edit.reason}>
					Edit
				</LinkButton>
			)}
			{remove.shown && (
				<ActionButton
					action={`${url}/delete/`}
					icon="trash"
					look="danger"
					disabledReason={remove.reason}
					confirm={{ title: "Delete this project?", text: "This cannot be undone.", yes: "Delete" }}
				>
					Delete
				</ActionButton>
			)}
		</>
	);
}

/** The tabs of a project. */
export function ProjectTabs({ project }: { project: ProjectPageRow }) {
	const fragment = `/htmx/projects/${project.id}`;
	return (
		<Tabs
			tabs={[
				{ key: "samples", title: "Samples", count: project.num_samples, href: `${fragment}/samples` },
				{ key: "attributes", title: "Attributes", href: `${fragment}/attributes` },
				{ key: "metadata", title: "Metadata", content: <ProjectMetadata project={project} /> },
				{ key: "requests", title: "Requests", count: project.num_requests, href: `${fragment}/requests` },
				{ key: "assignees", title: "Assignees", count: project.num_assignees, href: `${fragment}/assignees` },
				{ key: "shares", title: "Shares", href: `${fragment}/shares` },
				{ key: "data", title: "Data", count: project.num_data_paths, href: `${fragment}/data` },
				historyTab("project", project.id),
			]}
		/>
	);
}

function ProjectMetadata({ project }: { project: ProjectPageRow }) {
	const identifier = projectDisplayIdentifier(project);
	return (
		<Card>
			<Metadata
				items={[
					{ label: "Identifier", value: identifier, copy: identifier, mono: true },
					{ label: "Title", value: project.title, copy: project.title },
					{ label: "Owner", value: project.owner_name },
					{ label: "Group", value: project.group_name },
					{ label: "E-mail", value: project.owner_email, copy: project.owner_email },
					{ label: "Created", value: <Time at={project.timestamp_created_utc} /> },
					{ label: "Description", value: project.description, wide: true },
				]}
			/>
		</Card>
	);
}

/** Tab *Shares*: per request to whom data are announced, newest request first. */
export function ProjectShares({ deliveries }: { deliveries: readonly ProjectDeliveryRow[] }) {
	if (deliveries.length === 0) {
		return <EmptyState title="Nobody is told about data yet" hint="Addresses are entered on the tab Share of a request." />;
	}
	const byRequest = Map.groupBy(deliveries, (row) => row.seq_request_id);
	return (
		<>
			{[...byRequest].map(([requestId, rows]) => (
				<Card title={`${requestIdentifier(requestId)} ${rows[0]?.request_name ?? ""}`} padded={false}>
					<SimpleTable titles={["E-mail", "Status"]}>
						{rows.map((row) => (
							<tr>
								<td>{row.email}</td>
								<td>
									<StatusBadge status={findMember(DeliveryStatus, row.status_id)} />
								</td>
							</tr>
						))}
					</SimpleTable>
				</Card>
			))}
		</>
	);
}
