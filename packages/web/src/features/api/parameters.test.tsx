import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { publicly } from "../../framework/policy.ts";
import { defineRoute } from "../../framework/route.ts";
import { createTestApp } from "../../framework/testing/test-app.ts";
import { bool, dict, int, readParameters, text, textList } from "./parameters.ts";

let database: TestDatabase;
let app: Hono;

const schema = z.object({ lane: int, name: text.optional(), flag: bool.optional(), qc: dict.nullish(), to: textList.nullish() });

const echo = defineRoute({
	method: "GET",
	path: "/api/echo/",
	kind: "api",
	policy: publicly,
	summary: "Says what it was given",
	handler: async (exchange) => exchange.json(await readParameters(exchange, schema)),
});

beforeAll(async () => {
	database = await createTestDatabase();
	app = createTestApp({ db: database.db, routes: [echo, { ...echo, method: "DELETE", policy: { kind: "shareToken" } }] });
});

afterAll(() => database.drop());

/** DELETE with a body; the policy of the test route spares the forgery check. */
async function call(query: string, body?: BodyInit, type = "application/json"): Promise<unknown> {
	const answer = await app.request(`/api/echo/${query}`, {
		method: "DELETE",
		...(body === undefined ? {} : { body, ...(body instanceof FormData ? {} : { headers: { "content-type": type } }) }),
	});
	return answer.ok ? answer.json() : `${answer.status} ${await answer.text()}`;
}

describe("parameters of a call", () => {
	it("are taken from query, form or JSON, and the first that has one counts", async () => {
		expect(await call("?lane=1&name=q", JSON.stringify({ lane: 2, name: "j", flag: true }))).toEqual({
			lane: 1,
			name: "q",
			flag: true,
		});
		expect(await call("?lane=1", "lane=2&name=f&flag=no", "application/x-www-form-urlencoded")).toEqual({
			lane: 1,
			name: "f",
			flag: false,
		});
		const form = new FormData();
		form.set("lane", "4");
		expect(await call("", form)).toEqual({ lane: 4 });
		expect(await (await app.request("/api/echo/?lane=7")).json()).toEqual({ lane: 7 });
	});
	it("are read as the types that scripts send", async () => {
		expect(await call("", JSON.stringify({ lane: "3", flag: "YES", qc: '{"q30":0.9}', to: '["a@b.org"]', extra: 1 }))).toEqual({
			lane: 3,
			flag: true,
			qc: { q30: 0.9 },
			to: ["a@b.org"],
		});
		expect(await call("?lane=-3&to=a&to=b")).toEqual({ lane: -3, to: ["a", "b"] });
		expect(await call("", JSON.stringify({ lane: 1, qc: null, to: null }))).toEqual({ lane: 1, qc: null, to: null });
	});
	it.each([
		["?lane=1.5", undefined, /^400 lane: /],
		["?lane=", undefined, /^400 lane: /],
		["", "{}", /^400 lane: /],
		["", '{"lane":true}', /^400 lane: /],
		["?lane=1&flag=perhaps", undefined, /^400 flag: /],
		["", '{"lane":1,"qc":"[1]"}', /^400 qc: /],
		["", '{"lane":1,"qc":"{"}', /^400 qc: /],
		["", '{"lane":1,"name":{"$ne":""}}', /^400 name: /],
		["", "[1]", /^400 The body must be a JSON object/],
		["", "{", /^400 The body is not valid JSON/],
		["", '{"lane":1,"__proto__":{"flag":true},"constructor":1}', /^undefined$/],
	])("%s %s answers %s", async (query, body, expected) => {
		const answer = await call(query, body);
		if (typeof answer === "string") expect(answer).toMatch(expected);
		else expect(answer).toEqual({ lane: 1 });
	});
});
