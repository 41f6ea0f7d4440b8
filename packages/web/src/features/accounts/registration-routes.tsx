import { completeRegistration } from "@opengsync/core/accounts/complete-registration";
import { findRegistration, type OpenRegistration } from "@opengsync/core/accounts/one-time-links";
import { signUp } from "@opengsync/core/accounts/sign-up";
import { findMember, UserRole } from "@opengsync/domain/catalog";
import type { Exchange } from "../../framework/exchange.ts";
import { defineForm, type FormState, untouched } from "../../framework/form.ts";
import { publicly } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";
import { AccountCard, accountContext, newPasswordFields, submitLimit } from "./account-parts.tsx";
import { linkFormRoutes } from "./link-form-routes.ts";

const signUpForm = defineForm({
	name: "sign-up",
	submitLabel: "Send me a link",
	fields: { email: { kind: "email", label: "E-mail", required: true, maxLength: 128, autocomplete: "email" } },
});

function showSignUp(exchange: Exchange, state: FormState): Promise<Response> {
	return exchange.page(
		{ title: "Register", bare: true },
		<AccountCard title="Register" form={signUpForm} state={state} action="/auth/register/">
			<p class="text-secondary">You get a mail with a link to complete the registration.</p>
		</AccountCard>,
	);
}

const showRegister = defineRoute({
	method: "GET",
	path: "/auth/register/",
	kind: "page",
	policy: publicly,
	summary: "Form: register as a client",
	handler: (exchange) => (exchange.isInsider ? exchange.redirect("/users/new/") : showSignUp(exchange, untouched)),
});

const register = defineRoute({
	method: "POST",
	path: "/auth/register/",
	kind: "page",
	policy: publicly,
	summary: "Register as a client: mails a link",
	limit: { name: "sign-up", ...submitLimit },
	handler: (exchange) =>
		exchange.acceptForm(
			signUpForm,
			async ({ email }) => {
				await signUp(accountContext(exchange), { email });
				exchange.flash("info", "Please check your e-mail: we have sent you a message that says how to go on.");
				return exchange.redirect("/auth/auth/");
			},
			(state) => showSignUp(exchange, state),
		),
});

const registrationForm = (registration: OpenRegistration) =>
	defineForm({
		name: "registration",
		submitLabel: "Register",
		fields: {
			email: { kind: "email", label: "E-mail", readOnly: true, value: registration.email, autocomplete: "username" },
			role: { kind: "text", label: "Role", readOnly: true, value: findMember(UserRole, registration.roleId)?.label ?? "" },
			firstName: { kind: "text", label: "First name", required: true, maxLength: 64, half: true, autocomplete: "given-name" },
			lastName: { kind: "text", label: "Last name", required: true, maxLength: 64, half: true, autocomplete: "family-name" },
			...newPasswordFields,
		},
	});

function showRegistration(exchange: Exchange<{ token: string }>, registration: OpenRegistration, state: FormState) {
	return exchange.page(
		{ title: "Complete the registration", bare: true },
		<AccountCard
			title="Complete the registration"
			form={registrationForm(registration)}
			state={state}
			action={`/auth/register/${exchange.params.token}/`}
		/>,
	);
}

const complete = linkFormRoutes({
	path: "/auth/register/:token/",
	summary: "Complete a registration by the link of its mail",
	limitName: "registration",
	find: ({ db, params, services }) => findRegistration(db, params.token, services.now()),
	form: registrationForm,
	show: showRegistration,
	accept: async (exchange, { firstName, lastName, password, repetition }) => {
		const input = { token: exchange.params.token, firstName, lastName, password, repetition };
		await completeRegistration(accountContext(exchange), input);
		exchange.flash("success", "You are registered. Please sign in.");
		return exchange.redirect("/auth/auth/");
	},
});

/** Sign-up and completing a registration: access-and-web.md §4.1, §4.2. */
export const registrationRoutes: readonly Route[] = [showRegister, register, ...complete];
