import { ForbiddenError } from "@opengsync/core/errors";
import { loadNotificationModes, type ModeLookup } from "@opengsync/core/notifications/choices";
import { saveNotificationPreferences } from "@opengsync/core/notifications/preferences";
import { findUserPage, type UserPageRow } from "@opengsync/db/queries/user-page";
import {
	type NotificationKindKey,
	type NotificationMode,
	notificationKindsFor,
	notificationModes,
} from "@opengsync/domain/notifications";
import { isInsider } from "@opengsync/domain/roles";
import { Form } from "../../components/form.tsx";
import { Card, type Tab } from "../../components/parts.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { defineForm, type SelectField, untouched } from "../../framework/form.ts";
import { formRoutes } from "../../framework/form-routes.tsx";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";

/** The tab *Notifications* on one's own page. */
export function notificationsTab(exchange: Exchange, userId: number): Tab[] {
	if (exchange.viewer.id !== userId) return [];
	return [{ key: "notifications", title: "Notifications", href: `/htmx/users/${userId}/notifications` }];
}

interface Owner {
	readonly user: UserPageRow;
	readonly modeOf: ModeLookup;
}

/** What mails somebody gets is nobody else's business, admins included. */
async function loadOwner(exchange: Exchange<{ id: number }>): Promise<Owner> {
	const user = exchange.authorize(await findUserPage(exchange.db, exchange.viewer, exchange.params.id));
	if (user.id !== exchange.viewer.id) throw new ForbiddenError("Only the owner of an account chooses what mails it gets.");
	return { user, modeOf: await loadNotificationModes(exchange.db, [{ userId: user.id, email: user.email }]) };
}

const sections = [
	{ key: "requestor", title: "Requests of mine", help: "Also where you are the contact person." },
	{ key: "staff", title: "Work of the facility" },
] as const;

function preferenceForm({ user, modeOf }: Owner) {
	const kinds = notificationKindsFor({ isInsider: isInsider(user.role_id) });
	const fields = kinds.map((kind): [NotificationKindKey, SelectField<NotificationMode> & { required: true }] => [
		kind.key,
		{
			kind: "select",
			label: kind.label,
			required: true,
			half: true,
			section: kind.audience === "requestor" ? "requestor" : "staff",
			options: notificationModes.map(({ mode, label }) => ({ value: mode, label })),
			value: modeOf({ userId: user.id, email: user.email }, kind.key),
		},
	]);
	const used = new Set(fields.map(([, field]) => field.section));
	return defineForm({
		name: "notifications-form",
		submitLabel: "Save choices",
		sections: sections.filter((section) => used.has(section.key)),
		fields: Object.fromEntries(fields),
	});
}

const intro = (
	<p class="text-secondary">
		Nobody is told of what they did themselves. The daily digest comes at 07:00. Mails about your account always come.
	</p>
);

const tab = defineRoute({
	method: "GET",
	path: "/htmx/users/:id/notifications",
	kind: "fragment",
	policy: onObject("user", "id", "OWNER"),
	summary: "Choose what mails one gets, on the own page",
	params: withId,
	handler: async (exchange) => {
		const owner = await loadOwner(exchange);
		const form = preferenceForm(owner);
		return exchange.fragment(
			<Card title="Notifications by e-mail">
				<Form form={form} state={untouched} action={`/users/${owner.user.id}/notifications/`} intro={intro} />
			</Card>,
		);
	},
});

/** Preferences of notifications: extensions.md §8. */
export const preferenceRoutes: readonly Route[] = [
	tab,
	...formRoutes({
		pagePath: "/users/:id/notifications/",
		params: withId,
		policy: onObject("user", "id", "OWNER"),
		summary: "Choose what mails one gets",
		title: () => "Notifications by e-mail",
		active: "profile",
		load: loadOwner,
		form: preferenceForm,
		intro: () => intro,
		accept: async (exchange, values, { user }) => {
			const kinds = notificationKindsFor({ isInsider: isInsider(user.role_id) });
			const modes = new Map(
				kinds.flatMap(({ key }) => {
					const mode = values[key];
					return mode ? [[key, mode] as const] : [];
				}),
			);
			await exchange.command((context) => saveNotificationPreferences(context, { userId: user.id, modes }));
			exchange.flash("success", "Your choices are saved.");
			return `/users/${user.id}/?tab=notifications`;
		},
	}),
];
