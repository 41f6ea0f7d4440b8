import type { ProjectRow } from "@opengsync/db/queries/projects";
import type { SampleRow } from "@opengsync/db/queries/samples";
import type { RequestRow } from "@opengsync/db/queries/seq-requests";
import { ProjectStatus, SampleStatus } from "@opengsync/domain/catalog";
import { projectDisplayIdentifier } from "@opengsync/domain/identifiers";
import { LinkButton } from "../../components/button.tsx";
import { countColumn, idColumn, nameColumn, statusColumn } from "../../components/list-columns.tsx";
import { ObjectLink } from "../../components/parts.tsx";
import { defineList } from "../../framework/list.ts";
import { filteredLibraryTypesColumn, libraryTypesColumn } from "../libraries/library-cells.tsx";
import { requestsTable } from "../requests/tables.tsx";

/** Button that leads to the form of a new project. */
export function NewProjectButton() {
	return (
		<LinkButton href="/projects/new/" look="primary" icon="plus">
			New project
		</LinkButton>
	);
}

/** The table of projects: access-and-web.md §11.2. */
export const projectsTable = defineList<ProjectRow>({
	name: "projects",
	empty: {
		title: "No projects yet",
		hint: "A project gathers samples whose data are delivered together. It can also be made while you annotate a request.",
		action: <NewProjectButton />,
	},
	columns: [
		idColumn((row) => `/projects/${row.id}/`),
		{
			key: "identifier",
			title: "Identifier",
			sort: true,
			search: true,
			mono: true,
			cell: (row) => (
				<ObjectLink href={`/projects/${row.id}/`} mono>
					{projectDisplayIdentifier(row)}
				</ObjectLink>
			),
			text: projectDisplayIdentifier,
		},
		{
			key: "title",
			title: "Title",
			sort: true,
			search: true,
			cell: (row) => <ObjectLink href={`/projects/${row.id}/`}>{row.title}</ObjectLink>,
			text: (row) => row.title,
		},
		filteredLibraryTypesColumn,
		statusColumn(ProjectStatus),
		{ key: "group", title: "Group", cell: (row) => row.group_name, text: (row) => row.group_name },
		{ key: "owner", title: "Owner", search: true, cell: (row) => row.owner_name, text: (row) => row.owner_name },
		countColumn("num_samples", "Samples"),
	],
});

/** Said where a project has no samples. */
export const noSamples = {
	title: "No samples yet",
	hint: "Samples come into a project by the annotation of a request.",
	action: <LinkButton href="/seq_requests/">Go to the requests</LinkButton>,
};

/** Samples of a project: with the types of their libraries. */
export const projectSamples = defineList<SampleRow>({
	name: "project-samples",
	empty: noSamples,
	columns: [
		idColumn((row) => `/samples/${row.id}/`),
		nameColumn((row) => `/samples/${row.id}/`),
		statusColumn(SampleStatus),
		libraryTypesColumn,
		countColumn("num_libraries", "Libraries"),
	],
});

/** Requests with libraries of a project. */
export const projectRequests = defineList<RequestRow>({
	name: "project-requests",
	empty: { title: "No requests of this project yet" },
	columns: requestsTable.columns
		.filter((column) => ["id", "name", "status", "submitted", "library_types", "num_libraries"].includes(column.key))
		.map((column) => ({ ...column, search: false, filter: [] })),
});

/** Projects of a request: the columns that the request does not imply. */
export const requestProjects = defineList<ProjectRow>({
	name: "request-projects",
	empty: { title: "No projects yet", hint: "They come with the samples of the annotation." },
	columns: projectsTable.columns,
});
