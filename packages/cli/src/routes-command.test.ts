import { insider, onObject } from "@opengsync/web/framework/policy";
import { defineRoute } from "@opengsync/web/framework/route";
import { expect, test } from "vitest";
import { printRoutes } from "./routes-command.ts";

const handler = () => new Response();
const routes = [
	defineRoute({
		method: "POST",
		path: "/requests/:id/",
		kind: "action",
		policy: onObject("request", "id", "EDIT"),
		summary: "Saves",
		handler,
	}),
	defineRoute({ method: "GET", path: "/kits/", kind: "page", policy: insider, summary: "List of kits", handler }),
];

test("the administrator sees for every route who may call it, in the order of the addresses", () => {
	expect(printRoutes(routes, { json: false }).split("\n")).toEqual([
		"METHOD  PATH            KIND    WHO MAY              WHAT IT DOES",
		"GET     /kits/          page    insider              List of kits",
		"POST    /requests/:id/  action  EDIT on request :id  Saves",
	]);
});

test("a script gets the same as JSON, without handlers", () => {
	expect(JSON.parse(printRoutes(routes, { json: true }))).toEqual([
		{ method: "GET", path: "/kits/", kind: "page", policy: "insider", summary: "List of kits" },
		{ method: "POST", path: "/requests/:id/", kind: "action", policy: "EDIT on request :id", summary: "Saves" },
	]);
});
