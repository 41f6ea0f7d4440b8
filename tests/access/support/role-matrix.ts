import { writeUnsubscribeToken } from "@opengsync/core/notifications/unsubscribe-token";
import type { Route } from "@opengsync/web/framework/route";
import type { Hono } from "hono";
import { readablePath } from "../../../scripts/lib/route-features.ts";
import { type Actor, type ActorName, actorNames } from "./actors.ts";
import { call } from "./call.ts";
import { classify, type Outcome } from "./classify.ts";
import { smallestFields } from "./fields.ts";
import { fillPath, type NamedValues } from "./fill-path.ts";
import type { IsolatedDatabase } from "./isolated-database.ts";
import type { World, WorldObjects } from "./world.ts";

/** What everybody gets from one route. */
export type Row = Readonly<Record<ActorName, Outcome>>;

/** Everything that calls need. */
export interface Stage {
	readonly app: Hono;
	readonly isolated: IsolatedDatabase;
	readonly world: World;
	readonly actors: ReadonlyMap<ActorName, Actor>;
}

/** `GET /projects/:id/` without patterns of parameters. */
export function routeName(route: Pick<Route, "method" | "path">): string {
	return `${route.method} ${readablePath(route.path)}`;
}

/** One of the actors. */
export function requireActor(stage: Stage, name: ActorName): Actor {
	const actor = stage.actors.get(name);
	if (!actor) throw new Error(`There is no ${name}.`);
	return actor;
}

/** A token that nobody ever made. */
export const unknownToken = "this-token-was-never-made-0123456789";

/** The valid token for an address that takes one. */
export function validToken(world: World, path: string): string {
	if (path.startsWith("/auth/register/")) return world.links.registration;
	if (path.startsWith("/auth/reset_password/")) return world.links.password_reset;
	if (path.startsWith("/auth/change_email/")) return world.links.email_change;
	if (path.startsWith("/auth/first-admin/")) return world.links.first_admin;
	if (path.startsWith("/auth/")) return unknownToken;
	if (path.startsWith("/notifications/unsubscribe/")) return unsubscribeToken(world);
	return world.shareToken;
}

function unsubscribeToken({ services, people }: World): string {
	const { id, email } = people.requestor;
	return writeUnsubscribeToken(services.config.secretKey, { userId: id, email, kinds: ["data_released"] });
}

/** Parameters that are not ids; only the holder of a link has a token that is worth something. */
export function namedValues(world: World, actor: ActorName, path: string): NamedValues {
	return {
		token: actor === "link" ? validToken(world, path) : unknownToken,
		subpath: "PROCESSED_DATA/run_1",
		platform: "unix",
		step: world.annotationStep,
		provider: "university",
	};
}

/** Calls a route once as one actor; nothing of it stays. */
export function outcomeOf(
	stage: Stage,
	route: Route,
	name: ActorName,
	objects: WorldObjects = stage.world.own,
	method: string = route.method,
): Promise<Outcome> {
	const { app, isolated, world } = stage;
	const actor = requireActor(stage, name);
	const address = fillPath(route, objects, namedValues(world, name, route.path));
	const fields = method === "HEAD" ? {} : smallestFields(routeName(route), objects);
	return isolated.isolate(async () => classify(await call(app, actor, route, address, fields, method)));
}

/** The text of an answer to a GET with a query, for the objects of the requestor. */
export function textOf(stage: Stage, route: Route, name: ActorName, query: string): Promise<string> {
	const actor = requireActor(stage, name);
	const address = fillPath(route, stage.world.own, namedValues(stage.world, name, route.path));
	return stage.isolated.isolate(async () => (await call(stage.app, actor, route, `${address}?${query}`)).text());
}

/** The status of an answer, for the objects of the requestor. */
export function statusOf(stage: Stage, route: Route, name: ActorName): Promise<number> {
	const actor = requireActor(stage, name);
	const address = fillPath(route, stage.world.own, namedValues(stage.world, name, route.path));
	return stage.isolated.isolate(async () => (await call(stage.app, actor, route, address)).status);
}

/** What every actor gets from a route, for the objects of the requestor; and where HEAD tells something else than GET. */
export async function measureRow(stage: Stage, route: Route): Promise<{ readonly row: Row; readonly headDiffers: string[] }> {
	const cells: [ActorName, Outcome][] = [];
	const headDiffers: string[] = [];
	for (const name of actorNames) {
		const outcome = await outcomeOf(stage, route, name);
		cells.push([name, outcome]);
		if (route.method !== "GET") continue;
		const head = await outcomeOf(stage, route, name, stage.world.own, "HEAD");
		if (head !== outcome) headDiffers.push(`HEAD ${route.path} as ${name}: ${head}, but GET: ${outcome}`);
	}
	return { row: Object.fromEntries(cells) as Row, headDiffers };
}
