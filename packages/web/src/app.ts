import { randomBytes } from "node:crypto";
import type { Services } from "@opengsync/core/context";
import { ExpectedError, NotFoundError } from "@opengsync/core/errors";
import { type FoundShare, findShare } from "@opengsync/core/sharing/tokens";
import type { Db } from "@opengsync/db/connection";
import { type Context, Hono } from "hono";
import type { Logger } from "pino";
import { type Assets, assetResponse } from "./framework/assets.ts";
import { describeCaller, limitOwner } from "./framework/client-address.ts";
import { needsForgeryCheck } from "./framework/csrf.ts";
import { answerError, describeError, errorKindOf } from "./framework/error-answers.tsx";
import { loggedError, loggedPath } from "./framework/log-safely.ts";
import { publicly } from "./framework/policy.ts";
import { generalLimits, MemoryRateLimiter, type RateLimiter } from "./framework/rate-limit.ts";
import { type OtherParts, readinessResponse } from "./framework/readiness.ts";
import { type Rendering, withRendering } from "./framework/rendering.ts";
import { MethodNotAllowedError, TooManyRequestsError } from "./framework/request-errors.ts";
import { bySpecificity, findHiddenRoutes, type Route, type RouteKind } from "./framework/route.ts";
import { securityHeaders } from "./framework/security-headers.ts";
import { type IncomingRequest, type ServedBy, type ServerParts, serveRoute } from "./framework/serve-route.ts";
import { TrustedProxies } from "./framework/trusted-proxies.ts";

/** What the web server is made of. */
export interface AppOptions {
	readonly db: Db;
	readonly services: Services;
	/** The route tables of all features. */
	readonly routes: readonly Route[];
	readonly assets: Assets;
	readonly development?: boolean;
	readonly logger?: Logger;
	readonly limiter?: RateLimiter;
	/** State of cache, worker and backup; without it they count as there. */
	readonly otherParts?: OtherParts;
}

const noOtherParts: OtherParts = async () => ({ cache: "ok", worker: "ok", backup: "unknown", version: "unknown" });

/** Nothing here is for search engines: access-and-web.md §6.1. */
const robots = "User-agent: *\nDisallow: /\n";

/**
 * The web application. All routes come from the table; besides them only `/static/`, `/robots.txt` and `/status/` exist, which ask
 * for nobody's session and so answer without the database.
 * @throws Error when a route hides another, or when a trusted proxy is neither address nor range
 */
export function createApp(options: AppOptions): Hono {
	const hidden = findHiddenRoutes(options.routes);
	if (hidden.length > 0) throw new Error(hidden.join("\n"));
	const server = new WebServer(options);
	const app = new Hono();
	const fixed: Record<string, (context: Context) => Response | Promise<Response>> = {
		"/static/:file": (context) => server.readStatic(context),
		"/robots.txt": () => plainText(robots),
		"/status/": () => plainText("OK"),
		"/status/ready/": () => readinessResponse(options.db, options.otherParts ?? noOtherParts),
	};
	for (const [path, answer] of Object.entries(fixed)) {
		app.get(path, (context) => server.serveFixed(context, path.startsWith("/status/"), answer));
		mountRest(app, server, path, ["GET"], "api");
	}
	const routes = bySpecificity(options.routes);
	for (const route of routes) app.on(route.method, route.path, (context) => server.serve(context, route));
	for (const path of new Set(routes.map((route) => route.path))) {
		const here = routes.filter((route) => route.path === path);
		const kind = here[0] ? errorKindOf(here[0]) : "page";
		const methods = here.map((route) => route.method);
		mountRest(app, server, path, methods, kind);
	}
	app.notFound((context) => server.fail(context, new NotFoundError(), guessKind(context.req.path)));
	app.onError((error, context) => server.fail(context, error, guessKind(context.req.path)));
	return app;
}

/** What an address answers besides its routes: which methods it has, that others are not allowed, and the way to its final `/`. */
function mountRest(app: Hono, server: WebServer, path: string, methods: readonly string[], kind: RouteKind): void {
	const allowed = [...new Set(["OPTIONS", ...methods, ...(methods.includes("GET") ? ["HEAD"] : [])])].sort();
	app.on("OPTIONS", path, (context) => server.serveFixed(context, false, () => optionsAnswer(allowed)));
	app.all(path, (context) => server.fail(context, new MethodNotAllowedError(allowed), kind));
	if (path.length > 1 && path.endsWith("/")) {
		app.all(path.slice(0, -1), (context) => server.serveFixed(context, false, () => slashAnswer(context)));
	}
}

function optionsAnswer(allowed: readonly string[]): Response {
	return new Response(null, { status: 204, headers: { Allow: allowed.join(", ") } });
}

/** Addresses without the final `/` lead to those with it; method and body are kept. */
function slashAnswer(context: Context): Response {
	const url = new URL(context.req.url);
	const path = `/${url.pathname.replace(/^\/+/, "")}/`;
	return new Response(null, { status: 308, headers: { Location: `${path}${url.search}` } });
}

function plainText(text: string, status = 200): Response {
	return new Response(text, { status, headers: { "Content-Type": "text/plain; charset=utf-8" } });
}

/** Shape of errors where no route is: plain text for machines, nothing for parts of pages. */
function guessKind(path: string): RouteKind {
	if (/^\/(api|files|static|status)\//.test(path)) return "api";
	return path.startsWith("/htmx/") ? "fragment" : "page";
}

class WebServer {
	private readonly options: AppOptions;
	private readonly parts: ServerParts;
	private readonly proxies: TrustedProxies;
	/** Addresses of pages without parameters. */
	private readonly pages: ReadonlySet<string>;

	constructor(options: AppOptions) {
		this.options = options;
		this.proxies = new TrustedProxies(options.services.config.trustedProxies);
		this.pages = new Set(options.routes.filter((route) => route.kind === "page").map((route) => route.path));
		this.parts = {
			db: options.db,
			services: options.services,
			development: options.development ?? false,
			limiter: options.limiter ?? new MemoryRateLimiter(),
		};
	}

	/** Answers one request by its route. */
	serve(context: Context, route: Route): Promise<Response> {
		const kind = errorKindOf(route);
		return this.answer(context, route, kind, async (incoming, log) => {
			const share = await this.findShareOf(route, incoming);
			const limitLifted = share?.state === "valid" && !route.limit?.kept;
			if (limitLifted) await this.resetLimits(route, incoming.limitOwner);
			else await this.checkGeneralLimit(incoming.limitOwner);
			return serveRoute(this.parts, route, { ...incoming, limitLifted, share }, log, (error) =>
				this.present(error, incoming, kind),
			);
		});
	}

	/** Answers with an error where there is no route; a page shows it to the person who is signed in. */
	fail(context: Context, error: Error, kind: RouteKind): Promise<Response> {
		const handler = () => {
			throw error;
		};
		const nowhere: Route = { method: "GET", path: "*", kind, policy: publicly, summary: "No such address", handler };
		return this.answer(context, null, kind, async (incoming, log) => {
			await this.checkGeneralLimit(incoming.limitOwner);
			if (kind === "api" || needsForgeryCheck(context.req.method)) throw error;
			return serveRoute(this.parts, nowhere, incoming, log, (problem) => this.present(problem, incoming, kind));
		});
	}

	/** A file that the build made. */
	readStatic(context: Context): Response {
		const response = assetResponse(this.options.assets, context.req.param("file") ?? "", context.req.raw);
		return response ?? plainText("The resource does not exist.", 404);
	}

	/** What is answered without session and route; `/status/` has a limit of its own (access-and-web.md §6.6). */
	serveFixed(context: Context, isStatus: boolean, answer: (context: Context) => Response | Promise<Response>): Promise<Response> {
		return this.answer(context, null, "api", async ({ limitOwner }) => {
			if (isStatus) await this.checkLimit(`${limitOwner}/status`, 5, 1);
			else if (!context.req.path.startsWith("/static/")) await this.checkGeneralLimit(limitOwner);
			return answer(context);
		});
	}

	private async answer(
		context: Context,
		route: Route | null,
		kind: RouteKind,
		work: (incoming: IncomingRequest, log: ServedBy) => Promise<Response>,
	): Promise<Response> {
		const startedMs = performance.now();
		const incoming = this.incoming(context);
		const log: ServedBy = { userId: null };
		const response = await withRendering(incoming.rendering, () =>
			work(incoming, log).catch((error: unknown) => this.present(error, incoming, kind)),
		);
		for (const [name, value] of Object.entries(securityHeaders(incoming.rendering.nonce, route, incoming.https))) {
			if (!response.headers.has(name)) response.headers.set(name, value);
		}
		if (!response.headers.has("Cache-Control")) response.headers.set("Cache-Control", "private, no-store");
		response.headers.set("X-Request-Id", incoming.requestId);
		this.options.logger?.info(
			{
				requestId: incoming.requestId,
				method: context.req.method,
				path: loggedPath(context.req.path, route),
				status: response.status,
				durationMs: Math.round(performance.now() - startedMs),
				userId: log.userId,
				address: incoming.clientAddress,
			},
			"request",
		);
		return response;
	}

	private incoming(context: Context): IncomingRequest {
		const url = new URL(context.req.url);
		const { config } = this.options.services;
		const caller = describeCaller(context, this.proxies);
		const rendering: Rendering = {
			asset: (name) => this.options.assets.url(name),
			islands: this.options.assets.islands,
			csrfToken: "",
			nonce: randomBytes(16).toString("base64url"),
			viewer: null,
			impersonator: null,
			organization: config.organization,
			path: url.pathname + url.search,
			timeZone: config.timeZone,
			hasPage: (path) => this.pages.has(path),
			demo: config.demo,
			development: this.parts.development,
		};
		return {
			request: context.req.raw,
			requestId: caller.requestId ?? randomBytes(5).toString("hex"),
			clientAddress: caller.address,
			limitOwner: limitOwner(caller.address),
			pathParameters: context.req.param(),
			rendering,
			https: caller.https || config.externalBaseUrl.startsWith("https://"),
		};
	}

	/**
	 * What the share token in an address opens, asked once for limits and handler. Transfers with a valid token are not slowed down: the
	 * limits are against guessing, and a valid token resets the counters of its address (access-and-web.md §6.6). The limit of archives
	 * protects the machine and stays.
	 */
	private async findShareOf(route: Route, incoming: IncomingRequest): Promise<FoundShare | null> {
		if (route.policy.kind !== "shareToken") return null;
		return findShare(this.parts.db, incoming.pathParameters.token ?? "", this.options.services.now());
	}

	private async resetLimits(route: Route, owner: string): Promise<void> {
		await this.parts.limiter.reset(`${owner}/all/`);
		if (route.limit) await this.parts.limiter.reset(`${owner}/${route.limit.name}/`);
	}

	private async checkGeneralLimit(owner: string): Promise<void> {
		for (const { requests, perSeconds } of generalLimits) await this.checkLimit(`${owner}/all`, requests, perSeconds);
	}

	private async checkLimit(key: string, requests: number, perSeconds: number): Promise<void> {
		const outcome = await this.parts.limiter.take(key, requests, perSeconds);
		if (!outcome.allowed) throw new TooManyRequestsError(outcome.retryAfterSeconds);
	}

	private async present(error: unknown, incoming: IncomingRequest, kind: RouteKind): Promise<Response> {
		const answer = describeError(error, incoming.requestId);
		if (answer.defect) {
			this.options.logger?.error({ requestId: incoming.requestId, err: loggedError(error) }, "request failed");
		}
		if (answer.status === 500 && this.parts.development && !(error instanceof ExpectedError)) console.error(error);
		const response = await answerError(answer, incoming.request, kind);
		if (error instanceof MethodNotAllowedError) response.headers.set("Allow", error.allowed.join(", "));
		return response;
	}
}
