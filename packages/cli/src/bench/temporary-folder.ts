import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Makes an empty folder that others may pass through: started by root, the embedded PostgreSQL runs as another user. */
export function makeTemporaryFolder(): string {
	const folder = mkdtempSync(path.join(tmpdir(), "opengsync-bench-"));
	chmodSync(folder, 0o711);
	return folder;
}
