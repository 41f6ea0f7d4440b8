import type { Fields } from "./call.ts";
import type { WorldObjects } from "./world.ts";

/**
 * The fields without which a route cannot tell what it is asked to do, mostly the id of a child. All others are called with an empty
 * form, which shows whether somebody may, but not what happens then.
 */
export function smallestFields(routeName: string, objects: WorldObjects): Fields {
	const id = (name: string) => String(objects[name] ?? 0);
	const known: Readonly<Record<string, Fields>> = {
		"POST /seq_requests/:id/annotation/:run/:step/draft/": { version: 0, values: {} },
		"POST /seq_requests/:id/annotation/:run/take-over/": { owner_id: id("users") },
		"POST /projects/:id/data_paths/remove/": { data_path_id: id("dataPath") },
		"POST /seq_requests/:id/share/remove/": { email: `delivery-${id("base")}@example.org` },
		"POST /users/:id/api_tokens/revoke/": { token_id: id("customerToken") },
	};
	return known[routeName] ?? {};
}
