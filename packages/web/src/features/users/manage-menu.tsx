import { activateUser } from "@opengsync/core/accounts/activate-user";
import { sendPasswordResetMail } from "@opengsync/core/accounts/reset-password";
import { signOutEverywhere } from "@opengsync/core/accounts/sign-out-everywhere";
import type { UserPageRow } from "@opengsync/db/queries/user-page";
import { type UserActionName, userActions } from "@opengsync/domain/user-actions";
import { ActionButton, type Confirmation, LinkButton } from "../../components/button.tsx";
import type { IconName } from "../../components/icon-names.ts";
import { Menu } from "../../components/menu.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { submitLimit } from "../accounts/account-parts.tsx";
import { loadUserFor, userActionOf, userFactsOf } from "./user-actions.ts";

interface MenuProps {
	readonly exchange: Exchange;
	readonly user: UserPageRow;
}

interface DialogItem {
	readonly action: UserActionName;
	readonly icon: IconName;
	/** Last part of the addresses of page and dialog. */
	readonly path: string;
}

interface ActionItem extends DialogItem {
	readonly confirm: Confirmation;
}

const dialogItems: readonly DialogItem[] = [
	{ action: "edit", icon: "edit", path: "edit" },
	{ action: "changePassword", icon: "lock", path: "password" },
	{ action: "changeEmail", icon: "mail", path: "email" },
];

const actionItems = (user: UserPageRow): readonly ActionItem[] => [
	{
		action: "sendResetMail",
		icon: "key",
		path: "send_reset_mail",
		confirm: { title: "Send a link to choose a new password?", text: `It goes to ${user.email}.`, yes: "Send" },
	},
	{
		action: "activate",
		icon: "user-check",
		path: "activate",
		confirm: { title: "Activate this account?", text: `A link to choose a password goes to ${user.email}.`, yes: "Activate" },
	},
	{
		action: "signOutEverywhere",
		icon: "logout",
		path: "sign_out_everywhere",
		confirm: { title: "Sign out everywhere?", text: "All sessions end, in every browser.", yes: "Sign out everywhere" },
	},
];

/** Menu *Manage* on the page of a user (access-and-web.md §8.8): what the table of actions offers; nothing when that is nothing. */
export function ManageMenu({ exchange, user }: MenuProps) {
	const url = `/users/${user.id}`;
	if (!userActions(userFactsOf(exchange, user)).some((action) => action.shown && action.action !== "changeRole")) return null;
	return (
		<Menu label="Manage">
			{dialogItems.map(({ action, icon, path }) => {
				const { shown, label, reason } = userActionOf(exchange, user, action);
				return (
					shown && (
						<LinkButton href={`${url}/${path}/`} dialog={`/htmx${url}/${path}`} icon={icon} look="quiet" disabledReason={reason}>
							{label}
						</LinkButton>
					)
				);
			})}
			{actionItems(user).map(({ action, icon, path, confirm }) => {
				const { shown, label, reason } = userActionOf(exchange, user, action);
				return (
					shown && (
						<ActionButton action={`${url}/${path}/`} icon={icon} look="quiet" confirm={confirm} disabledReason={reason}>
							{label}
						</ActionButton>
					)
				);
			})}
			{user.id === exchange.viewer.id && (
				<ActionButton action="/auth/sign_out/" icon="logout" look="quiet" confirm={{ title: "Sign out of this browser?" }}>
					Sign Out
				</ActionButton>
			)}
		</Menu>
	);
}

const about = { method: "POST", kind: "action", policy: onObject("user", "id", "OWNER"), params: withId } as const;

const sendReset = defineRoute({
	...about,
	path: "/users/:id/send_reset_mail/",
	summary: "Mail a link to choose a new password",
	limit: { name: "reset-password", ...submitLimit },
	handler: async (exchange) => {
		const user = await loadUserFor(exchange, "sendResetMail");
		await exchange.command((context) => sendPasswordResetMail(context, { userId: user.id }));
		exchange.flash("success", `A link to choose a new password goes to ${user.email}.`);
		return exchange.redirect(`/users/${user.id}/`);
	},
});

const activate = defineRoute({
	...about,
	policy: onObject("user", "id", "INSIDER"),
	path: "/users/:id/activate/",
	summary: "Activate a deactivated account",
	handler: async (exchange) => {
		const user = await loadUserFor(exchange, "activate");
		await exchange.command((context) => activateUser(context, { userId: user.id }));
		exchange.flash("success", `The account is active. A link to choose a password goes to ${user.email}.`);
		return exchange.redirect(`/users/${user.id}/`);
	},
});

const signOut = defineRoute({
	...about,
	path: "/users/:id/sign_out_everywhere/",
	summary: "End all sessions of a user",
	handler: async (exchange) => {
		const user = await loadUserFor(exchange, "signOutEverywhere");
		await exchange.command((context) => signOutEverywhere(context, { userId: user.id }));
		if (user.id !== exchange.viewer.id) {
			exchange.flash("success", `${user.email} is signed out everywhere.`);
			return exchange.redirect(`/users/${user.id}/`);
		}
		await exchange.session.signOut();
		exchange.flash("info", "You are signed out everywhere.");
		return exchange.redirect("/auth/auth/");
	},
});

/** What the menu *Manage* does at once: access-and-web.md §4.4, §4.6. */
export const manageRoutes: readonly Route[] = [sendReset, activate, signOut];
