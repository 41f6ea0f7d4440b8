import { z } from "zod";
import type { Exchange } from "./exchange.ts";
import type { Policy } from "./policy.ts";

/** What a route answers with, and so the shape of its errors: access-and-web.md §6.3. */
export type RouteKind = "page" | "fragment" | "action" | "api" | "file";

/** Methods of routes; HEAD comes with every GET. The last three are WebDAV's. */
export type RouteMethod = "GET" | "POST" | "PUT" | "DELETE" | "PATCH" | "OPTIONS" | "PROPFIND" | "LOCK" | "UNLOCK";

/** Limits of single routes besides the general one: access-and-web.md §6.6. */
export interface RouteLimit {
	/** Routes with the same name share a counter. */
	readonly name: string;
	readonly requests: number;
	readonly perSeconds: number;
	/** Insiders count too (sign-in, share links, zip). */
	readonly everybody?: boolean;
	/** Protects the machine: a valid share token does not lift it (zip). */
	readonly kept?: boolean;
}

/**
 * A route as its feature declares it. Paths are written as Hono reads them (`/projects/:id/`, `/browser/files/:subpath{.+}`).
 * A parameter that does not fit its schema answers 404, a query that does not fit 400.
 */
export interface RouteDefinition<Params extends z.ZodObject = z.ZodObject, Query extends z.ZodObject = z.ZodObject> {
	readonly method: RouteMethod;
	readonly path: string;
	readonly kind: RouteKind;
	readonly policy: Policy;
	/** One line for the permission page and the API document. */
	readonly summary: string;
	readonly params?: Params;
	readonly query?: Query;
	/** JSON body and answer of an API call, for the API document. */
	readonly body?: z.ZodType;
	readonly answer?: z.ZodType;
	readonly limit?: RouteLimit;
	/** Secrets in the URL: `Referrer-Policy: no-referrer` (share, registration and reset pages). */
	readonly secretUrl?: boolean;
	/**
	 * Why a POST needs no token against forgery: other machines have to be able to send it, and what it may do follows from a secret in
	 * its path alone, never from who is signed in. Only for public routes with `secretUrl`.
	 */
	readonly forgeryCheckWaived?: string;
	/** Serves user content: sandboxed without the site's origin (access-and-web.md §6.7). */
	readonly userContent?: boolean;
	/** Method syntax on purpose: a list holds routes of different parameters. */
	handler(exchange: Exchange<z.output<Params>, z.output<Query>>): Response | Promise<Response>;
}

/** A route of any parameters, as the route table holds it. */
export type Route = RouteDefinition;

type NoFields = z.ZodObject<Record<never, never>>;

/** Declares a route; the only way to mount a handler. */
export function defineRoute<Params extends z.ZodObject = NoFields, Query extends z.ZodObject = NoFields>(
	definition: RouteDefinition<Params, Query>,
): RouteDefinition<Params, Query> {
	return definition;
}

/** An id in a path: digits that fit the database's integers. Anything else is an address that does not exist. */
export const idInPath = z
	.string()
	.regex(/^[1-9]\d{0,9}$/)
	.transform(Number)
	.pipe(z.int().max(2_147_483_647));

/** The parameters of `/…/:id/`. */
export const withId = z.object({ id: idInPath });

const wildcard = /^:[^{]+\{\.\*|^:[^{]+\{\.\+|^\*/;

/** Rank of one path segment: fixed text before a parameter before "everything below". */
function segmentRank(segment: string | undefined): number {
	if (segment === undefined) return 0;
	if (wildcard.test(segment)) return 3;
	return segment.startsWith(":") ? 2 : 1;
}

/** Routes in the order in which they are mounted: the more exact first, so that none hides another. */
export function bySpecificity(routes: readonly Route[]): Route[] {
	return [...routes].sort((a, b) => {
		const left = a.path.split("/");
		const right = b.path.split("/");
		for (let index = 0; index < Math.max(left.length, right.length); index++) {
			const difference = segmentRank(left[index]) - segmentRank(right[index]);
			if (difference !== 0) return difference;
		}
		return 0;
	});
}

/** Pairs of routes of which only the first could ever be reached: same method, same shape of path. */
export function findHiddenRoutes(routes: readonly Route[]): string[] {
	const seen = new Map<string, Route>();
	const hidden: string[] = [];
	for (const route of routes) {
		const shape = route.path.replaceAll(/:[^/{]+(\{[^}]*\})?/g, (_, pattern: string | undefined) => `:${pattern ?? ""}`);
		const key = `${route.method} ${shape}`;
		const first = seen.get(key);
		if (first) hidden.push(`${route.method} ${route.path} is hidden by ${first.path}`);
		else seen.set(key, route);
	}
	return hidden;
}
