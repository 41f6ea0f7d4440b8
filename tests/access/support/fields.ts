import type { Fields } from "./call.ts";
import type { WorldObjects } from "./world.ts";

/** Addresses of the runs of workflows that are about an object. */
export const objectWorkflows: readonly string[] = [
	"/seq_requests/:id/annotation",
	"/seq_requests/:id/reindex",
	"/seq_requests/:id/index_check",
	"/pools/:id/reindex",
	"/pools/:id/index_check",
];

/**
 * The fields without which a route cannot tell what it is asked to do, mostly the id of a child. All others are called with an empty
 * form, which shows whether somebody may, but not what happens then.
 */
export function smallestFields(routeName: string, objects: WorldObjects): Fields {
	const id = (name: string) => String(objects[name] ?? 0);
	const known: Readonly<Record<string, Fields>> = {
		...Object.fromEntries(
			[...objectWorkflows, "/workflows/reindex"].flatMap((path) => [
				[`POST ${path}/:run/:step/draft/`, { version: 0, values: {} }],
				[`POST ${path}/:run/take-over/`, { owner_id: id("users") }],
			]),
		),
		"POST /projects/:id/data_paths/remove/": { data_path_id: id("dataPath") },
		"POST /seq_requests/:id/share/remove/": { email: `delivery-${id("base")}@example.org` },
		"POST /users/:id/api_tokens/revoke/": { token_id: id("customerToken") },
	};
	return known[routeName] ?? {};
}
