import { randomBytes } from "node:crypto";
import type { Services } from "@opengsync/core/context";
import { BadRequestError, ExpectedError, NotFoundError } from "@opengsync/core/errors";
import { findShare } from "@opengsync/core/sharing/tokens";
import type { Db } from "@opengsync/db/connection";
import { type Context, Hono } from "hono";
import type { Logger } from "pino";
import { type Assets, assetResponse } from "./framework/assets.ts";
import { clientAddress } from "./framework/client-address.ts";
import { needsForgeryCheck } from "./framework/csrf.ts";
import { answerError, describeError } from "./framework/error-answers.tsx";
import { publicly } from "./framework/policy.ts";
import { generalLimits, MemoryRateLimiter, type RateLimiter } from "./framework/rate-limit.ts";
import { type OtherParts, readinessResponse } from "./framework/readiness.ts";
import { type Rendering, withRendering } from "./framework/rendering.ts";
import { TooManyRequestsError } from "./framework/request-errors.ts";
import { bySpecificity, findHiddenRoutes, type Route, type RouteKind } from "./framework/route.ts";
import { securityHeaders } from "./framework/security-headers.ts";
import { type IncomingRequest, type ServedBy, type ServerParts, serveRoute } from "./framework/serve-route.ts";

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
	/** Addresses of reverse proxies whose word about the caller's address counts. */
	readonly trustedProxies?: readonly string[];
	/** State of cache, worker and backup; without it they count as there. */
	readonly otherParts?: OtherParts;
}

const noOtherParts: OtherParts = async () => ({ cache: "ok", worker: "ok", backup: "unknown", version: "unknown" });

/** The address was right, the method was not. */
class MethodNotAllowed extends Error {}

/**
 * The web application. All routes come from the table; besides them only `/static/`, `/robots.txt` and `/status/` exist.
 * @throws Error when a route hides another
 */
export function createApp(options: AppOptions): Hono {
	const hidden = findHiddenRoutes(options.routes);
	if (hidden.length > 0) throw new Error(hidden.join("\n"));
	const server = new WebServer(options);
	const app = new Hono();
	app.get("/static/:file", (context) => server.serveStatic(context));
	app.get("/robots.txt", () => new Response("User-agent: *\nDisallow: /\n", { headers: { "Content-Type": "text/plain" } }));
	app.get("/status/", (context) =>
		server.serveStatus(context, () => new Response("OK", { headers: { "Cache-Control": "no-store" } })),
	);
	app.get("/status/ready/", (context) =>
		server.serveStatus(context, () => readinessResponse(options.db, options.otherParts ?? noOtherParts)),
	);
	const routes = bySpecificity(options.routes);
	for (const route of routes) app.on(route.method, route.path, (context) => server.serve(context, route));
	for (const path of new Set(routes.map((route) => route.path))) {
		const kind = routes.find((route) => route.path === path)?.kind ?? "page";
		app.all(path, (context) => server.fail(context, new MethodNotAllowed(), kind));
		if (path.length > 1 && path.endsWith("/")) app.all(path.slice(0, -1), (context) => redirectToSlash(context));
	}
	app.notFound((context) => server.fail(context, new NotFoundError(), guessKind(context.req.path)));
	app.onError((error, context) => server.fail(context, error, "page"));
	return app;
}

/** Addresses without the final `/` lead to those with it; the method is kept. */
function redirectToSlash(context: Context): Response {
	const url = new URL(context.req.url);
	const path = `/${url.pathname.replace(/^\/+/, "")}/`;
	return new Response(null, { status: 308, headers: { Location: `${path}${url.search}` } });
}

function guessKind(path: string): RouteKind {
	return path.startsWith("/api/") ? "api" : path.startsWith("/htmx/") ? "fragment" : "page";
}

class WebServer {
	private readonly options: AppOptions;
	private readonly parts: ServerParts;
	/** Addresses of pages without parameters. */
	private readonly pages: ReadonlySet<string>;

	constructor(options: AppOptions) {
		this.options = options;
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
		return this.answer(context, route, route.kind, async (incoming, log) => {
			const limitLifted = await this.liftLimits(route, incoming);
			if (!limitLifted) await this.checkGeneralLimit(incoming.clientAddress);
			return serveRoute(this.parts, route, { ...incoming, limitLifted }, log, (error) =>
				this.present(error, incoming, route.kind),
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
			await this.checkGeneralLimit(incoming.clientAddress);
			if (kind === "api" || needsForgeryCheck(context.req.method)) throw error;
			return serveRoute(this.parts, nowhere, incoming, log, (problem) => this.present(problem, incoming, kind));
		});
	}

	/** A file that the build made. */
	serveStatic(context: Context): Response {
		const response = assetResponse(this.options.assets, context.req.param("file") ?? "", context.req.raw);
		const answer = response ?? new Response("Not found", { status: 404 });
		answer.headers.set("X-Content-Type-Options", "nosniff");
		return answer;
	}

	/** Whether the process serves, and whether all is there: background-and-ops.md §5.2. */
	async serveStatus(context: Context, answer: () => Response | Promise<Response>): Promise<Response> {
		const address = clientAddress(context, this.options.trustedProxies ?? []);
		const { allowed } = await this.parts.limiter.take(`${address}/status`, 5, 1);
		return allowed ? answer() : new Response("Too many requests", { status: 429, headers: { "Retry-After": "1" } });
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
				// Addresses that hold secrets are logged as their pattern.
				path: route?.secretUrl || route?.policy.kind === "shareToken" ? route.path : context.req.path,
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
		const address = clientAddress(context, this.options.trustedProxies ?? []);
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
			requestId: randomBytes(5).toString("hex"),
			clientAddress: address,
			pathParameters: context.req.param(),
			rendering,
			https: config.externalBaseUrl.startsWith("https://"),
		};
	}

	/**
	 * Transfers with a valid share token are not slowed down: the limits are against guessing, and a valid token resets the counters of
	 * its address (access-and-web.md §6.6). The limit of archives protects the machine and stays.
	 */
	private async liftLimits(route: Route, incoming: IncomingRequest): Promise<boolean> {
		if (route.policy.kind !== "shareToken" || route.limit?.kept) return false;
		const { token } = incoming.pathParameters;
		if (!token) return false;
		const found = await findShare(this.parts.db, token, this.options.services.now());
		if (found.state !== "valid") return false;
		await this.parts.limiter.reset(`${incoming.clientAddress}/all`);
		if (route.limit) await this.parts.limiter.reset(`${incoming.clientAddress}/${route.limit.name}`);
		return true;
	}

	private async checkGeneralLimit(address: string): Promise<void> {
		for (const { requests, perSeconds } of generalLimits) {
			const outcome = await this.parts.limiter.take(`${address}/all`, requests, perSeconds);
			if (!outcome.allowed) throw new TooManyRequestsError(outcome.retryAfterSeconds);
		}
	}

	private async present(error: unknown, incoming: IncomingRequest, kind: RouteKind): Promise<Response> {
		if (error instanceof MethodNotAllowed) {
			const answer = { ...describeError(new BadRequestError("Method not allowed."), incoming.requestId), status: 405 };
			return answerError(answer, incoming.request, kind);
		}
		const answer = describeError(error, incoming.requestId);
		if (answer.defect) this.options.logger?.error({ requestId: incoming.requestId, err: error }, "request failed");
		if (answer.status === 500 && this.parts.development && !(error instanceof ExpectedError)) console.error(error);
		return answerError(answer, incoming.request, kind);
	}
}
