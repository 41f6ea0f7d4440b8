import { isInside } from "./path-parts.ts";

/**
 * Paths to be shared: without those inside others of the list, each once, in the order of the names (access-and-web.md §15.1).
 * Compared by parts: `ab` is not inside `a`.
 */
export function reduceSharedPaths(paths: readonly string[]): string[] {
	const distinct = [...new Set(paths)].map((path) => ({ path, parts: path.split("/") }));
	return distinct
		.filter(({ path, parts }) => !distinct.some((other) => other.path !== path && isInside(parts, other.parts)))
		.map(({ path }) => path)
		.sort();
}
