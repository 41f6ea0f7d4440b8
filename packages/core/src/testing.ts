import { tmpdir } from "node:os";
import path from "node:path";
import type { Db } from "@opengsync/db/connection";
import { transact } from "@opengsync/db/transaction";
import { loadConfig } from "./config.ts";
import type { CommandContext, Services, Viewer } from "./context.ts";
import { createDirectoryFileStore } from "./files/directory-file-store.ts";
import { createCaptureTransport } from "./mail/capture-transport.ts";

/** Services for tests: files in a temporary folder, mails kept, the clock at `now`. */
export function createTestServices(overrides: Partial<Services> = {}): Services {
	const dataFolder = path.join(tmpdir(), `opengsync-test-${process.pid}`);
	const config = loadConfig({ dataFolder, port: 5000, secretKey: "secret-of-the-tests-0123456789abcdef", environment: {} });
	return {
		config,
		files: createDirectoryFileStore(path.join(dataFolder, "media")),
		mail: createCaptureTransport(),
		now: () => new Date(),
		...overrides,
	};
}

/** Runs a command as a user, in a transaction of its own. */
export function runAs<T>(db: Db, viewer: Viewer, services: Services, work: (context: CommandContext) => Promise<T>): Promise<T> {
	const actor = { userId: viewer.id, impersonatorId: null, via: "web", requestId: "test" } as const;
	return transact(db, actor, (tx) => work({ tx, actor, viewer, services }));
}
