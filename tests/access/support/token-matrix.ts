import type { Tx } from "@opengsync/db/transaction";
import { UserRole } from "@opengsync/domain/catalog";
import type { Route } from "@opengsync/web/framework/route";
import { sql } from "kysely";
import type { Actor } from "./actors.ts";
import { call } from "./call.ts";
import { classify, type Outcome } from "./classify.ts";
import { parameterNames } from "./fill-path.ts";
import { namedValues, requireActor, routeName, type Stage, unknownToken, validToken } from "./role-matrix.ts";

/** What can be the matter with a token. */
export interface TokenCase {
	readonly name: string;
	/** The token to send, as text before any encoding; null = none at all. */
	token(valid: string, stage: Stage): string | null;
	/** What happened to the valid token before. */
	readonly before?: (tx: Tx, stage: Stage) => Promise<unknown>;
}

const firstAdmin = (tx: Tx) =>
	sql`update lims_user set role_id = ${UserRole.CLIENT.id} where email = 'admin@example.org'`.execute(tx);
const valid = (text: string) => text;
const long = "a".repeat(5000);

/** Malformed in every way that a URL lets through. */
const malformed: readonly TokenCase[] = [
	{ name: "absent", token: () => null },
	{ name: "unknown", token: () => unknownToken },
	{ name: "too-long", token: () => long },
	{ name: "nul", token: (text) => `${text}\0` },
	{ name: "non-ascii", token: (text) => `${text}ÄÖ\u{1F9EC}` },
	{ name: "quotes", token: (text) => `${text}'";--` },
	{ name: "slashes", token: (text) => `../${text}` },
	{ name: "altered", token: (text) => `${text.slice(0, -1)}${text.endsWith("A") ? "B" : "A"}` },
];

/** Links sent by mail. */
export const linkCases: readonly TokenCase[] = [
	{ name: "valid", token: valid },
	...malformed,
	{ name: "used", token: valid, before: (tx) => sql`update one_time_link set used_at = now()`.execute(tx) },
	{
		name: "expired",
		token: valid,
		before: (tx) => sql`update one_time_link set expires_at = now() - interval '1 s'`.execute(tx),
	},
	// For an account: of another purpose; and a share link is none of these.
	{ name: "purpose", token: (text, { world }) => Object.values(world.links).find((link) => link !== text) ?? "" },
	{ name: "share", token: (_, { world }) => world.shareToken },
];

/** Links to decline mails, which are kept nowhere: they work as long as the mail is read. */
export const sealCases: readonly TokenCase[] = [
	{ name: "valid", token: valid },
	...malformed,
	{ name: "share", token: (_, { world }) => world.shareToken },
	{ name: "mail-link", token: (_, { world }) => world.links.password_reset },
];

/** Share links. */
export const shareCases: readonly TokenCase[] = [
	{ name: "valid", token: valid },
	...malformed,
	{ name: "revoked", token: valid, before: (tx) => sql`update share_token set expired = true`.execute(tx) },
	{
		name: "expired",
		token: valid,
		before: (tx) => sql`update share_token set created_utc = now() - interval '1 year'`.execute(tx),
	},
	{ name: "mail-link", token: (_, { world }) => world.links.password_reset },
];

/** Tokens of the HTTP API, sent as a member of the JSON body where a header could not carry them. */
export const apiCases: readonly TokenCase[] = [
	{ name: "valid", token: valid },
	...malformed,
	{ name: "empty", token: () => "" },
	{ name: "revoked", token: valid, before: (tx) => sql`update api_token set expired = true`.execute(tx) },
	{
		name: "expired",
		token: valid,
		before: (tx) => sql`update api_token set created_utc = now() - interval '1 year'`.execute(tx),
	},
	{
		name: "demoted",
		token: valid,
		before: (tx) => sql`update lims_user set role_id = ${UserRole.CLIENT.id} where email = 'technician@example.org'`.execute(tx),
	},
	{
		name: "closed",
		token: valid,
		before: (tx) =>
			sql`update lims_user set role_id = ${UserRole.DEACTIVATED.id} where email = 'technician@example.org'`.execute(tx),
	},
	{ name: "share", token: (_, { world }) => world.shareToken },
];

/** An answer as somebody who tries tokens sees it: the word, and everything that could differ by the token. */
export interface TokenAnswer {
	readonly outcome: Outcome;
	/** Status, target, notices and text, without what is new in every answer. */
	readonly visible: string;
}

async function visibleOf(response: Response): Promise<string> {
	const cookies = response.headers.getSetCookie().filter((cookie) => cookie.startsWith("opengsync_flash"));
	const text = (await response.text())
		.replaceAll(
			/nonce="[^"]*"|<meta name="(?:csrf-token|csp-nonce)"[^>]*>|Nonce&quot;:&quot;[^&]*|name="csrf_token" value="[^"]*"/g,
			"",
		)
		.replaceAll(/\/auth\/[a-z_-]+\/[^/"]+\//g, "/auth/…/");
	return [response.status, response.headers.get("location"), ...cookies, text].join("\n");
}

/** The address with the token in it; without token the segment is left empty. */
function addressWith(stage: Stage, route: Route, token: string | null): string {
	const values = { ...namedValues(stage.world, "link", route.path), token: token === null ? "" : encodeURIComponent(token) };
	return parameterNames(route.path).reduce(
		(path, name) => path.replace(new RegExp(`:${name}(\\{[^}]*\\})?`), () => String(values[name as keyof typeof values] ?? "1")),
		route.path,
	);
}

/** Calls a route that takes a token in its path. */
export function answerToPathToken(stage: Stage, route: Route, tokenCase: TokenCase): Promise<TokenAnswer> {
	const anonymous = requireActor(stage, "anonymous");
	const token = tokenCase.token(validToken(stage.world, route.path), stage);
	return ask(stage, route, tokenCase, anonymous, addressWith(stage, route, token), {});
}

/** Calls a route of the API with the token in the header; what no header can carry goes into the body. */
export function answerToApiToken(stage: Stage, route: Route, tokenCase: TokenCase, scope: string): Promise<TokenAnswer> {
	const anonymous = requireActor(stage, "anonymous");
	const bearer = stage.actors.get(scopeActor(scope))?.headers.authorization ?? "";
	const token = tokenCase.token(bearer.replace("Bearer ", ""), stage);
	const inHeader = token !== null && /^[!-~]+$/.test(token);
	const headers = inHeader ? { ...anonymous.headers, authorization: `Bearer ${token}` } : anonymous.headers;
	const fields = token === null || inHeader ? {} : { api_token: token };
	return ask(stage, route, tokenCase, { ...anonymous, headers }, route.path.replaceAll(/:[a-zA-Z]+/g, "1"), fields);
}

function scopeActor(scope: string) {
	return scope === "write" ? "api-write" : scope === "pipeline" ? "api-pipeline" : "api-read";
}

function ask(
	stage: Stage,
	route: Route,
	tokenCase: TokenCase,
	actor: Actor,
	address: string,
	fields: Readonly<Record<string, unknown>>,
): Promise<TokenAnswer> {
	return stage.isolated.isolate(async (tx) => {
		if (routeName(route).includes("/first-admin/")) await firstAdmin(tx);
		await tokenCase.before?.(tx, stage);
		const response = await call(stage.app, actor, route, address, fields);
		const copy = response.clone();
		return { outcome: await classify(response), visible: await visibleOf(copy) };
	});
}
