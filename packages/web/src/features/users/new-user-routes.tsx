import { inviteUser } from "@opengsync/core/accounts/invite-user";
import { UserRole } from "@opengsync/domain/catalog";
import { rolesForNewUser } from "@opengsync/domain/user-actions";
import { LinkButton } from "../../components/button.tsx";
import { defineForm } from "../../framework/form.ts";
import { formRoutes } from "../../framework/form-routes.tsx";
import { insider } from "../../framework/policy.ts";
import type { Route } from "../../framework/route.ts";
import { submitLimit } from "../accounts/account-parts.tsx";
import { roleOptions } from "./edit-routes.tsx";

/** Button above the list of users. */
export function NewUserButton() {
	return (
		<LinkButton href="/users/new/" dialog="/htmx/users/new" look="primary" icon="user-plus">
			New user
		</LinkButton>
	);
}

const routes = formRoutes({
	pagePath: "/users/new/",
	dialogPath: "/htmx/users/new",
	policy: insider,
	summary: "Add a user: by an invitation, or as a deactivated account",
	title: () => "New user",
	active: "users",
	breadcrumbs: () => [{ label: "Users", href: "/users/" }],
	load: async () => null,
	form: (_, exchange) =>
		defineForm({
			name: "new-user-form",
			submitLabel: "Add user",
			sections: [
				{
					key: "person",
					title: "Name of a deactivated account",
					help: "Everybody else gets a mail with a link and tells the name on registering.",
					collapsed: true,
				},
			],
			fields: {
				email: { kind: "email", label: "E-mail", required: true, maxLength: 128 },
				roleId: {
					kind: "select",
					label: "Role",
					required: true,
					options: roleOptions(rolesForNewUser(exchange.viewer.roleId)),
					value: UserRole.CLIENT.id,
					help: "Deactivated: for people who appear as requestors but do not sign in. They get no mail.",
				},
				firstName: { kind: "text", label: "First name", maxLength: 64, half: true, section: "person" },
				lastName: { kind: "text", label: "Last name", maxLength: 64, half: true, section: "person" },
			},
		}),
	accept: async (exchange, values) => {
		const id = await exchange.command((context) => inviteUser(context, values));
		exchange.flash("success", id === null ? `The invitation goes to ${values.email}.` : "The account is created.");
		return id === null ? "/users/" : `/users/${id}/`;
	},
});

/** *New User*: access-and-web.md §4.1. */
export const newUserRoutes: readonly Route[] = routes.map((route) =>
	route.method === "POST" ? { ...route, limit: { name: "sign-up", ...submitLimit } } : route,
);
