import { confirmEmailChange } from "@opengsync/core/accounts/change-email";
import { findUserLink } from "@opengsync/core/accounts/one-time-links";
import { defineForm, untouched } from "../../framework/form.ts";
import { publicly } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";
import { AccountCard, accountContext, submitLimit, withToken } from "./account-parts.tsx";
import { refuseBadLink, useLink } from "./bad-link.ts";

const confirmForm = defineForm({ name: "confirm-email", submitLabel: "Use this address", fields: {} });

const show = defineRoute({
	method: "GET",
	path: "/auth/change_email/:token/",
	kind: "page",
	policy: publicly,
	summary: "Form: confirm a new e-mail address by the link sent to it",
	params: withToken,
	secretUrl: true,
	handler: async (exchange) => {
		const { token } = exchange.params;
		const link = await findUserLink(exchange.db, token, ["email_change"], exchange.services.now());
		if (!link) return refuseBadLink(exchange);
		return exchange.page(
			{ title: "Confirm the address", bare: true },
			<AccountCard title="Confirm the address" form={confirmForm} state={untouched} action={`/auth/change_email/${token}/`}>
				<p>
					The account of <strong>{link.user.email}</strong> will have the address <strong>{link.email}</strong>. Sign in with it
					from then on.
				</p>
			</AccountCard>,
		);
	},
});

const confirm = defineRoute({
	method: "POST",
	path: "/auth/change_email/:token/",
	kind: "page",
	policy: publicly,
	summary: "Confirm a new e-mail address by the link sent to it",
	params: withToken,
	secretUrl: true,
	limit: { name: "change-email", ...submitLimit },
	handler: (exchange) =>
		useLink(exchange, async () => {
			await confirmEmailChange(accountContext(exchange), { token: exchange.params.token });
			exchange.flash("success", "Your address is changed.");
			return exchange.redirect("/auth/auth/");
		}),
});

/** The link that is sent to a new address of one's own account. */
export const emailChangeRoutes: readonly Route[] = [show, confirm];
