import type { Route } from "@opengsync/web/framework/route";
import type { ActorName } from "../../access/support/actors.ts";
import { fillPath, type NamedValues } from "../../access/support/fill-path.ts";
import { namedValues } from "../../access/support/role-matrix.ts";
import type { World } from "../../access/support/world.ts";

/**
 * The address of a route for the objects of the requestor. Null when the seeded world has no such object yet: then the matrix of roles
 * fails, and says what to add.
 */
export function addressIn(world: World, route: Route, actor: ActorName, parts: NamedValues = {}): string | null {
	try {
		return fillPath(route, world.own, { ...namedValues(world, actor, route.path), ...parts });
	} catch {
		return null;
	}
}
