import { deletePasskey, listPasskeys, renamePasskey } from "@opengsync/core/accounts/manage-passkeys";
import { beginPasskeyRegistration, registerPasskey, registrationAnswer } from "@opengsync/core/accounts/register-passkey";
import { NotFoundError } from "@opengsync/core/errors";
import { z } from "zod";
import { Form } from "../../components/form.tsx";
import { Card } from "../../components/parts.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { defineForm, type FormState, untouched } from "../../framework/form.ts";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, idInPath, type Route, withId } from "../../framework/route.ts";
import { loadAccount } from "./load-account.ts";
import { keepPasskeyBrowser, passkeyBrowser } from "./passkey-cookie.ts";
import { isViewerConfirmed, requireOwnAccount } from "./recent-sign-in.ts";

const withPasskey = z.object({ id: idInPath, passkeyId: idInPath });
const passwordIfAsked = z.object({ password: z.string().max(1000).optional() });
const ownAccount = onObject("user", "id", "OWNER");

const nameForm = defineForm({
	name: "passkey-name",
	submitLabel: "Save name",
	fields: {
		name: { kind: "text", label: "Name", required: true, maxLength: 64, help: "For example the device on which it is." },
	},
});

async function showNameForm(exchange: Exchange<{ id: number; passkeyId: number }>, state: FormState): Promise<Response> {
	const { id, passkeyId } = exchange.params;
	const passkey = (await listPasskeys(exchange.db, id)).find((candidate) => candidate.id === passkeyId);
	if (!passkey) throw new NotFoundError("The passkey");
	const form = { ...nameForm, fields: { name: { ...nameForm.fields.name, value: passkey.name } } };
	const dialog = exchange.wantsFragment ? { inDialog: true, target: "#dialog-body" } : { cancel: `/users/${id}/?tab=security` };
	const body = <Form form={form} state={state} action={`/users/${id}/passkeys/${passkeyId}/rename/`} {...dialog} />;
	if (exchange.wantsFragment) {
		return exchange.fragment(
			<>
				<h2 class="dialog-title">Rename passkey</h2>
				{body}
			</>,
		);
	}
	const breadcrumbs = [{ label: exchange.viewer.email, href: `/users/${id}/?tab=security` }, { label: "Rename passkey" }];
	return exchange.page({ title: "Rename passkey", breadcrumbs }, <Card>{body}</Card>);
}

/** Passkeys of an account: extensions.md §1. */
export const passkeyRoutes: readonly Route[] = [
	defineRoute({
		method: "POST",
		path: "/users/:id/passkeys/options/",
		kind: "action",
		policy: ownAccount,
		summary: "Ask for the challenge of a new passkey",
		params: withId,
		limit: { name: "passkey-options", requests: 60, perSeconds: 60, everybody: true },
		handler: async (exchange) => {
			const user = await loadAccount(exchange);
			requireOwnAccount(exchange, user.id);
			const { password } = await exchange.readJson(passwordIfAsked);
			if (!(await isViewerConfirmed(exchange, password ?? null))) {
				const message = password === undefined ? "Please enter your password." : "The password is wrong.";
				return exchange.json({ problem: "password", message }, 422);
			}
			const browserToken = keepPasskeyBrowser(exchange);
			return exchange.json(await exchange.command((context) => beginPasskeyRegistration(context, { browserToken })));
		},
	}),
	defineRoute({
		method: "POST",
		path: "/users/:id/passkeys/",
		kind: "action",
		policy: ownAccount,
		summary: "Add a passkey",
		params: withId,
		handler: async (exchange) => {
			const user = await loadAccount(exchange);
			requireOwnAccount(exchange, user.id);
			const answer = await exchange.readJson(registrationAnswer);
			const browserToken = passkeyBrowser(exchange);
			const name = await exchange.command((context) => registerPasskey(context, { browserToken, answer }));
			exchange.flash("success", `${name} was added.`);
			return exchange.redirect(`/users/${user.id}/?tab=security`);
		},
	}),
	...(["/users/:id/passkeys/:passkeyId/rename/", "/htmx/users/:id/passkeys/:passkeyId/rename"] as const).map((path) =>
		defineRoute({
			method: "GET",
			path,
			kind: path.startsWith("/htmx/") ? "fragment" : "page",
			policy: ownAccount,
			summary: "Form: Rename a passkey",
			params: withPasskey,
			handler: async (exchange) => {
				const user = await loadAccount(exchange);
				requireOwnAccount(exchange, user.id);
				return showNameForm(exchange, untouched);
			},
		}),
	),
	defineRoute({
		method: "POST",
		path: "/users/:id/passkeys/:passkeyId/rename/",
		kind: "action",
		policy: ownAccount,
		summary: "Rename a passkey",
		params: withPasskey,
		handler: async (exchange) => {
			const user = await loadAccount(exchange);
			requireOwnAccount(exchange, user.id);
			const { passkeyId } = exchange.params;
			return exchange.acceptForm(
				nameForm,
				async ({ name }) => {
					await exchange.command((context) => renamePasskey(context, { passkeyId, name }));
					return exchange.redirect(`/users/${user.id}/?tab=security`);
				},
				(state) => showNameForm(exchange, state),
			);
		},
	}),
	defineRoute({
		method: "POST",
		path: "/users/:id/passkeys/:passkeyId/delete/",
		kind: "action",
		policy: ownAccount,
		summary: "Delete a passkey",
		params: withPasskey,
		handler: async (exchange) => {
			const user = await loadAccount(exchange);
			if (user.id === exchange.viewer.id) requireOwnAccount(exchange, user.id);
			const { passkeyId } = exchange.params;
			await exchange.command((context) => deletePasskey(context, { userId: user.id, passkeyId }));
			exchange.flash("success", "The passkey was deleted.");
			return exchange.redirect(`/users/${user.id}/?tab=security`);
		},
	}),
];
