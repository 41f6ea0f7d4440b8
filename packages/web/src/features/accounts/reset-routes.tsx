import { findUserLink, type OpenUserLink } from "@opengsync/core/accounts/one-time-links";
import { requestPasswordReset, resetPassword, resetPurposes } from "@opengsync/core/accounts/reset-password";
import { Notice } from "../../components/parts.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { defineForm, type FormState, untouched } from "../../framework/form.ts";
import { publicly } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";
import { AccountCard, accountContext, newPasswordFields, submitLimit } from "./account-parts.tsx";
import { linkFormRoutes } from "./link-form-routes.ts";

const forgotForm = defineForm({
	name: "forgot-password",
	submitLabel: "Send me a link",
	fields: { email: { kind: "email", label: "E-mail", required: true, maxLength: 128, autocomplete: "username" } },
});

function showForgot(exchange: Exchange, state: FormState): Promise<Response> {
	return exchange.page(
		{ title: "Forgot password", bare: true },
		<AccountCard title="Forgot password" form={forgotForm} state={state} action="/auth/forgot_password/">
			<p class="text-secondary">You get a mail with a link to choose a new password.</p>
		</AccountCard>,
	);
}

const showForgotten = defineRoute({
	method: "GET",
	path: "/auth/forgot_password/",
	kind: "page",
	policy: publicly,
	summary: "Form: forgot the password",
	handler: (exchange) => showForgot(exchange, untouched),
});

const forgotten = defineRoute({
	method: "POST",
	path: "/auth/forgot_password/",
	kind: "page",
	policy: publicly,
	summary: "Forgot the password: mails a link if there is an active account",
	limit: { name: "forgot-password", ...submitLimit },
	handler: (exchange) =>
		exchange.acceptForm(
			forgotForm,
			async ({ email }) => {
				await requestPasswordReset(accountContext(exchange), { email });
				exchange.flash("info", "If there is an account with this address, we have sent a link to choose a new password.");
				return exchange.redirect("/auth/auth/");
			},
			(state) => showForgot(exchange, state),
		),
});

const resetForm = (link: OpenUserLink) =>
	defineForm({
		name: "reset-password",
		submitLabel: "Save password",
		fields: {
			email: { kind: "email", label: "E-mail", readOnly: true, value: link.user.email, autocomplete: "username" },
			...newPasswordFields,
		},
	});

function showReset(exchange: Exchange<{ token: string }>, link: OpenUserLink, state: FormState) {
	const isActivation = link.purpose === "activation";
	return exchange.page(
		{ title: isActivation ? "Choose a password" : "Reset password", bare: true },
		<AccountCard
			title={isActivation ? "Choose a password" : "Reset password"}
			form={resetForm(link)}
			state={state}
			action={`/auth/reset_password/${exchange.params.token}/`}
		>
			{!isActivation && (
				<Notice look="warning">
					<p>This signs you out everywhere, revokes your API tokens and removes your passkeys.</p>
				</Notice>
			)}
		</AccountCard>,
	);
}

const choose = linkFormRoutes({
	path: "/auth/reset_password/:token/",
	summary: "Choose a new password by the link of a mail",
	limitName: "reset-password",
	find: ({ db, params, services }) => findUserLink(db, params.token, resetPurposes, services.now()),
	form: resetForm,
	show: showReset,
	accept: async (exchange, { password, repetition }) => {
		const input = { token: exchange.params.token, password, repetition };
		const { userId } = await resetPassword(accountContext(exchange), input);
		if (exchange.maybeViewer?.id === userId) await exchange.session.signOut();
		exchange.flash("success", "Your password is saved. Please sign in with it.");
		return exchange.redirect("/auth/auth/");
	},
});

/** Forgotten passwords, and links to choose a new one: access-and-web.md §4.6. */
export const resetRoutes: readonly Route[] = [showForgotten, forgotten, ...choose];
