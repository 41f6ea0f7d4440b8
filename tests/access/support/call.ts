import type { Route } from "@opengsync/web/framework/route";
import type { Hono } from "hono";
import type { Actor } from "./actors.ts";

/** Fields of a form (a list is sent as several values), or members of a JSON body. */
export type Fields = Readonly<Record<string, unknown>>;

/** Calls an address as an actor, as the browser or script would: forms with the token against forgery, JSON for the API. */
export async function call(
	app: Hono,
	actor: Actor,
	route: Pick<Route, "method" | "kind">,
	address: string,
	fields: Fields = {},
	method: string = route.method,
): Promise<Response> {
	const headers: Record<string, string> = { ...actor.headers };
	if (route.kind === "fragment") headers["hx-request"] = "true";
	const changes = method === "POST" || method === "PUT" || method === "DELETE" || method === "PATCH";
	if (!changes) return app.request(`http://localhost${address}`, { method, headers });
	if (route.kind === "api") {
		headers["content-type"] = "application/json";
		headers["x-csrf-token"] = actor.csrfToken;
		return app.request(`http://localhost${address}`, { method, headers, body: JSON.stringify(fields) });
	}
	const form = new FormData();
	form.set("csrf_token", actor.csrfToken);
	for (const [name, value] of Object.entries(fields)) {
		const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
		for (const part of parts) form.append(name, part instanceof File ? part : String(part));
	}
	return app.request(`http://localhost${address}`, { method, headers, body: form });
}
