import { addMember } from "@opengsync/core/groups/add-member";
import { createGroup } from "@opengsync/core/groups/create-group";
import { handOverGroup } from "@opengsync/core/groups/hand-over-group";
import { removeMember } from "@opengsync/core/groups/remove-member";
import { updateGroup } from "@opengsync/core/groups/update-group";
import { runList } from "@opengsync/db/list-query";
import { findGroupPage, type GroupPageRow, groupList, memberList } from "@opengsync/db/queries/groups";
import { projectList } from "@opengsync/db/queries/projects";
import { requestList } from "@opengsync/db/queries/seq-requests";
import type { AccessLevel } from "@opengsync/domain/access-level";
import { findMember, GroupType } from "@opengsync/domain/catalog";
import { groupAction } from "@opengsync/domain/group-actions";
import { z } from "zod";
import { LinkButton } from "../../components/button.tsx";
import { Tabs } from "../../components/parts.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { formRoutes } from "../../framework/form-routes.tsx";
import { listRoutes, showList } from "../../framework/list-routes.tsx";
import { onObject, signedIn } from "../../framework/policy.ts";
import { defineRoute, idInPath, type Route, withId } from "../../framework/route.ts";
import { historyTab } from "../history/addresses.ts";
import { buildGroupForm, memberForm } from "./forms.ts";
import { groupProjects, groupRequests, groupsTable, membersTable, NewGroupButton } from "./tables.tsx";

const crumbs = [{ label: "Groups", href: "/groups/" }];
const crumbsOf = (group: GroupPageRow) => [...crumbs, { label: group.name, href: `/groups/${group.id}/` }];

/** Loads the group of the address with the viewer's level and lets the route's policy decide. */
async function loadGroup(exchange: Exchange<{ id: number }>): Promise<GroupPageRow> {
	return exchange.authorize(await findGroupPage(exchange.db, exchange.viewer, exchange.params.id));
}

const newGroup = formRoutes({
	pagePath: "/groups/new/",
	dialogPath: "/htmx/groups/new",
	policy: signedIn,
	summary: "Create a group",
	title: () => "New group",
	active: "groups",
	breadcrumbs: () => crumbs,
	load: async () => null,
	form: () => buildGroupForm(null),
	accept: async (exchange, values) => {
		const id = await exchange.command((context) => createGroup(context, values));
		exchange.flash("success", `Group ${values.name} created. Now add members.`);
		return `/groups/${id}/`;
	},
});

const editGroup = formRoutes({
	pagePath: "/groups/:id/edit/",
	dialogPath: "/htmx/groups/:id/edit",
	params: withId,
	policy: onObject("group", "id", "OWNER"),
	summary: "Rename a group or change its type",
	title: (group: GroupPageRow) => `Edit ${group.name}`,
	active: "groups",
	breadcrumbs: crumbsOf,
	load: loadGroup,
	form: (group) => buildGroupForm(group),
	accept: async (exchange, values, group) => {
		await exchange.command((context) => updateGroup(context, group.id, values));
		exchange.flash("success", "Changes saved.");
		return `/groups/${group.id}/`;
	},
});

const newMember = formRoutes({
	pagePath: "/groups/:id/members/add/",
	dialogPath: "/htmx/groups/:id/members/add",
	params: withId,
	policy: onObject("group", "id", "EDIT"),
	summary: "Add a member to a group",
	title: (group: GroupPageRow) => `Add a member to ${group.name}`,
	active: "groups",
	breadcrumbs: crumbsOf,
	load: loadGroup,
	form: () => memberForm,
	accept: async (exchange, values, group) => {
		const name = await exchange.command((context) => addMember(context, group.id, values));
		exchange.flash("success", `${name} belongs to the group now.`);
		return `/groups/${group.id}/`;
	},
});

function GroupButtons({ group }: { group: GroupPageRow }) {
	const level = group.access_level as AccessLevel;
	return (
		<>
			{groupAction("addMember", { level }).enabled && (
				<LinkButton
					href={`/groups/${group.id}/members/add/`}
					dialog={`/htmx/groups/${group.id}/members/add`}
					look="primary"
					icon="user-plus"
				>
					Add member
				</LinkButton>
			)}
			{groupAction("edit", { level }).enabled && (
				<LinkButton href={`/groups/${group.id}/edit/`} dialog={`/htmx/groups/${group.id}/edit`} icon="edit">
					Edit
				</LinkButton>
			)}
		</>
	);
}

const groupPage = defineRoute({
	method: "GET",
	path: "/groups/:id/",
	kind: "page",
	policy: onObject("group", "id", "VIEW"),
	summary: "Page of a group",
	params: withId,
	handler: async (exchange) => {
		const group = await loadGroup(exchange);
		const fragment = `/htmx/groups/${group.id}`;
		return exchange.page(
			{
				title: group.name,
				subtitle: findMember(GroupType, group.type_id)?.label,
				active: "groups",
				breadcrumbs: [...crumbs, { label: group.name }],
				actions: <GroupButtons group={group} />,
			},
			<Tabs
				tabs={[
					{ key: "members", title: "Members", count: group.num_members, href: `${fragment}/members` },
					{ key: "requests", title: "Requests", count: group.num_requests, href: `${fragment}/requests` },
					{ key: "projects", title: "Projects", count: group.num_projects, href: `${fragment}/projects` },
					historyTab("group", group.id),
				]}
			/>,
		);
	},
});

/** A tab of a group that is loaded when it is opened. */
function tab(
	name: string,
	summary: string,
	show: (exchange: Exchange<{ id: number }>, group: GroupPageRow) => Promise<Response>,
) {
	return defineRoute({
		method: "GET",
		path: `/htmx/groups/:id/${name}`,
		kind: "fragment",
		policy: onObject("group", "id", "VIEW"),
		summary,
		params: withId,
		handler: async (exchange) => show(exchange, await loadGroup(exchange)),
	});
}

const tabs = [
	tab("members", "Members of a group", (exchange, group) => {
		const table = membersTable(group, { id: exchange.viewer.id, isInsider: exchange.isInsider });
		return showList(exchange, table, memberList(group.id), { scope: {} });
	}),
	tab("requests", "Requests of a group", (exchange, group) =>
		showList(exchange, groupRequests, requestList, { scope: { group_id: group.id } }),
	),
	tab("projects", "Projects of a group", (exchange, group) =>
		showList(exchange, groupProjects, projectList, { scope: { group_id: group.id } }),
	),
];

const withMember = z.object({ id: idInPath, userId: idInPath });

const removal = defineRoute({
	method: "POST",
	path: "/groups/:id/members/:userId/remove/",
	kind: "action",
	policy: onObject("group", "id", "VIEW"),
	summary: "Remove a member from a group, or leave it",
	params: withMember,
	handler: async (exchange) => {
		const group = await loadGroup(exchange);
		const { userId } = exchange.params;
		await exchange.command((context) => removeMember(context, group.id, userId));
		const leaves = userId === exchange.viewer.id;
		exchange.flash("success", leaves ? `You have left ${group.name}.` : "Member removed.");
		return exchange.redirect(leaves && !exchange.isInsider ? "/groups/" : `/groups/${group.id}/`);
	},
});

const handOver = defineRoute({
	method: "POST",
	path: "/groups/:id/members/:userId/make_owner/",
	kind: "action",
	policy: onObject("group", "id", "OWNER"),
	summary: "Hand a group over to a member",
	params: withMember,
	handler: async (exchange) => {
		const group = await loadGroup(exchange);
		await exchange.command((context) => handOverGroup(context, group.id, exchange.params.userId));
		exchange.flash("success", "The group has a new owner.");
		return exchange.redirect(`/groups/${group.id}/`);
	},
});

const search = defineRoute({
	method: "GET",
	path: "/htmx/groups/search",
	kind: "api",
	policy: signedIn,
	summary: "Search for a group by name",
	query: z.object({ word: z.string().max(128).optional() }),
	handler: async (exchange) => {
		const word = exchange.query.word?.trim() ?? "";
		const parameters = word ? { search: { column: "name" as const, word } } : { sortBy: "name" as const };
		const { rows } = await runList(exchange.db, groupList, parameters, exchange.viewer);
		return exchange.json(
			rows.map((row) => ({ value: row.id, label: row.name, detail: findMember(GroupType, row.type_id)?.label ?? "" })),
		);
	},
});

/** Groups: list, page, form, members. */
export const groupRoutes: readonly Route[] = [
	...listRoutes({
		path: "/groups/",
		policy: signedIn,
		title: "Groups",
		active: "groups",
		summary: "Groups",
		list: groupsTable,
		spec: groupList,
		actions: () => <NewGroupButton />,
	}),
	...newGroup,
	...editGroup,
	...newMember,
	groupPage,
	...tabs,
	removal,
	handOver,
	search,
];
