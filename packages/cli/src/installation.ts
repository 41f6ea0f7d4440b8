import { chmodSync, mkdirSync } from "node:fs";
import path from "node:path";
import { type FacilityConfig, loadConfig } from "@opengsync/core/config";
import type { Services } from "@opengsync/core/context";
import { createDirectoryFileStore } from "@opengsync/core/files/directory-file-store";
import { createCaptureTransport } from "@opengsync/core/mail/capture-transport";
import { createSmtpTransport } from "@opengsync/core/mail/smtp-transport";
import { type Connection, connect } from "@opengsync/db/connection";
import { APP_ROLE, startEmbeddedPostgres } from "@opengsync/db/embedded-postgres";
import { migrate } from "@opengsync/db/migrate";
import { projectFolder } from "./project-folders.ts";
import { readSecrets } from "./secrets.ts";

/** How the product is started. */
export interface InstallationOptions {
	/** Folder of everything that the product keeps. */
	readonly data: string;
	readonly port: number;
	readonly demo: boolean;
	readonly development: boolean;
}

/** A database that is up and of the right schema, and the services on top of it. */
export interface Installation {
	readonly config: FacilityConfig;
	readonly services: Services;
	readonly connection: Connection;
	/** Address of the queue's tables. */
	readonly queueUrl: string;
	/** Ends the connections, and the embedded database. */
	close(): Promise<void>;
}

/** Folders that hold what users gave: for the product alone. */
const PRIVATE_FOLDERS = ["media", "uploads", "logs"];

/**
 * Opens an installation: DATABASE_URL, or the embedded PostgreSQL in the data folder; migrates; makes secrets and folders.
 * @throws Error with a text for people
 */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
	const dataFolder = path.resolve(options.data);
	mkdirSync(dataFolder, { recursive: true, mode: 0o711 });
	const { secretKey } = readSecrets(dataFolder);
	const config = loadConfig({ dataFolder, port: options.port, secretKey, demo: options.demo, development: options.development });
	for (const name of PRIVATE_FOLDERS) {
		mkdirSync(path.join(dataFolder, name), { recursive: true, mode: 0o700 });
		chmodSync(path.join(dataFolder, name), 0o700);
	}
	for (const folder of [config.shareRoot, config.illuminaRunFolder]) mkdirSync(folder, { recursive: true });

	const database = await openDatabase(dataFolder);
	try {
		await migrate(database.ownerUrl, path.join(projectFolder(), "packages", "db", "migrations"));
	} catch (error) {
		await database.stop();
		throw error;
	}
	const connection = connect({ url: database.appUrl, maxConnections: 20, applicationName: "opengsync", ...database.role });
	const services: Services = {
		config,
		files: createDirectoryFileStore(config.mediaFolder),
		mail: config.mail ? createSmtpTransport(config.mail) : createCaptureTransport(),
		now: () => new Date(),
	};
	return {
		config,
		services,
		connection,
		queueUrl: database.appUrl,
		close: async () => {
			await connection.close();
			await database.stop();
		},
	};
}

async function openDatabase(
	dataFolder: string,
): Promise<{ ownerUrl: string; appUrl: string; role: { role?: string }; stop: () => Promise<void> }> {
	const outside = process.env.DATABASE_URL;
	if (outside) return { ownerUrl: outside, appUrl: outside, role: { role: APP_ROLE }, stop: async () => undefined };
	const embedded = await startEmbeddedPostgres({ dataDirectory: path.join(dataFolder, "database") });
	return { ownerUrl: embedded.ownerUrl, appUrl: embedded.appUrl, role: {}, stop: () => embedded.stop() };
}
