import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { getRequestListener } from "@hono/node-server";
import { RedisSignInThrottle } from "@opengsync/core/accounts/redis-sign-in-throttle";
import { flushShareDownloads } from "@opengsync/core/audit/record-downloads";
import { connectRedis, type RedisConnection } from "@opengsync/core/redis/redis-connection";
import { createApp } from "@opengsync/web/app";
import { developerRoutes } from "@opengsync/web/developer-routes";
import { loadAssets } from "@opengsync/web/framework/assets";
import { RedisRateLimiter } from "@opengsync/web/framework/redis-rate-limit";
import { routes } from "@opengsync/web/routes";
import { startWorker, type Worker } from "@opengsync/worker/worker";
import pino from "pino";
import { fillDemo } from "./demo/fill-demo.ts";
import { makeFirstAdminLink } from "./first-admin-link.ts";
import { ensureKits } from "./first-set-up.ts";
import { type Installation, openInstallation } from "./installation.ts";
import { projectFolder } from "./project-folders.ts";

/** Options of `opengsync up` and `opengsync serve`. */
export interface UpOptions {
	readonly port: number;
	readonly host: string;
	readonly data: string;
	readonly demo: boolean;
	readonly dev: boolean;
	/** Whether scheduled jobs run in this process. */
	readonly worker: boolean;
}

/**
 * Starts everything in this process: database, web, worker. Prints one address; Ctrl-C ends it cleanly.
 * Resolves when it has been stopped.
 */
export async function runUp(options: UpOptions): Promise<void> {
	const stopped = untilSignal();
	const installation = await openInstallation({
		data: options.data,
		port: options.port,
		demo: options.demo,
		development: options.dev,
	});
	const { config } = installation;
	const log = pino(
		{ level: process.env.OPENGSYNC_LOG_LEVEL ?? (options.dev ? "debug" : "info") },
		pino.destination({ dest: path.join(config.dataFolder, "logs", "opengsync.log"), mkdir: true, sync: false }),
	);
	const redis = config.redisUrl ? connectRedis(config.redisUrl, log) : null;
	const running: Running = { server: null, worker: null, redis };
	const starting = startParts(installation, options, log, running);
	try {
		await Promise.race([starting.then(() => stopped), stopped]);
	} finally {
		// What was still being started fails with its connections; there is nobody left to tell.
		starting.catch(() => undefined);
		await stopServer(running.server);
		await flushShareDownloads().catch((error: unknown) => log.error({ err: error }, "downloads were not recorded"));
		await running.worker?.stop();
		redis?.close();
		await installation.close();
	}
}

/** What has been started and has to be stopped. */
interface Running {
	server: Server | null;
	worker: Worker | null;
	/** Counters that several processes share; null = each counts by itself. */
	readonly redis: RedisConnection | null;
}

async function startParts(installation: Installation, options: UpOptions, log: pino.Logger, running: Running): Promise<void> {
	const { connection, services, config, queueUrl } = installation;
	await ensureKits(installation);
	if (options.demo) {
		await fillDemo({ db: connection.db, services, dataFolder: config.dataFolder, log: (text) => console.log(text) });
	}
	running.server = await listen(
		installation,
		options,
		log,
		running.redis,
		() => running.worker?.health() ?? (options.worker ? "starting" : "ok"),
	);
	await announce(installation, options);
	if (options.worker) running.worker = await startWorker({ db: connection.db, queueUrl, services, log });
}

async function listen(
	installation: Installation,
	options: UpOptions,
	log: pino.Logger,
	redis: RedisConnection | null,
	workerHealth: () => string,
): Promise<Server> {
	const { connection, services } = installation;
	const app = createApp({
		db: connection.db,
		services: redis ? { ...services, signInThrottle: new RedisSignInThrottle(redis) } : services,
		...(redis ? { limiter: new RedisRateLimiter(redis) } : {}),
		routes: options.dev ? [...routes, ...developerRoutes()] : routes,
		assets: loadAssets(path.join(projectFolder(), "dist", "web")),
		development: options.dev,
		logger: log,
		otherParts: async () => ({
			cache: (await redis?.state()) ?? "ok",
			worker: workerHealth(),
			backup: "none configured",
			version: readVersion(),
		}),
	});
	const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
	server.requestTimeout = 300_000;
	await new Promise<void>((resolve, reject) => {
		server.once("error", (error: NodeJS.ErrnoException) => {
			reject(error.code === "EADDRINUSE" ? new Error(`Port ${options.port} is in use. Choose another one with --port.`) : error);
		});
		server.listen(options.port, options.host, resolve);
	});
	return server;
}

async function announce({ connection, services }: Installation, options: UpOptions): Promise<void> {
	const address = `http://${options.host === "0.0.0.0" || options.host === "::" ? "localhost" : options.host}:${options.port}`;
	const link = await makeFirstAdminLink(connection.db);
	console.log(`\nOpeNGSync is running: ${address}/`);
	if (link) console.log(`Create the first admin (the link works once, for 24 hours):\n${address}${link}`);
	if (services.config.emailDomainWhiteList === null && !options.demo) {
		console.log("Note: email_domain_white_list is not set, so whoever has an e-mail address may register as a client.");
	}
	if (options.demo) console.log("Demonstration accounts are shown on the sign-in page.");
	console.log("Stop with Ctrl-C.\n");
}

/** Version of the product, as its package says. */
function readVersion(): string {
	const manifest: unknown = JSON.parse(readFileSync(path.join(projectFolder(), "package.json"), "utf8"));
	return typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "unknown";
}

/**
 * Resolves at the first signal. The listeners stay: Ctrl-C reaches this process from the terminal and from `npm start` at once, and the
 * second one must not end it in the middle of stopping.
 */
function untilSignal(): Promise<void> {
	return new Promise((resolve) => {
		process.on("SIGINT", () => resolve());
		process.on("SIGTERM", () => resolve());
	});
}

/** Stops accepting, lets answers in flight end, then drops idle connections. */
async function stopServer(server: Server | null): Promise<void> {
	if (!server?.listening) return;
	const closed = new Promise<void>((resolve) => server.close(() => resolve()));
	server.closeIdleConnections();
	const limit = setTimeout(() => server.closeAllConnections(), 5_000);
	await closed;
	clearTimeout(limit);
}
