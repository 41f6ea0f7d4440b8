import { isOwnPassword } from "@opengsync/core/accounts/check-own-password";
import { checkSecondFactor } from "@opengsync/core/accounts/check-second-factor";
import { isSecondFactorEnforced } from "@opengsync/core/accounts/second-factor-need";
import {
	confirmTwoFactor,
	disableTwoFactor,
	findTwoFactor,
	offerTwoFactor,
	removeTwoFactorOf,
	renewRecoveryCodes,
	reopenOffer,
	type TwoFactorOffer,
} from "@opengsync/core/accounts/two-factor";
import { InvalidInputError, NotPossibleError } from "@opengsync/core/errors";
import { Form } from "../../components/form.tsx";
import { Card } from "../../components/parts.tsx";
import type { Content, Exchange } from "../../framework/exchange.ts";
import { type FormState, untouched } from "../../framework/form.ts";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { loadAccount } from "./load-account.ts";
import { isSignInRecent, requireOwnAccount } from "./recent-sign-in.ts";
import { secondFactorContext } from "./second-factor-context.ts";
import { throttleOf } from "./throttle.ts";
import { disableForm, renewCodesForm, setUpForm, setUpWithPasswordForm } from "./two-factor-forms.ts";
import { RecoveryCodesView, SetUpView } from "./two-factor-views.tsx";

type AccountExchange = Exchange<{ id: number }>;

const ownAccount = onObject("user", "id", "OWNER");
const limit = { name: "second-factor", requests: 20, perSeconds: 60, everybody: true } as const;

function securityTab(exchange: AccountExchange): string {
	return `/users/${exchange.params.id}/?tab=security`;
}

function showPage(exchange: AccountExchange, title: string, body: Content): Promise<Response> {
	const breadcrumbs = [{ label: exchange.viewer.email, href: securityTab(exchange) }, { label: title }];
	return exchange.page({ title, active: "profile", breadcrumbs }, <Card>{body}</Card>);
}

/** Loads the account, which has to be the viewer's own. */
async function loadOwn(exchange: AccountExchange): Promise<void> {
	const user = await loadAccount(exchange);
	requireOwnAccount(exchange, user.id);
}

async function requireTwoFactor(exchange: AccountExchange, wanted: "set up" | "not set up"): Promise<void> {
	const { since } = await findTwoFactor(exchange.db, [], exchange.viewer.id);
	if ((since === null) === (wanted === "set up")) {
		throw new NotPossibleError(since ? "Two-factor sign-in is set up already." : "Two-factor sign-in is not set up.");
	}
}

async function requirePassword(exchange: AccountExchange, password: string | null): Promise<void> {
	if (password === null) throw new InvalidInputError([{ field: "password", message: "Please enter your password." }]);
	if (await isOwnPassword(secondFactorContext(exchange), exchange.viewer.id, password)) return;
	throw new InvalidInputError([{ field: "password", message: "The password is wrong." }]);
}

async function requireCode(exchange: AccountExchange, code: string): Promise<void> {
	const shown = await checkSecondFactor(secondFactorContext(exchange), exchange.viewer.id, code);
	if (!shown) throw new InvalidInputError([{ field: "code", message: "This code is not right." }]);
	await throttleOf(exchange.services).clear(exchange.viewer.email.toLowerCase());
}

function showSetUp(exchange: AccountExchange, state: FormState, known: TwoFactorOffer | null): Promise<Response> {
	const { services, viewer } = exchange;
	const offer = known ?? offerTwoFactor(services.config.secretKey, viewer.id, services.now());
	return showPage(
		exchange,
		"Set up two-factor sign-in",
		<SetUpView
			form={isSignInRecent(exchange) ? setUpForm : setUpWithPasswordForm}
			state={state}
			offer={offer}
			account={viewer.email}
			action={`/users/${viewer.id}/two_factor/new/`}
			cancel={securityTab(exchange)}
		/>,
	);
}

async function acceptSetUp(exchange: AccountExchange): Promise<Response> {
	const { services, viewer } = exchange;
	const settings = { secretKey: services.config.secretKey, now: services.now() };
	let known: TwoFactorOffer | null = null;
	return exchange.acceptForm(
		setUpWithPasswordForm,
		async (values) => {
			const offer = reopenOffer(settings.secretKey, viewer.id, values.offer, settings.now);
			known = offer;
			if (!offer) throw new InvalidInputError([{ field: "", message: "That took too long. Please scan the new code." }]);
			if (!isSignInRecent(exchange)) await requirePassword(exchange, values.password);
			const input = { userId: viewer.id, offer, code: values.code };
			const codes = await exchange.command(({ tx }) => confirmTwoFactor(tx, settings, input));
			return showCodes(exchange, codes);
		},
		(state) => showSetUp(exchange, state, known),
	);
}

function showCodes(exchange: AccountExchange, codes: readonly string[]): Promise<Response> {
	return showPage(exchange, "Recovery codes", <RecoveryCodesView codes={codes} goOn={securityTab(exchange)} />);
}

function showRenewal(exchange: AccountExchange, state: FormState): Promise<Response> {
	return showPage(
		exchange,
		"New recovery codes",
		<Form
			form={renewCodesForm}
			state={state}
			action={`/users/${exchange.viewer.id}/two_factor/recovery_codes/`}
			cancel={securityTab(exchange)}
			intro={<p>The codes that you have now will not work any more.</p>}
		/>,
	);
}

function showDisabling(exchange: AccountExchange, state: FormState): Promise<Response> {
	return showPage(
		exchange,
		"Switch off two-factor sign-in",
		<Form
			form={disableForm}
			state={state}
			action={`/users/${exchange.viewer.id}/two_factor/disable/`}
			cancel={securityTab(exchange)}
			intro={<p>Your password alone will be enough to sign in. The recovery codes are deleted.</p>}
		/>,
	);
}

/** Refused before password and code are asked for in vain. */
async function requireDisabling(exchange: AccountExchange): Promise<void> {
	await loadOwn(exchange);
	await requireTwoFactor(exchange, "set up");
	if (isSecondFactorEnforced(exchange.services.config.signIn.secondFactorRoles, exchange.viewer.roleId)) {
		throw new NotPossibleError("Your role demands two-factor sign-in.");
	}
}

const setUp = { path: "/users/:id/two_factor/new/", kind: "page", policy: ownAccount, params: withId } as const;
const renewal = { path: "/users/:id/two_factor/recovery_codes/", kind: "page", policy: ownAccount, params: withId } as const;
const disabling = { path: "/users/:id/two_factor/disable/", kind: "page", policy: ownAccount, params: withId } as const;

/** Second factor of an account: extensions.md §1. */
export const twoFactorRoutes: readonly Route[] = [
	defineRoute({
		...setUp,
		method: "GET",
		summary: "Set up two-factor sign-in",
		handler: async (exchange) => {
			await loadOwn(exchange);
			await requireTwoFactor(exchange, "not set up");
			return showSetUp(exchange, untouched, null);
		},
	}),
	defineRoute({
		...setUp,
		method: "POST",
		summary: "Switch on two-factor sign-in and show the recovery codes once",
		limit,
		handler: async (exchange) => {
			await loadOwn(exchange);
			return acceptSetUp(exchange);
		},
	}),
	defineRoute({
		...renewal,
		method: "GET",
		summary: "Form: Make new recovery codes",
		handler: async (exchange) => {
			await loadOwn(exchange);
			await requireTwoFactor(exchange, "set up");
			return showRenewal(exchange, untouched);
		},
	}),
	defineRoute({
		...renewal,
		method: "POST",
		summary: "Make new recovery codes and show them once",
		limit,
		handler: async (exchange) => {
			await loadOwn(exchange);
			return exchange.acceptForm(
				renewCodesForm,
				async ({ code }) => {
					await requireCode(exchange, code);
					return showCodes(exchange, await exchange.command(renewRecoveryCodes));
				},
				(state) => showRenewal(exchange, state),
			);
		},
	}),
	defineRoute({
		...disabling,
		method: "GET",
		summary: "Form: Switch off two-factor sign-in",
		handler: async (exchange) => {
			await requireDisabling(exchange);
			return showDisabling(exchange, untouched);
		},
	}),
	defineRoute({
		...disabling,
		method: "POST",
		summary: "Switch off two-factor sign-in",
		limit,
		handler: async (exchange) => {
			await requireDisabling(exchange);
			return exchange.acceptForm(
				disableForm,
				async ({ password, code }) => {
					await requirePassword(exchange, password);
					await requireCode(exchange, code);
					await exchange.command(disableTwoFactor);
					exchange.flash("success", "Two-factor sign-in is off.");
					return exchange.redirect(securityTab(exchange));
				},
				(state) => showDisabling(exchange, state),
			);
		},
	}),
	defineRoute({
		method: "POST",
		path: "/users/:id/two_factor/remove/",
		kind: "action",
		policy: ownAccount,
		summary: "Admin: Remove the second factor of somebody who lost it",
		params: withId,
		handler: async (exchange) => {
			const user = await loadAccount(exchange);
			await exchange.command((context) => removeTwoFactorOf(context, { userId: user.id }));
			exchange.flash("success", "The second factor was removed.");
			return exchange.redirect(securityTab(exchange));
		},
	}),
];
