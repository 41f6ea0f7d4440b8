import { developerRoutes as pages } from "./features/dev/routes.tsx";
import type { Route } from "./framework/route.ts";

/** Pages for developers, mounted in development only. */
export function developerRoutes(): readonly Route[] {
	return pages();
}
