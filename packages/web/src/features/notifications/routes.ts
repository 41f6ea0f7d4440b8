import type { Route } from "../../framework/route.ts";
import { preferenceRoutes } from "./preference-routes.tsx";
import { unsubscribeRoutes } from "./unsubscribe-routes.tsx";

/** Notifications by e-mail: extensions.md §8. */
export const notificationRoutes: readonly Route[] = [...preferenceRoutes, ...unsubscribeRoutes];
