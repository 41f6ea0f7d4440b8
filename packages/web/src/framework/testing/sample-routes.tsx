import { NotPossibleError } from "@opengsync/core/errors";
import { admin, apiTokenWith, insider, onObject, publicly, shareToken, signedIn } from "../policy.ts";
import { defineRoute, type Route, type RouteKind, withId } from "../route.ts";

/** A route that fails in a way that nobody expects. */
export function failing(kind: RouteKind, path: string): Route {
	return defineRoute({
		method: "GET",
		path,
		kind,
		policy: publicly,
		summary: "Fails",
		handler: () => {
			throw new Error("secret internals");
		},
	});
}

/** Routes of every kind and policy, for tests of what holds for all of them. */
export const sampleRoutes: readonly Route[] = [
	failing("page", "/fail/page/"),
	failing("fragment", "/fail/fragment/"),
	failing("file", "/fail/file/"),
	failing("api", "/fail/api/"),
	{ ...failing("file", "/shared/:token"), policy: shareToken },
	defineRoute({
		method: "GET",
		path: "/members/",
		kind: "page",
		policy: signedIn,
		summary: "For members",
		handler: (exchange) => exchange.page({ title: "Members" }, <p>{exchange.viewer.email}</p>),
	}),
	defineRoute({
		method: "POST",
		path: "/members/",
		kind: "action",
		policy: signedIn,
		summary: "Greets",
		handler: async (exchange) => {
			exchange.flash("success", "Grüße <b>!");
			return exchange.wantsFragment ? exchange.fragment("done") : exchange.redirect("/members/");
		},
	}),
	defineRoute({
		method: "GET",
		path: "/staff/",
		kind: "page",
		policy: insider,
		summary: "For staff",
		handler: (exchange) => exchange.text("staff"),
	}),
	defineRoute({
		method: "GET",
		path: "/admins/",
		kind: "page",
		policy: admin,
		summary: "For admins",
		handler: (exchange) => exchange.text("admins"),
	}),
	defineRoute({
		method: "GET",
		path: "/things/:id/",
		kind: "page",
		policy: onObject("request", "id", "EDIT"),
		summary: "A thing",
		params: withId,
		handler: (exchange) => {
			const levels: Record<number, number> = { 1: 0, 2: 10, 3: 20 };
			const level = levels[exchange.params.id];
			const thing = exchange.authorize(level === undefined ? null : { access_level: level });
			return exchange.text(String(thing.access_level));
		},
	}),
	defineRoute({
		method: "GET",
		path: "/forgetful/:id/",
		kind: "page",
		policy: onObject("request", "id", "VIEW"),
		summary: "Forgets to authorize",
		params: withId,
		handler: (exchange) => exchange.text("leaked"),
	}),
	defineRoute({
		method: "GET",
		path: "/refused/",
		kind: "fragment",
		policy: publicly,
		summary: "Not in this status",
		handler: () => {
			throw new NotPossibleError("The request has been submitted already.");
		},
	}),
	defineRoute({
		method: "POST",
		path: "/api/echo/",
		kind: "api",
		policy: apiTokenWith("read"),
		summary: "Says who asks",
		handler: (exchange) => exchange.json({ owner_id: exchange.viewer.id }),
	}),
];
