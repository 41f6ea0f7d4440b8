import { z } from "zod";
import { publicly } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";

type JsonObject = Readonly<Record<string, unknown>>;

function schemaOf(schema: z.ZodType, io: "input" | "output"): JsonObject {
	const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
	return json;
}

/** `:id` and `:subpath{.+}` as OpenAPI writes them. */
function pathOf(route: Route): string {
	return route.path.replaceAll(/:(\w+)(\{[^}]*\})?/gu, "{$1}");
}

function parametersOf(route: Route): JsonObject[] {
	const names = [...route.path.matchAll(/:(\w+)/gu)].map((match) => match[1] ?? "");
	const inPath = names.map((name) => ({ name, in: "path", required: true, schema: fieldOf(route.params, name) }));
	const inQuery = Object.entries(route.query?.shape ?? {}).map(([name, schema]) => ({
		name,
		in: "query",
		required: !schema.safeParse(undefined).success,
		schema: schemaOf(schema, "input"),
	}));
	return [...inPath, ...inQuery];
}

function fieldOf(params: z.ZodObject | undefined, name: string): JsonObject {
	const field = params?.shape[name];
	return field ? schemaOf(field, "input") : { type: "string" };
}

const errors: Readonly<Record<string, string>> = {
	400: "The call does not fit, or is not possible at present",
	401: "No token",
	403: "Not allowed, or the token is not valid (any more)",
	404: "Not there (any more)",
	409: "Changed, linked or taken over by somebody else",
	429: "Too many calls; see Retry-After",
	500: "A defect",
};

const errorAnswers = Object.fromEntries(
	Object.entries(errors).map(([status, description]) => [
		status,
		{ description, content: { "text/plain": { schema: { type: "string" } } } },
	]),
);

function operationOf(route: Route): JsonObject {
	const answer = route.answer ? schemaOf(route.answer, "output") : {};
	return {
		summary: route.summary,
		tags: [/^\/api\/v1\/([\w-]+)/u.exec(route.path)?.[1] ?? "token"],
		parameters: parametersOf(route),
		...(route.body
			? { requestBody: { required: true, content: { "application/json": { schema: schemaOf(route.body, "input") } } } }
			: {}),
		responses: { 200: { description: "Done", content: { "application/json": { schema: answer } } }, ...errorAnswers },
		security: route.policy.kind === "apiToken" ? [{ token: [] }] : [],
		...(route.policy.kind === "apiToken" ? { "x-scope": route.policy.scope } : {}),
	};
}

/** Calls that the document describes: those for scripts, under their address with version if they have two. */
function isDescribed(route: Route): boolean {
	return route.kind === "api" && route.policy.kind === "apiToken" && !/^\/api\/(?!v1\/)/u.test(route.path);
}

/** The OpenAPI 3.1 document of the HTTP API, made from the route table and the schemas by which bodies are read. */
export function describeApi(routes: readonly Route[]): JsonObject {
	const paths: Record<string, Record<string, JsonObject>> = {};
	for (const route of routes.filter(isDescribed)) {
		const path = pathOf(route);
		paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
	}
	return {
		openapi: "3.1.0",
		info: { title: "OpeNGSync", version: "1", description: "Addresses end in /; calls carry an API token of a member of staff." },
		components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
		paths,
	};
}

/** The document at its address. It says what calls there are, nothing of this installation, and so needs no token. */
export function openApiRoutes(allRoutes: () => readonly Route[]): readonly Route[] {
	return [
		defineRoute({
			method: "GET",
			path: "/api/v1/openapi.json",
			kind: "api",
			policy: publicly,
			summary: "OpenAPI document of the HTTP API",
			handler: (exchange) => exchange.json(describeApi(allRoutes())),
		}),
	];
}
