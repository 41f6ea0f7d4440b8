import { assignProject, unassignProject } from "@opengsync/core/projects/assign-project";
import { listProjectAssignees } from "@opengsync/db/queries/assignees";
import type { ProjectPageRow } from "@opengsync/db/queries/project-page";
import { projectDisplayIdentifier } from "@opengsync/domain/identifiers";
import type { Route } from "../../framework/route.ts";
import { assigneeRoutes } from "../assignees/assignee-routes.tsx";
import { loadProject } from "./data-routes.tsx";
import { actionOf } from "./project-page.tsx";

/** Who of the staff looks after a project. */
export const projectAssigneeRoutes: readonly Route[] = assigneeRoutes<ProjectPageRow>({
	entity: "project",
	folder: "projects",
	active: "projects",
	load: loadProject,
	breadcrumbs: (project) => [
		{ label: "Projects", href: "/projects/" },
		{ label: projectDisplayIdentifier(project), href: `/projects/${project.id}/` },
	],
	identifier: projectDisplayIdentifier,
	name: (project) => project.title,
	action: actionOf,
	list: listProjectAssignees,
	add: assignProject,
	remove: unassignProject,
});
