import type { NeededScope } from "@opengsync/core/api-tokens/scopes";
import type { Services, Viewer } from "@opengsync/core/context";
import { BadRequestError, ForbiddenError, NotFoundError, SignInRequiredError } from "@opengsync/core/errors";
import type { FoundShare } from "@opengsync/core/sharing/tokens";
import type { Db } from "@opengsync/db/connection";
import { isAdmin, isInsider } from "@opengsync/domain/roles";
import type { z } from "zod";
import { type ApiCaller, findApiCaller, sentApiToken } from "./api-token.ts";
import { RequestBody } from "./body.ts";
import { Cookies } from "./cookies.ts";
import { checkForgery, csrfTokenFor, needsForgeryCheck } from "./csrf.ts";
import { keepAnonymousFlashes, takeAnonymousFlashes } from "./flash-cookie.ts";
import { unlessKnown } from "./not-modified.ts";
import type { RateLimiter } from "./rate-limit.ts";
import { type Rendering, withRendering } from "./rendering.ts";
import { TooManyRequestsError } from "./request-errors.ts";
import type { Route } from "./route.ts";
import { asciiJson, isFragmentRequest, ServerExchange } from "./server-exchange.tsx";
import { findRequestSession, RequestSession } from "./session-control.ts";
import { keepFlashes, type Session, takeFlashes } from "./session-store.ts";

/** What all requests share. */
export interface ServerParts {
	readonly db: Db;
	readonly services: Services;
	readonly development: boolean;
	readonly limiter: RateLimiter;
}

/** One request before its route is run. */
export interface IncomingRequest {
	readonly request: Request;
	readonly requestId: string;
	readonly clientAddress: string;
	/** What limits are counted by. */
	readonly limitOwner: string;
	/** Path parameters as text. */
	readonly pathParameters: Readonly<Record<string, string>>;
	readonly rendering: Rendering;
	readonly https: boolean;
	/** A valid share token lets this request pass its limits. */
	readonly limitLifted?: boolean;
	/** What the share token in the address opens. */
	readonly share?: FoundShare | null;
}

/** What the log says about who asked. */
export interface ServedBy {
	userId: number | null;
}

/**
 * Runs one route: session, limits, policy, forgery check, input, handler, notices, cookies.
 * @throws whatever has to be shown as an error; the caller shapes it
 */
export async function serveRoute(
	parts: ServerParts,
	route: Route,
	incoming: IncomingRequest,
	log: ServedBy,
	present: (error: unknown) => Promise<Response>,
): Promise<Response> {
	const { request } = incoming;
	const { services, db } = parts;
	const cookies = new Cookies(request, incoming.https);
	const body = new RequestBody(request);
	const scope = scopeFor(route, request);
	const byToken = scope !== null || route.policy.kind === "shareToken";
	const session = byToken ? null : await findRequestSession(db, cookies, services);
	const caller = scope === null ? null : await findCaller(parts, route, incoming, body, scope);
	const viewer = caller?.viewer ?? session?.viewer ?? null;
	log.userId = viewer?.id ?? null;
	const csrfToken = byToken
		? ""
		: csrfTokenFor(services.config.secretKey, session?.csrfSecret ?? null, cookies, !isFragmentRequest(request));
	const rendering = { ...incoming.rendering, csrfToken, viewer, impersonator: session?.impersonator ?? null };
	return withRendering(rendering, async () => {
		const control = new RequestSession({
			db,
			cookies,
			session,
			services,
			requestId: incoming.requestId,
			origin: { userAgent: request.headers.get("user-agent"), address: incoming.clientAddress },
		});
		let response: Response;
		let exchange: ServerExchange | null = null;
		try {
			if (!incoming.limitLifted) await checkLimit(parts.limiter, route, incoming.limitOwner, viewer);
			checkPolicy(route, viewer);
			const isChecked = !byToken && route.forgeryCheckWaived === undefined;
			if (isChecked && needsForgeryCheck(request.method)) await checkToken(parts, incoming, body, csrfToken);
			exchange = new ServerExchange({
				request,
				requestId: incoming.requestId,
				route,
				params: parseParameters(route.params, incoming.pathParameters, () => new NotFoundError()),
				query: parseParameters(route.query, queryRecord(request), (text) => new BadRequestError(text)),
				viewer,
				impersonator: session?.impersonator ?? null,
				apiTokenId: caller?.tokenId ?? null,
				share: incoming.share ?? null,
				db,
				services,
				development: parts.development,
				session: control,
				cookies,
				clientAddress: incoming.clientAddress,
				body,
				takeFlashes: () => takeKeptFlashes(db, cookies, session, services),
			});
			response = unlessKnown(request, await route.handler(exchange));
			if (route.policy.kind === "object" && !exchange.authorized && response.status < 400) {
				throw new Error(`The handler of ${route.method} ${route.path} answered without exchange.authorize().`);
			}
		} catch (error) {
			response = await present(error);
			if (exchange && response.status >= 400) exchange.flashes = [];
		}
		if (exchange) await deliverFlashes(exchange, response, cookies, control, services.config.secretKey);
		for (const header of cookies.headers()) response.headers.append("Set-Cookie", header);
		return response;
	});
}

/** Scope that an API token needs here; null where a session decides. */
function scopeFor(route: Route, request: Request): NeededScope | null {
	if (route.policy.kind === "apiToken") return route.policy.scope;
	const takesToken = route.policy.kind === "insider" && route.policy.orToken === true;
	return takesToken && request.headers.has("authorization") ? "read" : null;
}

/** Owner of the API token. The limits are against guessing: a refused token counts, a valid one resets the counters of its address. */
async function findCaller(
	parts: ServerParts,
	route: Route,
	incoming: IncomingRequest,
	body: RequestBody,
	scope: NeededScope,
): Promise<ApiCaller> {
	const { limitOwner } = incoming;
	const call = { scope, requestId: incoming.requestId, address: incoming.clientAddress, now: parts.services.now() };
	try {
		const token = sentApiToken(incoming.request, body.isJson ? await body.json() : null);
		const caller = await findApiCaller(parts.db, token, call);
		await parts.limiter.reset(`${limitOwner}/all/`);
		if (route.limit) await parts.limiter.reset(`${limitOwner}/${route.limit.name}/`);
		return caller;
	} catch (error) {
		await checkLimit(parts.limiter, route, limitOwner, null);
		throw error;
	}
}

async function checkLimit(limiter: RateLimiter, route: Route, owner: string, viewer: Viewer | null): Promise<void> {
	const { limit } = route;
	if (!limit || (!limit.everybody && viewer && isInsider(viewer.roleId))) return;
	const outcome = await limiter.take(`${owner}/${limit.name}`, limit.requests, limit.perSeconds);
	if (!outcome.allowed) throw new TooManyRequestsError(outcome.retryAfterSeconds);
}

function checkPolicy(route: Route, viewer: Viewer | null): void {
	const { kind } = route.policy;
	if (kind === "public" || kind === "shareToken") return;
	if (!viewer) throw new SignInRequiredError();
	if ((kind === "insider" || kind === "apiToken") && !isInsider(viewer.roleId)) throw new ForbiddenError();
	if (kind === "admin" && !isAdmin(viewer.roleId)) throw new ForbiddenError();
}

async function checkToken(parts: ServerParts, incoming: IncomingRequest, body: RequestBody, expected: string): Promise<void> {
	const { request } = incoming;
	const header = request.headers.get("x-csrf-token");
	const field = header === null ? (await body.fields()).get("csrf_token")?.[0] : header;
	const ownHosts = [
		new URL(request.url).host,
		request.headers.get("host") ?? "",
		new URL(parts.services.config.externalBaseUrl).host,
	];
	checkForgery(request, expected, typeof field === "string" ? field : null, ownHosts);
}

function parseParameters(
	schema: z.ZodObject | undefined,
	values: Readonly<Record<string, unknown>>,
	failure: (text: string) => Error,
): Record<string, unknown> {
	if (!schema) return {};
	const parsed = schema.safeParse(values);
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	throw failure(`${issue?.path.join(".") || "query"}: ${issue?.message ?? "is not valid"}`);
}

/** Query as an object; what comes several times becomes a list. */
function queryRecord(request: Request): Record<string, unknown> {
	const result: Record<string, unknown> = {};
	const { searchParams } = new URL(request.url);
	for (const name of new Set(searchParams.keys())) {
		const values = searchParams.getAll(name);
		result[name] = values.length > 1 ? values : values[0];
	}
	return result;
}

function takeKeptFlashes(db: Db, cookies: Cookies, session: Session | null, services: Services) {
	if (!session) return Promise.resolve(takeAnonymousFlashes(cookies, services.config.secretKey));
	return session.hasFlashes ? takeFlashes(db, session.id, services.now()) : Promise.resolve([]);
}

/** Notices that the answer did not show: along with a fragment, else kept for the next page. */
async function deliverFlashes(
	exchange: ServerExchange,
	response: Response,
	cookies: Cookies,
	session: RequestSession,
	secretKey: string,
): Promise<void> {
	if (exchange.flashes.length === 0) return;
	const leaves = response.headers.has("location") || response.headers.has("hx-redirect");
	if (exchange.wantsFragment && !leaves) {
		const earlier: unknown = JSON.parse(response.headers.get("hx-trigger") ?? "{}");
		const triggers = { ...(typeof earlier === "object" ? earlier : {}), flash: { messages: exchange.flashes } };
		response.headers.set("HX-Trigger", asciiJson(triggers));
		return;
	}
	if (session.nextSessionId === null) keepAnonymousFlashes(cookies, secretKey, exchange.flashes);
	else await keepFlashes(exchange.db, session.nextSessionId, exchange.flashes);
}
