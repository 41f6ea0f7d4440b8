import { findUserLink, type OpenUserLink } from "@opengsync/core/accounts/one-time-links";
import { requestPasswordReset, resetPassword, resetPurposes } from "@opengsync/core/accounts/reset-password";
import { Notice } from "../../components/parts.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { defineForm, type FormState, untouched } from "../../framework/form.ts";
import { publicly } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";
import { AccountCard, accountContext, newPasswordFields, submitLimit, withToken } from "./account-parts.tsx";
import { refuseBadLink, useLink } from "./bad-link.ts";

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

const findOpen = (exchange: Exchange<{ token: string }>) =>
	findUserLink(exchange.db, exchange.params.token, resetPurposes, exchange.services.now());

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

const showChoose = defineRoute({
	method: "GET",
	path: "/auth/reset_password/:token/",
	kind: "page",
	policy: publicly,
	summary: "Form: choose a new password by the link of a mail",
	params: withToken,
	secretUrl: true,
	handler: async (exchange) => {
		const link = await findOpen(exchange);
		return link ? showReset(exchange, link, untouched) : refuseBadLink(exchange);
	},
});

const choose = defineRoute({
	method: "POST",
	path: "/auth/reset_password/:token/",
	kind: "page",
	policy: publicly,
	summary: "Choose a new password by the link of a mail",
	params: withToken,
	secretUrl: true,
	limit: { name: "reset-password", ...submitLimit },
	handler: async (exchange) => {
		const link = await findOpen(exchange);
		if (!link) return refuseBadLink(exchange);
		return useLink(exchange, () =>
			exchange.acceptForm(
				resetForm(link),
				async ({ password, repetition }) => {
					const input = { token: exchange.params.token, password, repetition };
					const { userId } = await resetPassword(accountContext(exchange), input);
					if (exchange.maybeViewer?.id === userId) await exchange.session.signOut();
					exchange.flash("success", "Your password is saved. Please sign in with it.");
					return exchange.redirect("/auth/auth/");
				},
				(state) => showReset(exchange, link, state),
			),
		);
	},
});

/** Forgotten passwords, and links to choose a new one: access-and-web.md §4.6. */
export const resetRoutes: readonly Route[] = [showForgotten, forgotten, showChoose, choose];
