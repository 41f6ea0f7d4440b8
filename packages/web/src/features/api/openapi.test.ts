import type { Db } from "@opengsync/db/connection";
import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createTestApp } from "../../framework/testing/test-app.ts";
import { routes } from "../../routes.ts";
import { describeApi, openApiRoutes } from "./openapi.ts";

const operation = z.object({
	summary: z.string(),
	parameters: z.array(z.object({ name: z.string(), in: z.enum(["path", "query"]), required: z.boolean() })),
	requestBody: z.object({ content: z.object({ "application/json": z.object({ schema: z.unknown() }) }) }).optional(),
	responses: z.record(z.string(), z.looseObject({ description: z.string() })),
	"x-scope": z.string(),
});
const openApi = z.object({
	openapi: z.literal("3.1.0"),
	info: z.object({ title: z.string(), version: z.string() }),
	paths: z.record(z.string().startsWith("/"), z.record(z.string(), operation)),
});

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
	database = await createTestDatabase();
	db = database.db;
});
afterAll(() => database.drop());

test("whoever writes a client finds every call of the API, and none of the pages", () => {
	const { paths } = openApi.parse(describeApi(routes));
	const described = Object.entries(paths).flatMap(([path, operations]) =>
		Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
	);
	const expected = routes
		.filter((route) => route.policy.kind === "apiToken" && !/^\/api\/(?!v1\/)/.test(route.path))
		.map((route) => `${route.method} ${route.path.replaceAll(/:(\w+)/g, "{$1}")}`);
	expect(described.sort()).toEqual(expected.sort());
	expect(described).toContain("POST /api/v1/workflow-runs/{run}/steps/{step}/");
	for (const [path, operations] of Object.entries(paths)) {
		const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
		for (const { parameters } of Object.values(operations)) {
			expect(parameters.filter((parameter) => parameter.in === "path").map((parameter) => parameter.name)).toEqual(names);
		}
	}
});

test("the document says what a submission may hold and what is answered", () => {
	const { paths } = openApi.parse(describeApi(routes));
	const submit = paths["/api/v1/workflow-runs/{run}/steps/{step}/"]?.post;
	expect(submit?.["x-scope"]).toBe("write");
	expect(submit?.requestBody?.content["application/json"].schema).toMatchObject({
		properties: { values: { type: "object" }, columns: { type: "array" }, rows: { type: "array", maxItems: 5000 } },
	});
	expect(JSON.stringify(submit?.responses["200"])).toMatch(/accepted.*problems.*repair/);
	expect(paths["/api/v1/workflow-runs/{run}/"]?.get?.["x-scope"]).toBe("read");
});

test("the document is there without a token and names nothing of the installation", async () => {
	const app = createTestApp({ db, routes: openApiRoutes(() => routes) });
	const response = await app.request("http://localhost/api/v1/openapi.json");
	expect(response.status).toBe(200);
	const text = await response.text();
	expect(openApi.safeParse(JSON.parse(text)).success).toBe(true);
	expect(text).not.toMatch(/localhost|example\.org/);
});
