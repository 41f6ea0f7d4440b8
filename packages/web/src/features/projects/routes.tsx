import { completeProject } from "@opengsync/core/projects/complete-project";
import { createProject } from "@opengsync/core/projects/create-project";
import { deleteProject } from "@opengsync/core/projects/delete-project";
import { updateProject } from "@opengsync/core/projects/update-project";
import { requireAllowed } from "@opengsync/core/require-allowed";
import { listDataPaths } from "@opengsync/db/queries/data-paths";
import { listOwnGroups } from "@opengsync/db/queries/groups";
import { findProjectShare, listProjectDeliveries, type ProjectPageRow } from "@opengsync/db/queries/project-page";
import { projectList } from "@opengsync/db/queries/projects";
import { sampleList } from "@opengsync/db/queries/samples";
import { requestList } from "@opengsync/db/queries/seq-requests";
import { projectDisplayIdentifier } from "@opengsync/domain/identifiers";
import type { Exchange } from "../../framework/exchange.ts";
import { formRoutes } from "../../framework/form-routes.tsx";
import { listRoutes, showList } from "../../framework/list-routes.tsx";
import { onObject, signedIn } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { projectAssigneeRoutes } from "./assignee-routes.ts";
import { projectAttributeRoutes } from "./attribute-routes.tsx";
import { loadProject, projectDataRoutes } from "./data-routes.tsx";
import { ProjectData } from "./project-data.tsx";
import { buildProjectForm, toProjectInput } from "./project-form.ts";
import { actionOf, ProjectButtons, ProjectShares, ProjectStatusBar, ProjectTabs, projectSubtitle } from "./project-page.tsx";
import { NewProjectButton, projectRequests, projectSamples, projectsTable } from "./tables.tsx";

const crumbs = [{ label: "Projects", href: "/projects/" }];

async function formFacts(exchange: Exchange, project: ProjectPageRow | null) {
	const { viewer } = exchange;
	return {
		isInsider: exchange.isInsider,
		viewerId: viewer.id,
		viewerName: `${viewer.firstName} ${viewer.lastName}`,
		groups: exchange.isInsider ? [] : await listOwnGroups(exchange.db, viewer, project?.group_id ?? null),
		project,
	};
}

const newProject = formRoutes({
	pagePath: "/projects/new/",
	policy: signedIn,
	summary: "Create a project",
	title: () => "New project",
	active: "projects",
	breadcrumbs: () => crumbs,
	load: async () => null,
	form: async (_, exchange: Exchange) => buildProjectForm(await formFacts(exchange, null)),
	accept: async (exchange, values) => {
		const id = await exchange.command((context) => createProject(context, toProjectInput(values, null)));
		exchange.flash("success", "Project created. Samples come into it by the annotation of a request.");
		return `/projects/${id}/`;
	},
});

const editProject = formRoutes({
	pagePath: "/projects/:id/edit/",
	params: withId,
	policy: onObject("project", "id", "EDIT"),
	summary: "Edit a project",
	title: (project: ProjectPageRow) => `Edit ${projectDisplayIdentifier(project)}`,
	active: "projects",
	breadcrumbs: (project) => [...crumbs, { label: projectDisplayIdentifier(project), href: `/projects/${project.id}/` }],
	load: async (exchange) => {
		const project = await loadProject(exchange);
		requireAllowed(actionOf(project, "edit"));
		return project;
	},
	form: async (project, exchange) => buildProjectForm(await formFacts(exchange, project)),
	accept: async (exchange, values, project) => {
		await exchange.command((context) => updateProject(context, project.id, toProjectInput(values, project)));
		exchange.flash("success", "Changes saved.");
		return `/projects/${project.id}/`;
	},
});

const projectPage = defineRoute({
	method: "GET",
	path: "/projects/:id/",
	kind: "page",
	policy: onObject("project", "id", "VIEW"),
	summary: "Page of a project",
	params: withId,
	handler: async (exchange) => {
		const project = await loadProject(exchange);
		return exchange.page(
			{
				title: projectDisplayIdentifier(project),
				subtitle: projectSubtitle(project),
				active: "projects",
				breadcrumbs: [...crumbs, { label: projectDisplayIdentifier(project) }],
				status: <ProjectStatusBar statusId={project.status_id} />,
				actions: <ProjectButtons project={project} />,
			},
			<ProjectTabs project={project} />,
		);
	},
});

/** A tab of a project that is loaded when it is opened. */
function tab(
	name: string,
	summary: string,
	show: (exchange: Exchange<{ id: number }>, project: ProjectPageRow) => Promise<Response>,
) {
	return defineRoute({
		method: "GET",
		path: `/htmx/projects/:id/${name}`,
		kind: "fragment",
		policy: onObject("project", "id", "VIEW"),
		summary,
		params: withId,
		handler: async (exchange) => show(exchange, await loadProject(exchange)),
	});
}

const tabs = [
	tab("samples", "Samples of a project", (exchange, project) =>
		showList(exchange, projectSamples, sampleList, { scope: { project_id: project.id } }),
	),
	tab("requests", "Requests of a project", (exchange, project) =>
		showList(exchange, projectRequests, requestList, { scope: { project_id: project.id } }),
	),
	tab("shares", "Delivery addresses of a project", async (exchange, project) =>
		exchange.fragment(<ProjectShares deliveries={await listProjectDeliveries(exchange.db, project.id)} />),
	),
	tab("data", "Link and data paths of a project", async (exchange, project) => {
		const share = await findProjectShare(exchange.db, project.id);
		return exchange.fragment(
			<ProjectData
				project={project}
				paths={await listDataPaths(exchange.db, "project", project.id)}
				share={share}
				config={exchange.services.config}
				now={exchange.services.now()}
				mayRevoke={exchange.isAdmin || share?.owner_id === exchange.viewer.id}
			/>,
		);
	}),
];

const complete = defineRoute({
	method: "POST",
	path: "/projects/:id/complete/",
	kind: "action",
	policy: onObject("project", "id", "INSIDER"),
	summary: "Mark a project as delivered",
	params: withId,
	handler: async (exchange) => {
		const project = await loadProject(exchange);
		await exchange.command((context) => completeProject(context, project.id));
		exchange.flash("success", "Project completed.");
		return exchange.redirect(`/projects/${project.id}/`);
	},
});

const remove = defineRoute({
	method: "POST",
	path: "/projects/:id/delete/",
	kind: "action",
	policy: onObject("project", "id", "EDIT"),
	summary: "Delete a project without samples",
	params: withId,
	handler: async (exchange) => {
		const project = await loadProject(exchange);
		await exchange.command((context) => deleteProject(context, project.id));
		exchange.flash("success", "Project deleted.");
		return exchange.redirect("/projects/");
	},
});

/** Projects: list, page, form, data. */
export const projectRoutes: readonly Route[] = [
	...listRoutes({
		path: "/projects/",
		policy: signedIn,
		title: "Projects",
		active: "projects",
		summary: "Projects",
		list: projectsTable,
		spec: projectList,
		actions: () => <NewProjectButton />,
	}),
	...newProject,
	...editProject,
	projectPage,
	...tabs,
	complete,
	remove,
	...projectAttributeRoutes,
	...projectAssigneeRoutes,
	...projectDataRoutes,
];
