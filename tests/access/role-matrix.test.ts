// Who gets what from every route of the product, compared with role-matrix.txt.
import type { Route } from "@opengsync/web/framework/route";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compareRoutes, groupByFeature } from "../../scripts/lib/route-features.ts";
import { type ActorName, actorNames } from "./support/actors.ts";
import { objectWorkflows } from "./support/fields.ts";
import { parameterNames } from "./support/fill-path.ts";
import { expectMatrix, tableLine } from "./support/matrix-file.ts";
import { contradictions } from "./support/policy-check.ts";
import { measureRow, outcomeOf, type Row, routeName, statusOf, textOf } from "./support/role-matrix.ts";
import { allRoutes, openStage } from "./support/stage.ts";

const matrixFile = new URL("role-matrix.txt", import.meta.url);
const preface = [
	"What everybody gets from every route. Written by the test beside it: see CONTRIBUTING.md.",
	"",
	"Objects are the requestor's and the group's (member, manager, owner) and in DRAFT; stranger is a client without relation to them;",
	"the session of deactivated is older than the deactivation; link holds a share link; api-… are tokens of the technician with one scope.",
	"Forms and bodies are empty, hence bad-input or refused where somebody may. done: led on to another page.",
];

const staff: readonly ActorName[] = ["technician", "bioinformatician"];

/**
 * Handlers that are stricter than the policy of their route: access-and-web.md §3.1, §3.5, §3.7, extensions.md §1. The first line that
 * fits counts.
 */
const stricter: readonly (readonly [routes: RegExp, forbidden: readonly ActorName[]])[] = [
	// A member may remove oneself, nobody else.
	[/^POST \/groups\/:id\/members\/:userId\/remove\/$/, ["member"]],
	// Only the accounts of insiders have API tokens; the account here is a client's.
	[/\/users\/:id\/api_tokens\/new/, ["requestor", ...staff, "admin"]],
	// Oneself only.
	[
		/\/users\/:id\/(password|notifications|two_factor\/(disable|new|recovery_codes)|passkeys\/($|options|:passkeyId\/rename))/,
		[...staff, "admin"],
	],
	// An admin for somebody who lost the second factor.
	[/\/users\/:id\/two_factor\/remove\//, ["requestor", ...staff]],
	// Oneself, and admins.
	[/\/users\/:id\/(api_tokens\/revoke|sessions|edit|email|security|institutions\/unlink|passkeys\/:passkeyId\/delete)/, staff],
	[/\/users\/:id\/(send_reset_mail|sign_out_everywhere)\//, staff],
	// Whoever entered the appointment, and admins: here the technician.
	[/^POST \/calendar\/:id\/delete\/$/, ["bioinformatician"]],
	// The insider who shared, and admins: here the technician.
	[/\/projects\/:id\/revoke_link\//, ["bioinformatician"]],
];

function stricterFor(name: string): readonly ActorName[] {
	return stricter.find(([pattern]) => pattern.test(name))?.[1] ?? [];
}

/** Names that the world gives to a customer's objects. */
const namesOf = (base: number) => ["Request ", "Project ", "sample_", "pool_", "delivery-"].map((word) => `${word}${base}`);
const ownNames = namesOf(1000);
const foreignNames = namesOf(2000);

/** Leads to the page of a run without looking at it; that page does. */
const leadsOn = objectWorkflows.map((path) => `GET ${path}/:run/:step/`);

const routes: readonly Route[] = [...allRoutes].sort(compareRoutes);
const rows = new Map<string, Row>();
const headDiffers: string[] = [];
const failures: string[] = [];
let stage: Awaited<ReturnType<typeof openStage>>;

beforeAll(async () => {
	stage = await openStage();
	for (const route of routes) {
		try {
			const measured = await measureRow(stage, route);
			rows.set(routeName(route), measured.row);
			headDiffers.push(...measured.headDiffers);
		} catch (error) {
			failures.push(`${routeName(route)}: ${error instanceof Error ? error.message : String(error)}`);
		}
	}
});
afterAll(() => stage?.close());

function rowOf(route: Route): Row {
	const row = rows.get(routeName(route));
	if (!row) throw new Error(`${routeName(route)} was not measured.`);
	return row;
}

test("every route could be called by everybody", () => {
	expect(failures).toEqual([]);
});

test("nobody gets more or less from a route than was reviewed", () => {
	const widths = [66, ...actorNames.map((name) => Math.max(name.length, 9))];
	const lines = [...preface];
	for (const { heading, items } of groupByFeature(routes)) {
		lines.push("", tableLine([`# ${heading}`, ...actorNames], widths));
		for (const route of items.filter((item) => rows.has(routeName(item)))) {
			const row = rowOf(route);
			lines.push(tableLine([routeName(route), ...actorNames.map((name) => row[name])], widths));
		}
	}
	expectMatrix(matrixFile, lines);
});

test("no call makes the product fail, and none is refused for a wrong forgery token", () => {
	const bad = [...rows].flatMap(([name, row]) =>
		actorNames
			.filter((actor) => ["crash", "forged", "limited"].includes(row[actor]))
			.map((actor) => `${name} as ${actor}: ${row[actor]}`),
	);
	expect(bad).toEqual([]);
});

test("whoever asks with HEAD learns the same as with GET", () => {
	expect(headDiffers).toEqual([]);
});

test("who is not signed in is led to the sign-in page from pages, and told so everywhere else", async () => {
	const wrong: string[] = [];
	for (const route of routes.filter((candidate) => rowOf(candidate).anonymous === "sign-in")) {
		const leads = route.kind === "page" || route.kind === "action";
		const status = await statusOf(stage, route, "anonymous");
		if (status !== (leads ? 302 : 401)) wrong.push(`${routeName(route)} (${route.kind}): ${status}`);
	}
	expect(wrong).toEqual([]);
});

test("what is in the matrix follows from the policies and access-and-web.md §2.2", () => {
	const wrong = routes.flatMap((route) =>
		contradictions(routeName(route), route.policy, rowOf(route), stricterFor(routeName(route))),
	);
	expect(wrong).toEqual([]);
});

test("an id that does not exist is missing for everybody who is signed in", async () => {
	const wrong: string[] = [];
	for (const route of routes.filter(({ policy }) => policy.kind === "object")) {
		const objects = Object.fromEntries(Object.keys(stage.world.own).map((key) => [key, 2_000_000_000]));
		for (const name of ["stranger", "requestor", "technician", "admin"] as const) {
			const outcome = await outcomeOf(stage, route, name, objects);
			if (outcome !== "missing") wrong.push(`${routeName(route)} as ${name}: ${outcome}`);
		}
	}
	expect(wrong).toEqual([]);
});

test("a customer's objects are closed to the other customer", async () => {
	const ofCustomers = ["request", "project", "sample", "library", "pool", "mediaFile", "comment", "dataPath", "group", "user"];
	const wrong: string[] = [];
	for (const route of routes) {
		if (route.policy.kind !== "object" || !ofCustomers.includes(route.policy.entity)) continue;
		const outcome = await outcomeOf(stage, route, "requestor", stage.world.foreign);
		if (outcome !== "forbidden") wrong.push(`${routeName(route)}: ${outcome}`);
	}
	expect(wrong).toEqual([]);
});

test("a child is only reached through its own parent, even by an admin", async () => {
	const notIds = ["step", "subpath", "platform", "token"];
	const wrong: string[] = [];
	for (const route of routes.filter(({ policy }) => policy.kind === "object")) {
		const [parent, ...children] = parameterNames(route.path).filter((name) => !notIds.includes(name));
		if (!parent || children.length === 0 || leadsOn.includes(routeName(route))) continue;
		const { own, foreign } = stage.world;
		const isChild = (key: string) => children.includes(key.split("/:").at(-1) ?? key);
		const swapped = { ...own, ...Object.fromEntries(Object.entries(foreign).filter(([key]) => isChild(key))) };
		for (const name of ["requestor", "technician", "admin"] as const) {
			const outcome = await outcomeOf(stage, route, name, swapped);
			if (!["missing", "forbidden"].includes(outcome)) wrong.push(`${routeName(route)} as ${name}: ${outcome}`);
		}
	}
	expect(wrong).toEqual([]);
});

test("nothing of another customer is in any answer", async () => {
	const leaks: string[] = [];
	const words = "q=2000&search=2000&word=2000&query=2000";
	for (const route of routes.filter(({ method, policy }) => method === "GET" && policy.kind !== "shareToken")) {
		for (const name of ["stranger", "requestor", "member", "anonymous"] as const) {
			for (const query of ["", words]) {
				const text = await textOf(stage, route, name, query);
				const found = [...foreignNames, ...(name === "requestor" || name === "member" ? [] : ownNames)].filter((word) =>
					text.includes(word),
				);
				if (found.length > 0) leaks.push(`${routeName(route)} as ${name}: ${found.join(", ")}`);
			}
		}
	}
	expect(leaks).toEqual([]);
});

test("staff do find everybody's objects in the lists, so that the test above can fail", async () => {
	const lists = routes.filter(({ path }) =>
		["/seq_requests/", "/projects/", "/samples/", "/libraries/", "/pools/"].includes(path),
	);
	for (const route of lists) {
		const text = await textOf(stage, route, "technician", "");
		expect(
			namesOf(2000).filter((word) => text.includes(word)),
			route.path,
		).not.toEqual([]);
	}
});
