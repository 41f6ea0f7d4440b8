import type { Route } from "@opengsync/web/framework/route";
import { subjectOf } from "../../../scripts/lib/route-features.ts";
import type { WorldObjects } from "./world.ts";

/** Values of single parameters by name, whatever the path. */
export type NamedValues = Readonly<Record<string, string>>;

const parameter = /:([A-Za-z_]+)(\{[^}]*\})?/g;

/** Names of the parameters of a path. */
export function parameterNames(path: string): string[] {
	return [...path.matchAll(parameter)].map(([, name = ""]) => name);
}

/**
 * The address of a route for the objects of the seeded world.
 * @throws Error when nobody has said what a parameter stands for
 */
export function fillPath(route: Pick<Route, "path" | "policy">, objects: WorldObjects, named: NamedValues): string {
	const subject = subjectOf(route.path);
	const [mainParameter] = parameterNames(route.path);
	return route.path.replaceAll(parameter, (_, name: string, __: string | undefined, offset: number) => {
		const before = route.path.slice(0, offset).split("/").at(-2) ?? "";
		const value =
			objects[`${before}/:${name}`] ??
			named[name] ??
			(name === mainParameter ? (objects[before] ?? objects[subject]) : undefined) ??
			objects[name];
		if (value === undefined) {
			throw new Error(`${route.path}: say in tests/access/support/world.ts which object :${name} (${subject}) is.`);
		}
		return String(value);
	});
}
