import { hashPassword } from "@opengsync/core/accounts/passwords";
import { loadConfig } from "@opengsync/core/config";
import type { Services, Viewer } from "@opengsync/core/context";
import type { Db } from "@opengsync/db/connection";
import type { Hono } from "hono";
import type { Logger } from "pino";
import { createApp } from "../../app.ts";
import { signInRoutes } from "../../features/accounts/routes.tsx";
import { noAssets } from "../assets.ts";
import { type RateLimiter, unlimited } from "../rate-limit.ts";
import type { Route } from "../route.ts";
import { createSession, findSession } from "../session-store.ts";
import { TestBrowser } from "./browser.ts";

/** Password of all users that tests make. */
export const testPassword = "correct horse battery";

let passwordHash: Promise<string> | null = null;
let users = 0;

/** A user in the database of a test. */
export async function createTestUser(db: Db, roleId: number, email = `user${++users}@example.org`): Promise<Viewer> {
	passwordHash ??= hashPassword(testPassword);
	const password = await passwordHash;
	const user = { first_name: "Demo", last_name: `User ${users}`, email, role_id: roleId, password };
	const { id } = await db.insertInto("lims_user").values(user).returning("id").executeTakeFirstOrThrow();
	return { id, email, firstName: user.first_name, lastName: user.last_name, roleId };
}

/** Services that keep nothing outside of the test. */
export function createTestServices(overrides: Partial<Services> = {}): Services {
	const config = loadConfig({ dataFolder: "/nonexistent", port: 80, secretKey: "secret of the tests", environment: {} });
	return {
		config,
		files: { write: async () => undefined, read: async () => null, remove: async () => undefined },
		mail: { deliver: async () => undefined },
		now: () => new Date(),
		...overrides,
	};
}

/** What {@link createTestApp} may be told. */
export interface TestAppOptions {
	readonly db: Db;
	readonly routes: readonly Route[];
	readonly services?: Services;
	readonly limiter?: RateLimiter;
	readonly logger?: Logger;
}

/** The application with sign-in and the routes of a test. */
export function createTestApp(options: TestAppOptions): Hono {
	const { db, routes, services = createTestServices(), limiter = unlimited, logger } = options;
	const all = routes.some((route) => route.path === "/auth/auth/") ? routes : [...signInRoutes(), ...routes];
	return createApp({ db, services, routes: all, assets: noAssets, development: false, limiter, ...(logger ? { logger } : {}) });
}

/** A browser in which a user is signed in already. */
export async function browserOf(app: Hono, db: Db, user: Viewer): Promise<TestBrowser> {
	const browser = new TestBrowser(app);
	const now = new Date();
	const { token } = await createSession(db, user.id, { userAgent: null, address: "none" }, now);
	browser.cookies.set("opengsync_session", token);
	if (!(await findSession(db, token, now))) throw new Error(`User ${user.id} cannot have a session.`);
	await browser.get("/no-such-page/");
	return browser;
}
