import { createFirstAdmin, isFirstAdminLinkOpen } from "@opengsync/core/accounts/create-first-admin";
import { signIn } from "@opengsync/core/accounts/sign-in";
import { ConflictError, InvalidInputError } from "@opengsync/core/errors";
import { z } from "zod";
import type { Exchange } from "../../framework/exchange.ts";
import { type FormState, untouched } from "../../framework/form.ts";
import { localPath } from "../../framework/local-path.ts";
import { publicly, signedIn } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";
import { submitLimit, withToken } from "./account-parts.tsx";
import { refuseBadLink } from "./bad-link.ts";
import { finishSignIn } from "./finish-sign-in.ts";
import { firstAdminForm, signInForm } from "./forms.ts";
import { passkeySignInRoutes } from "./passkey-sign-in-routes.ts";
import { recordFailedSignIn } from "./record-failed-sign-in.ts";
import { secondFactorRoutes } from "./second-factor-routes.tsx";
import { throttleOf } from "./throttle.ts";
import { demoAccountsOf, FirstAdminView, SignInView } from "./views.tsx";

const withNext = z.object({ next: z.string().optional().catch(undefined) });

const wrongAnswer = "E-mail or password is wrong.";

function showSignIn(exchange: Exchange, next: string | null, state: FormState): Promise<Response> {
	const { config } = exchange.services;
	const accounts = config.demo ? demoAccountsOf(exchange.db) : Promise.resolve([]);
	return accounts.then((demoAccounts) =>
		exchange.page(
			{ title: "Sign in", bare: true },
			<SignInView
				state={state}
				next={next}
				demoAccounts={demoAccounts}
				contact={config.email}
				institutions={config.signIn.openId}
			/>,
		),
	);
}

async function acceptSignIn(exchange: Exchange, next: string | null): Promise<Response> {
	return exchange.acceptForm(
		signInForm,
		async ({ email, password }) => {
			const context = { db: exchange.db, throttle: throttleOf(exchange.services), requestId: exchange.requestId };
			const outcome = await signIn(context, { email, password });
			if (outcome.kind !== "right") await recordFailedSignIn(exchange, outcome.userId, "password");
			if (outcome.kind === "wrong") {
				throw new InvalidInputError([
					{ field: "email", message: wrongAnswer },
					{ field: "password", message: wrongAnswer },
				]);
			}
			if (outcome.kind === "deactivated") {
				const message = `This account is deactivated. Please contact us: ${exchange.services.config.email}`;
				throw new InvalidInputError([{ field: "", message }]);
			}
			return finishSignIn(exchange, outcome.userId, { method: "password", secondFactorDone: false, next });
		},
		(state) => showSignIn(exchange, next, state),
	);
}

function showFirstAdmin(exchange: Exchange, token: string, state: FormState): Promise<Response> {
	return exchange.page({ title: "First administrator", bare: true }, <FirstAdminView token={token} state={state} />);
}

/** Sign-in, sign-out, and the first administrator: access-and-web.md §4.3, §4.4. */
export function signInRoutes(): Route[] {
	return [
		...secondFactorRoutes,
		...passkeySignInRoutes,
		defineRoute({
			method: "GET",
			path: "/auth/auth/",
			kind: "page",
			policy: publicly,
			summary: "Sign-in page",
			query: withNext,
			handler: (exchange) =>
				exchange.maybeViewer
					? exchange.redirect(`/users/${exchange.maybeViewer.id}/`)
					: showSignIn(exchange, localPath(exchange.query.next), untouched),
		}),
		defineRoute({
			method: "POST",
			path: "/auth/auth/",
			kind: "page",
			policy: publicly,
			summary: "Sign in",
			query: withNext,
			limit: { name: "sign-in", ...submitLimit },
			handler: (exchange) => acceptSignIn(exchange, localPath(exchange.query.next)),
		}),
		defineRoute({
			method: "POST",
			path: "/auth/sign_out/",
			kind: "action",
			policy: signedIn,
			summary: "Sign out of this browser",
			handler: async (exchange) => {
				const returning = exchange.impersonator !== null;
				await exchange.session.signOut();
				if (!returning) exchange.flash("info", "You are signed out.");
				return exchange.redirect(returning ? "/" : "/auth/auth/");
			},
		}),
		defineRoute({
			method: "POST",
			path: "/auth/end_session_as_user/",
			kind: "action",
			policy: signedIn,
			summary: "Return from another user's account to one's own",
			handler: async (exchange) => {
				await exchange.session.endWorkingAs();
				return exchange.redirect("/");
			},
		}),
		defineRoute({
			method: "GET",
			path: "/auth/first-admin/:token/",
			kind: "page",
			policy: publicly,
			summary: "Create the first administrator by the link of the set-up",
			params: withToken,
			secretUrl: true,
			limit: { name: "first-admin", ...submitLimit },
			handler: async (exchange) => {
				const { token } = exchange.params;
				const open = await isFirstAdminLinkOpen(exchange.db, token, exchange.services.now());
				return open ? showFirstAdmin(exchange, token, untouched) : refuseBadLink(exchange);
			},
		}),
		defineRoute({
			method: "POST",
			path: "/auth/first-admin/:token/",
			kind: "page",
			policy: publicly,
			summary: "Create the first administrator",
			params: withToken,
			secretUrl: true,
			limit: { name: "first-admin", ...submitLimit },
			handler: async (exchange) => {
				const { token } = exchange.params;
				const now = exchange.services.now();
				if (!(await isFirstAdminLinkOpen(exchange.db, token, now))) return refuseBadLink(exchange);
				return exchange.acceptForm(
					firstAdminForm,
					async (values) => {
						const context = { db: exchange.db, requestId: exchange.requestId, now };
						const userId = await createFirstAdmin(context, { ...values, token }).catch((error: unknown) => {
							if (!(error instanceof ConflictError)) throw error;
							throw new InvalidInputError([{ field: "email", message: error.message }]);
						});
						exchange.flash("info", "You are the administrator of this installation.");
						return finishSignIn(exchange, userId, { method: "link", secondFactorDone: false });
					},
					(state) => showFirstAdmin(exchange, token, state),
				);
			},
		}),
	];
}
