import { NotPossibleError } from "@opengsync/core/errors";
import { editPropertyTable, type PropertyTable, presentPropertyTable } from "@opengsync/core/libraries/edit-properties";
import type { PropertyOwner } from "@opengsync/db/queries/library-edits";
import { findProjectPage } from "@opengsync/db/queries/project-page";
import { findRequest } from "@opengsync/db/queries/seq-requests";
import { projectDisplayIdentifier, requestIdentifier } from "@opengsync/domain/identifiers";
import { z } from "zod";
import type { Exchange } from "../../framework/exchange.ts";
import type { Breadcrumb, NavigationKey } from "../../framework/page.ts";
import { onObject } from "../../framework/policy.ts";
import { type Route, withId } from "../../framework/route.ts";
import { sheetEditRoutes } from "./sheet-edit-routes.tsx";

interface Owner {
	readonly owner: PropertyOwner;
	readonly identifier: string;
	readonly url: string;
	readonly active: NavigationKey;
	readonly crumbs: readonly Breadcrumb[];
}

interface Loaded extends Owner {
	readonly table: PropertyTable;
}

async function loadRequestOwner(exchange: Exchange<{ id: number }>): Promise<Owner> {
	const request = exchange.authorize(await findRequest(exchange.db, exchange.viewer, exchange.params.id));
	const identifier = requestIdentifier(request.id);
	const url = `/seq_requests/${request.id}/`;
	return {
		owner: { kind: "request", id: request.id },
		identifier,
		url,
		active: "requests",
		crumbs: [
			{ label: "Requests", href: "/seq_requests/" },
			{ label: identifier, href: url },
		],
	};
}

async function loadProjectOwner(exchange: Exchange<{ id: number }>): Promise<Owner> {
	const project = exchange.authorize(await findProjectPage(exchange.db, exchange.viewer, exchange.params.id));
	const identifier = projectDisplayIdentifier(project);
	const url = `/projects/${project.id}/`;
	return {
		owner: { kind: "project", id: project.id },
		identifier,
		url,
		active: "projects",
		crumbs: [
			{ label: "Projects", href: "/projects/" },
			{ label: identifier, href: url },
		],
	};
}

const routesOf = (
	path: string,
	kind: "request" | "project",
	loadOwner: (exchange: Exchange<{ id: number }>) => Promise<Owner>,
): Route[] =>
	sheetEditRoutes({
		path,
		params: withId,
		query: z.object({}),
		showPolicy: onObject(kind, "id", "VIEW"),
		savePolicy: onObject(kind, "id", "EDIT"),
		summary: `Edit the properties of all libraries of a ${kind}`,
		load: async (exchange): Promise<Loaded> => {
			const owner = await loadOwner(exchange);
			const table = await presentPropertyTable(exchange.db, exchange.viewer, owner.owner);
			if (!table.action) throw new NotPossibleError("There are no libraries yet.");
			return { ...owner, table };
		},
		view: async (_, { owner, identifier, url, active, crumbs, table }) => ({
			title: "Library properties",
			subtitle: identifier,
			active,
			breadcrumbs: crumbs,
			presented: table.presented,
			draftKey: `library-properties/${owner.kind}-${owner.id}`,
			back: url,
			readOnlyReason: table.action?.reason ?? null,
			hints: [
				"One column per property; add and rename them under Columns. A column that you delete is deleted from every library, a blank cell from its library.",
			],
		}),
		save: (exchange, { owner }, edit) => exchange.command((context) => editPropertyTable(context, owner, edit)),
		saved: "Properties saved.",
	});

/** The properties of all libraries of a request or project: access-and-web.md §3.3. */
export const propertyTableRoutes: readonly Route[] = [
	...routesOf("/seq_requests/:id/library_properties/", "request", loadRequestOwner),
	...routesOf("/projects/:id/library_properties/", "project", loadProjectOwner),
];
