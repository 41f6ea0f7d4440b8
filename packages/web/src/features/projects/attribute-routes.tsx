import { NotPossibleError } from "@opengsync/core/errors";
import { editSampleAttributes, presentSampleAttributes } from "@opengsync/core/projects/edit-sample-attributes";
import type { ProjectPageRow } from "@opengsync/db/queries/project-page";
import {
	listAttributeNames,
	listSampleAttributes,
	type SampleAttributesRow,
	sampleAttributeList,
} from "@opengsync/db/queries/sample-attributes";
import { readAttributes } from "@opengsync/domain/attributes";
import { projectDisplayIdentifier } from "@opengsync/domain/identifiers";
import { titlesOfAttributes } from "@opengsync/domain/sheets/attribute-sheet";
import { fieldNameOf } from "@opengsync/domain/sheets/match-headers";
import { z } from "zod";
import { LinkButton } from "../../components/button.tsx";
import { idColumn, nameColumn } from "../../components/list-columns.tsx";
import { EmptyState } from "../../components/parts.tsx";
import { defineList, type ListDefinition } from "../../framework/list.ts";
import { showList } from "../../framework/list-routes.tsx";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { sheetEditRoutes } from "../libraries/sheet-edit-routes.tsx";
import { loadProject } from "./data-routes.tsx";
import { actionOf } from "./project-page.tsx";
import { noSamples } from "./tables.tsx";

function EditAttributesButton({ project }: { project: ProjectPageRow }) {
	const edit = actionOf(project, "editAttributes");
	if (!edit.shown) return null;
	return (
		<LinkButton href={`/projects/${project.id}/sample_attributes/`} icon="edit" disabledReason={edit.reason}>
			{edit.label}
		</LinkButton>
	);
}

/** Samples × attributes: one column per attribute that any sample of the project has, the well-known ones first. */
function attributesTable(stored: readonly string[]): ListDefinition<SampleAttributesRow> {
	const names = new Set(stored.map(fieldNameOf));
	const titles = [...titlesOfAttributes(stored)].filter(([name]) => names.has(name));
	return defineList<SampleAttributesRow>({
		name: "project-attributes",
		empty: noSamples,
		defaultSort: { by: "id", order: "asc" },
		columns: [
			idColumn((row) => `/samples/${row.id}/`),
			nameColumn((row) => `/samples/${row.id}/`),
			...titles.map(([name, title]) => ({
				key: `attribute:${name}`,
				title,
				cell: (row: SampleAttributesRow) => readAttributes(row.attributes).get(name) ?? "",
			})),
		],
	});
}

const tab = defineRoute({
	method: "GET",
	path: "/htmx/projects/:id/attributes",
	kind: "fragment",
	policy: onObject("project", "id", "VIEW"),
	summary: "Attributes of the samples of a project",
	params: withId,
	handler: async (exchange) => {
		const project = await loadProject(exchange);
		const stored = await listAttributeNames(exchange.db, project.id);
		const button = <EditAttributesButton project={project} />;
		if (project.num_samples > 0 && stored.length === 0) {
			return exchange.fragment(
				<EmptyState
					title="No attributes yet"
					hint="Sex, tissue, condition and whatever else tells the samples apart are entered here or with the annotation of a request."
					action={button}
				/>,
			);
		}
		return showList(exchange, attributesTable(stored), sampleAttributeList, {
			scope: { project_id: project.id },
			toolbar: project.num_samples > 0 && button,
		});
	},
});

const sheet = sheetEditRoutes({
	path: "/projects/:id/sample_attributes/",
	params: withId,
	query: z.object({}),
	showPolicy: onObject("project", "id", "VIEW"),
	savePolicy: onObject("project", "id", "EDIT"),
	summary: "Edit the attributes of the samples of a project",
	load: async (exchange) => {
		const project = await loadProject(exchange);
		const action = actionOf(project, "editAttributes");
		if (action.refusal === "notPossible") throw new NotPossibleError(action.reason ?? "");
		return { project, readOnlyReason: action.reason };
	},
	view: async (exchange, { project, readOnlyReason }) => ({
		title: "Sample attributes",
		subtitle: projectDisplayIdentifier(project),
		active: "projects",
		breadcrumbs: [
			{ label: "Projects", href: "/projects/" },
			{ label: projectDisplayIdentifier(project), href: `/projects/${project.id}/` },
		],
		presented: presentSampleAttributes(await listSampleAttributes(exchange.db, project.id)),
		draftKey: `sample-attributes/${project.id}`,
		back: `/projects/${project.id}/?tab=attributes`,
		readOnlyReason,
		hints: [
			"Fill a column for all samples or for none; gaps that were there before may stay. Add and rename columns under Columns; one that you delete or empty is deleted from every sample.",
		],
	}),
	save: (exchange, { project }, edit) => exchange.command((context) => editSampleAttributes(context, project.id, edit)),
	saved: "Attributes saved.",
});

/** Attributes of the samples of a project: tab and sheet (access-and-web.md §3.3, §8.2). */
export const projectAttributeRoutes: readonly Route[] = [tab, ...sheet];
