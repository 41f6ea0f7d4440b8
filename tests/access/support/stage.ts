import { createTestDatabase, type TestDatabase } from "@opengsync/db/testing/database";
import { createApp } from "@opengsync/web/app";
import { developerRoutes } from "@opengsync/web/developer-routes";
import { noAssets } from "@opengsync/web/framework/assets";
import { unlimited } from "@opengsync/web/framework/rate-limit";
import type { Route } from "@opengsync/web/framework/route";
import { routes as productRoutes } from "@opengsync/web/routes";
import { createActors } from "./actors.ts";
import { isolateDatabase } from "./isolated-database.ts";
import type { Stage } from "./role-matrix.ts";
import { createWorld } from "./world.ts";

/** All routes that the product can mount: those of everyday and, as with `--dev`, those for developers. */
export const allRoutes: readonly Route[] = [...productRoutes, ...developerRoutes()];

/** The product itself over a seeded database, and everybody signed in. */
export async function openStage(): Promise<Stage & { readonly database: TestDatabase; close(): Promise<void> }> {
	const database = await createTestDatabase();
	const world = await createWorld(database.db);
	const isolated = isolateDatabase(database.db);
	const parts = { services: world.services, routes: allRoutes, assets: noAssets, development: false, limiter: unlimited };
	const actors = await createActors(createApp({ ...parts, db: database.db }), database.db, world);
	const app = createApp({ ...parts, db: isolated.db });
	return {
		app,
		isolated,
		world,
		actors,
		database,
		close: async () => {
			await world.remove();
			await database.drop();
		},
	};
}
