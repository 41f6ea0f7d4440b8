import type { Route } from "../../framework/route.ts";
import { clashRoutes } from "./clash-routes.tsx";
import { indexCheckRoutes } from "./index-check-routes.ts";
import { reindexRoutes } from "./reindex-routes.ts";

/** Indices of libraries: re-index, index check, clashes. */
export const indexRoutes: readonly Route[] = [...reindexRoutes, ...indexCheckRoutes, ...clashRoutes];
