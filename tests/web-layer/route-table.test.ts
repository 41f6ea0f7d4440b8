// What holds for every route of the product, whatever its feature.
import type { Route } from "@opengsync/web/framework/route";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ActorName } from "../access/support/actors.ts";
import { call } from "../access/support/call.ts";
import { parameterNames } from "../access/support/fill-path.ts";
import { routeName } from "../access/support/role-matrix.ts";
import { allRoutes, openStage } from "../access/support/stage.ts";
import { addressIn } from "./support/address.ts";

let stage: Awaited<ReturnType<typeof openStage>>;

beforeAll(async () => {
	stage = await openStage();
});
afterAll(() => stage?.close());

function actorOf(name: ActorName) {
	const actor = stage.actors.get(name);
	if (!actor) throw new Error(`There is no ${name}.`);
	return actor;
}

/** The address of a route for whoever may use it. */
function addressOf(route: Route, parts: Readonly<Record<string, string>> = {}): string | null {
	return addressIn(stage.world, route, route.policy.kind === "shareToken" ? "link" : "admin", parts);
}

function ask(route: Route, actor: ActorName, address: string, method: string = route.method): Promise<Response> {
	return stage.isolated.isolate(() => call(stage.app, actorOf(actor), route, address, {}, method));
}

/** Routes with their addresses. */
function withAddress(routes: readonly Route[]): { readonly route: Route; readonly address: string }[] {
	return routes.flatMap((route) => {
		const address = addressOf(route);
		return address === null ? [] : [{ route, address }];
	});
}

const readable = allRoutes.filter((route) => route.method === "GET");
const changing = allRoutes.filter((route) => ["POST", "PUT", "PATCH", "DELETE"].includes(route.method));

/** Headers of access-and-web.md §6.7 that an answer lacks. */
function missingHeaders(response: Response, secret: boolean): string[] {
	const expected: Record<string, RegExp> = {
		"content-security-policy": /frame-ancestors 'self'.*|sandbox allow-scripts/,
		"x-content-type-options": /^nosniff$/,
		"referrer-policy": secret ? /^no-referrer$/ : /^(same-origin|no-referrer)$/,
		"permissions-policy": /camera=\(\)/,
		"x-robots-tag": /^noindex$/,
		"x-request-id": /^[A-Za-z0-9-]{1,64}$/,
		"cache-control": /no-store|no-cache/,
	};
	return Object.entries(expected).flatMap(([name, pattern]) => (pattern.test(response.headers.get(name) ?? "") ? [] : [name]));
}

describe("every answer", () => {
	it("carries the security headers: what an admin reads, and what nobody may", async () => {
		const bad: string[] = [];
		for (const { route, address } of withAddress(readable)) {
			for (const actor of ["admin", "anonymous"] as const) {
				const response = await ask(route, actor, address);
				const secret = Boolean(route.secretUrl) || route.policy.kind === "shareToken";
				for (const name of missingHeaders(response, secret))
					bad.push(`${routeName(route)} as ${actor} (${response.status}): ${name}`);
				if (response.status >= 500 && response.status !== 503) bad.push(`${routeName(route)} as ${actor}: ${response.status}`);
				await response.body?.cancel();
			}
		}
		expect(bad).toEqual([]);
	});
	it("of a machine's addresses, of redirects and of errors does so, too", async () => {
		const addresses = [
			"/status/",
			"/status/ready/",
			"/robots.txt",
			"/static/nothing.js",
			"/projects",
			"/no/such/",
			"/htmx/no",
			"/api/no/",
		];
		const answers = await stage.isolated.isolate(async () => {
			const found: [string, Response][] = [];
			for (const address of addresses) found.push([address, await stage.app.request(address)]);
			found.push(["PUT /projects/", await stage.app.request("/projects/", { method: "PUT" })]);
			return found;
		});
		expect(answers.map(([address, answer]) => [address, missingHeaders(answer, false)])).toEqual(
			answers.map(([address]) => [address, []]),
		);
	});
	it("of OPTIONS names the methods of the address and needs nobody", async () => {
		const bad: string[] = [];
		for (const { route, address } of withAddress(allRoutes)) {
			const response = await ask(route, "anonymous", address, "OPTIONS");
			const allowed = (response.headers.get("allow") ?? "").split(", ");
			const wanted = route.method === "GET" ? ["GET", "HEAD", "OPTIONS"] : ["OPTIONS"];
			if (response.status > 204 || !wanted.every((method) => allowed.includes(method))) {
				bad.push(`${routeName(route)}: ${response.status} ${allowed.join(", ")}`);
			}
		}
		expect(bad).toEqual([]);
	});
	it("of a method that the address has not is 405 with those that it has", async () => {
		const bad: string[] = [];
		for (const { route, address } of withAddress(allRoutes)) {
			const response = await ask(route, "admin", address, "PROPPATCH");
			const allowed = (response.headers.get("allow") ?? "").split(", ");
			if (response.status !== 405 || !allowed.includes(route.method)) bad.push(`${routeName(route)}: ${response.status}`);
		}
		expect(bad).toEqual([]);
	});
	it("without the final slash leads to it, and keeps method and query", async () => {
		const bad: string[] = [];
		const slashed = allRoutes.filter(({ path }) => path.length > 1 && path.endsWith("/"));
		for (const { route, address: whole } of withAddress(slashed)) {
			const address = whole.slice(0, -1);
			const response = await ask(route, "anonymous", `${address}?tab=a`);
			if (response.status !== 308 || response.headers.get("location") !== `${address}/?tab=a`) {
				bad.push(`${routeName(route)}: ${response.status} ${response.headers.get("location")}`);
			}
		}
		expect(bad).toEqual([]);
	});
});

describe("a forged request", () => {
	// What acts by a token of its own (declining mails with one click) names its reason; notifications.test.ts holds it to that.
	const bySession = changing.filter(
		(route) => !["apiToken", "shareToken"].includes(route.policy.kind) && route.forgeryCheckWaived === undefined,
	);

	it.each(["no token", "a foreign token", "the token of a session that is over", "the right token, from another site"])(
		"with %s changes nothing on any route",
		async (what) => {
			const admin = actorOf("admin");
			const tokens: Record<string, string> = {
				"no token": "",
				"a foreign token": actorOf("technician").csrfToken,
				"the token of a session that is over": actorOf("deactivated").csrfToken,
			};
			const forged = { ...admin, csrfToken: tokens[what] ?? admin.csrfToken };
			const crossSite = what.startsWith("the right token")
				? { "sec-fetch-site": "cross-site", origin: "https://evil.example" }
				: {};
			const accepted: string[] = [];
			for (const { route, address } of withAddress(bySession)) {
				const actor = { ...forged, headers: { ...forged.headers, ...crossSite } };
				const response = await stage.isolated.isolate(() => call(stage.app, actor, route, address));
				const text = response.headers.get("hx-trigger") ?? (await response.text());
				if (response.status !== 400 || !/out of date/.test(text)) accepted.push(`${routeName(route)}: ${response.status}`);
			}
			expect(bySession.length).toBeGreaterThan(30);
			expect(accepted).toEqual([]);
		},
	);
});

describe("an address that names an object and one of its parts", () => {
	const words = new Set(["token", "subpath", "platform", "step", "provider"]);
	const idsOf = (route: Route) => parameterNames(route.path).filter((name) => !words.has(name));
	const nested = allRoutes.filter((route) => idsOf(route).length > 1);

	/** What the address answers in the end: where it leads on within the site, what is there. */
	async function statusOf(route: Route, actor: ActorName, address: string): Promise<number> {
		const response = await ask(route, actor, address);
		const onward = response.status === 303 ? response.headers.get("location") : null;
		return onward === null ? response.status : (await ask({ ...route, method: "GET" }, actor, onward)).status;
	}

	it("is none for the part of another object, even for an admin who may see both", async () => {
		const found: string[] = [];
		for (const { route, address: ownAddress } of withAddress(nested)) {
			const { foreign, own } = stage.world;
			const parts = idsOf(route)
				.slice(1)
				.map((name) => [name, String(foreign[name] ?? own[name])] as const);
			const address = addressOf(route, Object.fromEntries(parts));
			if (address === null || address === ownAddress) continue;
			for (const actor of ["admin", "requestor"] as const) {
				const status = await statusOf(route, actor, address);
				// 403: not even the object itself; 400: the empty form of the test is refused for the object's own parts, too.
				const asOwn = status === 403 || status === 400 ? await statusOf(route, actor, ownAddress) : 0;
				if (status !== 404 && status !== asOwn) found.push(`${routeName(route)} as ${actor}: ${status}`);
			}
		}
		expect(nested.length).toBeGreaterThan(3);
		expect(found).toEqual([]);
	});
});
