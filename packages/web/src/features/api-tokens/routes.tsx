import { createApiToken } from "@opengsync/core/api-tokens/create-api-token";
import { revokeApiToken } from "@opengsync/core/api-tokens/revoke-api-token";
import { BadRequestError, ForbiddenError } from "@opengsync/core/errors";
import { listApiTokens } from "@opengsync/db/queries/api-tokens";
import { findUserPage, type UserPageRow } from "@opengsync/db/queries/user-page";
import { isInsider } from "@opengsync/domain/roles";
import { LinkButton } from "../../components/button.tsx";
import { Form } from "../../components/form.tsx";
import { Card, CopyButton, Notice } from "../../components/parts.tsx";
import type { Content, Exchange } from "../../framework/exchange.ts";
import { type FormState, untouched } from "../../framework/form.ts";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { tickedScopes, tokenForm } from "./token-form.ts";
import { ApiTokens } from "./token-list.tsx";

/** Loads the account and lets the policy decide; then whether its tokens may be changed by the viewer: owner or admin. */
async function loadAccount(exchange: Exchange<{ id: number }>): Promise<{ user: UserPageRow; mayChange: boolean }> {
	const user = exchange.authorize(await findUserPage(exchange.db, exchange.viewer, exchange.params.id));
	const isOwn = user.id === exchange.viewer.id;
	return { user, mayChange: isInsider(user.role_id) && (isOwn || exchange.isAdmin) };
}

const notForOthers = "API tokens are not made while working as another user.";

async function loadToChange(exchange: Exchange<{ id: number }>): Promise<UserPageRow> {
	const { user, mayChange } = await loadAccount(exchange);
	if (!mayChange) throw new ForbiddenError("API tokens are made by staff for themselves, or by an admin.");
	if (exchange.impersonator) throw new ForbiddenError(notForOthers);
	return user;
}

const tab = defineRoute({
	method: "GET",
	path: "/htmx/users/:id/api_tokens",
	kind: "fragment",
	policy: onObject("user", "id", "OWNER"),
	summary: "API tokens of a user",
	params: withId,
	handler: async (exchange) => {
		const { user, mayChange } = await loadAccount(exchange);
		const tokens = await listApiTokens(exchange.db, user.id);
		return exchange.fragment(
			<ApiTokens
				userId={user.id}
				tokens={tokens}
				mayChange={mayChange}
				noNewReason={exchange.impersonator ? notForOthers : null}
				isStaff={isInsider(user.role_id)}
				now={exchange.services.now()}
			/>,
		);
	},
});

/** The same content in the dialog or as a page of its own. */
function show(exchange: Exchange, user: UserPageRow, body: Content): Promise<Response> {
	if (exchange.wantsFragment) {
		return exchange.fragment(
			<>
				<h2 class="dialog-title">New API token</h2>
				{body}
			</>,
		);
	}
	const breadcrumbs = [{ label: user.email, href: `/users/${user.id}/` }, { label: "New API token" }];
	return exchange.page({ title: "New API token", breadcrumbs }, <Card>{body}</Card>);
}

function showForm(exchange: Exchange, user: UserPageRow, state: FormState): Promise<Response> {
	return show(
		exchange,
		user,
		<Form
			form={tokenForm}
			state={state}
			action={`/users/${user.id}/api_tokens/new/`}
			{...(exchange.wantsFragment ? { inDialog: true, target: "#dialog-body" } : {})}
		/>,
	);
}

const opened = async (exchange: Exchange<{ id: number }>) => showForm(exchange, await loadToChange(exchange), untouched);

const dialog = defineRoute({
	method: "GET",
	path: "/htmx/users/:id/api_tokens/new",
	kind: "fragment",
	policy: onObject("user", "id", "OWNER"),
	summary: "Dialog: Create an API token",
	params: withId,
	handler: opened,
});

const page = defineRoute({
	method: "GET",
	path: "/users/:id/api_tokens/new/",
	kind: "page",
	policy: onObject("user", "id", "OWNER"),
	summary: "Form: Create an API token",
	params: withId,
	handler: opened,
});

const create = defineRoute({
	method: "POST",
	path: "/users/:id/api_tokens/new/",
	kind: "action",
	policy: onObject("user", "id", "OWNER"),
	summary: "Create an API token and show it once",
	params: withId,
	handler: async (exchange) => {
		const user = await loadToChange(exchange);
		return exchange.acceptForm(
			tokenForm,
			async (values) => {
				const input = {
					ownerId: user.id,
					name: values.name,
					scopes: tickedScopes(values),
					timeValidMin: values.timeValidMin,
				};
				const made = await exchange.command((context) => createApiToken(context, input));
				return show(exchange, user, <NewToken token={made.token} userId={user.id} />);
			},
			(state) => showForm(exchange, user, state),
		);
	},
});

function NewToken({ token, userId }: { token: string; userId: number }) {
	return (
		<>
			<Notice look="warning">
				<p>Copy the token now: it cannot be seen again. Whoever has it acts for this account, within its scopes.</p>
			</Notice>
			<p class="font-mono text-break">
				{token} <CopyButton text={token} label="Copy the token" />
			</p>
			<LinkButton href={`/users/${userId}/?tab=api`} look="primary">
				Done
			</LinkButton>
		</>
	);
}

const revoke = defineRoute({
	method: "POST",
	path: "/users/:id/api_tokens/revoke/",
	kind: "action",
	policy: onObject("user", "id", "OWNER"),
	summary: "Revoke an API token",
	params: withId,
	handler: async (exchange) => {
		const { user } = await loadAccount(exchange);
		const [text] = (await exchange.readFields()).get("token_id") ?? [];
		if (typeof text !== "string" || !/^\d{1,9}$/.test(text)) throw new BadRequestError("token_id must be a number.");
		await exchange.command((context) => revokeApiToken(context, { ownerId: user.id, tokenId: Number(text) }));
		exchange.flash("success", "The token has been deactivated.");
		return exchange.redirect(`/users/${user.id}/?tab=api`);
	},
});

/** API tokens of an account: access-and-web.md §5. */
export const apiTokenRoutes: readonly Route[] = [tab, dialog, page, create, revoke];
