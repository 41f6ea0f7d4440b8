import type { Policy } from "@opengsync/web/framework/policy";
import type { Route } from "@opengsync/web/framework/route";

/** Who may call a route, in words: `insider`, `VIEW on request :id`, `apiToken pipeline`. */
export function describePolicy(policy: Policy): string {
	if (policy.kind === "apiToken") return `${policy.kind} ${policy.scope}`;
	return policy.kind === "object" ? `${policy.level} on ${policy.entity} :${policy.parameter}` : policy.kind;
}

/** What is told of a route. */
interface RouteLine {
	readonly method: string;
	readonly path: string;
	readonly kind: string;
	readonly policy: string;
	readonly summary: string;
}

const titles: RouteLine = { method: "METHOD", path: "PATH", kind: "KIND", policy: "WHO MAY", summary: "WHAT IT DOES" };

/**
 * All routes with who may call them, by path and method: as a table with a heading line, or as a JSON list of
 * `{method, path, kind, policy, summary}`.
 */
export function printRoutes(routes: readonly Route[], options: { readonly json: boolean }): string {
	const lines = routes
		.map(
			({ method, path, kind, policy, summary }): RouteLine => ({ method, path, kind, policy: describePolicy(policy), summary }),
		)
		.sort((a, b) => compare(a.path, b.path) || compare(a.method, b.method));
	if (options.json) return JSON.stringify(lines, null, "\t");
	const table = [titles, ...lines];
	const width = (column: keyof RouteLine) => Math.max(...table.map((line) => line[column].length));
	const widths = { method: width("method"), path: width("path"), kind: width("kind"), policy: width("policy") };
	return table
		.map((line) =>
			[
				line.method.padEnd(widths.method),
				line.path.padEnd(widths.path),
				line.kind.padEnd(widths.kind),
				line.policy.padEnd(widths.policy),
				line.summary,
			].join("  "),
		)
		.join("\n");
}

/** Order of two texts by their characters, the same on every machine. */
function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
