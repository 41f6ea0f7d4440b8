import { changeUserEmail, requestEmailChange } from "@opengsync/core/accounts/change-email";
import { changePassword } from "@opengsync/core/accounts/change-password";
import { isOwnPassword } from "@opengsync/core/accounts/check-own-password";
import { updateUser } from "@opengsync/core/accounts/update-user";
import { InvalidInputError } from "@opengsync/core/errors";
import type { UserPageRow } from "@opengsync/db/queries/user-page";
import { findMember, UserRole } from "@opengsync/domain/catalog";
import { assignableRoles, type UserAction } from "@opengsync/domain/user-actions";
import { Notice } from "../../components/parts.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { defineForm, type SelectField } from "../../framework/form.ts";
import { formRoutes } from "../../framework/form-routes.tsx";
import { onObject } from "../../framework/policy.ts";
import { type Route, withId } from "../../framework/route.ts";
import { newPasswordFields, submitLimit } from "../accounts/account-parts.tsx";
import { secondFactorContext } from "../accounts/second-factor-context.ts";
import { loadUserFor, userActionOf } from "./user-actions.ts";

/** Roles as options of a select. */
export function roleOptions(roleIds: readonly number[]): { value: number; label: string }[] {
	return roleIds.map((id) => ({ value: id, label: findMember(UserRole, id)?.label ?? "" }));
}

const about = {
	params: withId,
	policy: onObject("user", "id", "OWNER"),
	active: "users",
	breadcrumbs: (user: UserPageRow) => [{ label: user.email, href: `/users/${user.id}/` }],
} as const;

const presentPassword = {
	kind: "password",
	label: "Present password",
	required: true,
	autocomplete: "current-password",
} as const;

/** The role is there only for admins, and read-only with the reason when it cannot be changed; what is sent all the same is ignored. */
function editForm(user: UserPageRow, changeRole: UserAction) {
	const roleId: SelectField<number> = {
		kind: "select",
		label: "Role",
		required: true,
		options: roleOptions(changeRole.enabled ? assignableRoles : [user.role_id]),
		value: user.role_id,
		help: changeRole.reason ?? "Deactivated: signs the person out at once, revokes the API tokens and removes the passkeys.",
		readOnly: !changeRole.enabled,
	};
	return defineForm({
		name: "user-form",
		submitLabel: "Save user",
		fields: {
			firstName: { kind: "text", label: "First name", required: true, maxLength: 64, half: true, value: user.first_name },
			lastName: { kind: "text", label: "Last name", required: true, maxLength: 64, half: true, value: user.last_name },
			...(changeRole.shown ? { roleId } : {}),
		},
	});
}

const edit = formRoutes({
	...about,
	pagePath: "/users/:id/edit/",
	dialogPath: "/htmx/users/:id/edit",
	summary: "Edit names and role of a user",
	title: (user) => `Edit ${user.email}`,
	load: (exchange: Exchange<{ id: number }>) => loadUserFor(exchange, "edit"),
	form: (user, exchange) => editForm(user, userActionOf(exchange, user, "changeRole")),
	accept: async (exchange, values, user) => {
		const roleId = typeof values.roleId === "number" ? values.roleId : null;
		const input = { firstName: values.firstName, lastName: values.lastName, roleId };
		await exchange.command((context) => updateUser(context, user.id, input));
		if (input.roleId === UserRole.DEACTIVATED.id && user.id === exchange.viewer.id) await exchange.session.signOut();
		exchange.flash("success", "User saved.");
		return `/users/${user.id}/`;
	},
});

const password = formRoutes({
	...about,
	pagePath: "/users/:id/password/",
	dialogPath: "/htmx/users/:id/password",
	summary: "Change one's own password",
	title: () => "Change password",
	load: (exchange: Exchange<{ id: number }>) => loadUserFor(exchange, "changePassword"),
	intro: () => (
		<Notice look="warning">
			<p>This signs you out in all other browsers and revokes the API tokens made so far. Passkeys stay.</p>
		</Notice>
	),
	form: () =>
		defineForm({
			name: "password-form",
			submitLabel: "Change password",
			fields: { currentPassword: presentPassword, ...newPasswordFields },
		}),
	accept: async (exchange, values, user) => {
		await requirePresentPassword(exchange, values.currentPassword);
		const keptSessionId = exchange.session.id;
		const { revokedTokens } = await exchange.command((context) => changePassword(context, { ...values, keptSessionId }));
		exchange.flash("success", `Password changed. ${tokensText(revokedTokens)}`.trim());
		return `/users/${user.id}/`;
	},
});

/** Wrong ones count as at the sign-in, so that nobody can guess the password at a browser that was left open. */
async function requirePresentPassword(exchange: Exchange, password: string): Promise<void> {
	if (await isOwnPassword(secondFactorContext(exchange), exchange.viewer.id, password)) return;
	throw new InvalidInputError([{ field: "currentPassword", message: "This is not your present password." }]);
}

function tokensText(revokedTokens: number): string {
	if (revokedTokens === 0) return "";
	return revokedTokens === 1 ? "One API token was revoked." : `${revokedTokens} API tokens were revoked.`;
}

const email = formRoutes({
	...about,
	pagePath: "/users/:id/email/",
	dialogPath: "/htmx/users/:id/email",
	summary: "Change the e-mail address of a user",
	title: () => "Change e-mail",
	load: (exchange: Exchange<{ id: number }>) => loadUserFor(exchange, "changeEmail"),
	form: (user, exchange) => {
		const isOwn = user.id === exchange.viewer.id;
		return defineForm({
			name: "email-form",
			submitLabel: isOwn ? "Send a link to the new address" : "Change e-mail",
			fields: {
				email: {
					kind: "email",
					label: "New e-mail",
					required: true,
					maxLength: 128,
					help: isOwn ? "It is changed once you open the link that we send there." : "Both addresses are told by mail.",
				},
				...(isOwn ? { currentPassword: presentPassword } : {}),
			},
		});
	},
	accept: async (exchange, values, user) => {
		if (user.id === exchange.viewer.id) {
			const input = { email: values.email, currentPassword: values.currentPassword ?? "" };
			await requirePresentPassword(exchange, input.currentPassword);
			await exchange.command((context) => requestEmailChange(context, input));
			exchange.flash("info", "Please check your e-mail: we have sent a message to the new address.");
		} else {
			await exchange.command((context) => changeUserEmail(context, { userId: user.id, email: values.email }));
			exchange.flash("success", "E-mail changed.");
		}
		return `/users/${user.id}/`;
	},
});

/** Forms that take a password are limited against guessing it (access-and-web.md §6.6). */
function limited(routes: readonly Route[], name: string): Route[] {
	return routes.map((route) => (route.method === "POST" ? { ...route, limit: { name, ...submitLimit } } : route));
}

/** Forms of an account: access-and-web.md §3.7, §4.5, §4.7. */
export const userEditRoutes: readonly Route[] = [
	...edit,
	...limited(password, "change-password"),
	...limited(email, "change-email"),
];
