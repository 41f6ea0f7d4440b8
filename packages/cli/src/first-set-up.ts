import path from "node:path";
import { importKitFolder } from "@opengsync/core/kits/import-kits";
import { readKitAssets } from "@opengsync/core/kits/read-kit-assets";
import { transact } from "@opengsync/db/transaction";
import type { Installation } from "./installation.ts";
import { projectFolder } from "./project-folders.ts";

/** Puts the index and feature kits that come with the product into a database that has no kits yet. */
export async function ensureKits({ connection }: Installation): Promise<void> {
	const known = await connection.db.selectFrom("kit").select("id").limit(1).executeTakeFirst();
	if (known) return;
	const kits = await readKitAssets(path.join(projectFolder(), "packages", "core", "assets", "kits"));
	const actor = { userId: null, impersonatorId: null, via: "setup", requestId: "first-start" } as const;
	await transact(connection.db, actor, (tx) => importKitFolder({ tx }, kits));
}
