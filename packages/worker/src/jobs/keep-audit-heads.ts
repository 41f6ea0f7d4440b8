import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Db } from "@opengsync/db/connection";
import { listChainHeads } from "@opengsync/db/queries/audit-chain";
import { addDays } from "@opengsync/domain/calendar";

const keptDays = 400;
const nameOf = (day: string) => `audit-heads-${day}.json`;
const ownNames = /^audit-heads-\d{4}-\d{2}-\d{2}\.json$/;

/**
 * Writes the ends of all chains of the audit trail into the log folder, one file a day: outside of the database they show later that nothing
 * was cut off (`opengsync audit verify --against <file>`). Files older than 400 days are removed.
 * @returns the file
 */
export async function keepAuditHeads(db: Db, logFolder: string, day: string): Promise<string> {
	await mkdir(logFolder, { recursive: true });
	const file = path.join(logFolder, nameOf(day));
	const written = `${file}.part`;
	await writeFile(written, `${JSON.stringify({ heads: await listChainHeads(db) }, null, "\t")}\n`, { mode: 0o600 });
	await rename(written, file);
	const oldest = nameOf(addDays(day, -keptDays));
	for (const name of await readdir(logFolder)) {
		if (ownNames.test(name) && name < oldest) await rm(path.join(logFolder, name));
	}
	return file;
}
