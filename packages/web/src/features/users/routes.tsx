import { projectList } from "@opengsync/db/queries/projects";
import { requestList } from "@opengsync/db/queries/seq-requests";
import { findUserPage, type UserPageRow } from "@opengsync/db/queries/user-page";
import { userList } from "@opengsync/db/queries/users";
import { AffiliationType, findMember } from "@opengsync/domain/catalog";
import { Card, EmptyState, Metadata, ObjectLink, Tabs } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";
import { RoleName } from "../../components/status.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { listRoutes, showList } from "../../framework/list-routes.tsx";
import { insider, onObject } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { securityRoutes, securityTab } from "../accounts/security-tab.tsx";
import { sessionsTab } from "../accounts/sessions-tab.tsx";
import { WorkAsButton } from "../accounts/working-as.tsx";
import { apiTokenRoutes } from "../api-tokens/routes.tsx";
import { historyTab } from "../history/addresses.ts";
import { notificationsTab } from "../notifications/preference-routes.tsx";
import { projectsTable } from "../projects/tables.tsx";
import { requestsTable } from "../requests/tables.tsx";
import { userEditRoutes } from "./edit-routes.tsx";
import { ManageMenu, manageRoutes } from "./manage-menu.tsx";
import { NewUserButton, newUserRoutes } from "./new-user-routes.tsx";
import { usersTable } from "./tables.tsx";

async function loadUser(exchange: Exchange<{ id: number }>): Promise<UserPageRow> {
	return exchange.authorize(await findUserPage(exchange.db, exchange.viewer, exchange.params.id));
}

function UserData({ user }: { user: UserPageRow }) {
	return (
		<Card>
			<Metadata
				items={[
					{ label: "First name", value: user.first_name },
					{ label: "Last name", value: user.last_name },
					{ label: "E-mail", value: user.email, copy: user.email },
					{ label: "Role", value: <RoleName roleId={user.role_id} /> },
					{ label: "Requests", value: user.num_requests },
					{ label: "Projects", value: user.num_projects },
				]}
			/>
		</Card>
	);
}

function UserGroups({ user }: { user: UserPageRow }) {
	if (user.groups.length === 0) {
		return <EmptyState icon="users-group" title="No groups" hint="Members of a group see each other's requests and projects." />;
	}
	return (
		<Card padded={false}>
			<SimpleTable titles={["ID", "Group", "Affiliation"]}>
				{user.groups.map((group) => (
					<tr>
						<td class="font-mono">{group.id}</td>
						<td>
							<ObjectLink href={`/groups/${group.id}/`}>{group.name}</ObjectLink>
						</td>
						<td>{findMember(AffiliationType, group.affiliation_type_id)?.label}</td>
					</tr>
				))}
			</SimpleTable>
		</Card>
	);
}

const userPage = defineRoute({
	method: "GET",
	path: "/users/:id/",
	kind: "page",
	policy: onObject("user", "id", "OWNER"),
	summary: "Page of a user",
	params: withId,
	handler: async (exchange) => {
		const user = await loadUser(exchange);
		const fragment = `/htmx/users/${user.id}`;
		return exchange.page(
			{
				title: user.email,
				subtitle: <RoleName roleId={user.role_id} />,
				active: user.id === exchange.viewer.id ? "profile" : "users",
				breadcrumbs: exchange.isInsider ? [{ label: "Users", href: "/users/" }, { label: user.email }] : [],
				actions: (
					<>
						<WorkAsButton exchange={exchange} user={user} />
						<ManageMenu exchange={exchange} user={user} />
					</>
				),
			},
			<Tabs
				tabs={[
					{ key: "data", title: "User data", content: <UserData user={user} /> },
					{ key: "projects", title: "Projects", count: user.num_projects, href: `${fragment}/projects` },
					{ key: "requests", title: "Requests", count: user.num_requests, href: `${fragment}/requests` },
					{ key: "groups", title: "Groups", count: user.groups.length, content: <UserGroups user={user} /> },
					{ key: "api", title: "API", count: user.num_api_tokens, href: `${fragment}/api_tokens` },
					...sessionsTab(exchange, user.id),
					...securityTab(exchange, user.id),
					...notificationsTab(exchange, user.id),
					historyTab("user", user.id),
				]}
			/>,
		);
	},
});

const userProjects = { ...projectsTable, name: "user-projects" };
const userRequests = { ...requestsTable, name: "user-requests" };

const projects = defineRoute({
	method: "GET",
	path: "/htmx/users/:id/projects",
	kind: "fragment",
	policy: onObject("user", "id", "OWNER"),
	summary: "Projects of a user",
	params: withId,
	handler: async (exchange) => {
		const user = await loadUser(exchange);
		return showList(exchange, userProjects, projectList, { scope: { user_id: user.id } });
	},
});

const requests = defineRoute({
	method: "GET",
	path: "/htmx/users/:id/requests",
	kind: "fragment",
	policy: onObject("user", "id", "OWNER"),
	summary: "Requests of a user",
	params: withId,
	handler: async (exchange) => {
		const user = await loadUser(exchange);
		return showList(exchange, userRequests, requestList, { scope: { user_id: user.id } });
	},
});

/** Users: list, page, API tokens. */
export const userRoutes: readonly Route[] = [
	...listRoutes({
		path: "/users/",
		policy: insider,
		title: "Users",
		active: "users",
		summary: "Users",
		list: usersTable,
		spec: userList,
		actions: () => <NewUserButton />,
	}),
	...newUserRoutes,
	userPage,
	projects,
	requests,
	...userEditRoutes,
	...manageRoutes,
	...apiTokenRoutes,
	...securityRoutes,
];
